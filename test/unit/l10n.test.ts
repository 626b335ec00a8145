import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  readBundle,
  readManifestTexts,
  readSources,
  runTimeStrings,
  translatedTexts,
} from "../tools/l10n/runTimeStrings.ts";
import { untranslatedTexts } from "../tools/l10n/untranslatedTexts.ts";
import { projectRoot } from "../support/paths.ts";

/** The places where values go, the marks that Markdown and commands are made of, and those of what is told alone. */
const marksIn = (text: string): string[] =>
  (text.match(/\{\w+\}|`+[^`]*`+|\]\(command:[^)]*\)|[[\]]/g) ?? []).sort();

/** What of a translation says something else than its original: it lacks a mark, or has another. */
function unlike(originals: Record<string, string>, translations: Record<string, string>): string[] {
  return Object.entries(originals)
    .filter(([key]) => translations[key])
    .filter(([key, text]) => marksIn(text).join() !== marksIn(translations[key] ?? "").join())
    .map(([key]) => key);
}

/** What is to be done; each test fails with the very texts that are concerned. */
const missing = (wanted: readonly string[], there: Record<string, string>): string[] =>
  wanted.filter((key) => !there[key]);
const leftOver = (wanted: readonly string[], there: Record<string, string>): string[] =>
  Object.keys(there).filter((key) => !wanted.includes(key));

describe("The German translation", () => {
  it("has all that the manifest says, and nothing else", async () => {
    const english = await readManifestTexts("en");
    const german = await readManifestTexts("de");
    const keys = Object.keys(english);
    assert.deepEqual(missing(keys, german), [], "to be translated in package.nls.de.json");
    assert.deepEqual(leftOver(keys, german), [], "left over in package.nls.de.json");
    const translatable = Object.keys(english).filter((key) => key !== "setting.audio.folder"); // `<script>.speech`
    const originals = Object.fromEntries(translatable.map((key) => [key, english[key] ?? ""]));
    assert.deepEqual(unlike(originals, german), [], "with other marks than the English text");
  });

  it("has all that the editor says, and nothing else: `npm run l10n` brings it in step", async () => {
    const texts = await runTimeStrings();
    const german = await readBundle("de");
    assert.ok(texts.length > 100);
    assert.deepEqual(missing(texts, german), [], "to be translated in bundle.l10n.de.json");
    assert.deepEqual(leftOver(texts, german), [], "left over in bundle.l10n.de.json");
    const originals = Object.fromEntries(texts.map((text) => [text, text]));
    assert.deepEqual(unlike(originals, german), [], "with other places than the English text");
  });

  it("is shipped, and found by VS Code", async () => {
    const manifest = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as {
      readonly l10n: string;
    };
    assert.equal(manifest.l10n, "./media/l10n");
    const shipped = await readFile(join(projectRoot, ".vscodeignore"), "utf8");
    assert.match(shipped, /^!media\/\*\*$/m);
    assert.match(shipped, /^!package\.nls\.\*\.json$/m);
  });
});

/** What is of the service's, of programs that are made, or of natural languages: words that nobody reads as ours. */
const ofOthers =
  /^(?:cli|operations|localVoice)\/|^export\/(?:captions\/captionBreaks|code\/python|code\/typeScript)|\/(?:vocabulary|htmlTags|directionWords|labelWords)\.ts$/;

/** What looks like words in the sources, and is a name, or nobody reads it; `{}` stands for a value. */
const unread: ReadonlySet<string> = new Set([
  ...["Cartesia", "Scripted Speech", "Scripted Speech Preview"],
  ...["TypeScript", "Python", "Python, asyncio", "WebVTT", "SubRip", "Opus (Ogg)"],
  ...["not spoken", "nothing to say", "unlocked place", "a damaged clip"], // by which code tells one from another
  ...["start after empty line", "start after text", "Heading"],
  ...["AltGraph", "Authorization", "Bearer {}", "default-src 'none'"],
  "script-src 'nonce-{}' 'wasm-unsafe-eval'",
  ...["codicon codicon-{}", "codicon codicon-chevron-{}", "{}-transcript {}-reason"],
  ...[
    "(prefers-color-scheme: dark)",
    "(forced-colors: active)",
    "(prefers-reduced-motion: reduce)",
  ],
  "[CHAPTER]\nTIMEBASE=1/{}\nSTART={}\nEND={}\ntitle={}\n",
  ...["1px solid transparent", "1px dashed"],
  ...["name: Anna", "SQL: sequel", "---\nspeech:\n  language: {}\n---\n\n{}\n\n<flush/>\n\n{}\n"],
  "ffplay -hide_banner -nodisp -autoexit {}-i {}",
  "ffplay -hide_banner -nodisp -autoexit -f lavfi -i {}",
  "cs da de et fi hr hu is lv nb no pl sk sl sr tr",
  // Errors of the programmer, and one that becomes another before it is told.
  ...["A document without a path needs a storage.", "A script is read before it is run."],
  ...["The run is over.", "The file is shorter than it was."],
  "The Markdown parser has no underlined headings.",
  "The sound is shorter than its timeline.",
  // What is in the log, which is English, and what YAML's reader says, which is quoted.
  ...["flush ids", "flush_done ids", "the context's end", "segment {} of the context"],
  ...["{} at line {}, column {}", "Map keys must be unique"],
]);

describe("What the user reads", () => {
  it("is translated, wherever it is written", async () => {
    const ours = (await readSources()).filter(({ path }) => !ofOthers.test(path));
    const found = ours.flatMap(({ path, source }) =>
      untranslatedTexts(path, source)
        .filter((text) => !unread.has(text))
        .map((text) => `${path}: ${text}`),
    );
    assert.deepEqual(found, []);
  });
});

describe("untranslatedTexts", () => {
  it("finds words that are shown as they stand", () => {
    const shown = [
      'p({}, "Close")',
      "f(`${n} of them`)",
      'a ? "not yet" : l10n.t("Now")',
      'b({ title: "Two words" })',
    ];
    const texts = shown.flatMap((source) => untranslatedTexts("x.ts", source));
    assert.deepEqual(texts, ["Close", "{} of them", "not yet", "Two words"]);
  });

  it("leaves out what nobody reads", () => {
    for (const source of [
      'import { A } from "Some where"; type B = "not spoken" | "Ready";',
      'if (a === "not spoken") switch (b) { case "Not so": }',
      'c({ class: "two words", "Two words": 1 }); d.matches("a b, cd ef");',
      'l10n.t("Two words", vscode.l10n.t("Close")); e("one");',
    ]) {
      assert.deepEqual(untranslatedTexts("x.ts", source), [], source);
    }
  });
});

describe("translatedTexts", () => {
  it("finds the texts of all calls, in whatever quotes", () => {
    const source =
      'vscode.l10n.t("a", vscode.l10n.t(`b`)); f(() => vscode.l10n.t(\n"c “d”"));\nl10n.t("e"); other.t("no"); "vscode.l10n.t(1)";';
    assert.deepEqual(translatedTexts("x.ts", source), ["a", "b", "c “d”", "e"]);
  });

  it("refuses a text that is put together while it runs", () => {
    for (const call of [
      "l10n.t(a)",
      "vscode.l10n.t(a)",
      "vscode.l10n.t(`a${b}`)",
      "vscode.l10n.t()",
    ]) {
      assert.throws(() => translatedTexts("x.ts", call), /takes a literal/);
    }
  });
});
