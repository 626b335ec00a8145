import assert from "node:assert/strict";
import { scriptOf, useCli } from "./scripts.ts";

describe("scripted-speech with words", () => {
  const { cli, write } = useCli();
  const script = scriptOf("Hello {{name}}.", "The SQL.", "Of {{day}}.");
  const spoken = async (...args: string[]): Promise<unknown> => {
    const { stdout, stderr } = await cli(["render", "talk.md", ...args, "--json"]);
    assert.ok(stdout, stderr);
    const { exitCode, files } = JSON.parse(stdout) as {
      exitCode: number;
      files: { characters: number; segments: { state: string; reason?: string }[] }[];
    };
    const [file] = files;
    return [exitCode, file?.characters, file?.segments.map(({ state, reason }) => reason ?? state)];
  };

  it("checks that all variables have values", async () => {
    await write("talk.md", script);
    const { code, stdout } = await cli(["check", "talk.md", "--set", "name=Anna"]);
    assert.equal(code, 1);
    assert.match(stdout, /^talk\.md:9:4: warning: The variable \{\{day\}\} has no value.*\n$/);
    const filled = await cli(["check", "talk.md", "--set", "name=Anna", "--set", "day=1=1"]);
    assert.deepEqual([filled.code, filled.stdout], [0, ""]);
  });

  it("speaks what has its values, and ends with 1 for what lacks one", async () => {
    await write("talk.md", script);
    assert.deepEqual(await spoken("--set", "name=Anna", "--pronunciation", "SQL=sequel"), [
      1,
      "Hello Anna. The sequel.".length,
      ["ready", "ready", "The variable {{day}} has no value."],
    ]);
    const { code, stderr } = await cli(["render", "talk.md", "--segments", "3"]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /talk\.md:9:1: segment 3: failed: The variable \{\{day\}\} has no value\./,
    );
    assert.equal((await cli(["render", "talk.md", "--segments", "2"])).code, 0);
  });

  it("finds the words of --pronunciation in any case where asked to", async () => {
    await write("talk.md", "An sql query.\n");
    const args = ["export", "talk.md", "--code", "python", "--pronunciation", "SQL=sequel"];
    assert.match((await cli(args)).stdout, /"An sql query\."/);
    assert.match((await cli([...args, "--ignore-case"])).stdout, /"An sequel query\."/);
  });

  it("takes values from a set of a file, before which those given come", async () => {
    await write("talk.md", script);
    await write(
      "s.yaml",
      "default: { name: Anna, day: Monday }\nlong: { name: Anna Maria, day: x }",
    );
    const length = (name: string, day: string): number =>
      `Hello ${name}. The SQL. Of ${day}.`.length;
    const ready = ["ready", "ready", "ready"];
    assert.deepEqual(await spoken("--samples", "s.yaml"), [0, length("Anna", "Monday"), ready]);
    const given = ["--samples", "s.yaml:long", "--set", "day=Tuesday"];
    const both = `Hello Anna Maria.`.length + `Of Tuesday.`.length;
    assert.deepEqual(await spoken(...given), [0, both, ready]);
    const fresh = await cli(["check", "--fresh", "talk.md", ...given]);
    assert.deepEqual([fresh.code, fresh.stdout], [0, ""]);
  });

  it("explains what can't be understood", async () => {
    await write("talk.md", script);
    await write("s.yaml", "default: { name: Anna }");
    await write("bad.yaml", "default: [");
    for (const [args, said] of [
      [["--set", "name"], /--set is “name”, and must be such as name=Anna\./],
      [["--pronunciation", "=x"], /--pronunciation is “=x”, and must be such as SQL=sequel\./],
      [["--samples", "none.yaml"], /“none\.yaml” can't be read\./],
      [["--samples", "s.yaml:other"], /“s\.yaml” has no set “other”\. It has default\./],
      [["--samples", "bad.yaml"], /“bad\.yaml”: It is not valid: /],
    ] as const) {
      const { code, stderr } = await cli(["check", "talk.md", ...args]);
      assert.equal(code, 2);
      assert.match(stderr, said);
    }
  });
});
