import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import {
  startScriptedService,
  type Door,
  type ScriptedService,
} from "../../fakes/scriptedService.ts";
import { namesIn } from "../clips/scratch.ts";
import { readManifest, scriptOf, useCli } from "./scripts.ts";

const key = "sk_car_never_to_be_shown";

describe("The command line, where something is wrong,", () => {
  const { cli, write, inFolder } = useCli();
  let service: ScriptedService | undefined;
  afterEach(() => service?.close());

  const listen = async (door: Door = {}): Promise<string> => {
    service = await startScriptedService({}, () => true, door);
    return new URL(service.url).origin.replace(/^http/, "ws");
  };
  const refuse = async (status: number): Promise<{ code: number | null; stderr: string }> => {
    await write("talk.md", scriptOf("One.", "Two."));
    const endpoint = await listen({ refuse: () => ({ status, body: `no ${key}` }) });
    const call = { env: { CARTESIA_API_KEY: key } };
    const { code, stdout, stderr } = await cli(["render", "talk.md", "--endpoint", endpoint], call);
    assert.ok(!`${stdout}${stderr}`.includes(key), "the key is never shown");
    return { code, stderr };
  };

  const usage: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no subcommand", [], /^Hears scripts/],
    ["an unknown subcommand", ["frob"], /There is no subcommand “frob”\./],
    ["an unknown option", ["render", "--foo", "talk.md"], /There is no option --foo\./],
    ["an option without its value", ["render", "talk.md", "--voice"], /--voice needs a value\./],
    ["a value for a switch", ["render", "--again=1", "talk.md"], /--again takes no value\./],
    ["no script", ["render"], /Name a script/],
    ["a missing script", ["render", "nope.md"], /There is no file “nope\.md”\./],
    ["a folder", ["check", "folder"], /“folder” is a folder\. Name the scripts in it\./],
    ["a binary file", ["render", "sound.wav"], /“sound\.wav” is not a text in UTF-8\./],
    ["a wrong encoding", ["render", "talk.md", "--encoding", "mp3"], /must be one of pcm_f32le/],
    ["a wrong rate", ["render", "talk.md", "--sample-rate", "1"], /must be one of 8000, 16000/],
    ["a wrong number", ["render", "talk.md", "--concurrency", "99"], /a whole number from 1 to 15/],
    ["wrong segments", ["render", "talk.md", "--segments", "3-1"], /--segments is “3-1”/],
    ["a wrong service", ["voices", "--service", "x"], /must be one of local, cartesia/],
    ["an insecure endpoint", ["voices", "--endpoint", "ws://example.com"], /must begin with wss:/],
    [
      "an endpoint that holds a key",
      ["voices", "--endpoint", "wss://example.com?api_key=sk_car_never"],
      /“wss:\/\/example\.com…”\. It must .* have no query/,
    ],
    [
      "an endpoint for the local voice",
      ["voices", "--service", "local", "--endpoint", "wss://example.com"],
      /The local voice has no --endpoint/,
    ],
  ];
  for (const [what, args, message] of usage) {
    it(`says in a sentence what is wrong with ${what}, and ends with 2`, async () => {
      await write("talk.md", scriptOf("One."));
      await write("folder/a.md", "");
      await write("sound.wav", Uint8Array.of(0x52, 0x49, 0x46, 0x46, 0xff, 0x00, 0xfe));
      const { code, stdout, stderr } = await cli(args);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr.replace(/^scripted-speech: /, ""), message);
    });
  }

  it("ends with 3 where there is no key, and says how to do without", async () => {
    await write("talk.md", scriptOf("One."));
    const { code, stderr } = await cli(["render", "talk.md", "--service", "cartesia"]);
    assert.equal(code, 3);
    assert.match(stderr, /There is no API key\. Set CARTESIA_API_KEY, or use --service local\./);
    assert.deepEqual(await namesIn(inFolder()), ["talk.md"]);
  });

  it("needs no key where nothing is to be spoken", async () => {
    await write("talk.md", scriptOf("One."));
    const endpoint = await listen();
    const args = ["render", "talk.md", "--endpoint", endpoint];
    assert.equal((await cli(args, { env: { CARTESIA_API_KEY: key } })).code, 0);
    assert.equal((await cli(args)).code, 0);
  });

  it("gives the key to an endpoint that --endpoint names", async () => {
    await write("talk.md", scriptOf("One."));
    const endpoint = await listen();
    const { code, stderr } = await cli(["render", "talk.md", "--endpoint", endpoint], {
      env: { CARTESIA_API_KEY: key },
    });
    assert.equal(code, 0, stderr);
    assert.equal(service?.headers["authorization"], `Bearer ${key}`);
    assert.match(stderr, /Cartesia’s protocol at 127\.0\.0\.1:\d+ speaks/);
  });

  it("keeps the key from an endpoint that the environment alone names", async () => {
    await write("talk.md", scriptOf("One."));
    const endpoint = await listen();
    const { code, stderr } = await cli(["render", "talk.md"], {
      env: { CARTESIA_API_KEY: key, SCRIPTED_SPEECH_ENDPOINT: endpoint },
    });
    assert.equal(code, 3);
    assert.match(stderr, /The key is not sent to “ws:.*Give it with --endpoint, too/);
    assert.equal(service?.attempts, 0);
  });

  it("ends with 3 where the key is rejected", async () => {
    const { code, stderr } = await refuse(401);
    assert.equal(code, 3);
    assert.match(stderr, /The service rejected the API key\..* Check CARTESIA_API_KEY\./);
  });

  it("ends with 5 where no credits are left", async () => {
    const { code, stderr } = await refuse(402);
    assert.equal(code, 5);
    assert.match(stderr, /The account has no credits left\./);
  });

  it("ends with 4 where the service can't be reached, and says so once", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => taken.close(resolve));
    await write("talk.md", scriptOf("One.", "Two."));
    await write("more.md", scriptOf("Three."));
    const args = ["render", "talk.md", "more.md", "--endpoint", `ws://127.0.0.1:${port}`];
    const { code, stderr } = await cli(args, { env: { CARTESIA_API_KEY: key } });
    assert.equal(code, 4);
    assert.equal(stderr.match(/Could not reach the speech service/g)?.length, 1);
    assert.doesNotMatch(stderr, /more\.md/);
  });

  it("tells the failure in the JSON document, too", async () => {
    await write("talk.md", scriptOf("One."));
    const { code, stdout } = await cli(["render", "talk.md", "--service", "cartesia", "--json"]);
    const document = JSON.parse(stdout) as {
      exitCode: number;
      files: { failure: { code: string } }[];
    };
    assert.equal(document.exitCode, code);
    assert.equal(document.files[0]?.failure.code, "no-key");
  });

  it("prints help for each subcommand, and the version", async () => {
    for (const command of ["render", "check", "export", "voices"]) {
      const { code, stdout } = await cli([command, "--help"]);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^Usage: scripted-speech ${command}`));
    }
    const { version } = await readManifest();
    assert.equal((await cli(["--version"])).stdout, `${version}\n`);
  });
});
