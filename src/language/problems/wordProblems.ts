import * as l10n from "@vscode/l10n";
import type { Segment, Span } from "../../script/model/script.ts";
import { findServiceTags } from "../../script/model/serviceTags.ts";
import type { Fix, Problem } from "./problem.ts";
import { exactPlaceOf, placeOf } from "./spokenPlaces.ts";

/**
 * Words of a segment that the service says badly (Cartesia's docs, "Prompting tips"), by what is sent of them. Places
 * count from the segment's start.
 * @param written the segment's text.
 */
export function findWordProblems(segment: Segment, written: string): Problem[] {
  const { transcript } = segment;
  const tags = findServiceTags(transcript);
  const found = [...findInWords(transcript), ...findEmoji(transcript), ...findCapitals(transcript)];
  return found
    .filter(({ start, end }) => !tags.some((tag) => tag.start < end && start < tag.end))
    .map((finding) => problemOf(finding, segment, written));
}

/** A finding in a transcript. */
interface Finding extends Span {
  readonly code: string;
  readonly message: string;
  readonly severity: Problem["severity"];
  readonly title?: string;
  /** What is to stand in its place. */
  readonly better?: string;
}

function problemOf(finding: Finding, segment: Segment, written: string): Problem {
  const { start, end, code, message, severity, title, better } = finding;
  const exact = exactPlaceOf(segment, written, start, end);
  const fixes: Fix[] =
    exact && title !== undefined && better !== undefined
      ? [{ title, edits: [{ ...exact, text: better }] }]
      : [];
  return { ...placeOf(segment, start, end), code, message, severity, fixes };
}

/** Longer words are data, not speech, and would cost more than they are worth. */
const LONGEST_WORD = 400;
const OPENING = /^[([{"'“‘«]*/;
const CLOSING = /[\])}"'”’».,;:!?…]*$/;
const ADDRESS = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;
const URL_LIKE =
  /^(?:(?:https?:\/\/|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\/\S*[a-z0-9]\S*)$/i;

function findInWords(transcript: string): Finding[] {
  const findings: Finding[] = [];
  for (const { index, 0: word } of transcript.matchAll(/[^\s<>]+/g)) {
    if (word.length > LONGEST_WORD || !/[@/.\d]/.test(word)) continue;
    const opening = OPENING.exec(word)?.[0].length ?? 0;
    const closing = CLOSING.exec(word.slice(opening))?.[0] ?? "";
    const core = word.slice(opening, word.length - closing.length);
    const span = { start: index + opening, end: index + opening + core.length };
    if (ADDRESS.test(core) || URL_LIKE.test(core)) {
      if (closing.startsWith("?")) findings.push(questionMark(span, core));
      if (!ADDRESS.test(core)) findings.push(webAddress(span));
    } else for (const finding of findDigits(core, span.start)) findings.push(finding);
  }
  return findings;
}

function webAddress(span: Span): Finding {
  const message = l10n.t(
    "A web address is read out sign by sign, or badly. Write it as one would say it, such as `example dot com`.",
  );
  return { ...span, code: "url", message, severity: "information" };
}

function questionMark({ end }: Span, core: string): Finding {
  return {
    start: end,
    end: end + 1,
    code: "question-mark",
    message: ADDRESS.test(core)
      ? l10n.t(
          "A question mark directly behind an e-mail address is read out as a part of it. Put a space between them.",
        )
      : l10n.t(
          "A question mark directly behind a web address is read out as a part of it. Put a space between them.",
        ),
    severity: "warning",
    title: l10n.t("Insert a space"),
    better: " ?",
  };
}

function findDigits(word: string, base: number): Finding[] {
  return [...word.matchAll(/(?<![\d.,])\d{7,}(?![\d]|[.,]\d)/g)].map(({ index, 0: digits }) => ({
    start: base + index,
    end: base + index + digits.length,
    code: "digits",
    message: l10n.t(
      "So many digits may be read as one huge number. Have them spelled with `<spell>…</spell>`, or write them in groups.",
    ),
    severity: "information",
    title: l10n.t("Have it spelled"),
    better: `<spell>${digits}</spell>`,
  }));
}

const EMOJI =
  /(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)(?:\u200D|\uFE0F|\p{Emoji_Modifier}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)*/gu;

function findEmoji(transcript: string): Finding[] {
  return [...transcript.matchAll(EMOJI)].map(({ index, 0: emoji }) => {
    const end = index + emoji.length;
    const isBetween =
      (index === 0 || /\s/.test(transcript[index - 1] ?? "")) && / /.test(transcript[end] ?? "");
    return {
      start: index,
      end: isBetween ? end + 1 : end,
      code: "emoji",
      message: l10n.t("An emoji is left out, or described in words. Write what is to be said."),
      severity: "information",
      title: l10n.t("Remove it"),
      better: "",
    };
  });
}

const CAPITALS =
  /(?<![\p{L}\p{N}_])\p{Lu}[\p{Lu}'’-]+(?:,? \p{Lu}[\p{Lu}'’-]+)*(?![\p{L}\p{N}_])/gu;

/** Words in capitals that are no acronyms and no names: two neighbours of four letters. */
function findCapitals(transcript: string): Finding[] {
  return [...transcript.matchAll(CAPITALS)].flatMap(({ index, 0: run }) => {
    const words = run.split(/,? /).filter((word) => !/^[IVXLCDM]+$/.test(word));
    const long = words.filter((word) => word.length >= 4);
    if (long.length < 2) return [];
    const begins = /(?:^|[.!?…:]["'”’)]*\s+|\n\s*)$/.test(
      transcript.slice(Math.max(0, index - 8), index),
    );
    const small = run.toLowerCase();
    return [
      {
        start: index,
        end: index + run.length,
        code: "capitals",
        message: l10n.t(
          'Words in capitals may be shouted, or spelled letter by letter. Write them as in running text; for loudness there is `<volume ratio="1.5"/>`.',
        ),
        severity: "hint" as const,
        title: l10n.t("Write it in small letters"),
        better: begins ? small.charAt(0).toUpperCase() + small.slice(1) : small,
      },
    ];
  });
}
