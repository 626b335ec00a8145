import type { ScriptProblem } from "../../script/model/script.ts";

/** Something that is wrong at a place. */
export type PlacedProblem = Pick<ScriptProblem, "severity" | "code" | "message">;

/** A problem as compilers tell of theirs: `talk.md:3:10: warning: There is … [code]`. */
export function problemLine(
  place: string,
  { severity = "warning", code = "script", message }: PlacedProblem,
): string {
  return `${place}: ${severity}: ${message} [${code}]`;
}
