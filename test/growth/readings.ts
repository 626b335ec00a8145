import { completionsAt } from "../../src/language/assist/completionsAt.ts";
import { hoverAt } from "../../src/language/assist/hoverAt.ts";
import { ScriptLinter } from "../../src/language/problems/scriptLinter.ts";
import { findFrontMatter } from "../../src/script/frontMatter/frontMatterBlock.ts";
import { insertionPoints } from "../../src/script/edits/insertionPoints.ts";
import { outlineOf, segmentFolds } from "../../src/script/outline/outline.ts";
import { readSamples } from "../../src/script/frontMatter/samples.ts";
import type { ScriptLanguage } from "../../src/script/model/script.ts";
import { ParseCache } from "../../src/script/reader/parseCache.ts";
import { parseScript } from "../../src/script/reader/parseScript.ts";
import { scanScript } from "../../src/script/scanner/scan.ts";
import { SegmentEditor } from "../../src/script/edits/segmentEdits.ts";
import { segmentPlaces } from "../../src/script/model/segmentPlaces.ts";
import { setFrontMatterValue } from "../../src/script/frontMatter/setFrontMatterValue.ts";
import { spokenForm } from "../../src/script/transcript/spokenForm.ts";
import { usedSpeakers } from "../../src/script/scanner/usedSpeakers.ts";
import { voicePlaces } from "../../src/script/frontMatter/voicePlaces.ts";
import type { Growing } from "./patterns.ts";

/** Something that is done with a script. */
interface Reading {
  /** In which it is tried. */
  readonly languages: readonly ScriptLanguage[];
  read(growing: Growing, language: ScriptLanguage): void;
}

/** What an extension host does with a script, each as it is asked for. */
export const readings: Readonly<Record<string, Reading>> = {
  "opening it, and a keystroke": {
    languages: ["markdown", "plaintext"],
    read(growing, language) {
      const { text, options } = taken(growing, language);
      const cache = new ParseCache();
      const linter = new ScriptLinter(cache);
      linter.lint(text, options);
      linter.lint(typed(text), options);
      spokenForm(parseScript(typed(text), options, cache).segments);
    },
  },
  "its cuts and its outline, and a keystroke": { languages: ["markdown"], read: readShape },
  "its front matter": { languages: ["markdown"], read: readFront },
  "edits by its segments": { languages: ["markdown"], read: edit },
};

function readShape({ text }: Growing, language: ScriptLanguage): void {
  for (const now of [text, typed(text)]) {
    const scan = scanScript(now, { language, speakers: ["ANN"] });
    const places = segmentPlaces(now, scan.segments);
    outlineOf(now, scan, places, language);
    segmentFolds(places);
  }
}

function readFront({ text }: Growing, language: ScriptLanguage): void {
  const yaml = findFrontMatter(text)?.yaml;
  if (!yaml) return;
  for (const at of [yaml.start + 9, (yaml.start + yaml.end) >> 1, yaml.end - 1]) {
    completionsAt(text, at, { language, voices: () => [] });
    hoverAt(text, at, { markers: [], segments: [] });
  }
  setFrontMatterValue(text, ["speech", "voice"], "v");
  voicePlaces(text);
}

function edit(growing: Growing, language: ScriptLanguage): void {
  const { text, options } = taken(growing, language);
  const middle = text.length >> 1;
  const editor = new SegmentEditor(text, options);
  const segment = editor.segmentAt(middle);
  editor.split(middle);
  editor.join(segment);
  editor.move(segment, 1, middle);
  for (const by of ["paragraphs", "sentences", "speakers"] as const) {
    insertionPoints(text, options, by);
  }
  usedSpeakers(text, language);
}

/** How it is read, its sample values with it. */
function taken(
  { text, samples, pronunciations }: Growing,
  language: ScriptLanguage,
): { readonly text: string; readonly options: Parameters<ScriptLinter["lint"]>[1] } {
  const values = samples === undefined ? { a: "Anna" } : readSamples(samples).sets.get("default");
  const voices = { v: { name: "V", languages: ["de"] } };
  const options = { language, values, pronunciations, speakers: ["ANN"], voices };
  return { text, options: { ...options, service: "cartesia", spoken: "en" } };
}

function typed(text: string): string {
  const middle = text.length >> 1;
  return `${text.slice(0, middle)}x${text.slice(middle)}`;
}
