import { findServiceTags, SPELL_END, SPELL_START } from "../../script/model/serviceTags.ts";
import { isUnspaced } from "../../script/model/writing.ts";
import type { SpokenSegment } from "../common/exportScript.ts";
import { lengthOf } from "./captionLimits.ts";

/** A part of a caption that is not broken: a word with its punctuation, and when it is said. */
export interface CaptionToken {
  readonly text: string;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
  /** In seconds from the start of the exported sound. */
  readonly start: number;
  readonly end: number;
  /** Who says it, as `ExportSegment.speaker`. */
  readonly speaker?: string | undefined;
}

/** A token before its time is known; places are those of the transcript. */
interface Place {
  readonly text: string;
  readonly spaced: boolean;
  readonly from: number;
  readonly to: number;
}

const wordsIn = new Intl.Segmenter(undefined, { granularity: "word" });
const lettersIn = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const OPENING = /^[\p{Ps}\p{Pi}¿¡]+$/u;

/**
 * What of a segment is read in captions, in order, and when: its transcript without the service's tags. What has no word
 * with a time shares the time between its neighbours that have; where none has, all share what is audible of the clip.
 * @param offset where the segment's clip begins in the exported sound, in seconds.
 * @param longest so many letters may stand in a line: what is longer is cut.
 */
export function captionTokens(
  segment: SpokenSegment,
  offset: number,
  longest: number,
): CaptionToken[] {
  const places = placesIn(segment.transcript, longest);
  const { clip, speaker, words = [] } = segment;
  const span = clip.audible ?? { start: 0, end: clip.seconds };
  const inOrder = [...words].sort((a, b) => a.from - b.from);
  let first = 0;
  const told = places.map(({ from, to }) => {
    // Places and words both run forward: what lies before this place is not looked at again.
    while ((inOrder[first]?.to ?? Infinity) <= from) first++;
    const heard: (typeof words)[number][] = [];
    for (let at = first; (inOrder[at]?.from ?? Infinity) < to; at++) {
      const word = inOrder[at];
      if (word && word.to > from) heard.push(word);
    }
    if (heard.length === 0) return undefined;
    // A word that was cut has a part of its time in each part.
    const at = (place: number, word: (typeof words)[number]): number => {
      const part = Math.min(1, Math.max(0, (place - word.from) / (word.to - word.from)));
      return word.start + (word.end - word.start) * part;
    };
    return heard.reduce(
      ({ start, end }, word) => ({
        start: Math.min(start, at(from, word)),
        end: Math.max(end, at(to, word)),
      }),
      { start: Infinity, end: -Infinity },
    );
  });
  const times = fillIn(places, told, span);
  let before = 0;
  return places.map(({ text, spaced }, index) => {
    const { start, end } = times[index]!;
    const from = Math.min(Math.max(start, before), clip.seconds);
    const to = Math.min(Math.max(end, from), clip.seconds);
    before = from;
    return { text, spaced, start: offset + from, end: offset + to, speaker };
  });
}

interface Times {
  readonly start: number;
  readonly end: number;
}

/** Gives the places without times what lies between those with, each by its letters. */
function fillIn(
  places: readonly Place[],
  told: readonly (Times | undefined)[],
  span: Times,
): Times[] {
  const times: Times[] = [];
  for (let at = 0; at < places.length;) {
    const known = told[at];
    if (known) {
      times.push(known);
      at++;
      continue;
    }
    let next = at;
    while (next < places.length && !told[next]) next++;
    const start = times.at(-1)?.end ?? Math.min(span.start, told[next]?.start ?? Infinity);
    const end = Math.max(start, told[next]?.start ?? span.end);
    const run = places.slice(at, next).map(({ text }) => Math.max(1, lengthOf(text)));
    const letters = run.reduce((sum, length) => sum + length, 0);
    let passed = 0;
    for (const length of run) {
      const part = (count: number): number => start + ((end - start) * count) / letters;
      times.push({ start: part(passed), end: part(passed + length) });
      passed += length;
    }
    at = next;
  }
  return times;
}

/** Words with the punctuation that sticks to them; in writings without spaces, what their readers see as words. */
function placesIn(transcript: string, longest: number): Place[] {
  const { text, offsets } = heardText(transcript);
  const places: Place[] = [];
  for (const { 0: run, index } of text.matchAll(/\S+/gu)) {
    let spaced = places.length > 0;
    for (const [at, part] of cutRun(run, longest)) {
      const from = offsets[index + at] ?? 0;
      const to = (offsets[index + at + part.length - 1] ?? from) + 1;
      places.push({ text: part, spaced, from, to });
      spaced = false;
    }
  }
  return places;
}

/** Cuts what has no white space in it: between words of a writing without spaces, and where it is longer than a line. */
function* cutRun(run: string, longest: number): Generator<readonly [at: number, part: string]> {
  let at = 0;
  for (const part of isUnspaced(run) ? unspacedWords(run) : [run]) {
    for (const piece of lengthOf(part) > longest ? pieces(part, longest) : [part]) {
      yield [at, piece];
      at += piece.length;
    }
  }
}

/** Words, with what closes behind them and what opens before them. */
function unspacedWords(run: string): string[] {
  const words: string[] = [];
  let opening = "";
  for (const { segment, isWordLike } of wordsIn.segment(run)) {
    if (OPENING.test(segment)) opening += segment;
    else if (isWordLike || opening !== "" || words.length === 0) {
      words.push(opening + segment);
      opening = "";
    } else words.push(`${words.pop()}${segment}`);
  }
  if (opening !== "") words.push(`${words.pop() ?? ""}${opening}`);
  return words;
}

function pieces(text: string, longest: number): string[] {
  const cut: string[] = [""];
  for (const { segment } of lettersIn.segment(text)) {
    const last = cut.pop() ?? "";
    if (last !== "" && lengthOf(last + segment) > longest) cut.push(last, segment);
    else cut.push(last + segment);
  }
  return cut;
}

/** A transcript without its tags, and for each unit where it stands in the transcript. A tag that is gone parts nothing that it did not. */
function heardText(transcript: string): { readonly text: string; readonly offsets: number[] } {
  let text = "";
  const offsets: number[] = [];
  const add = (from: number, to: number): void => {
    text += transcript.slice(from, to);
    for (let at = from; at < to; at++) offsets.push(at);
  };
  let from = 0;
  for (const { start, end, kind } of findServiceTags(transcript)) {
    add(from, start);
    if (kind === "spell") add(start + SPELL_START, end - SPELL_END);
    if (kind === "phonemes") add(start + 2, end - 2);
    from = end;
  }
  add(from, transcript.length);
  return { text: text.replace(/\p{Cs}/gu, "\ufffd").replace(/\p{Cc}/gu, " "), offsets };
}
