import * as l10n from "@vscode/l10n";
import { findFrontMatter, hasSpeechKey } from "../../script/frontMatter/frontMatterBlock.ts";
import type { Segment } from "../../script/model/script.ts";
import type { SilentSpan } from "../../script/model/silence.ts";
import { lineEndingOf } from "../../script/words/wordPlaces.ts";
import type { Edit, Problem } from "./problem.ts";

/** What of a segment is prose, and falls silent by how Markdown reads it. Places count from the segment's start. */
export function findSilentProse({ silent }: Segment, written: string): Problem[] {
  return silent.flatMap((span) => {
    const text = written.slice(span.start, span.end);
    if (span.reason === "indentedCode") return indentedProse(written, span, text);
    if (span.reason === "listNumber") return spokenNumber(written, span, text);
    if (span.reason === "definition") return spokenDefinition(span, text);
    if (span.reason === "code" || span.reason === "comment") return neverEnded(span, text);
    return [];
  });
}

function problem(
  { start, end }: SilentSpan,
  message: string,
  fix?: readonly [string, Edit[]],
): Problem[] {
  const fixes = fix ? [{ title: fix[0], edits: fix[1] }] : [];
  return [{ start, end, code: "silent-prose", message, severity: "information", fixes }];
}

/** What programs are written with, and prose is not. */
const CODE = /[{}<>=;|\\$`_~^*/@[\]#]|--|\(\)|^\s*[-+$>]/m;

/** Whether a text reads as a sentence: words, that begin with a capital or end as sentences do. */
function isProse(text: string): boolean {
  const words = text.trim();
  if (CODE.test(words)) return false;
  if (/[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]{4}/u.test(words)) return true;
  const isMany = (words.match(/\p{L}{2,}/gu)?.length ?? 0) >= 3;
  return (
    isMany && (/^["'“„«(]?\p{Lu}\p{Ll}/u.test(words) || /\p{Ll}[.?!…,:]["'”“»)]?$/u.test(words))
  );
}

function indentedProse(written: string, span: SilentSpan, text: string): Problem[] {
  if (!text.split(/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/).every(isProse)) return [];
  const line =
    Math.max(written.lastIndexOf("\n", span.start - 1), written.lastIndexOf("\r", span.start - 1)) +
    1;
  const edits = [...written.slice(line, span.end).matchAll(/(?<=^|[\r\n])[ \t]+(?=\S)/g)].map(
    ({ index, 0: indent }) => ({
      start: line + index,
      end: line + index + indent.length,
      text: "",
    }),
  );
  const message = l10n.t(
    "This is indented by four spaces or more: Markdown takes it for code, and it is not spoken. Take the indentation away.",
  );
  return problem(span, message, [l10n.t("Take the indentation away"), edits]);
}

/** Months, in languages that put a full stop behind the day. */
const MONTH =
  /^(?:j[aä]nn?er|januari?|feb(?:er|ruari?)|märz|mars|marts|april|ma[ij]|jun[iy]|jul[iy]|august|september|o[kc]tober|november|de[czs]ember|\p{L}+kuuta)(?!\p{L})/iu;

function spokenNumber(
  written: string,
  { start, end, reason }: SilentSpan,
  number: string,
): Problem[] {
  const sign = written[end] ?? "";
  const behind = written.slice(end + 1, end + 40).trimStart();
  const isDay = sign === "." && Number(number) <= 31 && MONTH.test(behind);
  if (number.length < 3 && !isDay) return [];
  const escaped = `${number}\\${sign}`;
  const message = l10n.t(
    "Markdown takes `{0}` for the number of a list item, and it is not spoken. Where it is to be said, write `{1}`.",
    number + sign,
    escaped,
  );
  const edits = [{ start: end, end, text: "\\" }];
  return problem({ start, end, reason }, message, [l10n.t("Change to `{0}`", escaped), edits]);
}

const DEFINITION = /^\[([^\]]*)\]:\s*<?([^\s>]*)>?/;

/** Definitions that lead nowhere: `[ANNA]: Welcome`. */
function spokenDefinition(span: SilentSpan, text: string): Problem[] {
  const [, label = "", target = ""] = DEFINITION.exec(text) ?? [];
  if (target === "" || /[/:#@?&=<\\]|\p{L}\.\p{L}/u.test(target) || /^\^/.test(label)) return [];
  const message = l10n.t(
    "Markdown takes this for where a link leads, and it is not spoken. Where it is to be said, write `\\[{0}]`.",
    label,
  );
  const edits = [{ start: span.start, end: span.start, text: "\\" }];
  return problem(span, message, [l10n.t("Put a backslash before it"), edits]);
}

/** Code and comments that are begun, and not ended, so that all that follows is silent. */
function neverEnded(span: SilentSpan, text: string): Problem[] {
  if (text.startsWith("<!--")) {
    if (text.length < 5 || text.includes("-->", 2)) return [];
    return problem(
      span,
      l10n.t(
        "This comment is never ended: nothing that follows is spoken. Write `-->` at its end.",
      ),
    );
  }
  const fence = /^(?:`{3,}|~{3,})/.exec(text)?.[0];
  if (fence === undefined || !/[\r\n]/.test(text)) return [];
  const last =
    /[^\r\n]*$/
      .exec(text)?.[0]
      .replace(/^[ \t>]*/, "")
      .trimEnd() ?? "";
  const isEnded = last.startsWith(fence) && last === (fence[0] ?? "").repeat(last.length);
  if (
    isEnded ||
    !text
      .split(/\r\n|\n|\r/)
      .slice(1)
      .some(isProse)
  )
    return [];
  return problem(
    span,
    l10n.t(
      "This block of code is never ended: nothing that follows in it is spoken. End it with the line {0}.",
      fence,
    ),
  );
}

const KEY = /^(?:[\p{L}\p{N}_"'][^:]{0,60}:(?:\s|$)|[ \t#}\]-]|$)/u;
const SPEECH = /^\p{Lu}[\p{Lu}\p{N} .'’-]*:\s+\S+\s+\S+/u;

/** A first part between two rules that is taken for front matter, and is none. Places are the document's. */
export function findSilentFront(text: string): Problem[] {
  const front = findFrontMatter(text);
  if (!front || front.isToml) return [];
  const { start, end } = front.yaml;
  const yaml = text.slice(start, end);
  const lines = yaml.split(/\r\n|\n|\r/);
  const isProseLine = (line: string): boolean => !KEY.test(line) || SPEECH.test(line);
  if (hasSpeechKey(yaml) || !lines.some(isProseLine) || !/\p{L}/u.test(yaml)) return [];
  const message = l10n.t(
    "What stands between these two rules is taken for front matter, and is not spoken. Put an empty line before the first rule.",
  );
  const begin = text.startsWith("\uFEFF") ? 1 : 0;
  const edits = [{ start: begin, end: begin, text: lineEndingOf(text) }];
  const span = { start, end, reason: "frontMatter" } as const;
  return problem(span, message, [l10n.t("Put an empty line before it"), edits]);
}
