import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { play } from "../../support/cli/play.ts";
import { startScriptedService, type ScriptedService } from "../../support/fakes/scriptedService.ts";
import { useCli } from "./scripts.ts";

/** How many segments the two acts have. */
const segments = 323;

describe("scripted-speech with thirty pages", () => {
  const { cli, write } = useCli();
  let service: ScriptedService | undefined;
  afterEach(() => service?.close());

  it("renders all of them, and sends nothing the second time", async () => {
    service = await startScriptedService();
    await write("play.speech.md", await readFile(play));
    const endpoint = new URL(service.url).origin;
    const env = { CARTESIA_API_KEY: "sk_test" };
    const render = () =>
      cli(["render", "play.speech.md", "--endpoint", endpoint], { env, built: true });
    const first = await render();
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stderr, new RegExp(`${segments} spoken, 0 ready already`));
    const { attempts } = service;
    const second = await render();
    assert.equal(second.code, 0, second.stderr);
    assert.match(second.stderr, new RegExp(`0 spoken, ${segments} ready already, 0 characters`));
    assert.equal(service.attempts, attempts, "the service is not even asked");
    assert.equal((await cli(["check", "play.speech.md", "--fresh"])).code, 0);
  });

  it("speaks its first speeches with the local voice, and sends nothing the second time", async () => {
    await write("play.speech.md", await readFile(play));
    const small = ["--encoding", "pcm_s16le", "--sample-rate", "16000"];
    const render = () =>
      cli(["render", "play.speech.md", "--service", "local", "--segments", "1-12", ...small]);
    const first = await render();
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stderr, /12 spoken, 0 ready already/);
    assert.match((await render()).stderr, /0 spoken, 12 ready already, 0 characters sent/);
  });
});
