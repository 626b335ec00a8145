import { seamBetween } from "../../script/transcript/seam.ts";
import { cutIntoCaptions, fits, laySpeakers, lineOf } from "./captionBreaks.ts";
import { captionLimits, lengthOf, type CaptionLimits } from "./captionLimits.ts";
import { captionTokens, type CaptionToken } from "./captionTokens.ts";
import type { Timeline } from "../common/timeline.ts";

/** A text that is seen for a while. */
export interface Caption {
  /** In milliseconds from the start of the sound. */
  readonly start: number;
  readonly end: number;
  /** One or two; of two speakers each has one, which begins with a hyphen. */
  readonly lines: readonly string[];
  /** Who says each line, where it is somebody of the cast. */
  readonly speakers: readonly (string | undefined)[];
}

/** A caption that is being made. */
interface Cue {
  readonly tokens: readonly CaptionToken[];
  readonly limits: CaptionLimits;
}

/** Where there is too little sound for all that is said in it, captions follow one another so fast, in milliseconds. */
const leastStep = 100;
/** A pause between two captions that is shorter than this only flickers, in milliseconds: the first one stays. */
const flicker = 250;

/**
 * The captions of a script's sound, in order: they never overlap, and end with it. None goes on over a segment's end but
 * where it, or the next one, would be seen for too short a time to be read. No line is said by two speakers, and no caption by
 * three.
 */
export function makeCaptions(timeline: Timeline): Caption[] {
  const { pieces, sampleRate, length } = timeline;
  const seconds = length / sampleRate;
  const cues: Cue[] = [];
  for (const { segment, start } of pieces) {
    const limits = captionLimits(segment.transcript);
    const tokens = captionTokens(segment, start / sampleRate, limits.lineLength);
    const last = cues.at(-1)?.tokens.at(-1);
    const [first] = tokens;
    if (last && first) {
      tokens[0] = { ...first, spaced: seamBetween(last.text, first.text) === " " };
    }
    for (const cut of cutIntoCaptions(tokens, limits)) cues.push({ tokens: cut, limits });
  }
  return settle(joinShort(cues, seconds), Math.floor(seconds * 1000));
}

/** Joins what would be seen too shortly to the one before it or behind it, where both fit in one. */
function joinShort(cues: readonly Cue[], seconds: number): Cue[] {
  const joined: Cue[] = [];
  cues.forEach((cue, at) => {
    const before = joined.at(-1);
    const isShort = before && (isTooShort(before, cue) || isTooShort(cue, cues[at + 1], seconds));
    const both = isShort ? join(before, cue) : undefined;
    if (both) joined[joined.length - 1] = both;
    else joined.push(cue);
  });
  return joined;
}

/** Whether the next one, or the end of the sound, comes too early for this one to be read. */
function isTooShort({ tokens, limits }: Cue, next: Cue | undefined, seconds = Infinity): boolean {
  const until = next ? startOf(next) - limits.gap : seconds;
  return until - (tokens[0]?.start ?? 0) < limits.shortest;
}

function startOf({ tokens }: Cue): number {
  return tokens[0]?.start ?? 0;
}

function join(before: Cue, cue: Cue): Cue | undefined {
  const tokens = [...before.tokens, ...cue.tokens];
  const limits = before.limits.lineLength < cue.limits.lineLength ? before.limits : cue.limits;
  return fits(tokens, limits) ? { tokens, limits } : undefined;
}

/** Decides between which milliseconds each is seen: one at least, if need be behind the sound. */
function settle(cues: readonly Cue[], sound: number): Caption[] {
  const total = Math.max(sound, cues.length);
  const step = Math.min(leastStep, Math.floor(total / Math.max(1, cues.length)));
  const starts = cues.map((cue) => Math.floor(startOf(cue) * 1000));
  for (let at = 1; at < starts.length; at++) {
    starts[at] = Math.max(starts[at]!, starts[at - 1]! + step);
  }
  for (let at = starts.length - 1; at >= 0; at--) {
    starts[at] = Math.min(starts[at]!, (starts[at + 1] ?? total) - step);
  }
  return cues.map(({ tokens, limits }, at) => {
    const start = starts[at]!;
    const { lines, speakers } = laySpeakers(tokens, limits) ?? {
      lines: [lineOf(tokens)],
      speakers: [tokens[0]?.speaker],
    };
    const spoken = Math.floor(tokens.at(-1)!.end * 1000);
    const toRead = Math.max(limits.shortest, lengthOf(lines.join("")) / limits.readingSpeed) * 1000;
    const wished = Math.max(spoken, start + toRead);
    const next = starts[at + 1];
    const latest =
      next === undefined ? total : Math.max(next - limits.gap * 1000, (start + next) / 2);
    const end = latest - wished < flicker && next !== undefined ? latest : Math.min(wished, latest);
    const seen = Math.floor(Math.min(end, start + limits.longest * 1000));
    return { start, end: Math.max(start + 1, seen), lines, speakers };
  });
}
