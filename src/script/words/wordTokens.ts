import { findServiceTags, SPELL_END, SPELL_START, type ServiceTag } from "../model/serviceTags.ts";
import { isUnspaced } from "../model/writing.ts";

/** A stretch of a text that no word of a service begins or ends within. */
export interface WordToken {
  /** Where it stands in the text, in UTF-16 units: `from` is inside, `to` is not. */
  readonly from: number;
  readonly to: number;
  /** Where its letters stand among all letters. */
  readonly at: number;
  readonly end: number;
  /** How many service tags, or rather their marks, stand before it. */
  readonly tagsBefore: number;
}

/** A text as words are looked for in it: without what is not said, and without what may be written in several ways. */
export interface WordTokens {
  /** The text, with the marks of service tags replaced by `hidden`; as long as it. */
  readonly shown: string;
  /** The letters of all tokens, one after the other: composed, in their compatible form and in small letters. */
  readonly letters: string;
  readonly tokens: readonly WordToken[];
}

/** Stands for each UTF-16 unit of a tag that is not seen as a word. */
export const hidden = "\0";
/** Stands for each unit of `[laughter]`, which is heard: a private character, so that it is in no word. */
const laughter = "\uE000";

/** What words are made of: letters, digits, and signs that are said. */
const TOKEN = new RegExp(
  [
    String.raw`(?<tag>${hidden}+)`,
    String.raw`(?<letters>\p{L}[\p{L}\p{M}]*)`,
    String.raw`\p{N}[\p{N}\p{M}]*`,
    String.raw`(?:[&%@#]|(?![<>])\p{S})\p{M}*`,
    `${laughter}{${"[laughter]".length}}`,
  ].join("|"),
  "gu",
);

/** Reads a text, in linear time. */
export function readWordTokens(text: string): WordTokens {
  const shown = hideTags(text);
  const tokens: WordToken[] = [];
  let letters = "";
  let tagsBefore = 0;
  const add = (from: number, written: string): void => {
    const at = letters.length;
    letters += written.normalize("NFKC").toLowerCase();
    tokens.push({ from, to: from + written.length, at, end: letters.length, tagsBefore });
  };
  for (const { 0: written, index, groups } of shown.matchAll(TOKEN)) {
    if (groups?.["tag"]) tagsBefore++;
    else if (groups?.["letters"])
      for (const [at, part] of cutLetters(written)) add(index + at, part);
    else add(index, written);
  }
  return { shown, letters, tokens };
}

/** Most words by far. */
const PLAIN = /^["'(]*([a-z0-9]+)[.,:;!?"')]*$/i;

/** The letters alone, as `readWordTokens` has them. */
export function lettersOf(word: string): string {
  const plain = PLAIN.exec(word)?.[1];
  return plain === undefined ? readWordTokens(word).letters : plain.toLowerCase();
}

/** Cuts a run of letters before and behind each that belongs to a writing without spaces. */
function* cutLetters(run: string): Generator<readonly [at: number, letters: string], void> {
  if (/^\p{ASCII}+$/u.test(run)) {
    yield [0, run];
    return;
  }
  let from = 0;
  let wasUnspaced = false;
  for (const { 0: letter, index } of run.matchAll(/\P{M}\p{M}*/gu)) {
    const unspaced = isUnspaced(letter);
    if (index > from && (unspaced || wasUnspaced)) {
      yield [from, run.slice(from, index)];
      from = index;
    }
    wasUnspaced = unspaced;
  }
  yield [from, run.slice(from)];
}

function hideTags(text: string): string {
  if (!/[<[]/.test(text)) return text;
  let shown = "";
  let from = 0;
  for (const tag of findServiceTags(text)) {
    shown += text.slice(from, tag.start) + hideTag(text, tag);
    from = tag.end;
  }
  return shown + text.slice(from);
}

function hideTag(text: string, { start, end, kind }: ServiceTag): string {
  switch (kind) {
    case "control":
      return hidden.repeat(end - start);
    case "laughter":
      return laughter.repeat(end - start);
    case "spell":
      return `${hidden.repeat(SPELL_START)}${text.slice(start + SPELL_START, end - SPELL_END)}${hidden.repeat(SPELL_END)}`;
    case "phonemes":
      return `${hidden.repeat(2)}${text.slice(start + 2, end - 2)}${hidden.repeat(2)}`;
  }
}
