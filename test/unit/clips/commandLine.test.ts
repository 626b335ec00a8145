import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { assertPasteable, quoteForShell } from "../../../src/clips/commandLine.ts";
import { useScratchFolder } from "./scratch.ts";

const quote = (text: string, platform: NodeJS.Platform): string =>
  quoteForShell(text, [text], platform);

/** What some shell acts on, between quotes or outside of them. */
const signs = Array.from("'\"\\!$`%^&|;<>()[]{}*?~#=, ‘’‚“”„\u201f-a");

/** Texts that would run something where a quote does not hold. */
const attacks = [
  "/it's",
  "/a'; echo HIT; '",
  "/a'\\''; echo HIT; '\\''",
  "/\\'; echo HIT #",
  "/a\\",
  "/$(echo HIT)`echo HIT`",
  "/!!",
  "/a!echo",
  "/’; echo HIT; ‘",
  "/”; echo HIT; “",
  "-i",
  "",
];

describe("quoteForShell, for POSIX systems", () => {
  const scratch = useScratchFolder();
  const shells = ["sh", "bash", "dash", "zsh", "mksh", "tcsh", "fish"].filter(
    (shell) => spawnSync(shell, ["-c", "true"]).status === 0,
  );

  /** What `printf` gets as its arguments. */
  async function read(shell: string, texts: readonly string[]): Promise<string[]> {
    const words = texts.map((text) => quote(text, "linux"));
    const path = join(scratch(), "script");
    await writeFile(path, `printf '<%s>\\n' ${words.join(" ")}\n`);
    const { stdout } = spawnSync(shell, [path], { encoding: "utf8" });
    return stdout.split("\n").slice(0, -1);
  }

  for (const shell of shells) {
    it(`gives ${shell} the very text, whatever is in it`, async function () {
      if (process.platform === "win32") this.skip();
      const random = fc.sample(fc.string({ unit: fc.constantFrom(...signs), maxLength: 12 }), {
        numRuns: 60,
        seed: 1,
      });
      const texts = [...attacks, ...signs, ...random];
      assert.deepEqual(
        await read(shell, texts),
        texts.map((text) => `<${text}>`),
      );
    });
  }

  it("is tried in at least one shell", () => {
    assert.ok(process.platform === "win32" || shells.includes("sh"));
  });

  it("leaves nothing between single quotes that ends a string of PowerShell", () => {
    for (const text of attacks) {
      const parts = quote(text, "linux").match(/'[^']*'|"[^"]*"|\\./g) ?? [];
      assert.equal(parts.join(""), quote(text, "linux"));
      for (const part of parts) {
        if (part.startsWith("'")) assert.doesNotMatch(part.slice(1, -1), /['\u2018-\u201b\\!]/);
        else if (part.startsWith('"')) assert.match(part.slice(1, -1), /^['\u2018-\u201b]+$/);
        else assert.match(part, /^\\[\\!]$/);
      }
    }
  });
});

describe("quoteForShell, for Windows", () => {
  it("puts what neither cmd.exe nor PowerShell acts on between double quotes", () => {
    for (const path of ["C:\\my talk\\it's ^ & (1) ‘a’.wav", "C:\\é;,=+~#@{}[].wav"]) {
      assert.equal(quote(path, "win32"), `"${path}"`);
    }
  });

  for (const sign of ["%", "!", "$", "`", '"', "“", "”", "„", "\u201f"]) {
    it(`refuses ${sign}, which one of them acts on there, and says what to rename`, () => {
      assert.throws(() => quote(`C:\\talks\\my ${sign}talk.speech\\flush_000.wav`, "win32"), {
        name: "ClipError",
        code: "unsafe",
        message: new RegExp(`U\\+[0-9A-F]{4} in the name “my .talk\\.speech”.*Rename`),
      });
    });
  }
});

describe("What is copied to be pasted into a terminal", () => {
  const hidden = [
    ["a line feed", "\n", "U+000A"],
    ["a carriage return", "\r", "U+000D"],
    ["an escape", "\u001b[201~", "U+001B"],
    ["a tab", "\t", "U+0009"],
    ["Ctrl+C", "\u0003", "U+0003"],
    ["a delete", "\u007f", "U+007F"],
    ["a C1 control", "\u009b31m", "U+009B"],
    ["a next line", "\u0085", "U+0085"],
    ["a line separator", "\u2028", "U+2028"],
    ["a paragraph separator", "\u2029", "U+2029"],
    ["a right-to-left override", "\u202e", "U+202E"],
    ["an isolate", "\u2066", "U+2066"],
    ["a right-to-left mark", "\u200f", "U+200F"],
    ["a left-to-right mark", "\u200e", "U+200E"],
    ["an Arabic letter mark", "\u061c", "U+061C"],
    ["half a character", "\ud800", "U+D800"],
  ] as const;
  for (const [what, sign, code] of hidden) {
    it(`is no path with ${what}: that is refused, with what to rename`, () => {
      const path = `/talks/my${sign}talk.speech/flush_000.wav`;
      const isRefused = (error: Error): boolean => {
        assert.equal((error as Error & { code: string }).code, "unsafe");
        assert.ok(error.message.includes(code), error.message);
        assert.match(error.message, /my.*talk\.speech”.*Rename/);
        assert.doesNotMatch(error.message, /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202e\u2066]/u);
        return true;
      };
      assert.throws(() => assertPasteable(path), isRefused);
      for (const platform of ["linux", "darwin", "win32"] as const) {
        assert.throws(() => quote(path, platform), isRefused);
      }
    });
  }

  it("may be any other path", () => {
    for (const path of ["/it's $(rm) `x` “y”!.wav", "/שלום/你好 👩‍🚀.wav"]) assertPasteable(path);
  });
});
