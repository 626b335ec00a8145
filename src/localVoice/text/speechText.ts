import { endsInsideMarkup, maskSpeechMarkup, readSpeechMarkup } from "./speechMarkup.ts";
import type { SpeechStyle } from "./speechMarkup.ts";
import { spokenWords } from "./spokenWords.ts";
import type { Passage, SpokenWord, WrittenWord } from "./spokenWords.ts";

/** What is said in one go: short enough that giving it up in the middle does not take long. */
export interface Utterance extends SpeechStyle {
  /** Printable ASCII; "" for silence alone. */
  readonly text: string;
  /** For each word of `text`, the one of the transcript that it says, or says a part of. */
  readonly words: readonly WrittenWord[];
  /** Seconds of silence after it. */
  readonly pauseSeconds: number;
}

/** The most that one utterance holds, in words; other tokens count for as many as they are said as. */
const longestUtterance = 30;

/** Seconds of silence after a sentence, after a clause, and where an utterance ends without either. */
const sentencePause = 0.2;
const clausePause = 0.12;
const joint = 0;

/**
 * Reads a transcript as what is to be said, in order.
 * @returns the utterances, and the style at the transcript's end
 */
export function readSpeech(
  transcript: string,
  style: SpeechStyle,
): { readonly utterances: readonly Utterance[]; readonly style: SpeechStyle } {
  const utterances: Utterance[] = [];
  let current = style;
  let texts: Passage[] = [];
  let breakBefore = false;
  const sayWords = (): void => {
    const said = splitUtterances(texts);
    for (const utterance of said) utterances.push({ ...current, ...utterance });
    texts = [];
    if (said.length > 0) breakBefore = false;
  };
  for (const part of readSpeechMarkup(transcript)) {
    if (part.kind === "words") {
      const { text, written } = part;
      texts.push(written === undefined ? { text } : { text, written: { text: written } });
      continue;
    }
    sayWords();
    if (part.kind === "style") current = { ...current, ...part.change };
    else {
      // A break is the whole of the silence where it stands: the pause of the sentence before it is part of it.
      const last = utterances.pop() ?? { ...current, ...silence(0) };
      const before = breakBefore ? last.pauseSeconds : 0;
      utterances.push({ ...last, pauseSeconds: before + part.seconds });
      breakBefore = true;
    }
  }
  sayWords();
  return { utterances, style: current };
}

/**
 * The length, in UTF-16 units, of the transcript's beginning that can be said before the rest of it is known: whole
 * sentences, followed by the beginning of another. 0 where there is none.
 */
export function completeLength(transcript: string): number {
  const sentences = splitSentences(maskSpeechMarkup(transcript));
  const last = sentences.at(-1) ?? "";
  const length = transcript.length - last.length;
  const next = /^[\p{Ps}\p{Pi}"']?[\p{L}\p{N}]/u.test(last);
  return next && !endsInsideMarkup(transcript.slice(0, length)) ? length : 0;
}

type UnstyledUtterance = Omit<Utterance, keyof SpeechStyle>;

function silence(pauseSeconds: number): UnstyledUtterance {
  return { text: "", words: [], pauseSeconds };
}

function splitUtterances(texts: readonly Passage[]): UnstyledUtterance[] {
  const sentences = splitSentences(texts.map(({ text }) => text).join(""));
  const parts = cutTexts(
    texts,
    sentences.map(({ length }) => length),
  );
  return sentences.flatMap((sentence, at) => {
    if (!/[\p{L}\p{N}]/u.test(sentence)) return [];
    const groups = groupWords(spokenWords(parts[at] ?? []));
    // A sentence in a writing that the voice can't read is a pause, so that it is not lost without a trace.
    if (groups.length === 0) return [silence(sentencePause)];
    return groups.map((group, index) => {
      const text = group.map(({ said }) => said).join(" ");
      const endsLine = index === groups.length - 1 && sentence.endsWith("\n");
      const words = group.map(({ written }) => written);
      return { text, words, pauseSeconds: pauseAfter(text, endsLine) };
    });
  });
}

/** Cuts a row of texts into rows of the given lengths, which together are as long as it. */
function cutTexts(texts: readonly Passage[], lengths: readonly number[]): Passage[][] {
  let next = 0;
  let used = 0;
  return lengths.map((length) => {
    const row: Passage[] = [];
    let left = length;
    for (let from = texts[next]; from && left > 0; from = texts[next]) {
      const text = from.text.slice(used, used + left);
      row.push({ ...from, text });
      left -= text.length;
      used += text.length;
      if (used < from.text.length) break;
      next++;
      used = 0;
    }
    return row;
  });
}

function pauseAfter(text: string, endsLine: boolean): number {
  if (endsLine || /[.!?]["')\]]*$/.test(text)) return sentencePause;
  return /[,;:]["')\]]*$/.test(text) ? clausePause : joint;
}

/** Groups words into utterances, cut after a clause where there is one in the second half, otherwise where they are full. */
function groupWords(words: readonly SpokenWord[]): SpokenWord[][] {
  const groups: SpokenWord[][] = [];
  const group: SpokenWord[] = [];
  let weight = 0;
  let clauseEnd = 0;
  for (const word of words) {
    while (group.length > 0 && weight + weigh(word.said) > longestUtterance) {
      groups.push(group.splice(0, clauseEnd || group.length));
      weight = group.reduce((sum, left) => sum + weigh(left.said), 0);
      clauseEnd = 0;
    }
    group.push(word);
    weight += weigh(word.said);
    if (/[,;:]$/.test(word.said) && weight > longestUtterance / 2) clauseEnd = group.length;
  }
  return group.length === 0 ? groups : [...groups, group];
}

/** How many words a token is about as long as when it is said: its symbols are named, and a long one may be spelled. */
function weigh(token: string): number {
  const named = token.replace(/[^0-9%$#@*+=&_/\\]/g, "").length;
  return Math.max(1, named, token.length / 8);
}

/** What ends in a full stop without ending a sentence: titles, Latin, and a capital that is not `I`, as in `U.S.` */
const abbreviation =
  /(?:^|[^\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Mt|vs|cf|approx|e\.g|i\.e|[A-HJ-Z])\.\s*$/u;

/** The longest abbreviation with what stands before it and after it. */
const abbreviationReach = 16;

/**
 * Splits English text into sentences, which joined give the text. A line's end always ends one; an abbreviation's full
 * stop does not.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { segment, index } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(
    text,
  )) {
    const end = index + segment.length;
    const tail = text.slice(Math.max(start, end - abbreviationReach), end);
    if (end < text.length && !segment.endsWith("\n") && abbreviation.test(tail)) continue;
    sentences.push(text.slice(start, end));
    start = end;
  }
  return sentences;
}
