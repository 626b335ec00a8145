import { lengthOf, type CaptionLimits } from "./captionLimits.ts";
import type { CaptionToken } from "./captionTokens.ts";

const SENTENCE_END = /[.!?…。！？｡؟।]["'”’»」』)\]）]*$/u;
/** Ends with a point and no sentence: a short form before a name or a number, or a letter. */
const SHORT_FORM =
  /^\P{L}*(\p{L}|mr|mrs|ms|dr|prof|st|no|vs|jr|sr|hr|fr|nr|bzw|ca|art|e\.g|i\.e|z\.b|d\.h)\.$/iu;
const PAUSE = /[,;:—–、，；：،؛]["'”’»」』)\]）]*$/u;
/** Words that begin a clause or a phrase, in the languages that most scripts are in: a line breaks better before them. */
const CLAUSE = new Set(
  [
    "and or but nor so yet because although though while when where which who whose that if unless until since than as",
    "und oder aber sondern denn weil obwohl während wenn wo der die das dass ob bis seit als",
    "et ou mais donc car parce quoique pendant quand où qui que dont si jusque depuis",
    "y o pero sino porque aunque mientras cuando donde quien que si hasta desde como",
    "e ou mas porque embora enquanto quando onde quem que se até desde como",
    "и или но а потому хотя пока когда где который которая которые что если чтобы",
  ].flatMap((words) => words.split(" ")),
);
/** Phrases that begin with these stay whole at a lower price. */
const PREPOSITION = new Set(
  "in on at to for from with without by of about into over under after before between through".split(
    " ",
  ),
);

/** How well a text breaks behind one token and before the next: 0 is best, 1 is in the midst of a phrase. */
export function breakCost(before: CaptionToken, after: CaptionToken | undefined): number {
  if (!after || endsSentence(before)) return 0;
  if (PAUSE.test(before.text)) return 0.15;
  const word = after.text.toLowerCase().replace(/[^\p{L}]/gu, "");
  if (CLAUSE.has(word)) return 0.4;
  return PREPOSITION.has(word) ? 0.6 : 1;
}

function endsSentence({ text }: CaptionToken): boolean {
  return SENTENCE_END.test(text) && !SHORT_FORM.test(text);
}

/** The text of tokens that stand in one line. */
export function lineOf(tokens: readonly CaptionToken[]): string {
  return tokens.map(({ text, spaced }, at) => (at > 0 && spaced ? ` ${text}` : text)).join("");
}

/**
 * Lays tokens out in as few lines as they fit in; two lines break where it reads best, and are of much the same length.
 * @returns nothing where they don't fit.
 */
export function layLines(
  tokens: readonly CaptionToken[],
  { lineLength, lines }: CaptionLimits,
): readonly string[] | undefined {
  const whole = lineOf(tokens);
  if (lengthOf(whole) <= lineLength) return [whole];
  if (lines < 2 || lengthOf(whole) > 2 * lineLength + 1) return undefined;
  let best: { readonly cost: number; readonly lines: readonly string[] } | undefined;
  for (let at = 1; at < tokens.length; at++) {
    const pair = [lineOf(tokens.slice(0, at)), lineOf(tokens.slice(at))] as const;
    const [first, second] = [lengthOf(pair[0]), lengthOf(pair[1])];
    if (first > lineLength || second > lineLength) continue;
    const cost = breakCost(tokens[at - 1]!, tokens[at]) + Math.abs(first - second) / lineLength;
    if (!best || cost < best.cost) best = { cost, lines: pair };
  }
  return best?.lines;
}

/** How many tokens can stand in one caption at most: all of one letter. */
const mostTokens = 90;

/**
 * Cuts tokens into captions, each of which fits its lines and lasts no longer than one may, so that all in all they break
 * where it reads best: behind sentences, then behind pauses, then before words that begin a clause.
 */
export function cutIntoCaptions(
  tokens: readonly CaptionToken[],
  limits: CaptionLimits,
): CaptionToken[][] {
  // The least cost of all captions up to each place, and where the last of them begins.
  const costs: number[] = [0];
  const starts: number[] = [0];
  for (let end = 1; end <= tokens.length; end++) {
    let [best, from] = [Infinity, end - 1];
    for (let start = end - 1; start >= Math.max(0, end - mostTokens); start--) {
      const caption = tokens.slice(start, end);
      if (start < end - 1 && !fits(caption, limits)) break;
      const cost = costs[start]! + costOf(caption, tokens[end], limits);
      if (cost < best) [best, from] = [cost, start];
    }
    costs.push(best);
    starts.push(from);
  }
  const captions: CaptionToken[][] = [];
  for (let end = tokens.length; end > 0; end = starts[end]!) {
    captions.push(tokens.slice(starts[end], end));
  }
  return captions.reverse();
}

/** Before each line of a caption that two speakers are in. */
const hyphen = "- ";

/** What a caption shows, and for each line who says it. */
export interface CaptionLines {
  readonly lines: readonly string[];
  readonly speakers: readonly CaptionToken["speaker"][];
}

/**
 * Lays out what one speaker says (`layLines`), or two, each on a line with a hyphen before it.
 * @returns nothing where it does not fit, or three turns are in it.
 */
export function laySpeakers(
  tokens: readonly CaptionToken[],
  limits: CaptionLimits,
): CaptionLines | undefined {
  const speaker = tokens[0]?.speaker;
  const second = tokens.findIndex((token) => token.speaker !== speaker);
  if (second < 0) {
    const lines = layLines(tokens, limits);
    return lines && { lines, speakers: lines.map(() => speaker) };
  }
  const parts = [tokens.slice(0, second), tokens.slice(second)];
  const other = tokens[second]?.speaker;
  const lines = parts.map((part) => hyphen + lineOf(part));
  const isTooLong = lines.some((line) => lengthOf(line) > limits.lineLength);
  if (isTooLong || limits.lines < 2 || parts[1]?.some((token) => token.speaker !== other)) {
    return undefined;
  }
  return { lines, speakers: [speaker, other] };
}

/** Whether tokens can be one caption. */
export function fits(caption: readonly CaptionToken[], limits: CaptionLimits): boolean {
  const { longest, lineLength, lines } = limits;
  if (caption.at(-1)!.end - caption[0]!.start > longest) return false;
  const [{ speaker }] = caption as [CaptionToken];
  if (caption.some((token) => token.speaker !== speaker)) return !!laySpeakers(caption, limits);
  let whole = 0;
  for (const [at, token] of caption.entries()) whole += lengthIn(token, at);
  if (whole <= lineLength) return true;
  if (lines < 2) return false;
  let first = 0;
  for (let at = 1; at < caption.length; at++) {
    first += lengthIn(caption[at - 1]!, at - 1);
    const second = whole - first - (caption[at]!.spaced ? 1 : 0);
    if (first <= lineLength && second <= lineLength) return true;
  }
  return false;
}

/** The letters of tokens, which are counted once: a token is looked at for many captions. */
const lengths = new WeakMap<CaptionToken, number>();

/** How much longer a line becomes by a token that is its first, or a later one. */
function lengthIn(token: CaptionToken, at: number): number {
  const known = lengths.get(token);
  const length = known ?? lengthOf(token.text);
  if (known === undefined) lengths.set(token, length);
  return length + (at > 0 && token.spaced ? 1 : 0);
}

/** What a caption costs: each one something, its end by how ill it breaks, and what is too short to be read. */
function costOf(
  caption: readonly CaptionToken[],
  next: CaptionToken | undefined,
  limits: CaptionLimits,
): number {
  const [first, last] = [caption[0]!, caption.at(-1)!];
  const seconds = (next?.start ?? Infinity) - first.start;
  const short = Math.max(0, limits.shortest - seconds) / limits.shortest;
  const pause = next ? Math.max(0, 0.3 - (next.start - last.end)) : 0;
  // Where a sentence ends in the midst, the next one should at least be whole.
  const inside = caption.slice(0, -1).filter(endsSentence).length * (endsSentence(last) ? 0.5 : 1);
  return 0.6 + 2 * breakCost(last, next) + 3 * short + pause + inside;
}
