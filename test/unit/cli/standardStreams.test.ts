import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { readWav } from "../../../src/audio/wav.ts";
import { cliFile } from "../../support/cli/builtCli.ts";
import { namesIn } from "../clips/scratch.ts";
import { scriptOf, useCli } from "./scripts.ts";

const stdin = scriptOf("# One", "Two.");

describe("scripted-speech and standard input", () => {
  const { cli, inFolder, write } = useCli();

  it("checks what comes, as Markdown, or as its name says", async () => {
    const text = "Say *this* <brake/>.\n";
    const { code, stdout, stderr } = await cli(["check", "-"], { stdin: text });
    assert.equal(stderr, "");
    assert.equal(code, 1);
    assert.match(stdout, /^-:1:12: warning: /);
    const named = await cli(["check", "-", "--stdin-name", "talk.txt", "--json"], { stdin: text });
    const document = JSON.parse(named.stdout) as { files: { file: string; problems: unknown[] }[] };
    assert.equal(document.files[0]!.file, inFolder("talk.txt"));
    const nameless = await cli(["check", "-", "--json"], { stdin: text });
    assert.equal((JSON.parse(nameless.stdout) as typeof document).files[0]!.file, "-");
  });

  it("renders it beside the name that it is given, or in a folder of --out", async () => {
    const args = ["render", "-", "--stdin-name", "talk.md"];
    const { code, stdout, stderr } = await cli(args, { stdin });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^talk\.speech\/flush_000\.wav\t/);
    await write("talk.md", stdin);
    assert.equal((await cli(["check", "--fresh", "talk.md"])).code, 0);
    assert.equal((await cli(["render", "-", "--out", "clips"], { stdin })).code, 0);
    assert.deepEqual(await namesIn(inFolder("clips", "stdin.speech")), [
      "flush_000.wav",
      "flush_001.wav",
      "manifest.json",
    ]);
  });

  it("exports it", async () => {
    const args = ["--stdin-name", "talk.md"];
    assert.equal((await cli(["render", "-", ...args], { stdin })).code, 0);
    const { code, stdout } = await cli(["export", "-", ...args, "--captions", "srt"], { stdin });
    assert.equal(code, 0);
    assert.equal(stdout, "talk.srt\n");
    const program = await cli(["export", "-", "--code", "python"], { stdin });
    assert.match(program.stdout, /import/);
  });

  it("takes sample values from it", async () => {
    await write("talk.md", "Hello {{name}}!\n");
    const call = { stdin: JSON.stringify({ default: { name: "Anna" } }) };
    const { code, stdout } = await cli(["check", "talk.md", "--samples", "-"], call);
    assert.equal(stdout, "");
    assert.equal(code, 0);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["clips without a place", ["render", "-"], /have no place\. Give --stdin-name/],
    ["fresh clips without a place", ["check", "--fresh", "-"], /have no place/],
    [
      "a sound without a name",
      ["export", "-", "--out", "a"],
      /no name to export under\. Give --to/,
    ],
    ["a name for nothing", ["check", "talk.md", "--stdin-name", "b.md"], /Give -, too\./],
    ["a name twice", ["check", "talk.md", "-", "--stdin-name", "talk.md"], /is named twice/],
    ["a folder's name", ["check", "-", "--stdin-name", "b/"], /must be a file's name/],
    ["clips into standard output", ["render", "talk.md", "--out", "-"], /--out is a folder/],
    [
      "two documents on it",
      ["export", "talk.md", "--to", "-", "--json"],
      /Leave one of the two out/,
    ],
  ];
  for (const [what, args, message] of refused) {
    it(`refuses ${what}`, async () => {
      await write("talk.md", stdin);
      const { code, stdout, stderr } = await cli(args, { stdin });
      assert.match(stderr, message);
      assert.equal(code, 2);
      assert.equal(stdout, "");
    });
  }

  it("refuses to read it twice", async () => {
    const call = { stdin: JSON.stringify({ default: { name: "Anna" } }) };
    const { code, stderr } = await cli(["check", "-", "--samples", "-"], call);
    assert.match(stderr, /can be read only once/);
    assert.equal(code, 2);
  });

  it("refuses what is too long, and another encoding", async () => {
    const long = await cli(["check", "-"], { stdin: Buffer.alloc(2 ** 22 + 1, 0x61) });
    assert.match(long.stderr, /Standard input is longer than 4 MB/);
    const latin = await cli(["check", "-"], { stdin: Buffer.from("Grüße", "latin1") });
    assert.match(latin.stderr, /“-” is neither UTF-8 nor UTF-16: line 1/);
    assert.deepEqual([long.code, latin.code], [2, 2]);
  });

  it("refuses a folder", function () {
    if (process.platform === "win32") this.skip(); // which opens none
    const { status, stderr } = withStream(inFolder("."), "r", ["check", "-"]);
    assert.match(stderr, /Standard input can't be read: it is a folder\./);
    assert.equal(status, 2);
  });

  it("takes ./- for a file of that name", async () => {
    await write("-", "A\n\n<flush/>\n\nB\n");
    const { stdout } = await cli(["check", "./-", "--json"], { stdin: "" });
    assert.equal((JSON.parse(stdout) as { files: { segments: number }[] }).files[0]!.segments, 2);
  });
});

/** Calls the built command line with a file, or what else is there, for standard input (`r`) or output (`w`). */
function withStream(path: string, way: "r" | "w", args: readonly string[]) {
  const file = openSync(path, way);
  try {
    const stdio = way === "r" ? [file, "pipe" as const] : ["ignore" as const, file];
    return spawnSync(process.execPath, [cliFile, ...args], {
      stdio: [...stdio, "pipe"],
      encoding: "utf8",
    });
  } finally {
    closeSync(file);
  }
}

describe("scripted-speech and a full disk for standard output", () => {
  const { cli, inFolder, write } = useCli();

  it("does not say that all is well", async function () {
    if (process.platform !== "linux") this.skip();
    await write("talk.md", stdin);
    assert.equal((await cli(["render", "talk.md"])).code, 0);
    for (const args of [
      ["check", "--spoken"],
      ["check", "--json"],
      ["export", "--to", "-"],
    ]) {
      const { status, stderr } = withStream("/dev/full", "w", [...args, inFolder("talk.md")]);
      assert.match(stderr, /Standard output can't be written: ENOSPC/);
      assert.equal(status, 6, args.join(" "));
    }
  });
});

describe("scripted-speech export --to -", () => {
  const { cli, inFolder, write } = useCli();

  beforeEach(async () => {
    await write("talk.md", stdin);
    assert.equal((await cli(["render", "talk.md"])).code, 0);
  });

  for (const built of [false, true]) {
    it(`writes what the file would be, and nothing else${built ? ", from a process of its own" : ""}`, async () => {
      for (const args of [[], ["--format", "ulaw"], ["--captions", "vtt"], ["--code", "python"]]) {
        const file = inFolder(`out${args.at(-1) ?? ""}`);
        const asked = ["export", "talk.md", "--format", "wav-s16", ...args];
        assert.equal((await cli([...asked, "--to", file])).code, 0);
        const { code, bytes, stderr } = await cli([...asked, "--to", "-"], { built });
        assert.equal(code, 0, stderr);
        assert.ok(bytes.equals(await readFile(file)), args.join(" "));
      }
      assert.ok(!(await namesIn(inFolder("."))).includes("-"));
    });
  }

  it("goes from one to the other", async () => {
    const args = ["export", "-", "--stdin-name", "talk.md", "--to", "-"];
    const { bytes, stderr } = await cli(args, { stdin, built: true });
    assert.equal(readWav(bytes).cues.length, 2);
    assert.match(stderr, /^2 segments, /);
  });

  it("ends quietly where nobody reads it", async () => {
    const { code, stderr } = await cli(["export", "talk.md", "--to", "-"], { deaf: true });
    assert.equal(code, 0);
    assert.match(stderr, /^2 segments, [^\n]*\n$/);
  });
});
