import * as l10n from "@vscode/l10n";
import { findSilence } from "./findSilence.ts";
import type { ScriptProblem, Span, UnfilledVariable } from "../model/script.ts";
import type { Scan } from "../scanner/scan.ts";
import { edgesOf } from "../transcript/seam.ts";
import type { WordedSegment } from "./saidSegment.ts";

/** A block between `---` that has the key `speech` with more below it: so many lines at most. */
const BLOCK =
  /(?<=[\r\n]|^\uFEFF?)---[ \t]*(?:\r\n|\n|\r)(?:(?!---[ \t]*(?:[\r\n]|$)|\.\.\.[ \t]*(?:[\r\n]|$))[^\r\n]*(?:\r\n|\n|\r)){1,200}(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)/g;
const SPEECH = /[\r\n]["']?speech["']?[ \t]*:[ \t]*(?:\{|(?=[\r\n]))/;

/** Front matter of a script that does not begin it, and so is none: not in code and comments. */
export function findMisplaced(text: string, { frontMatter, silent }: Scan): Span | undefined {
  if (!SPEECH.test(text)) return undefined;
  const body = frontMatter?.end ?? 0;
  for (const { 0: block, index: start } of text.slice(body).matchAll(BLOCK)) {
    const span = { start: body + start, end: body + start + block.length };
    const isSilent = silent.some((other) => other.start < span.end && span.start < other.end);
    if (!isSilent && SPEECH.test(block)) return span;
  }
  return undefined;
}

/** The segments, of which those are not sent that have a part in the block: what is said of it would be, and the rest without it. */
export function withoutMisplaced(
  text: string,
  worded: readonly WordedSegment[],
  { segments }: Scan,
  block: Span,
): WordedSegment[] {
  return worded.map((known, at) => {
    const { start, end } = segments[at] as Span;
    if (end <= block.start || start >= block.end) return known;
    const written = text.slice(start, end);
    const whole = { start: 0, end: written.length, reason: "notSent" } as const;
    const place = {
      start: Math.max(0, block.start - start),
      end: Math.min(end, block.end) - start,
    };
    const unfilled: UnfilledVariable = {
      ...place,
      name: "speech",
      inTag: false,
      isMisplaced: true,
    };
    const { silent } = known.segment;
    return {
      ...known,
      put: 0,
      loneTag: undefined,
      edges: edgesOf(""),
      segment: {
        transcript: "",
        offsets: [],
        speakable: false,
        silent: findSilence(written, [], [...silent, whole]),
        unfilled: [unfilled],
      },
    };
  });
}

/** What is wrong with a block of front matter that does not begin its script. */
export function misplacedProblem(block: Span): ScriptProblem {
  return { ...block, code: "misplaced-front-matter", message: misplaced() };
}

/** That such a block does not count: a sentence or two. */
export function misplaced(): string {
  return l10n.t(
    "This `speech:` block does not begin on the first line: it does not count, and its segment is not sent. Move it to the very start of the script.",
  );
}
