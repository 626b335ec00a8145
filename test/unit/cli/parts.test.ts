import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import fc from "fast-check";
import { exitCodes, joinExitCodes } from "../../../src/operations/exitCodes.ts";
import { LineIndex } from "../../../src/operations/lineIndex.ts";
import { Progress } from "../../../src/cli/commands/progress.ts";
import { readSegmentRanges } from "../../../src/cli/commands/renderOptions.ts";
import { soundDefaults } from "../../../src/operations/soundDefaults.ts";
import { stopSignal } from "../../../src/cli/stopSignal.ts";
import { Terminal } from "../../../src/cli/common/terminal.ts";
import { readManifest } from "./scripts.ts";

describe("The command line's defaults", () => {
  it("are the extension's", async () => {
    const { defaultOf: of } = await readManifest();
    assert.deepEqual(soundDefaults, {
      voice: of("voice"),
      model: of("model"),
      language: of("language"),
      accent: of("accent"),
      normalization: of("normalization"),
      encoding: of("audio.encoding"),
      sampleRate: of("audio.sampleRate"),
      container: of("audio.container"),
    });
  });
});

describe("readSegmentRanges", () => {
  it("reads numbers and ranges, counted from 1, and joins those that touch", () => {
    assert.deepEqual(readSegmentRanges("1,3-5"), [
      { first: 0, last: 0 },
      { first: 2, last: 4 },
    ]);
    assert.deepEqual(readSegmentRanges("5, 1-2, 3"), [
      { first: 0, last: 2 },
      { first: 4, last: 4 },
    ]);
    assert.deepEqual(readSegmentRanges("4-,2-9"), [{ first: 1, last: Infinity }]);
  });

  it("refuses what is none", () => {
    for (const text of ["", "0", "3-1", "a", "1,,2", "-2", "1-2-3", "1.5"]) {
      assert.throws(() => readSegmentRanges(text), { name: "UsageError" }, text);
    }
  });
});

describe("LineIndex", () => {
  it("finds the place of each offset, whatever ends the lines", () => {
    const part = fc.constantFrom("a", "é", "😀", "\n", "\r", "\r\n");
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join("")),
        fc.nat(),
        (text, seed) => {
          const offset = seed % (text.length + 1);
          const isSplit = text[offset - 1] === "\r" && text[offset] === "\n";
          fc.pre(!isSplit);
          const before = text.slice(0, offset).split(/\r\n|\r|\n/);
          const expected = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
          assert.deepEqual(new LineIndex(text).placeOf(offset), expected);
        },
      ),
    );
  });
});

describe("joinExitCodes", () => {
  it("prefers a stop, then what says why, then that something is amiss", () => {
    const { done, incomplete, disk, key, stopped } = exitCodes;
    assert.equal(joinExitCodes([done, done]), done);
    assert.equal(joinExitCodes([done, incomplete]), incomplete);
    assert.equal(joinExitCodes([incomplete, disk, key]), disk);
    assert.equal(joinExitCodes([disk, stopped]), stopped);
  });
});

describe("stopSignal", () => {
  it("stops at the first Ctrl+C, and ends at once at the second", () => {
    const signals = new EventEmitter();
    const ends: number[] = [];
    const stop = stopSignal(signals, (code) => ends.push(code));
    assert.ok(!stop.aborted);
    signals.emit("SIGINT");
    assert.ok(stop.aborted);
    assert.deepEqual(ends, []);
    signals.emit("SIGINT");
    assert.deepEqual(ends, [130]);
  });
});

describe("The terminal", () => {
  const open = (how: { isTTY?: boolean; env?: Record<string, string>; quiet?: boolean } = {}) => {
    const written = { out: "", err: "" };
    const stdout = { write: (text: string) => (written.out += text) };
    const stderr = {
      write: (text: string) => (written.err += text),
      isTTY: how.isTTY ?? true,
      columns: 60,
    };
    const terminal = new Terminal({ stdout, stderr }, { env: how.env ?? {}, quiet: how.quiet });
    return { terminal, written };
  };

  it("keeps the bar below the lines", () => {
    const { terminal, written } = open();
    terminal.status("bar");
    terminal.error("line");
    assert.equal(written.err, "\r\u001b[Kbar\r\u001b[Kline\n\r\u001b[Kbar");
  });

  it("draws a bar with the segments done and the time left", () => {
    const { terminal, written } = open();
    let now = 0;
    const lengths = new Map([
      [0, 10],
      [1, 30],
    ]);
    const progress = new Progress(terminal, "talk.md", lengths, () => now);
    now = 2000;
    progress.done(0);
    progress.done(0);
    assert.ok(
      written.err.endsWith(`${"█".repeat(12)}${"░".repeat(12)} 1 of 2 segments, 6 s left  talk.md`),
    );
    progress.end();
    assert.ok(written.err.endsWith("\r\u001b[K"));
  });

  for (const env of [{ CI: "true" }, { NO_COLOR: "1" }, { TERM: "dumb" }]) {
    it(`writes plain lines where ${Object.keys(env)[0]} says so`, () => {
      const { terminal, written } = open({ env });
      const progress = new Progress(terminal, "talk.md", new Map([[4, 10]]), () => 0);
      progress.done(4);
      progress.end();
      assert.equal(written.err, "talk.md: 1 of 1 segment\n");
    });
  }

  it("writes a line for each tenth, not for each segment, where there is no terminal", () => {
    const { terminal, written } = open({ isTTY: false });
    const lengths = new Map(Array.from({ length: 100 }, (_, at) => [at, 1] as const));
    const progress = new Progress(terminal, "talk.md", lengths, () => 0);
    for (const at of lengths.keys()) progress.done(at);
    assert.equal(written.err.split("\n").length - 1, 10);
    assert.ok(!written.err.includes("\u001b"));
  });

  it("lets nothing that a script or a service says steer it", () => {
    const { terminal, written } = open();
    terminal.result("a\tb\u001b[2Jc\r\nd\u009be");
    assert.equal(written.out, "a\tb [2Jc d e\n");
  });

  it("draws nothing where it is to be quiet, but says what went wrong", () => {
    const { terminal, written } = open({ quiet: true });
    terminal.status("bar");
    terminal.note("note");
    terminal.result("result");
    terminal.error("error");
    assert.deepEqual(written, { out: "", err: "error\n" });
  });
});
