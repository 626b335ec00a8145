import type { FlushMarker } from "../model/flushMarker.ts";
import { findFrontMatter, hasSpeechKey } from "../frontMatter/frontMatterBlock.ts";
import type { FrontMatterBlock } from "../frontMatter/frontMatterBlock.ts";
import { Scanner } from "./scanner.ts";
import type { ScanOptions } from "./scanOptions.ts";
import type { Span, SpeechOptions } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import type { WrittenName } from "./speakerNames.ts";
import { speakersOf } from "./speakerTurns.ts";

export type { ScanOptions };
export { hasMarker, type FlushMarker } from "../model/flushMarker.ts";

/** Where a document is cut. */
export interface Scan {
  readonly frontMatter: FrontMatterBlock | undefined;
  /** In document order. */
  readonly markers: readonly FlushMarker[];
  /**
   * What stands between the markers, white space included: always one more than there are markers.
   * The front matter's span, these spans and the markers' spans, in document order, follow one
   * another without gap or overlap and make up the whole document.
   */
  readonly segments: readonly Span[];
  /**
   * `<spell>…</spell>` elements. A marker in one is no marker: the service's tags are never cut in
   * two.
   */
  readonly spells: readonly Span[];
  /**
   * Markdown only: fenced code blocks, fences included, and comments of HTML and of Obsidian (`%%`). A marker in one is text.
   */
  readonly silent: readonly Span[];
  /** Names of speakers within segments, directions with them, and headings that are not said: nothing of them is. */
  readonly names: readonly SilentSpan[];
  /** All names of speakers, those that begin a segment, too, in document order. */
  readonly turns: readonly WrittenName[];
  /** For each segment its speaker's name, as declared; `undefined` where it is nobody's in particular. */
  readonly speakers: readonly (string | undefined)[];
  /** Markdown only: where it may be cut to be parsed in stretches (`Cuts.borders`). */
  readonly borders: readonly number[];
}

/**
 * Cuts a document at its flush markers: the one place that decides where. Linear, and never throws.
 *
 * `<flush/>` and `<!-- flush -->` (any case, white space before `/>` and within the comment) cut
 * anywhere in a line, the literals of `markers` where they are a line. Not in front matter, nor
 * inside `<spell>…</spell>`. In Markdown also not
 *
 * - in fenced code, closed or not, in block quotes and list items too (CommonMark, "Fenced code
 *   blocks");
 * - in a code span that opens and closes on its line;
 * - in another HTML comment: one that begins a line runs to its `-->`, else to the document's end;
 *   one that begins within a line is one only if it ends before the next empty line;
 * - after a backslash: `\<flush/>` is text.
 *
 * Where one of `speakers` begins to speak, or ends, a segment begins, too (`SpeakerTurns`), unless nothing was said in the
 * one before. Not in front matter, nor in Markdown in lists, quotes, code and comments. A heading that is not said ends what a
 * speaker says; the segment of the text below it begins with it.
 *
 * Indented code is not known: whether a line is one depends on the blocks around it. Plain text has
 * no code, no comments and no escapes.
 */
export function scanScript(text: string, options: ScanOptions): Scan {
  const frontMatter = findFrontMatter(text);
  const start = frontMatter?.end ?? 0;
  const { leads, ...cuts } = new Scanner(text, options, start).scan();
  const segments = between(cuts.markers, start, text.length);
  return { frontMatter, segments, speakers: speakersOf(segments, leads), ...cuts };
}

/** What of a front matter says how its document is cut. */
type Declared = Pick<SpeechOptions, "flush" | "cast" | "names" | "headings">;

/** How a document is cut whose front matter declares markers and speakers, too. */
export function withDeclared(
  { language, markers = [], speakers = [], anyName }: ScanOptions,
  { flush = [], cast = {}, names, headings }: Declared,
): ScanOptions {
  const own = Object.keys(cast);
  return {
    language,
    markers: [...markers, ...flush],
    speakers: [...speakers, ...own],
    names,
    anyName,
    headings: headings ?? own.length === 0,
  };
}

/** What stands between markers, from `start` to `end`: always one more than there are markers. */
function between(markers: readonly Span[], start: number, end: number): Span[] {
  const spans: Span[] = [];
  let from = start;
  for (const marker of markers) {
    spans.push({ start: from, end: marker.start });
    from = marker.end;
  }
  spans.push({ start: from, end });
  return spans;
}

/**
 * Whether a document is a script: it holds a flush marker, has a `speech:` key, or is named
 * `*.speech.md`, `*.speech.txt`.
 */
export function isScript(
  text: string,
  scan: Pick<Scan, "markers" | "frontMatter">,
  fileName: string,
): boolean {
  const { markers, frontMatter } = scan;
  return (
    markers.length > 0 ||
    /\.speech\.(?:md|txt)$/i.test(fileName) ||
    (frontMatter !== undefined &&
      hasSpeechKey(text.slice(frontMatter.yaml.start, frontMatter.yaml.end)))
  );
}

/**
 * Whether a document says itself that it is a script: as `isScript`, but a marker that settings or a command line add does not
 * count, for a line such as `---` stands in files of any kind.
 */
export function saysItIsScript(
  text: string,
  { markers, frontMatter }: Pick<Scan, "markers" | "frontMatter">,
  fileName: string,
): boolean {
  const own = markers.filter(({ kind }) => kind !== "literal"); // a front matter that declares some has a `speech:` key
  return isScript(text, { markers: own, frontMatter }, fileName);
}
