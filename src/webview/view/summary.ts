import * as l10n from "@vscode/l10n";
import type { ClipView } from "../../panel/messages.ts";
import { formatSeconds } from "./elements/clipWords.ts";
import { createElement } from "./elements/createElement.ts";
import { formatNumber } from "./elements/pageLanguage.ts";

/** What a clip adds to the script's numbers. */
export interface ClipNumbers {
  /** Whether it has something to say. */
  readonly speakable: boolean;
  readonly ready: boolean;
  /** Of its audio; 0 where it is not ready. */
  readonly seconds: number;
  /** Of its transcript, in UTF-16 units: as the question before a run counts them. */
  readonly characters: number;
  /** That are said in its seconds. */
  readonly words: number;
}

/** The script's numbers in a line. */
export class Summary {
  readonly element = createElement("p", { class: "summary" });
  /** A clip that changes becomes another object. */
  readonly #numbers = new WeakMap<ClipView, ClipNumbers>();
  #text = "";

  constructor() {
    this.element.hidden = true;
  }

  show(clips: readonly ClipView[]): void {
    const parts = describeScript(clips.map((clip) => this.#numbersOf(clip)));
    const text = parts.join(" · ");
    if (text === this.#text) return;
    this.#text = text;
    // Lines are broken between the parts, not within.
    const pieces = text.split(/(?<= ·) /).map((piece) => createElement("span", {}, piece));
    this.element.replaceChildren(...pieces.flatMap((piece) => [piece, " "]));
    this.element.hidden = text === "";
  }

  #numbersOf(clip: ClipView): ClipNumbers {
    const known = this.#numbers.get(clip);
    if (known) return known;
    const numbers = measureClip(clip);
    this.#numbers.set(clip, numbers);
    return numbers;
  }
}

export function measureClip({ state, transcript, seconds = 0, words = [] }: ClipView): ClipNumbers {
  const speakable = state !== "nothing to say";
  const ready = state === "ready";
  const isHeard = ready && seconds > 0;
  return {
    speakable,
    ready,
    seconds: isHeard ? seconds : 0,
    characters: speakable ? transcript.length : 0,
    words: isHeard ? words.length || countWords(transcript) : 0,
  };
}

/** "3:24", "12 of 40 segments ready", "2,310 characters", "148 words per minute": those of them that are known. */
export function describeScript(clips: readonly ClipNumbers[]): string[] {
  const segments = clips.filter(({ speakable }) => speakable).length;
  const ready = clips.filter((clip) => clip.ready).length;
  const sum = (of: (clip: ClipNumbers) => number): number =>
    clips.reduce((total, clip) => total + of(clip), 0);
  const seconds = sum((clip) => clip.seconds);
  const speed = seconds > 0 ? Math.round((sum(({ words }) => words) / seconds) * 60) : 0;
  return [
    seconds > 0 ? formatLength(seconds) : "",
    describeSegments(segments, ready),
    describeCharacters(sum(({ characters }) => characters)),
    describeSpeed(speed),
  ].filter((part) => part !== "");
}

function describeSegments(segments: number, ready: number): string {
  const all = formatNumber(segments);
  if (segments === 0) return "";
  if (segments === 1) return l10n.t("{0} segment", all);
  if (ready === 0) return l10n.t("{0} segments", all);
  if (ready === segments) return l10n.t("all {0} segments ready", all);
  return l10n.t("{0} of {1} segments ready", formatNumber(ready), all);
}

function describeCharacters(characters: number): string {
  if (characters === 0) return "";
  if (characters === 1) return l10n.t("{0} character", formatNumber(characters));
  return l10n.t("{0} characters", formatNumber(characters));
}

function describeSpeed(wordsPerMinute: number): string {
  if (wordsPerMinute === 0) return "";
  if (wordsPerMinute === 1) return l10n.t("{0} word per minute", formatNumber(wordsPerMinute));
  return l10n.t("{0} words per minute", formatNumber(wordsPerMinute));
}

/** As `formatSeconds`, and from an hour on "1:02:03". */
function formatLength(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 3600) return formatSeconds(seconds);
  const twoDigits = (part: number): string => String(part).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${twoDigits(Math.floor(whole / 60) % 60)}:${twoDigits(whole % 60)}`;
}

/** Scripts that put no space between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Made when it is first needed: making one is slow. */
let segmenter: Intl.Segmenter | undefined;

/** The words that a transcript says: not the service's own tags in it. */
function countWords(transcript: string): number {
  const said = transcript.replace(/<[^<>]*>|\[[a-z]+\]/g, " ");
  if (!unspaced.test(said)) {
    return said.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  }
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  return [...segmenter.segment(said)].filter(({ isWordLike }) => isWordLike).length;
}
