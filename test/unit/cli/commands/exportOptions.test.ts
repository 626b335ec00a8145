import assert from "node:assert/strict";
import { readArguments } from "../../../../src/cli/common/arguments.ts";
import { exportOptions, readExportOptions } from "../../../../src/cli/commands/exportOptions.ts";

const read = (...args: readonly string[]) =>
  readExportOptions(readArguments(args, exportOptions).given);

describe("readExportOptions", () => {
  it("reads what is asked for", () => {
    assert.deepEqual(
      read("--to", "out/", "--format", "mp3", "--gap", "0.5", "--captions", "srt", "--overwrite"),
      {
        to: "out/",
        format: "mp3",
        gapSeconds: 0.5,
        loudness: undefined,
        captions: "srt",
        code: undefined,
        names: undefined,
        partial: false,
        speakers: false,
        overwrite: true,
      },
    );
    assert.equal(read("--code", "python-async").code, "python-async");
  });

  it("asks for the sound without gaps where nothing is said", () => {
    const { gapSeconds, overwrite, partial, speakers, ...rest } = read();
    assert.deepEqual(
      { gapSeconds, overwrite, partial, speakers },
      { gapSeconds: 0, overwrite: false, partial: false, speakers: false },
    );
    assert.ok(Object.values(rest).every((value) => value === undefined));
  });

  it("refuses what can't be", () => {
    for (const args of [
      ["--gap", "-1"],
      ["--gap", "1e3"],
      ["--gap", "61"],
      ["--captions", "ass"],
      ["--code", "cobol"],
      ["--to", " "],
      ["--format", "wma"],
      ["--captions", "vtt", "--code", "python"],
    ]) {
      assert.throws(() => read(...args), { name: "UsageError" }, args.join(" "));
    }
  });
});
