import type { LintOptions } from "../language/problems/scriptLinter.ts";
import type { Problem } from "../language/problems/problem.ts";
import type { Script } from "../script/model/script.ts";
import { exitCodes, type Outcome } from "./exitCodes.ts";
import { findStaleClips, type Freshness } from "./freshness.ts";
import { LineIndex, type TextPlace } from "./lineIndex.ts";
import type { SavedClipsOptions } from "./savedClips.ts";
import {
  assertPlaced,
  documentPath,
  readScriptFiles,
  type NamedScripts,
  type ScriptFile,
} from "./scriptFile.ts";
import type { Inputs } from "./standardInput.ts";
import type { SpokenPart } from "./spokenReport.ts";

/** Which scripts are checked, and how. */
export interface CheckRequest extends NamedScripts {
  readonly lint: Omit<LintOptions, "language">;
  /** Where clips are sought, if they are to be fresh. */
  readonly clips: SavedClipsOptions | undefined;
  /** Whether what is said, and what is not, is to be listed. */
  readonly spoken: boolean;
}

/** What was found of a script. */
export interface CheckedScript {
  readonly file: ScriptFile;
  readonly script: Script;
  readonly problems: readonly FoundProblem[];
  readonly fresh: Freshness | undefined;
  readonly spoken: readonly SpokenPart[] | undefined;
}

/** A problem, as the JSON document has it. */
export interface FoundProblem extends TextPlace, Pick<Problem, "severity" | "code" | "message"> {
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * Tells what an editor underlines in scripts, and whether their clips are fresh. Sends nothing, writes nothing.
 * @param report is told of each script when it is checked.
 * @throws UsageError for files that can't be read; as `readSavedClips`.
 */
export async function check(
  request: CheckRequest,
  inputs: Inputs,
  report: (checked: CheckedScript) => void,
): Promise<Outcome> {
  const checked: CheckedScript[] = [];
  for (const file of await readScriptFiles(request, inputs)) {
    const found = await checkScript(file, request);
    report(found);
    checked.push(found);
  }
  const exitCode = checked.some(isAmiss) ? exitCodes.incomplete : exitCodes.done;
  return { exitCode, document: { command: "check", exitCode, files: checked.map(describe) } };
}

async function checkScript(
  file: ScriptFile,
  { lint, clips, spoken: isSpoken }: CheckRequest,
): Promise<CheckedScript> {
  const { text, language } = file;
  if (clips) assertPlaced(file, clips.out);
  const [{ parseScript }, { lintScript }] = await Promise.all([
    import("../script/reader/parseScript.ts"),
    import("../language/language.ts"),
  ]);
  const script = parseScript(text, { language, ...lint });
  const lines = new LineIndex(text);
  const problems = [...lintScript(text, { language, ...lint }), ...silenceOf(script)].map(
    ({ start, end, severity, code, message }) => {
      const { line: endLine, column: endColumn } = lines.placeOf(end);
      return { ...lines.placeOf(start), endLine, endColumn, severity, code, message };
    },
  );
  const fresh = clips && (await findStaleClips(file, script, clips));
  const { reportSpoken } = await import("./spokenReport.ts");
  const spoken = isSpoken ? reportSpoken(text, script, lines) : undefined;
  return { file, script, problems, fresh, spoken };
}

/** That a script says nothing at all. */
function silenceOf({ segments }: Script): Problem[] {
  if (segments.some(({ speakable, unfilled }) => speakable || unfilled)) return [];
  const message = "This script has nothing to say. Write something in it.";
  return [{ start: 0, end: 0, severity: "error", code: "nothing-to-say", message, fixes: [] }];
}

function isAmiss({ problems, fresh }: CheckedScript): boolean {
  const fails = ({ severity }: FoundProblem): boolean =>
    severity === "error" || severity === "warning";
  return problems.some(fails) || (fresh?.findings.length ?? 0) > 0;
}

function describe({ file, script, problems, fresh, spoken }: CheckedScript): object {
  return {
    file: documentPath(file),
    segments: script.segments.length,
    problems,
    ...(spoken && { spoken }),
    ...(fresh && {
      folder: fresh.folder,
      service: fresh.service,
      fresh: fresh.findings.length === 0,
      findings: fresh.findings.map(({ segment, ...finding }) => ({
        ...(segment !== undefined && { segment: segment + 1 }),
        ...finding,
      })),
    }),
  };
}
