import assert from "node:assert/strict";
import { lstat, mkdir, readFile, symlink, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { makeFifo, namesIn } from "../clips/scratch.ts";

import { scriptOf, useCli } from "../cli/scripts.ts";

describe("The command line, with a name that is no plain file's", function () {
  const { cli, write, inFolder } = useCli();
  const inWork = { cwd: "" };

  before(function () {
    if (process.platform === "win32") this.skip(); // which has neither FIFOs nor devices in folders
  });

  beforeEach(async () => {
    await write("secret.md", scriptOf("A secret."));
    await write("secret.yaml", "default: { name: secret }");
    await write("work/talk.md", scriptOf("Hello {{name}}."));
    inWork.cwd = inFolder("work");
  });

  const scripts: readonly (readonly [what: string, make: () => unknown, says: RegExp])[] = [
    ["a FIFO", () => makeFifo(inFolder("work", "it.md")), /“it\.md” is a device or a pipe/],
    [
      "a link to a device",
      () => symlink("/dev/zero", inFolder("work", "it.md")),
      /“it\.md” is a link that leads out of “.*work”/,
    ],
    [
      "a link out of the working folder",
      () => symlink("../secret.md", inFolder("work", "it.md")),
      /“it\.md” is a link that leads out of “.*work”\. Name the file/,
    ],
    [
      "as long as no script is",
      async () => {
        await write("work/it.md", "");
        await truncate(inFolder("work", "it.md"), 2 ** 40);
      },
      /“it\.md” is longer than 4 MB/,
    ],
  ];
  for (const [what, make, says] of scripts) {
    it(`refuses a script that is ${what}, and sends and writes nothing`, async () => {
      await make();
      for (const command of [["check"], ["check", "--fresh"], ["render"], ["export"]]) {
        const { code, stdout, stderr } = await cli([...command, "it.md"], inWork);
        assert.deepEqual({ code, stdout }, { code: 2, stdout: "" });
        assert.match(stderr, says);
      }
      assert.deepEqual(await namesIn(inFolder("work")), ["it.md", "talk.md"]);
    });

    it(`refuses sample values in a file that is ${what}`, async () => {
      await make();
      for (const samples of ["it.md", "it.md:default"]) {
        const { code, stderr } = await cli(["check", "talk.md", "--samples", samples], inWork);
        assert.equal(code, 2);
        assert.match(stderr, says);
      }
    });
  }

  for (const [what, link, out] of [
    ["a link out of the folder that --out names", "work/clips/talk.speech", "clips"],
    ["a link out of the working folder, which --out names", "work/clips", "clips"],
    ["a link out of a folder elsewhere that --out names", "other/talk.speech", "../other"],
  ] as const) {
    it(`saves and reads no clips by ${what}`, async () => {
      await write("work/talk.md", scriptOf("Hello."));
      await mkdir(inFolder("elsewhere"));
      await mkdir(dirname(inFolder(link)), { recursive: true });
      await symlink(inFolder("elsewhere"), inFolder(link));
      for (const command of [["render"], ["check", "--fresh"], ["export", "--partial"]]) {
        const { code, stderr } = await cli([...command, "talk.md", "--out", out], inWork);
        assert.equal(code, 6);
        assert.match(stderr, /is a link that leads out/);
      }
      assert.deepEqual(await namesIn(inFolder("elsewhere")), []);
    });
  }

  it("refuses a device by its own name", async () => {
    const { code, stderr } = await cli(["check", "/dev/zero"], inWork);
    assert.equal(code, 2);
    assert.match(stderr, /“\/dev\/zero” is a device or a pipe/);
  });

  it("refuses a script below a folder that is a link out of the working folder", async () => {
    await mkdir(inFolder("elsewhere"));
    await write("elsewhere/it.md", scriptOf("A secret."));
    await symlink("../elsewhere", inFolder("work", "linked"));
    const { code, stderr } = await cli(["check", "linked/it.md"], inWork);
    assert.equal(code, 2);
    assert.match(stderr, /is a link that leads out/);
  });

  it("replaces a link that is in an export's place, where that may be, and never writes through it", async () => {
    await symlink("../secret.md", inFolder("work", "talk.py"));
    const call = ["export", "talk.md", "--code", "python", "--set", "name=Anna", "--to", "talk.py"];
    assert.equal((await cli(call, inWork)).code, 2);
    assert.equal((await cli([...call, "--overwrite"], inWork)).code, 0);
    assert.match(await readFile(inFolder("secret.md"), "utf8"), /^A secret\./);
    assert.match(await readFile(inFolder("work", "talk.py"), "utf8"), /Anna/);
    assert.ok(!(await lstat(inFolder("work", "talk.py"))).isSymbolicLink());
  });

  it("follows a link that stays in the working folder", async () => {
    await symlink("talk.md", inFolder("work", "it.md"));
    await symlink("../work/values.yaml", inFolder("work", "linked.yaml"));
    await write("work/values.yaml", "default: { name: Anna }");
    const { code, stderr } = await cli(["check", "it.md", "--samples", "linked.yaml"], inWork);
    assert.equal(code, 0, stderr);
  });

  it("reads a script that is named outside of it, and there a link that stays in its folder", async () => {
    await symlink("secret.md", inFolder("linked.md"));
    await symlink("../secret.md", inFolder("work", "out.md"));
    assert.equal((await cli(["check", "../secret.md", "../linked.md"], inWork)).code, 0);
    await mkdir(inFolder("other"));
    const { code } = await cli(["check", "../work/out.md"], { cwd: inFolder("other") });
    assert.equal(code, 2);
  });
});
