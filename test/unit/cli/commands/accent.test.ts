import assert from "node:assert/strict";
import { scriptOf, useCli } from "../scripts.ts";

describe("The command line's --accent and --normalization", () => {
  const { cli, write } = useCli();

  it("are part of what a clip is known by, and come after what the script says", async () => {
    await write("talk.md", scriptOf("One."));
    const spoken = async (...options: readonly string[]): Promise<boolean> => {
      const { stdout } = await cli(["render", "talk.md", "--json", ...options]);
      const { files } = JSON.parse(stdout) as { files: readonly { readonly spoken: number }[] };
      return files[0]?.spoken === 1;
    };
    assert.equal(await spoken(), true);
    assert.equal(await spoken("--normalization", "AUTO"), false, "which it is by itself");
    const british = ["--accent", "british", "--normalization", "off"];
    assert.equal(await spoken(...british), true);
    const fresh = async (...options: readonly string[]): Promise<number | null> =>
      (await cli(["check", "talk.md", "--fresh", ...options])).code;
    assert.equal(await fresh(...british), 0);
    assert.equal(await fresh(), 1);
    assert.equal(await fresh("--accent", "british"), 1);
    await write("talk.md", `---\nspeech: { accent: british, normalization: off }\n---\n\nOne.\n`);
    assert.equal(await fresh("--accent", "scottish", "--normalization", "en"), 0);
    await write("talk.md", `---\nspeech: { normalization: off, voice: other }\n---\n\nOne.\n`);
    assert.equal(await spoken("--accent", "british"), true);
    assert.equal(await fresh(), 0, "another voice has no such accent");
  });

  it("are in the program that is exported", async () => {
    await write("talk.md", scriptOf("One."));
    for (const code of ["typescript", "python", "python-async"]) {
      const options = ["--code", code, "--accent", "british", "--normalization", "en_IN"];
      const { stdout } = await cli(["export", "talk.md", ...options]);
      assert.match(stdout, /accent"?: "british", "?normalization"?: "en_IN"/, code);
    }
  });

  it("are refused, with what may be given, where they are none", async () => {
    await write("talk.md", scriptOf("One."));
    for (const command of ["render", "check", "export"]) {
      const { code, stderr } = await cli([command, "talk.md", "--normalization", "none"]);
      assert.equal(code, 2);
      assert.match(
        stderr,
        /--normalization is “none”, and must be auto, off, or a code such as en/,
      );
      const empty = await cli([command, "talk.md", "--accent", " "]);
      assert.equal(empty.code, 2);
      assert.match(empty.stderr, /--accent needs a value\./);
    }
  });
});
