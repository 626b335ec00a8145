import * as l10n from "@vscode/l10n";
import type { ScriptLanguage, Segment, Span } from "../../script/model/script.ts";
import { lineHeads, readDirection, type Direction } from "../tags/directionWords.ts";
import { changeTo, type Fix, type Problem } from "./problem.ts";
import { isSaid } from "./spokenPlaces.ts";
import { unheardIn } from "./unheard.ts";

/**
 * What may be a direction: a line that begins as `SFX:` does; what stands in brackets, braces or asterisks; pauses as other
 * services write them. Not `[a](b)`, `[a][b]`, `[a]: b`, `![a]`, which are Markdown, and no `{{variable}}`.
 */
const MARKED = new RegExp(
  [
    String.raw`(?<lead>^[ \t>*_]{0,20})(?<line>(?:${lineHeads})[*_]*:[^\r\n]{0,200})`,
    String.raw`\[\[slnc (?<mac>\d{1,6})\]\]`,
    String.raw`(?<![!\\])\[\[(?<double>[^\][\r\n|#]{1,100})\]\](?![([])`,
    String.raw`<#(?<sharp>\d{1,4}(?:\.\d{1,3})?)#>`,
    String.raw`(?<![!\]\\[])\[(?<square>[^\][\r\n]{1,300})\](?![([\]]|:(?!\s*$))`,
    String.raw`(?:（|(?<![\\\]\p{L}\p{N}])\()(?<round>[^()（）\r\n]{1,100})[)）]`,
    String.raw`【(?<lens>[^【】\r\n]{1,100})】`,
    String.raw`(?<![\\{$])\{(?<brace>[^{}\r\n]{1,100})\}(?!\})`,
    String.raw`(?<![\\*\p{L}\p{N}])\*(?<stars>[^\s*[(（【{][^*\r\n]{0,100})\*(?![*\p{L}\p{N}])`,
  ].join("|"),
  "gmu",
);

/**
 * Directions in a segment: for pauses, sounds and the manner of speaking, which the service takes for text. Places count from
 * the segment's start.
 * @param written the segment's text.
 */
export function findDirections(
  segment: Segment,
  written: string,
  language: ScriptLanguage,
): Problem[] {
  let unheard: ((offset: number) => boolean) | undefined;
  return [...written.matchAll(MARKED)].flatMap(({ index, 0: whole, groups = {} }): Problem[] => {
    const start = index + (groups["lead"]?.length ?? 0);
    const span = marksAround(written, { start, end: index + whole.length }, language);
    const direction = directionOf(groups, written, span);
    // Signs of emphasis and of a wiki's links are not said, brackets are: those of a link, or of anything else, are none.
    const signs = groups["double"] !== undefined ? 2 : groups["stars"] !== undefined ? 1 : 0;
    if (!direction || !isSaid(segment, start + signs)) return [];
    unheard ??= unheardIn(written, language);
    return unheard(start) ? [] : [problemOf(direction, written, span, language)];
  });
}

/** With the signs of emphasis directly around it: they have nothing else to emphasize. */
function marksAround(written: string, { start, end }: Span, language: ScriptLanguage): Span {
  if (language === "plaintext") return { start, end };
  let width = 0;
  while (width < 3 && isMark(written, start - width - 1, end + width)) width++;
  return { start: start - width, end: end + width };
}

function isMark(written: string, before: number, behind: number): boolean {
  const mark = written[before];
  return (mark === "*" || mark === "_") && written[behind] === mark;
}

function directionOf(
  groups: Record<string, string | undefined>,
  written: string,
  { start, end }: Span,
): Direction | undefined {
  const { line, mac, sharp, double, square, lens, round, brace, stars } = groups;
  if (line !== undefined) return { kind: "cue", doubtful: false };
  if (mac !== undefined) return { kind: "pause", time: `${Number(mac)}ms`, doubtful: false };
  if (sharp !== undefined) return { kind: "pause", time: `${Number(sharp)}s`, doubtful: false };
  const content = (double ?? square ?? lens ?? round ?? brace ?? stars ?? "").trim();
  const before = written.slice(Math.max(0, start - 40), start);
  const after = written.slice(end, end + 20);
  const alone = /(?:^|[\r\n])[ \t>]*$/.test(before) && /^[ \t]*(?:[\r\n]|$)/.test(after);
  if (square === "laughter") return undefined;
  const direction = readDirection(content, alone && square !== undefined);
  // What is emphasized in a sentence is a part of it.
  const isStressed = /[,.!?]$/.test(content) || !standsApart(before, after);
  if (stars !== undefined && isStressed) return undefined;
  if (!direction?.doubtful || square !== undefined || lens !== undefined) {
    return direction;
  }
  const isTime = direction.kind === "pause" && /\d/.test(content);
  if (brace !== undefined) return isTime ? direction : undefined;
  // In prose, a time or a noun in brackets explains what stands before it.
  if (isTime) return double === undefined ? undefined : direction;
  return standsApart(before, after) ? direction : undefined;
}

/** Whether it is no part of a sentence: it stands at the beginning of one, and another begins behind it, or a line ends. */
function standsApart(before: string, after: string): boolean {
  const begins = /(?:^|[\r\n][ \t>]*(?:[-+*] |\d+[.)] )?|[.!?…:：。！？—–]["”’»*_)]*[ \t]*)$/.test(
    before,
  );
  return begins && /^[ \t]*(?:$|[\r\n]|["“‘«(<[*_]*[\p{Lu}\p{Lo}\p{N}])/u.test(after);
}

function problemOf(
  direction: Direction,
  written: string,
  span: Span,
  language: ScriptLanguage,
): Problem {
  const { start, end } = span;
  const shown = written.slice(start, end);
  const tag = tagFor(direction);
  const isSound = direction.kind === "laughter" || direction.kind === "sound";
  return {
    start,
    end,
    code: isSound ? "unknown-sound" : "direction",
    message: messageFor(direction, shown, tag, language),
    severity: "warning",
    fixes: [...(tag === undefined ? [] : [changeTo(span, tag)]), unspoken(written, span, language)],
  };
}

/** What the service has for it. */
function tagFor(direction: Direction): string | undefined {
  switch (direction.kind) {
    case "pause":
      return `<break time="${direction.time}"/>`;
    case "manner":
      return direction.tag;
    case "laughter":
      return "[laughter]";
    default:
      return undefined;
  }
}

function messageFor(
  { kind }: Direction,
  shown: string,
  tag: string | undefined,
  language: ScriptLanguage,
): string {
  switch (kind) {
    case "pause":
      return l10n.t("`{0}` is read out, and makes no pause. Write `{1}`.", shown, tag ?? "");
    case "manner":
      return l10n.t(
        "`{0}` is read out, and the voice stays as it is. Write `{1}`, or have it not spoken.",
        shown,
        tag ?? "",
      );
    case "laughter":
    case "sound": {
      const fault = l10n.t("The service makes no sound `{0}`: the word is read out.", shown);
      return `${fault} ${kind === "sound" ? l10n.t("The one it makes is `[laughter]`.") : l10n.t("Did you mean `[laughter]`?")}`;
    }
    case "cue":
      return language === "markdown"
        ? l10n.t(
            "`{0}` is read out as a part of the text. If it is for nobody’s ear, put it into a comment, `<!-- … -->`.",
            shown,
          )
        : l10n.t(
            "`{0}` is read out as a part of the text. If it is for nobody’s ear, remove it.",
            shown,
          );
  }
}

/** In Markdown a comment, where that parts nothing that belongs together; else it is removed. */
function unspoken(written: string, { start, end }: Span, language: ScriptLanguage): Fix {
  const lineStart =
    Math.max(written.lastIndexOf("\n", start - 1), written.lastIndexOf("\r", start - 1)) + 1;
  const before = written.slice(lineStart, start);
  const after = /^[^\r\n]*/.exec(written.slice(end))?.[0] ?? "";
  const shown = written.slice(start, end);
  const begins = before.trim() === "";
  const isComment =
    language === "markdown" && !shown.includes("--") && (!begins || after.trim() === "");
  if (isComment) {
    const title = l10n.t("Do not speak it: make it a comment");
    return { title, edits: [{ start, end, text: `<!-- ${shown} -->` }] };
  }
  const title = l10n.t("Do not speak it: remove it");
  const spaces = /[ \t]*$/.exec(before)?.[0].length ?? 0;
  if (!begins) return { title, edits: [{ start: start - spaces, end, text: "" }] };
  const gap = /^(?:[ \t]+|[ \t]*(?:\r\n|\n|\r))?/.exec(written.slice(end))?.[0].length ?? 0;
  return { title, edits: [{ start, end: end + gap, text: "" }] };
}
