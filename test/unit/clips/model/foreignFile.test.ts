import assert from "node:assert/strict";
import { mkdir, readFile, rename, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ClipStore } from "../../../../src/clips/clipStore.ts";
import { mostForeignBytes, readForeignFile } from "../../../../src/clips/model/foreignFile.ts";
import { ignoreClips, ignoresClips } from "../../../../src/clips/ignoreFile.ts";
import {
  makeFifo,
  namesIn,
  pictureOf,
  placesOf,
  useClipFolder,
  useScratchFolder,
} from "../scratch.ts";

describe("readForeignFile", function () {
  const scratch = useScratchFolder();
  const inHome = (...names: string[]): string => join(scratch(), "home", ...names);
  const read = async (name: string): Promise<string> => {
    const found = await readForeignFile(inHome(name), [inHome()]);
    return typeof found === "string" ? found : `text ${Buffer.from(found.bytes).toString()}`;
  };

  before(function () {
    if (process.platform === "win32") this.skip(); // which has neither FIFOs nor devices in folders
  });

  beforeEach(async () => {
    await mkdir(inHome("folder"), { recursive: true });
    await writeFile(join(scratch(), "secret"), "secret");
    await writeFile(inHome("file"), "mine");
  });

  const cases: readonly (readonly [what: string, make: () => unknown, expected: string])[] = [
    ["a file", () => writeFile(inHome("it"), "mine"), "text mine"],
    ["an empty file", () => writeFile(inHome("it"), ""), "text "],
    ["nothing", () => undefined, "absent"],
    ["a folder", () => mkdir(inHome("it")), "folder"],
    ["a FIFO", () => makeFifo(inHome("it")), "no-file"],
    ["a link to a file in the folder", () => symlink("file", inHome("it")), "text mine"],
    ["a link out", () => symlink("../secret", inHome("it")), "link-out"],
    ["an absolute link out", () => symlink(join(scratch(), "secret"), inHome("it")), "link-out"],
    [
      "a link to a link out",
      async () => {
        await symlink("../secret", inHome("other"));
        await symlink("other", inHome("it"));
      },
      "link-out",
    ],
    ["a link to a device", () => symlink("/dev/zero", inHome("it")), "link-out"],
    ["a link to nowhere", () => symlink("../none", inHome("it")), "link-out"],
    ["a link to itself", () => symlink("it", inHome("it")), "link-out"],
    [
      "a link to a FIFO in the folder",
      async () => {
        makeFifo(inHome("fifo"));
        await symlink("fifo", inHome("it"));
      },
      "no-file",
    ],
    [
      "a file that is too long",
      async () => {
        await writeFile(inHome("it"), "");
        await truncate(inHome("it"), mostForeignBytes + 1);
      },
      "too-long",
    ],
  ];
  for (const [what, make, expected] of cases) {
    it(`finds ${what} to be: ${expected}`, async () => {
      await make();
      assert.equal(await read("it"), expected);
    });
  }

  it("reads a file that is just as long as one may be", async () => {
    await writeFile(inHome("it"), Buffer.alloc(mostForeignBytes, "x"));
    const found = await readForeignFile(inHome("it"), [inHome()]);
    assert.ok(typeof found !== "string" && found.bytes.length === mostForeignBytes);
  });

  it("reads no device, even where links may lead to it", async () => {
    assert.equal(await readForeignFile("/dev/zero", ["/"]), "no-file");
  });

  it("refuses a file below a folder that is a link out", async () => {
    await mkdir(join(scratch(), "elsewhere"));
    await writeFile(join(scratch(), "elsewhere", "it"), "secret");
    await symlink("../elsewhere", inHome("linked"));
    assert.equal(await read(join("linked", "it")), "link-out");
  });

  describe("of a .gitignore", () => {
    const ignore = (): Promise<void> => ignoreClips(inHome());
    const path = (): string => inHome(".gitignore");

    it("is made where there is none, and a line is added behind what it holds", async () => {
      await ignore();
      assert.equal(await readFile(path(), "utf8"), "*.speech/\n");
      for (const [before, after] of [
        ["", "*.speech/\n"],
        ["out", "out\n*.speech/\n"],
        ["out\r\n", "out\r\n*.speech/\n"],
      ] as const) {
        await writeFile(path(), before);
        assert.equal(await ignoresClips(inHome()), false);
        await ignore();
        assert.equal(await readFile(path(), "utf8"), after);
        assert.equal(await ignoresClips(inHome()), true);
      }
    });

    it("follows a link that stays in the folder", async () => {
      await symlink("file", path());
      await ignore();
      assert.equal(await readFile(inHome("file"), "utf8"), "mine\n*.speech/\n");
    });

    const refusals: readonly (readonly [what: string, make: () => unknown, code: string])[] = [
      ["a link out", () => symlink("../secret", path()), "outside"],
      ["a link to a file that is not there yet", () => symlink("../new", path()), "outside"],
      ["a link to a device", () => symlink("/dev/null", path()), "outside"],
      ["a FIFO", () => makeFifo(path()), "not-ours"],
      ["a folder", () => mkdir(path()), "not-ours"],
      [
        "far too long",
        async () => {
          await writeFile(path(), "");
          await truncate(path(), mostForeignBytes + 1);
        },
        "not-ours",
      ],
    ];
    for (const [what, make, code] of refusals) {
      it(`writes nothing, here or elsewhere, where it is ${what}, and says why`, async () => {
        await make();
        const before = (await pictureOf(scratch())).map((line) => line.slice(0, 200));
        assert.equal(await ignoresClips(inHome()), false);
        await assert.rejects(ignore(), { name: "ClipError", code, message: /\.gitignore”/ });
        assert.deepEqual(
          (await pictureOf(scratch())).map((line) => line.slice(0, 200)),
          before,
        );
      });
    }
  });
});

describe("A folder of clips with something else in the place of a file", function () {
  const { folder, inFolder, openWith, scratch } = useClipFolder();
  const open = (): Promise<ClipStore> =>
    ClipStore.open({ folder: folder(), documentName: "talk.md" });

  before(function () {
    if (process.platform === "win32") this.skip();
  });

  it("is read without the FIFOs, links and folders that have clips' names", async () => {
    await openWith("a", "b", "c", "d", "e");
    for (const at of [1, 2, 3])
      await rename(inFolder(`flush_00${at}.wav`), join(scratch(), `${at}`));
    makeFifo(inFolder("flush_001.wav"));
    await symlink(join(scratch(), "2"), inFolder("flush_002.wav"));
    await mkdir(inFolder("flush_003.wav"));
    makeFifo(inFolder("flush_007.0123456789ab.tmp"));
    assert.deepEqual(placesOf((await open()).clips()), [
      ["a", 0],
      ["e", 4],
    ]);
  });

  for (const name of ["manifest.json", "takes"]) {
    it(`is refused where its ${name} is a FIFO or a link, with what to do`, async () => {
      await openWith("a");
      await rename(inFolder("manifest.json"), join(scratch(), "manifest.json"));
      makeFifo(inFolder(name));
      await assert.rejects(open(), { code: "not-ours", message: /Move or rename/ });
      await rename(inFolder(name), join(scratch(), "fifo"));
      await symlink(join(scratch(), "manifest.json"), inFolder(name));
      await assert.rejects(open(), { code: "outside", message: /Remove it/ });
      assert.deepEqual(
        await namesIn(folder()),
        ["flush_000.wav", name].filter((n) => n !== "takes"),
      );
    });
  }
});
