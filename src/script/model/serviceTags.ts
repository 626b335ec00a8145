import { forwardFinder } from "./forwardFinder.ts";
import type { Span } from "./script.ts";

/**
 * A tag that the service itself understands (Cartesia's docs, "SSML tags" and "Nonverbals"). It is
 * sent as it stands, its line endings as `\n`.
 *
 * - `control`: `<break time="1s"/>`, `<speed ratio="1.2"/>`, `<volume ratio="0.8"/>`, `<emotion
 *   value="sad"/>`. Not heard itself.
 * - `spell`: `<spell>ABC-123</spell>`, its content included. It may run over lines, not over an
 *   empty one.
 * - `laughter`: `[laughter]`.
 * - `phonemes`: `<<kʰ|ɑ|ɹ>>`, a pronunciation; at least two sounds, so that `<<so>>` stays a
 *   quotation.
 */
export interface ServiceTag extends Span {
  readonly kind: "control" | "spell" | "laughter" | "phonemes";
}

const TAG =
  /(<spell>)|(<(?:break|speed|volume|emotion)(?=[ \t/])[^<>\r\n]*\/>)|(\[laughter\])|<<[^<>\s|]+(?:\|[^<>\s|]+)+>>/gi;
const BLANK_LINE = /(?:\r\n|\n|\r(?!\n))[ \t]*[\r\n]/g;

/** The length of `<spell>`; its content starts there. */
export const SPELL_START = "<spell>".length;
/** The length of `</spell>`. */
export const SPELL_END = "</spell>".length;

/**
 * Tells where spell elements end. Linear over all questions of one text.
 *
 * @returns a function from the offset of a `<spell>` to the offset after its `</spell>`,
 * `undefined` where none belongs to it: before the next `<spell>` and the next empty line. An
 * offset may not be smaller than the one before.
 */
export function spellFinder(text: string): (start: number) => number | undefined {
  const nextStart = forwardFinder(text, /<spell>/gi);
  const nextEnd = forwardFinder(text, /<\/spell>/gi);
  const nextBlankLine = forwardFinder(text, new RegExp(BLANK_LINE));
  return (start) => {
    const content = start + SPELL_START;
    const end = nextEnd(content);
    const closed = end < Infinity && end < nextStart(content) && end < nextBlankLine(content);
    return closed ? end + SPELL_END : undefined;
  };
}

/**
 * The service's tags in a text, in order. They do not overlap. A `<spell>` that is never closed is
 * none.
 * @param spells the spell elements, where it is known which there are: a `<spell>` in code is none, and takes no tag with it.
 */
export function findServiceTags(text: string, spells?: readonly Span[]): ServiceTag[] {
  const tags: ServiceTag[] = [];
  const ends = spells && new Map(spells.map(({ start, end }) => [start, end]));
  const spellEnd = ends ? (start: number) => ends.get(start) : spellFinder(text);
  const pattern = new RegExp(TAG);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [whole, spell, control, laughter] = match;
    const start = match.index;
    const end = spell === undefined ? start + whole.length : spellEnd(start);
    if (end === undefined) continue;
    const kind = spell ? "spell" : control ? "control" : laughter ? "laughter" : "phonemes";
    tags.push({ start, end, kind });
    pattern.lastIndex = end;
  }
  return tags;
}

/**
 * A transcript as the ear meets it: tags that are not heard are gone, of those that are heard the
 * content stands. White space is left as it is.
 */
export function withoutServiceTags(transcript: string): string {
  let text = "";
  let from = 0;
  for (const { start, end, kind } of findServiceTags(transcript)) {
    text += transcript.slice(from, start);
    if (kind === "spell") text += transcript.slice(start + SPELL_START, end - SPELL_END);
    if (kind === "phonemes") text += transcript.slice(start + 2, end - 2);
    from = end;
  }
  return text + transcript.slice(from);
}

/**
 * Whether the service would say anything: a letter or a digit outside its tags, in a `<spell>` or
 * in a pronunciation, or a `[laughter]`. Punctuation, symbols and pauses alone are refused by it
 * (400, "transcript empty or contains only punctuation").
 */
export function isSpeakable(transcript: string): boolean {
  return (
    /[\p{L}\p{N}]/u.test(withoutServiceTags(transcript)) ||
    findServiceTags(transcript).some(({ kind }) => kind === "laughter")
  );
}
