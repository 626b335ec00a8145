import * as l10n from "@vscode/l10n";
import type { ScriptProblem, Span } from "../../script/model/script.ts";

/** Text put in the place of a stretch of the document. */
export interface Edit extends Span {
  readonly text: string;
}

/** What takes a problem away. */
export interface Fix {
  /** What it does, as a command. */
  readonly title: string;
  /** In document order; they do not overlap. */
  readonly edits: readonly Edit[];
  /** Whether it cuts the script otherwise: then there may be hints at segments that were none before. */
  readonly recuts?: boolean;
}

/** Something in a script that will not be heard as its writer meant, what to do, and what does it. */
export interface Problem extends ScriptProblem {
  /** Which rule found it: stable, for tests and for whoever reads diagnostics. */
  readonly code: string;
  readonly severity: NonNullable<ScriptProblem["severity"]>;
  readonly fixes: readonly Fix[];
}

/** What removes this problem: nothing where no change is safe. */
export function fixesFor(problem: Problem): readonly Fix[] {
  return problem.fixes;
}

/** The text after a fix. */
export function applyFix(text: string, { edits }: Fix): string {
  let fixed = "";
  let from = 0;
  for (const edit of edits) {
    fixed += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return fixed + text.slice(from);
}

/** The problem, where the text that has it stands `by` UTF-16 units further on. */
export function moveProblem(problem: Problem, by: number): Problem {
  if (by === 0) return problem;
  return { ...moveSpan(problem, by), fixes: problem.fixes.map((fix) => moveFix(fix, by)) };
}

function moveFix({ edits, ...fix }: Fix, by: number): Fix {
  return { ...fix, edits: edits.map((edit) => moveSpan(edit, by)) };
}

function moveSpan<T extends Span>(span: T, by: number): T {
  return { ...span, start: span.start + by, end: span.end + by };
}

/** A value that stands in the place of another one. */
export function changeTo({ start, end }: Span, text: string): Fix {
  return { title: l10n.t("Change to `{0}`", text), edits: [{ start, end, text }] };
}

interface ValueFinding {
  readonly code: string;
  readonly message: string;
  readonly better: string | undefined;
}

/** A warning about a value, and where it stands plainly the change to a better one. */
export function valueProblem(
  text: string,
  place: Span,
  { code, message, better }: ValueFinding,
): Problem {
  const { start, end } = place;
  const isPlain = /^["']?[\w./-]+["']?$/.test(text.slice(start, end));
  const fixes = better !== undefined && isPlain ? [changeTo(place, better)] : [];
  return { start, end, code, message, severity: "warning", fixes };
}
