import { readFrontMatter } from "./frontMatter.ts";
import { findFrontMatter } from "./frontMatterBlock.ts";
import { speakMarkdown } from "./markdown.ts";
import { speakPlainText } from "./plainText.ts";
import { hasMarker, scanScript } from "./scan.ts";
import type { ScanOptions } from "./scan.ts";
import type { Script, ScriptProblem, Segment, Span } from "./script.ts";
import { seamBetween } from "./seam.ts";
import { findServiceTags, isSpeakable } from "./serviceTags.ts";
import type { SpokenText } from "./spokenText.ts";

/**
 * Reads a document: its front matter, its segments and what is to be said of each. Markers of the
 * settings (`options.markers`) and of the front matter add up. Loads the YAML and Markdown readers;
 * `scanScript` alone tells where a document is cut. Never throws, whatever the text.
 */
export function parseScript(text: string, options: ScanOptions): Script {
  const yaml = findFrontMatter(text)?.yaml;
  const frontMatter = yaml
    ? readFrontMatter(text.slice(yaml.start, yaml.end), yaml.start)
    : { options: {}, places: {}, problems: [] };
  const markers = [...(options.markers ?? []), ...(frontMatter.options.flush ?? [])];
  const scan = scanScript(text, { language: options.language, markers });
  const { segments: spoken, parsed } =
    options.language === "markdown"
      ? speakMarkdown(text, scan)
      : { segments: scan.segments.map((span) => speakPlainText(text, span)), parsed: true };
  const problems = [...frontMatter.problems, ...findTagProblems(text, scan.spells, spoken)];
  if (!parsed) problems.push({ start: 0, end: text.length, message: TOO_INTRICATE });
  return {
    segments: joinSegments(scan.segments, spoken),
    options: frontMatter.options,
    places: frontMatter.places,
    problems: problems.sort((a, b) => a.start - b.start),
  };
}

function joinSegments(spans: readonly Span[], spoken: readonly SpokenText[]): Segment[] {
  const segments: Segment[] = [];
  let following = "";
  for (let index = spans.length - 1; index >= 0; index--) {
    const { start, end } = spans[index] ?? { start: 0, end: 0 };
    const { text, offsets } = spoken[index] ?? { text: "", offsets: [] };
    const speakable = isSpeakable(text);
    segments.push({
      index,
      start,
      end,
      transcript: speakable ? text : "",
      offsets: speakable ? offsets : [],
      seam: speakable && following !== "" ? seamBetween(text, following) : "",
      speakable,
    });
    if (speakable) following = text;
  }
  return segments.reverse();
}

const TOO_INTRICATE =
  "This Markdown is too long or too deeply nested to be read, and is spoken without its structure. Split the script.";
const SPELLED_MARKER =
  "A flush marker within <spell>…</spell> does not cut: the service's tags are sent whole. Move it out.";
const LONE_TAGS =
  "This segment has a tag of the service but nothing to say, and is not sent. Move the tag to a segment with words.";

/** What of the service's tags will not do what its writer meant. */
function findTagProblems(
  text: string,
  spells: readonly Span[],
  spoken: readonly SpokenText[],
): ScriptProblem[] {
  const problems = spells
    .filter(({ start, end }) => hasMarker(text.slice(start, end)))
    .map((span) => ({ ...span, message: SPELLED_MARKER }));
  for (const { text: transcript, offsets } of spoken) {
    const [tag] = isSpeakable(transcript) ? [] : findServiceTags(transcript);
    if (tag === undefined) continue;
    const start = offsets[tag.start] ?? 0;
    problems.push({ start, end: start + tag.end - tag.start, message: LONE_TAGS });
  }
  return problems;
}
