import assert from "node:assert/strict";
import { useCli } from "../scripts.ts";

interface VoicesJson {
  readonly service: string;
  readonly voices: readonly { readonly id: string; readonly gender: string }[];
}

describe("scripted-speech voices", () => {
  const { cli } = useCli();

  it("lists the local voice's own voices, in a line each", async () => {
    const { code, stdout } = await cli(["voices", "--service", "local"]);
    assert.equal(code, 0);
    assert.match(stdout, /^rms {2}Flite rms {2}en {2}masculine {2}Male, American English\./m);
    assert.match(stdout, /^slt {2}Flite slt {2}en {2}feminine {3}Female, American English\./m);
  });

  it("lists those that were looked for, as JSON", async () => {
    const { stdout } = await cli(["voices", "--query", "slt", "--language", "en", "--json"]);
    const { service, voices } = JSON.parse(stdout) as VoicesJson;
    assert.equal(service, "local");
    assert.deepEqual(
      voices.map(({ id, gender }) => [id, gender]),
      [["slt", "feminine"]],
    );
  });

  it("says where there is none", async () => {
    const { code, stdout, stderr } = await cli(["voices", "--language", "de"]);
    assert.deepEqual({ code, stdout }, { code: 0, stdout: "" });
    assert.equal(stderr, "There is no such voice.\n");
  });
});
