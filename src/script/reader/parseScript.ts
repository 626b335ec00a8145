import * as l10n from "@vscode/l10n";
import { readFrontMatter, type FrontMatter } from "../frontMatter/frontMatter.ts";
import { findFrontMatter } from "../frontMatter/frontMatterBlock.ts";
import { speakUnparsed } from "../markdown/speakUnparsed.ts";
import type { Script, ScriptProblem, Segment, Span } from "../model/script.ts";
import { mostPutInScript } from "../model/scriptLimits.ts";
import { scanScript, withDeclared, type Scan } from "../scanner/scan.ts";
import { seamOf, type Edges } from "../transcript/seam.ts";
import { unfilledVariables } from "../transcript/variables.ts";
import { parseStretches } from "./markdownStretches.ts";
import { findMisplaced, misplacedProblem, withoutMisplaced } from "./misplacedFrontMatter.ts";
import { ParseCache } from "./parseCache.ts";
import { Wording, wordingKey, type ReadOptions } from "./replaceWords.ts";
import { sayMarkdownSegments, sayPlainSegments, wordSegment } from "./saidSegments.ts";
import type { SaidSegment, WordedSegment } from "./saidSegment.ts";
import { loneTags, spelledMarkers } from "./strayTags.ts";

export { readSamples } from "../frontMatter/samples.ts";

/**
 * Reads a document: its front matter, its segments and what is to be said of each. Markers of the
 * settings (`options.markers`) and of the front matter add up. Loads the YAML and Markdown readers;
 * `scanScript` alone tells where a document is cut. Never throws, whatever the text.
 *
 * @param cache of the document, for whoever reads it again and again: it makes no other script, but costs what is new in the
 *   text, and a text that is read again is the very same script. A segment has the very same `offsets` as long as the same is
 *   written and said in it, by whomever: what is known of it may be kept by them.
 */
export function parseScript(text: string, options: ReadOptions, cache = new ParseCache()): Script {
  const key = readingKey(options);
  if (cache.last?.key === key && cache.last.text === text) return cache.last.script;
  const script = parse(text, options, cache);
  cache.last = { text, key, script };
  cache.stretches.forget(2 * text.length);
  cache.segments.forget(2 * text.length);
  return script;
}

function parse(text: string, options: ReadOptions, cache: ParseCache): Script {
  const frontMatter = frontMatterOf(text, cache);
  const scan = scanScript(text, withDeclared(options, frontMatter.options));
  const { said, problems } = saySegments(text, scan, options, cache);
  const wording = wordingOf(options, frontMatter, cache);
  const misplaced = findMisplaced(text, scan);
  const all = wordAll(text, said, wording, scan);
  const worded = misplaced ? withoutMisplaced(text, all, scan, misplaced) : all;
  const segments = placeAll(worded, scan);
  return {
    segments,
    markers: scan.markers,
    options: frontMatter.options,
    places: frontMatter.places,
    problems: [
      ...frontMatter.problems,
      ...spelledMarkers(text, scan.spells),
      ...loneTags(segments, worded),
      ...unfilledVariables(segments),
      ...(misplaced ? [misplacedProblem(misplaced)] : []),
      ...problems,
    ].sort((a, b) => a.start - b.start),
  };
}

function frontMatterOf(text: string, cache: ParseCache): FrontMatter {
  const { yaml, isToml } = findFrontMatter(text) ?? {};
  if (!yaml) return nothingInFront;
  const written = text.slice(yaml.start, yaml.end);
  const key = `${yaml.start} ${isToml} ${written}`;
  if (cache.frontMatter?.key !== key) {
    cache.frontMatter = { key, read: readFrontMatter(written, yaml.start, isToml) };
  }
  return cache.frontMatter.read;
}

const nothingInFront: FrontMatter = { options: {}, places: {}, problems: [] };

function wordingOf(options: ReadOptions, front: FrontMatter, cache: ParseCache): Wording {
  if (cache.wording?.key !== wordingKey(options, front.options)) {
    cache.wording = new Wording(options, front.options);
  }
  return cache.wording;
}

interface Said {
  readonly said: readonly SaidSegment[];
  /** What of the text can't be read as Markdown. */
  readonly problems: readonly ScriptProblem[];
}

function saySegments(text: string, scan: Scan, { language }: ReadOptions, cache: ParseCache): Said {
  if (cache.language !== language) {
    cache.language = language;
    cache.segments.clear();
  }
  if (language === "plaintext") return { said: sayPlainSegments(text, scan, cache), problems: [] };
  const stretches = parseStretches(text, scan, cache);
  if (!stretches) {
    const said = speakUnparsed(text, scan).map((spoken) => ({ spoken }));
    return { said, problems: [{ start: 0, end: text.length, message: unreadable() }] };
  }
  const intricate = stretches.flatMap(({ stretch, start }) =>
    stretch.intricate.map((span) => tooIntricate(span, start)),
  );
  return { said: sayMarkdownSegments(text, scan, stretches, cache), problems: intricate };
}

/** What is sent of each. */
function wordAll(
  text: string,
  said: readonly SaidSegment[],
  wording: Wording,
  { segments }: Scan,
): WordedSegment[] {
  let room = mostPutInScript(text.length);
  return said.map((segment, at) => {
    const { start, end } = segments[at] as Span;
    const worded = wordSegment(segment, wording, text.slice(start, end), room);
    room -= worded.put;
    return worded;
  });
}

function placeAll(worded: readonly WordedSegment[], { segments, speakers }: Scan): Segment[] {
  const placed: Segment[] = [];
  let following: Edges | undefined;
  for (let index = worded.length - 1; index >= 0; index--) {
    const { segment: said, edges } = worded[index] as WordedSegment;
    const { start, end } = segments[index] as Span;
    const { transcript, offsets, speakable, silent } = said;
    const seam = speakable && following ? seamOf(edges, following) : "";
    if (speakable) following = edges;
    // No copies by `...`: there may be ten thousand of them, with each keystroke.
    const segment: { -readonly [Key in keyof Segment]: Segment[Key] } = {
      index,
      start,
      end,
      transcript,
      seam,
      offsets,
      speakable,
      silent,
    };
    if (said.written) segment.written = said.written;
    if (said.unfilled) segment.unfilled = said.unfilled;
    const speaker = speakers[index];
    if (speaker !== undefined) segment.speaker = speaker;
    placed.push(segment);
  }
  return placed.reverse();
}

/** The same for readings that make the same of the same text. */
function readingKey({ language, markers, speakers, values, pronunciations }: ReadOptions): string {
  return JSON.stringify([language, markers, speakers, values, pronunciations]);
}

function tooIntricate({ start, end }: Span, base: number): ScriptProblem {
  return {
    start: base + start,
    end: base + end,
    message: l10n.t(
      "This part is too intricate to be read as Markdown, and is spoken without its structure. Put empty lines into it, or use fewer signs of Markdown.",
    ),
    code: "too-intricate",
  };
}

function unreadable(): string {
  return l10n.t(
    "This Markdown is too long or too deeply nested to be read, and is spoken without its structure. Split the script.",
  );
}
