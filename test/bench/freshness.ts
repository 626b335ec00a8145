/**
 * How soon after a keystroke the state of every segment is known: identities, places and offsets included. Needs no VS Code:
 *
 *     node test/bench/freshness.ts
 */
import type { ClipStore } from "../../src/clips/clipStore.ts";
import { clipIdentity } from "../../src/clips/model/identity.ts";
import { ScriptPreview, type PreviewInput } from "../../src/preview/scriptPreview.ts";
import { shapeOf, soundOf } from "../../src/preview/plan/sound.ts";
import type { ScriptLanguage } from "../../src/script/model/script.ts";
import { parseScript } from "../../src/script/reader/parseScript.ts";
import { clipsInPlace } from "../support/fakes/clipsInPlace.ts";
import { longScript } from "./longScript.ts";
import { measure, printFigures, type Figure } from "./figures.ts";

const segmentCounts = [100, 1_000, 10_000] as const;
const keystrokes = 60;
const settings = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 44100,
} as const;

/** Prints, for scripts of several sizes, how long it takes until all states are known. */
export async function benchFreshness(): Promise<void> {
  for (const language of ["markdown", "plaintext"] satisfies ScriptLanguage[]) {
    for (const segments of segmentCounts) {
      const text = longScript(segments, language);
      const whole = { name: "a whole reading", samples: await readWhole(text, language) };
      const figures: Figure[] = [{ ...whole, unit: "ms" }];
      for (const [name, edit] of Object.entries(edits)) {
        const samples = typeInto(text, language, edit);
        figures.push({ name, samples, unit: "ms", against: whole });
      }
      const size = `${Math.round(text.length / 1024)} kB, ${segments} segments`;
      printFigures(`freshness: until all states are known, ${language}, ${size}`, figures);
    }
  }
}

/** The text after the keystroke of this number. */
type Edit = (text: string, original: string, keystroke: number) => string;

const typeAt =
  (where: (text: string) => number, put: string): Edit =>
  (text) => {
    const at = where(text);
    return text.slice(0, at) + put + text.slice(at);
  };

const middle = (text: string): number => text.indexOf(" has ", text.length / 2);

const edits: Readonly<Record<string, Edit>> = {
  "a letter, at the start": typeAt(() => 1, "x"),
  "a letter, in the middle": typeAt(middle, "x"),
  "a letter, at the end": typeAt((text) => text.length, "x"),
  "a marker put in the middle, and undone": (text, original) =>
    text === original ? typeAt(middle, "<flush/>")(text, original, 0) : original,
  "a marker put at the start, and undone": (text, original) =>
    text === original
      ? typeAt((all) => all.indexOf(" has "), "<flush/>")(text, original, 0)
      : original,
  "a marker deleted in the middle, and undone": (text, original) => {
    if (text !== original) return original;
    const at = text.indexOf("<flush/>", text.length / 2);
    return text.slice(0, at) + text.slice(at + "<flush/>".length);
  },
  "a paragraph pasted in the middle, and undone": (text, original) =>
    text === original
      ? typeAt(middle, "\n\nA *new* one.\n\n<flush/>\n\n")(text, original, 0)
      : original,
};

function typeInto(text: string, language: ScriptLanguage, edit: Edit): number[] {
  const preview = new ScriptPreview(clipsOf(text, language), { report: () => {}, trace: () => {} });
  preview.read(inputOf(text, language));
  const samples: number[] = [];
  let now = text;
  for (let keystroke = -10; keystroke < keystrokes; keystroke++) {
    now = flat(edit(now, text, keystroke));
    const input = inputOf(now, language);
    const start = performance.now();
    preview.read(input);
    const known = preview.segments();
    const ms = performance.now() - start;
    if (known.filter(({ state }) => state === "ready").length < known.length - keystrokes) {
      throw new Error("Most segments have their clips still.");
    }
    if (keystroke >= 0) samples.push(ms);
  }
  return samples;
}

function readWhole(text: string, language: ScriptLanguage): Promise<number[]> {
  const times = text.length > 500_000 ? 2 : 5;
  return measure(
    times,
    () => {
      const preview = new ScriptPreview(clipsOf("", language), {
        report: () => {},
        trace: () => {},
      });
      preview.read(inputOf(flat(text), language));
      preview.segments();
    },
    { warmUps: 1 },
  );
}

const inputOf = (text: string, language: ScriptLanguage): PreviewInput => ({
  text,
  language,
  markers: [],
  settings,
  service: "bench",
});

/** As VS Code hands a document out: joined, on its own. */
function flat(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

/** Every segment of the text has its clip in its place. */
function clipsOf(text: string, language: ScriptLanguage): ClipStore {
  const sound = soundOf({}, settings);
  const { segments } = parseScript(text, { language });
  return clipsInPlace(
    segments.map(({ transcript }) => {
      return { transcript, identity: clipIdentity(shapeOf(transcript, sound, "bench")) };
    }),
  );
}

if (process.argv[1] === import.meta.filename) await benchFreshness();
