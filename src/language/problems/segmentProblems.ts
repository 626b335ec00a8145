import * as l10n from "@vscode/l10n";
import type { Segment, Span } from "../../script/model/script.ts";
import { findServiceTags, SPELL_END } from "../../script/model/serviceTags.ts";
import { faultOfTag } from "../tags/checkTag.ts";
import type { Problem } from "./problem.ts";
import { exactPlaceOf } from "./spokenPlaces.ts";
import { readTags } from "../tags/tagText.ts";

/** How a segment ends; it is the same wherever the segment stands. */
export interface SegmentEnding {
  /** A tag that is begun, and not ended. */
  readonly tag: string | undefined;
  /** How it ends for the ear; nothing where it has nothing to say, or ends in a sound that is no word. */
  readonly heard: TranscriptEnd | undefined;
}

/** How a segment ends. */
export function endingOf(text: string, segment: Segment): SegmentEnding {
  const tail = text.slice(Math.max(segment.start, segment.end - 200), segment.end);
  const tag = tail.includes("<") ? TAG_BEGUN.exec(tail)?.[0] : undefined;
  return { tag, heard: segment.speakable ? endOf(segment.transcript) : undefined };
}

/**
 * What is wrong with the way in which a script is cut. Places are the document's.
 * @param endings of all segments.
 */
export function findSegmentProblems(
  text: string,
  segments: readonly Segment[],
  endings: readonly SegmentEnding[],
): Problem[] {
  const problems: Problem[] = [];
  segments.forEach((segment, at) => {
    const { tag } = endings[at] as SegmentEnding;
    const cut = tag === undefined ? undefined : cutTag(text, tag, segment, segments[at + 1]);
    if (cut) problems.push(cut);
    const empty = segment.speakable ? undefined : nothingBetween(text, segments, at);
    if (empty) problems.push(empty);
  });
  return [...problems, ...missingEnds(text, segments, endings), ...longOnes(segments)];
}

const TAG_BEGUN = /<\/?(?:break|speed|volume|emotion|spell)(?=[\s/]|$)[^<>\r\n]*$/i;
const TAG_ENDED = /^[^<>\r\n]{0,200}>/;

/** A tag that a marker stands in: it is begun at the end of one segment. */
function cutTag(
  text: string,
  begun: string,
  segment: Segment,
  next: Segment | undefined,
): Problem | undefined {
  if (next === undefined || next.start <= segment.end) return undefined;
  const ended = TAG_ENDED.exec(text.slice(next.start, Math.min(next.end, next.start + 200)));
  if (!ended) return undefined;
  const start = segment.end - begun.length;
  const end = next.start + ended[0].length;
  const joined = begun + ended[0];
  const [tag] = readTags(joined);
  const marker = text.slice(segment.end, next.start);
  const sound = tag?.text === joined && !faultOfTag(tag);
  return {
    start,
    end,
    code: "cut-tag",
    message: l10n.t(
      "A flush marker stands within this tag and cuts it in two: neither half is understood, and both may be read out. Move the marker out of it.",
    ),
    severity: "warning",
    fixes: sound
      ? [
          {
            title: l10n.t("Move the marker behind the tag"),
            edits: [{ start, end, text: joined + marker }],
          },
        ]
      : [],
  };
}

/** A segment between two markers that is empty, or only punctuation. */
function nothingBetween(
  text: string,
  segments: readonly Segment[],
  at: number,
): Problem | undefined {
  const segment = segments[at];
  const before = segments[at - 1];
  const next = segments[at + 1];
  if (!segment || !before || !next) return undefined;
  if (before.end === segment.start || segment.end === next.start) return undefined; // no markers part them
  const written = text.slice(segment.start, Math.min(segment.end, segment.start + 200)).trim();
  if (/[\p{L}\p{N}<>`|]/u.test(written) || segment.end - segment.start > 200) return undefined;
  const marker = lineOf(text, { start: segment.end, end: next.start });
  return {
    start: before.end,
    end: next.start,
    code: "empty-segment",
    message: l10n.t(
      'There is nothing to say between these two flush markers: the segment is shown, but never sent, and no pause is heard. Remove one, or write `<break time="1s"/>` in a segment with words where a pause is meant.',
    ),
    severity: "information",
    fixes:
      written === ""
        ? [{ title: l10n.t("Remove the second flush marker"), edits: [{ ...marker, text: "" }] }]
        : [],
  };
}

/** The line that a marker has to itself, its ending included; else the marker. */
function lineOf(text: string, { start, end }: Span): Span {
  let from = start;
  while (/[ \t]/.test(text[from - 1] ?? "")) from--;
  const rest = /[ \t]*(?:\r\n|\n|\r)/y;
  rest.lastIndex = end;
  const alone = /[\r\n]/.test(text[from - 1] ?? "") && rest.test(text);
  return alone ? { start: from, end: rest.lastIndex } : { start, end };
}

/** Segments that end a line and a thought, but with no punctuation. */
function missingEnds(
  text: string,
  segments: readonly Segment[],
  endings: readonly SegmentEnding[],
): Problem[] {
  const problems: Problem[] = [];
  let following: Segment | undefined;
  for (let at = segments.length - 1; at >= 0; at--) {
    const segment = segments[at];
    if (!segment?.speakable) continue;
    const end = endings[at]?.heard;
    const problem = end && missingEnd(text, segment, end, following);
    if (problem) problems.push(problem);
    following = segment;
  }
  return problems;
}

function missingEnd(
  text: string,
  segment: Segment,
  end: TranscriptEnd,
  next: Segment | undefined,
): Problem | undefined {
  const mark = markFor(end.last);
  if (mark === undefined) return undefined;
  const last = segment.start + (segment.offsets[end.at] ?? 0);
  if (next && /^[^\p{L}\p{N}]*\p{Ll}/u.test(next.transcript)) return undefined;
  const first = next ? next.start + (next.offsets[0] ?? 0) : text.length;
  if (next && !/[\r\n]/.test(text.slice(last, first))) return undefined;
  const written = text.slice(segment.start, segment.end);
  const exact = exactPlaceOf(segment, written, end.at, end.put);
  const behind = exact && segment.start + exact.end;
  const free = behind !== undefined && /^[*_"”’)]*(?:\s|$|<)/.test(text.slice(behind, behind + 20));
  return {
    start:
      last -
      (/[\p{L}\p{N}'’-]*$/u.exec(text.slice(Math.max(segment.start, last - 40), last))?.[0]
        .length ?? 0),
    end: last + end.last.length,
    code: "no-end",
    message: l10n.t(
      "This segment ends without punctuation: the voice may not come to rest, as if the sentence went on. End it with a full stop, or with a comma where it goes on.",
    ),
    severity: "hint",
    fixes: free
      ? [{ title: l10n.t("Add `{0}`", mark), edits: [{ start: behind, end: behind, text: mark }] }]
      : [],
  };
}

interface TranscriptEnd {
  /** The last character that is heard. */
  readonly last: string;
  /** Where in the transcript it stands. */
  readonly at: number;
  /** Where punctuation would be put behind it. */
  readonly put: number;
}

const TRAILING =
  /(?:[\s*_`~"'”’»\])}>]|\p{Emoji_Presentation}|\p{Extended_Pictographic}|[\uFE0F\u200D])$/u;

/** How a transcript ends for the ear; nothing where it ends in a sound that is no word. */
function endOf(transcript: string): TranscriptEnd | undefined {
  const tail = transcript.slice(-400);
  const base = transcript.length - tail.length;
  const tags = findServiceTags(tail);
  let end = tail.length;
  let put: number | undefined;
  for (;;) {
    const tag = tags.find((one) => one.end === end);
    if (tag?.kind === "laughter" || tag?.kind === "phonemes") return undefined;
    const rest = tail.slice(0, end);
    const tagLike = /<[^<>]*>$/.exec(rest);
    if (tag?.kind === "control") end = tag.start;
    else if (tag?.kind === "spell") {
      put = end;
      end -= SPELL_END;
    } else if (tagLike) end = tagLike.index;
    else {
      const trailing = TRAILING.exec(rest);
      if (!trailing) break;
      end = trailing.index;
    }
  }
  const last = /[\p{L}\p{N}]$/u.exec(tail.slice(0, end))?.[0];
  const isAddress = /[^\s/@]*[/@][^\s]*$/.test(tail.slice(Math.max(0, end - 100), end));
  if (last === undefined || isAddress) return undefined;
  return { last, at: base + end - last.length, put: base + (put ?? end) };
}

/** The full stop of the writing that a character is of; nothing for those that end sentences without one. */
function markFor(character: string): string | undefined {
  if (/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u.test(character)) return "。";
  if (/\p{sc=Devanagari}/u.test(character)) return "।";
  return /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hangul}\p{sc=Georgian}\p{Nd}]/u.test(
    character,
  )
    ? "."
    : undefined;
}

/** A segment is long from this many characters on, about two minutes of speech … */
const LONG = 2000;
/** … if it is so many times as long as the one in the middle … */
const TIMES = 6;
/** … of this many at least. */
const FEWEST = 4;

function longOnes(segments: readonly Segment[]): Problem[] {
  if (!segments.some(({ transcript }) => transcript.length > LONG)) return [];
  const spoken = segments.filter(({ speakable }) => speakable);
  if (spoken.length < FEWEST) return [];
  const lengths = spoken.map(({ transcript }) => transcript.length).sort((a, b) => a - b);
  const limit = Math.max(LONG, TIMES * (lengths[lengths.length >> 1] ?? 0));
  return spoken
    .filter(({ transcript }) => transcript.length > limit)
    .map(({ start, offsets }) => {
      const at = start + (offsets[0] ?? 0);
      return {
        start: at,
        end: at + 1,
        code: "long-segment",
        message: l10n.t(
          "This segment is far longer than the others: each change in it has all of it spoken, and paid for, again. Put flush markers between its paragraphs.",
        ),
        severity: "hint",
        fixes: [],
      };
    });
}
