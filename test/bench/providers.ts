/**
 * What a keystroke in a long script costs below the editor: cutting it for lenses and marks, its outline and folds, what is
 * said, the states of all clips, what presses cost, and the problems. Needs no VS Code; `keystroke` measures in a real one.
 *
 *     node test/bench/providers.ts
 */
import { clipIdentity } from "../../src/clips/model/identity.ts";
import { ScriptLinter } from "../../src/language/problems/scriptLinter.ts";
import { ScriptPreview } from "../../src/preview/scriptPreview.ts";
import { shapeOf, soundOf } from "../../src/preview/plan/sound.ts";
import { outlineOf, segmentFolds } from "../../src/script/outline/outline.ts";
import { ParseCache } from "../../src/script/reader/parseCache.ts";
import { parseScript } from "../../src/script/reader/parseScript.ts";
import { scanScript } from "../../src/script/scanner/scan.ts";
import { segmentPlaces } from "../../src/script/model/segmentPlaces.ts";
import { clipsInPlace } from "../support/fakes/clipsInPlace.ts";
import { printFigures, type Figure } from "./figures.ts";
import { longScript } from "./longScript.ts";

const keystrokes = 100;
const warmUps = 20;
const settings = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 44100,
} as const;
const options = { language: "markdown", markers: [] } as const;

/** A script of 10 kB, one of 100 kB, and two of 1 MB: of paragraphs, and of single sentences. */
export const scripts = [
  { segments: 100, length: 100 },
  { segments: 1_000, length: 100 },
  { segments: 2_000, length: 500 },
  { segments: 10_000, length: 100 },
] as const;

/** Prints what each part of the work takes, and all together. */
export async function benchProviders(): Promise<void> {
  for (const { segments, length } of scripts) {
    const text = longScript(segments, "markdown", length);
    const parts = typeInto(text);
    const all = Array.from({ length: keystrokes }, (_, at) =>
      [...parts.values()].reduce((sum, samples) => sum + (samples[at] ?? 0), 0),
    );
    const whole = { name: "all together", samples: all };
    const figures = [...parts].map(([name, samples]): Figure => ({
      name: `  ${name}`,
      samples,
      unit: "ms",
      against: whole,
    }));
    const size = `${Math.round(text.length / 1024)} kB, ${segments} segments`;
    printFigures(`providers: after a keystroke, ${size}`, [{ ...whole, unit: "ms" }, ...figures]);
  }
  return Promise.resolve();
}

function typeInto(text: string): Map<string, number[]> {
  const cache = new ParseCache();
  const linter = new ScriptLinter(cache);
  const preview = new ScriptPreview(clipsOf(text), { report: () => {}, trace: () => {} });
  const times = new Map<string, number[]>();
  let now = text;
  for (let keystroke = -warmUps; keystroke < keystrokes; keystroke++) {
    const timed = <Result>(name: string, work: () => Result): Result => {
      const start = performance.now();
      const result = work();
      const ms = performance.now() - start;
      if (keystroke >= 0) times.set(name, [...(times.get(name) ?? []), ms]);
      return result;
    };
    const at = now.indexOf(" has ", now.length / 2);
    // As VS Code hands a document out: joined, on its own.
    now = Buffer.from(`${now.slice(0, at)}x${now.slice(at)}`).toString();
    const scan = timed("cuts", () => scanScript(now, options));
    const places = timed("places", () => segmentPlaces(now, scan.segments));
    timed("outline", () => outlineOf(now, scan, places, "markdown"));
    timed("folds", () => segmentFolds(places));
    timed("what is said", () => parseScript(now, options, cache));
    timed("states of the clips", () => {
      preview.read({ ...options, text: now, settings, service: "local", cache });
      return preview.segments();
    });
    timed("costs of what a panel offers", () => {
      for (const { index: segment } of preview.segments()) {
        preview.plan({ kind: "segment", segment });
        preview.plan({ kind: "segment", segment, again: true });
      }
      return preview.plan({ kind: "script" });
    });
    timed("problems", () => linter.lint(now, { ...options, service: "local" }));
  }
  return times;
}

/** Every segment of the text has its clip in its place. */
function clipsOf(text: string): ReturnType<typeof clipsInPlace> {
  const sound = soundOf({}, settings);
  const { segments } = parseScript(text, options);
  return clipsInPlace(
    segments.map(({ transcript }) => {
      return { transcript, identity: clipIdentity(shapeOf(transcript, sound, "local")) };
    }),
  );
}

if (process.argv[1] === import.meta.filename) await benchProviders();
