import * as l10n from "@vscode/l10n";
import type { ScriptProblem, Segment, UnfilledVariable, Words } from "../model/script.ts";
import { findServiceTags } from "../model/serviceTags.ts";
import { spliceSpoken, type Change, type Spliced } from "./spliceSpoken.ts";
import { sendable, type SpokenText } from "./spokenText.ts";

/** `{{name}}`, white space inside the braces allowed. Linear: a name is looked at once for its braces. */
const VARIABLE = /\{\{\s*([\p{L}\p{M}\p{N}_.-]+)\s*\}\}/gu;
const NAME = /^[\p{L}\p{M}\p{N}_.-]+$/u;

/** Whether a variable may be called so: letters, digits, `_`, `-`, `.`. */
export function isVariableName(name: string): boolean {
  return NAME.test(name);
}

/** The names of the variables that a text seems to hold, each once, in their order. */
export function variableNames(text: string): readonly string[] {
  return [...new Set([...text.matchAll(VARIABLE)].map(([, name = ""]) => name))];
}

/** The text with the inside of each `{{name}}` put otherwise. */
export function rewriteVariables(text: string, rewrite: (written: string) => string): string {
  return text.includes("{{") ? text.replace(VARIABLE, rewrite) : text;
}

/** A text whose variables are filled, as far as they have values. */
export interface FilledText extends Spliced {
  readonly unfilled: readonly UnfilledVariable[];
  /** UTF-16 units of all values that are put. */
  readonly put: number;
}

/** What is put in the place of what is written; told in the place of it, where that would be too much. */
export interface TooMuch {
  readonly tooMuch: UnfilledVariable;
  /** UTF-16 units that would be put, as far as they were counted. */
  readonly put: number;
}

/**
 * Fills the variables of what is said. Values are text, whoever wrote them: they are put once, what looks like a variable in
 * them stays, and they can't make a tag of the service. Braces in code, and escaped ones, are text. A variable within
 * `<spell>…</spell>` is filled, too; one in another tag of the service is not, for there it would be no text.
 * @param values as text alone: `valuesAsText`.
 * @param room how many UTF-16 units may be put.
 */
export function fillVariables(
  spoken: SpokenText,
  values: ReadonlyMap<string, string>,
  room: number,
): FilledText | TooMuch {
  const { text, offsets } = spoken;
  if (!text.includes("{{")) return { text, offsets, written: [], unfilled: [], put: 0 };
  const tags = findServiceTags(text).filter(({ kind }) => kind !== "spell");
  const changes: Change[] = [];
  const unfilled: UnfilledVariable[] = [];
  let next = 0;
  let put = 0;
  for (const { 0: written, 1: name = "", index: start } of text.matchAll(VARIABLE)) {
    const end = start + written.length;
    if (isLiteral(spoken, start, end)) continue;
    while ((tags[next]?.end ?? Infinity) <= start) next++;
    const inTag = (tags[next]?.start ?? Infinity) < end;
    const value = inTag ? undefined : values.get(name);
    const [from = 0, last = 0] = [offsets[start], offsets[end - 1]];
    put += value?.length ?? 0;
    if (put > room) {
      return { tooMuch: { name, start: from, end: last + 1, inTag, tooMuch: true }, put };
    }
    if (value === undefined) unfilled.push({ name, start: from, end: last + 1, inTag });
    else changes.push({ start, end, text: value });
  }
  return { ...spliceSpoken(spoken, changes), unfilled, put };
}

/** Values as text alone, by their variables' names. */
export function valuesAsText(values: Words): ReadonlyMap<string, string> {
  return new Map(Object.entries(values).map(([name, value]) => [name, withoutTags(value)]));
}

/** Whether the braces are the writer's text: in code, escaped, or written as character references. */
function isLiteral({ offsets, literal }: SpokenText, start: number, end: number): boolean {
  if (!literal) return false;
  return [start, start + 1, end - 2, end - 1].some((at) => literal.has(offsets[at] ?? -1));
}

/** A value as text alone: brackets that could be part of a tag of the service become spaces. */
function withoutTags(value: string): string {
  return oneLine(value.replace(/[<[](?!\s)|(?<!\s)[>\]]/g, " "));
}

/** Text as it can stand in a transcript: white space is one space, and what can't be sent is gone. */
export function oneLine(text: string): string {
  return sendable(text.replace(/(?:(?!\uFEFF)[\s\u0085])+/g, " ")).text.trim();
}

/** The variables that have no value, where they stand in the document. */
export function unfilledVariables(segments: readonly Segment[]): ScriptProblem[] {
  const problems: ScriptProblem[] = [];
  for (const { start: base, unfilled } of segments) {
    for (const { name, start, end, inTag, tooMuch, isMisplaced } of unfilled ?? []) {
      if (isMisplaced) continue; // told of once, for all of its segments
      if (tooMuch) {
        const place = { start: base + start, end: base + end };
        problems.push({ ...place, message: tooMuchPut(name), code: "too-long", severity: "error" });
        continue;
      }
      const variable = `{{${name}}}`;
      const message = inTag
        ? l10n.t(
            "No variable is filled within a tag of the service, and this segment is not spoken. Write the value of {0} there.",
            variable,
          )
        : l10n.t(
            "The variable {0} has no value, and this segment is not spoken. Give it one under `variables` in the front matter, or in the sample values.",
            variable,
          );
      problems.push({ start: base + start, end: base + end, message });
    }
  }
  return problems;
}

/** UTF-16 units of a name that a sentence quotes at most. */
const longestQuoted = 60;

function tooMuchPut(name: string): string {
  const quoted = name.length > longestQuoted ? `${name.slice(0, longestQuoted)}…` : name;
  return l10n.t(
    "Variables and pronunciations make this segment, or the whole script, far longer than it is written: from `{0}` on it is too long, and is not spoken. Shorten what is put there.",
    quoted,
  );
}

/** How many names a sentence has at most. */
const mostNames = 10;

/** Why a segment with such variables can't be spoken: a sentence. */
export function reasonUnfilled(unfilled: readonly UnfilledVariable[]): string {
  if (unfilled.some(({ isMisplaced }) => isMisplaced)) {
    return l10n.t("A `speech:` block stands in this segment: it counts on the first line only.");
  }
  const much = unfilled.find(({ tooMuch }) => tooMuch);
  if (much) return tooMuchPut(much.name);
  const all = [...new Set(unfilled.map(({ name }) => `{{${name}}}`))];
  const names = all.length > mostNames ? [...all.slice(0, mostNames), "…"] : all;
  const last = names.pop() ?? "";
  return names.length === 0
    ? l10n.t("The variable {0} has no value.", last)
    : l10n.t("The variables {0} and {1} have no values.", names.join(", "), last);
}
