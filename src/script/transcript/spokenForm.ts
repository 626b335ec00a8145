import { firstIndex } from "../model/firstIndex.ts";
import type { Segment, Span } from "../model/script.ts";

/** What of a segment its spoken form shows. */
export type SpokenSegment = Pick<
  Segment,
  "index" | "transcript" | "seam" | "speakable" | "speaker"
>;

/** How a speaker sounds, or without a name the script: of those that sound alike the same. */
export type SoundOf = (speaker: string | undefined) => unknown;

/** What is sent for one segment, in a spoken form's text; its span is that of the transcript. */
export interface SpokenBlock extends Span {
  /** The segment's index in the script. */
  readonly segment: number;
  /** Where the rule above it begins. */
  readonly rule: number;
}

/** Exactly the characters that are sent for a script, as a text to be looked at and compared. */
export interface SpokenForm {
  readonly text: string;
  /** In the script's order; segments with nothing to say have none. */
  readonly blocks: readonly SpokenBlock[];
}

/** Half of a rule, at least. */
const shortestRule = "────";
/** White space that is sent at a seam, as a rule shows it. */
const seamSign = " ␣ ";

/** What is sent between two transcripts that follow each other: nothing where the voice changes, for that begins another context. */
export function sentSeam(
  one: SpokenSegment,
  next: SpokenSegment | undefined,
  soundOf: SoundOf,
): string {
  return next && soundOf(one.speaker) === soundOf(next.speaker) ? one.seam : "";
}

/**
 * Shows what is sent for each segment: a rule, and below it the transcript as it is.
 *
 * A rule is the seam to the transcript before it: `────────` where the two are joined as they stand, or not joined at all,
 * `──── ␣ ────` where a space is sent between them. The first line is a rule, too, and tells how long rules are: longer than any run of `─` at the
 * start of a transcript's line, so that a line is a rule just where it begins with half of the first. So all that is sent can
 * be told from the text, and rules have no numbers that would differ all through two versions of which one has a segment more.
 */
export function spokenForm(
  segments: readonly SpokenSegment[],
  soundOf: SoundOf = () => undefined,
): SpokenForm {
  const spoken = segments.filter(({ speakable }) => speakable);
  const end = lineEndingOf(spoken);
  const half = "─".repeat(Math.max(shortestRule.length, longestRun(spoken) + 1));
  const blocks: SpokenBlock[] = [];
  let text = "";
  let seam = "";
  for (const [at, segment] of spoken.entries()) {
    const { index, transcript } = segment;
    const rule = text.length;
    text += half + (seam === "" ? "" : seamSign) + half + end;
    blocks.push({ segment: index, rule, start: text.length, end: text.length + transcript.length });
    text += transcript + end;
    seam = sentSeam(segment, spoken[at + 1], soundOf);
  }
  return { text, blocks };
}

/** The block that shows a segment, or, where it has nothing to say, the next one; behind all of them the last. */
export function blockOf(
  { blocks }: Pick<SpokenForm, "blocks">,
  segment: number,
): SpokenBlock | undefined {
  return firstFrom(blocks, (block) => block.segment >= segment);
}

/** The block at an offset of the spoken form's text; a rule belongs to the block below it. */
export function blockAt(
  { blocks }: Pick<SpokenForm, "blocks">,
  offset: number,
): SpokenBlock | undefined {
  return firstFrom(blocks, (block) => block.end >= offset);
}

/** The first block of which something holds that holds of all behind it, too; else the last. */
function firstFrom(
  blocks: readonly SpokenBlock[],
  holds: (block: SpokenBlock) => boolean,
): SpokenBlock | undefined {
  const index = firstIndex(blocks.length - 1, (at) => {
    const block = blocks[at];
    return block === undefined || holds(block);
  });
  return blocks[index];
}

/** The script's own: an editor shows a text with one line ending alone. */
function lineEndingOf(spoken: readonly SpokenSegment[]): string {
  for (const { transcript } of spoken) {
    const ending = /\r\n|\n|\r/.exec(transcript)?.[0];
    if (ending !== undefined) return ending;
  }
  return "\n";
}

function longestRun(spoken: readonly SpokenSegment[]): number {
  let longest = 0;
  for (const { transcript } of spoken) {
    if (!transcript.includes("─")) continue;
    for (const [run] of transcript.matchAll(/(?<![^\r\n])─+/g)) {
      longest = Math.max(longest, run.length);
    }
  }
  return longest;
}
