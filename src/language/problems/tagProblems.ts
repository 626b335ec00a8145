import * as l10n from "@vscode/l10n";
import type { ScriptLanguage, Span } from "../../script/model/script.ts";
import { SPELL_END, SPELL_START, spellFinder } from "../../script/model/serviceTags.ts";
import { faultOfTag, meantBy, type TagFault } from "../tags/checkTag.ts";
import { insteadOf } from "../tags/foreignTags.ts";
import type { Fix, Problem } from "./problem.ts";
import { readTags, type TagText } from "../tags/tagText.ts";
import { unheardIn } from "./unheard.ts";

/**
 * What is wrong with the tags in a segment, as it is written: places count from its start. In Markdown a tag that is not
 * the service's is HTML and is not said at all, so that the transcript would not show it.
 */
export function findTagProblems(text: string, language: ScriptLanguage): Problem[] {
  if (!text.includes("<")) return [];
  const unheard = unheardIn(text, language);
  const tags = readTags(text).filter(({ start }) => !unheard(start));
  return [
    ...tags.flatMap((tag) => {
      const fault = faultOfTag(tag);
      return fault ? [problemOf(tag, fault, fixesOf(tag, tags))] : [];
    }),
    ...findSpells(text, tags),
    ...findRowsOfBreaks(text, tags),
  ];
}

/** What makes of a tag of another service, and of its end, what this one has instead. */
function fixesOf(tag: TagText, tags: readonly TagText[]): Fix[] {
  const instead = insteadOf(tag);
  if (!instead) return [];
  const { open, close, whole } = instead;
  const next = tags.find(({ start, name }) => start >= tag.end && name === tag.name);
  const end = !tag.isEmpty && next?.closes ? next : undefined;
  if (whole !== undefined) {
    if (!end) return [];
    const edits = [{ start: tag.start, end: end.end, text: whole }];
    return [{ title: l10n.t("Change to `{0}`", whole), edits }];
  }
  if (open === undefined || (open === "<spell>" && !end)) return [];
  const edits = [
    { start: tag.start, end: tag.end, text: open },
    ...(end && close !== undefined ? [{ start: end.start, end: end.end, text: close }] : []),
  ];
  if (open !== "") return [{ title: l10n.t("Change to `{0}`", open), edits }];
  return [{ title: end ? l10n.t("Remove the tags") : l10n.t("Remove `{0}`", tag.text), edits }];
}

function problemOf(
  tag: TagText,
  { code, message, span, repaired }: TagFault,
  fixes: Fix[],
): Problem {
  const title =
    repaired === "" ? l10n.t("Remove `{0}`", tag.text) : l10n.t("Change to `{0}`", repaired ?? "");
  return {
    start: span.start,
    end: span.end,
    code,
    message,
    severity: "warning",
    fixes:
      repaired === undefined
        ? fixes
        : [{ title, edits: [{ start: tag.start, end: tag.end, text: repaired }] }],
  };
}

const WORD = /[ \t]*[\p{L}\p{N}](?:[\p{L}\p{N}.@-]*[\p{L}\p{N}])?/uy;

/** Spell elements that are not closed, or not opened. */
function findSpells(text: string, tags: readonly TagText[]): Problem[] {
  const problems: Problem[] = [];
  const spellEnd = spellFinder(text);
  let closed = -1;
  for (const tag of tags) {
    if (tag.name !== "spell" || tag.end <= closed) continue;
    const { start, end } = tag;
    if (tag.closes) {
      problems.push(needlessEnd(tag));
      continue;
    }
    if (end - start !== SPELL_START) {
      problems.push(
        spellProblem(
          tag,
          "spell-form",
          l10n.t(
            "`<spell>` takes no attribute, and holds what is spelled: write `<spell>ABC</spell>`. As it is, nothing is spelled.",
          ),
        ),
      );
      continue;
    }
    const elementEnd = spellEnd(start);
    if (elementEnd === undefined) problems.push(unclosedSpell(text, tag));
    else if (text.slice(end, elementEnd - SPELL_END).trim() === "") {
      problems.push({
        ...spellProblem(
          { start, end: elementEnd },
          "empty-spell",
          l10n.t("There is nothing between `<spell>` and `</spell>`: nothing is heard of it."),
        ),
        severity: "information",
        fixes: [{ title: l10n.t("Remove it"), edits: [{ start, end: elementEnd, text: "" }] }],
      });
    }
    closed = elementEnd ?? closed;
  }
  return problems;
}

function spellProblem({ start, end }: Span, code: string, message: string): Problem {
  return { start, end, code, message, severity: "warning", fixes: [] };
}

function needlessEnd(tag: TagText): Problem {
  const { start, end } = tag;
  return {
    ...spellProblem(
      tag,
      "spell-end",
      l10n.t(
        "No `<spell>` belongs to this end: it is read out or ignored. One can’t run over an empty line or a flush marker. Remove it, or write `<spell>` before what is to be spelled.",
      ),
    ),
    fixes: [{ title: l10n.t("Remove `{0}`", tag.text), edits: [{ start, end, text: "" }] }],
  };
}

function unclosedSpell(text: string, tag: TagText): Problem {
  WORD.lastIndex = tag.end;
  const at = WORD.test(text) ? WORD.lastIndex : undefined;
  const fixes =
    at === undefined
      ? []
      : [
          {
            title: l10n.t("Close it after `{0}`", text.slice(tag.end, at).trim()),
            edits: [{ start: at, end: at, text: "</spell>" }],
          },
        ];
  return {
    ...spellProblem(
      tag,
      "unclosed-spell",
      l10n.t(
        "This `<spell>` is never closed: nothing is spelled letter by letter. Write `</spell>` behind what is to be spelled, in the same segment and paragraph.",
      ),
    ),
    fixes,
  };
}

/** Several breaks with nothing between them. */
function findRowsOfBreaks(text: string, tags: readonly TagText[]): Problem[] {
  const problems: Problem[] = [];
  let row: TagText[] = [];
  const end = (): void => {
    const problem = rowOfBreaks(row.filter(({ closes }) => !closes));
    if (problem) problems.push(problem);
    row = [];
  };
  for (const tag of tags) {
    const last = row.at(-1);
    if (last && text.slice(last.end, tag.start).trim() !== "") end();
    if (meantBy(tag.name) === "break") row.push(tag);
    else end();
  }
  end();
  return problems;
}

function rowOfBreaks(row: readonly TagText[]): Problem | undefined {
  const [first, second] = row;
  const last = row.at(-1);
  if (!first || !second || !last) return undefined;
  const span = { start: first.start, end: last.end };
  const times = row.map((tag) => (faultOfTag(tag) ? NaN : secondsOf(tag)));
  const total = Math.round(times.reduce((sum, time) => sum + time, 0) * 1000) / 1000;
  const tag = `<break time="${total}s"/>`;
  return {
    ...span,
    code: "breaks",
    message: l10n.t(
      "Several breaks in a row may be heard as one, or sound odd. Write one break that is as long as all of them.",
    ),
    severity: "information",
    fixes: Number.isNaN(total)
      ? []
      : [{ title: l10n.t("Change to `{0}`", tag), edits: [{ ...span, text: tag }] }],
  };
}

function secondsOf({ attributes }: TagText): number {
  const time = attributes.find(({ name }) => name === "time")?.value ?? "";
  return parseFloat(time) / (time.endsWith("ms") ? 1000 : 1);
}
