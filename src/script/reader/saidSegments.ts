import { loneTag } from "./strayTags.ts";
import type { ParseCache } from "./parseCache.ts";
import type { SaidSegment, WordedSegment } from "./saidSegment.ts";
import type { PlacedStretch } from "./markdownStretches.ts";
import type { ReplacedText, Wording } from "./replaceWords.ts";
import { detached } from "../model/detached.ts";
import { firstIndex } from "../model/firstIndex.ts";
import type { Span } from "../model/script.ts";
import type { SpokenParts } from "../model/spokenParts.ts";
import { isSpeakable } from "../model/serviceTags.ts";
import type { SilentSpan } from "../model/silence.ts";
import { findSilence, spokenSpans } from "./findSilence.ts";
import type { Scan } from "../scanner/scan.ts";
import { nameParts } from "../scanner/speakerNames.ts";
import { speakPlainText } from "../transcript/plainText.ts";
import { edgesOf } from "../transcript/seam.ts";
import type { SpokenText } from "../transcript/spokenText.ts";
import { TranscriptBuilder } from "../transcript/transcriptBuilder.ts";

/** Says the segments of plain text: as they stand. */
export function sayPlainSegments(
  text: string,
  { segments, names, replaced }: Scan,
  { skip = [] }: SpokenParts,
  cache: ParseCache,
): SaidSegment[] {
  return segments.map((segment) => {
    const { start, end } = segment;
    const cuts = {
      names: partsOfNames(text, inside(names, start, end)),
      replaced: inside(replaced, start, end),
      skip,
    };
    const written = text.slice(start, end);
    const isCut = cuts.names.length > 0 || cuts.replaced.length > 0;
    const places = [...cuts.names, ...cuts.replaced].map((cut) =>
      JSON.stringify({ ...cut, start: cut.start - start, end: cut.end - start }),
    );
    const key = !isCut && !written.includes("\0") ? written : `${written}\0${places.join()}`;
    return take(cache, key, () => ({ spoken: speakPlainText(text, segment, cuts) }));
  });
}

function take(cache: ParseCache, key: string, say: () => SaidSegment): SaidSegment {
  const known = cache.segments.get(key);
  if (known) return known;
  const said = say();
  cache.segments.set(key, said);
  return said;
}

/** Says the segments of Markdown: each is known by the parsings of the stretches that it has a part in. */
export function sayMarkdownSegments(
  text: string,
  scan: Scan,
  stretches: readonly PlacedStretch[],
  cache: ParseCache,
): SaidSegment[] {
  const parts = partsOf(scan, stretches);
  const said = parts.map(({ key }) => cache.segments.get(key));
  for (let from = 0; from < said.length; from++) {
    if (said[from]) continue;
    // Neighbours are said together: a stretch of many segments would else be gone through for each.
    let to = from + 1;
    while (to < said.length && !said[to]) to++;
    const range = stretches.slice(parts[from]?.first, (parts[to - 1]?.last ?? 0) + 1);
    for (const [at, spoken] of speakRange(text, scan, range, from, to).entries()) {
      const segment = { spoken };
      said[from + at] = segment;
      cache.segments.set(parts[from + at]?.key ?? "", segment);
    }
    from = to;
  }
  return said as SaidSegment[];
}

/** The stretches that a segment has a part in, and what they are known by. */
interface SegmentParts {
  readonly first: number;
  readonly last: number;
  readonly key: string;
}

function partsOf({ segments, markers }: Scan, stretches: readonly PlacedStretch[]): SegmentParts[] {
  let first = 0;
  let inFirst = 0; // markers of the first stretch that stand before the segment
  return segments.map(({ start, end }, at) => {
    const marker = markers[at]?.start ?? Infinity;
    let last = first;
    // A document without a line has no stretches: it is empty, or a byte order mark alone.
    const begins = stretches[first]?.stretch.parsing.id ?? `no${end - start}`;
    let key = `${inFirst}:${begins}`;
    while ((stretches[last + 1]?.start ?? Infinity) <= marker && last + 1 < stretches.length) {
      last++;
      key += `,${stretches[last]?.stretch.parsing.id}`;
    }
    const parts = { first, last, key };
    inFirst = last === first ? inFirst + 1 : 1;
    first = last;
    return parts;
  });
}

/** What is said in the segments from one on and up to another, whose text is in these stretches. */
function speakRange(
  text: string,
  scan: Scan,
  stretches: readonly PlacedStretch[],
  from: number,
  to: number,
): readonly SpokenText[] {
  const segments = scan.segments.slice(from, to);
  // What stands behind the last of the segments is another's.
  const others = { start: segments.at(-1)?.end ?? 0, end: Infinity };
  const builder = new TranscriptBuilder({
    text,
    segments: [...segments, others],
    markers: [
      ...scan.markers.slice(Math.max(0, from - 1), to),
      ...stretches.flatMap(({ stretch: { opened }, start }) => moved(opened, start)),
    ],
    silent: [
      ...partsOfNames(text, inside(scan.names, segments[0]?.start ?? 0, others.start)),
      ...stretches.flatMap(({ stretch: { signs }, start }) => moved(signs, start)),
    ],
    tags: stretches.flatMap(({ stretch: { tags }, start }) => moved(tags, start)),
    replaced: stretches.flatMap(({ stretch: { replaced }, start }) => moved(replaced, start)),
  });
  for (const { stretch, start } of stretches) stretch.parsing.speech.repeat(builder, start);
  return builder.finish().slice(0, segments.length);
}

function partsOfNames(text: string, names: readonly SilentSpan[]): SilentSpan[] {
  return names.flatMap((name) => (name.reason === "speaker" ? nameParts(text, name) : [name]));
}

function moved<Part extends Span>(parts: readonly Part[], by: number): readonly Part[] {
  if (parts.length === 0) return parts;
  return parts.map((part) => ({ ...part, start: part.start + by, end: part.end + by }));
}

/** The spans that begin from one place on and before another. */
function inside<Part extends Span>(
  spans: readonly Part[],
  from: number,
  to: number,
): readonly Part[] {
  if (spans.length === 0) return spans;
  const first = firstIndex(spans.length, (at) => (spans[at]?.start ?? from) >= from);
  const last = firstIndex(spans.length, (at) => (spans[at]?.start ?? to) >= to);
  return spans.slice(first, last);
}

/**
 * @param written the segment's text.
 * @param room how many UTF-16 units may be put into it.
 */
export function wordSegment(
  said: SaidSegment,
  wording: Wording,
  written: string,
  room: number,
): WordedSegment {
  if (said.worded?.wording !== wording) {
    said.worded = worded(wording, said, wording.replace(said.spoken), written);
  }
  if (said.worded.put <= room) return said.worded;
  return worded(wording, said, wording.replace(said.spoken, room), written);
}

function worded(
  wording: Wording,
  { spoken }: SaidSegment,
  replaced: ReplacedText,
  text: string,
): WordedSegment {
  const { text: said, offsets, written, unfilled, put } = replaced;
  const tag = loneTag(replaced);
  const isUnfilled = unfilled.length > 0;
  const isSilent = isUnfilled || !isSpeakable(said);
  const silent = silenceOf(text, spoken, replaced, isSilent);
  const segment = isSilent
    ? { transcript: "", offsets: [], speakable: false, silent, ...(isUnfilled && { unfilled }) }
    : {
        transcript: detached(said),
        offsets,
        speakable: true,
        silent,
        ...(written.length > 0 && { written }),
      };
  return { wording, put, loneTag: tag, edges: edgesOf(segment.transcript), segment };
}

/** What is not spoken of a segment: what its reader passed over, and what is not sent though its reader would say it. */
function silenceOf(
  written: string,
  { offsets, references = [], silent = [], written: instead = [] }: SpokenText,
  replaced: ReplacedText,
  isSilent: boolean,
): SilentSpan[] {
  const read = spokenSpans({ offsets, references, written: instead });
  if (!isSilent && replaced.offsets === offsets) return findSilence(written, read, silent);
  const reason = isSilent ? "notSent" : "value";
  const unsaid = read.map(({ start, end }) => ({ start, end, reason }) as const);
  const sent = isSilent ? [] : spokenSpans({ ...replaced, references });
  return findSilence(written, sent, [...silent, ...unsaid]);
}
