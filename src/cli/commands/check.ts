import type { LintOptions } from "../../language/problems/scriptLinter.ts";
import type { Problem } from "../../language/problems/problem.ts";
import type { Script } from "../../script/model/script.ts";
import { oneOf, readArguments } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import { exitCodes, type ExitCode } from "../common/exitCodes.ts";
import { findStaleClips, type Freshness } from "./freshness.ts";
import { LineIndex, type TextPlace } from "../common/lineIndex.ts";
import { commonOptions, scriptOptions, soundOptions } from "../common/options.ts";
import { problemLine } from "../common/problemLine.ts";
import { readWords } from "../common/readWords.ts";
import type { SavedClipsOptions } from "../common/savedClips.ts";
import {
  readScriptFiles,
  segmentPlacer,
  shownPath,
  type ScriptFile,
} from "../common/scriptFile.ts";
import { readMarkers, readSoundSettings } from "../common/soundSettings.ts";
import { chooseSpeaker, serviceNames } from "../common/speaker.ts";

const options = {
  fresh: { type: "boolean", help: "check, too, that the saved clips are those of the script" },
  ...scriptOptions,
  service: {
    type: "string",
    value: "local|cartesia",
    help: "who is to speak, as for render; with --fresh, who must have: by default what most clips name",
  },
  ...soundOptions,
  ...commonOptions,
} as const;

/** `check`: tells all that the editor underlines in a script, and whether its clips are fresh. */
export const checkCommand: Command = {
  usage: "check FILE… [options]",
  summary: "tell what in a script will not be heard as its writer meant",
  details: [
    "Prints file:line:column: severity: message [code]. Sends nothing, writes nothing, and needs no key.",
    "Errors and warnings fail (exit code 1); what is of the severity information or hint does not.",
    "With --fresh each segment must have its clip in its place, and no other clip may lie in one.",
  ],
  options,
  run: runCheck,
};

/** How scripts are checked. */
interface Checking {
  readonly lint: Omit<LintOptions, "language">;
  /** Where clips are sought, if they are to be fresh. */
  readonly clips: SavedClipsOptions | undefined;
}

/** What was found of a script. */
interface Checked {
  readonly file: ScriptFile;
  readonly script: Script;
  readonly problems: readonly FoundProblem[];
  readonly fresh: Freshness | undefined;
}

/** A problem, as the JSON document has it. */
interface FoundProblem extends TextPlace, Pick<Problem, "severity" | "code" | "message"> {
  readonly endLine: number;
  readonly endColumn: number;
}

async function runCheck(args: readonly string[], call: Call): Promise<ExitCode> {
  const { given, files } = readArguments(args, options);
  const { terminal, cwd } = call;
  const settings = readSoundSettings(given);
  const service = oneOf("service", given.service, serviceNames);
  const { name } = chooseSpeaker(service === undefined ? {} : { service }, call);
  const words = await readWords(given, cwd);
  const how: Checking = {
    lint: {
      markers: readMarkers(given),
      ...words,
      model: settings.model,
      voice: settings.voice,
      spoken: settings.language,
      service: name,
    },
    clips: given.fresh ? { settings, service, out: given.out, cwd } : undefined,
  };
  const checked: Checked[] = [];
  for (const file of await readScriptFiles(files, cwd)) {
    const found = await checkScript(file, how);
    tell(found, call);
    checked.push(found);
  }
  const exitCode = checked.some(isAmiss) ? exitCodes.incomplete : exitCodes.done;
  const described = checked.map(describe);
  if (given.json) terminal.json({ command: "check", exitCode, files: described });
  return exitCode;
}

async function checkScript(file: ScriptFile, { lint, clips }: Checking): Promise<Checked> {
  const { text, language } = file;
  const [{ parseScript }, { lintScript }] = await Promise.all([
    import("../../script/reader/parseScript.ts"),
    import("../../language/language.ts"),
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
  return { file, script, problems, fresh };
}

/** That a script says nothing at all. */
function silenceOf({ segments }: Script): Problem[] {
  if (segments.some(({ speakable, unfilled }) => speakable || unfilled)) return [];
  const message = "This script has nothing to say. Write something in it.";
  return [{ start: 0, end: 0, severity: "error", code: "nothing-to-say", message, fixes: [] }];
}

function isAmiss({ problems, fresh }: Checked): boolean {
  const fails = ({ severity }: FoundProblem): boolean =>
    severity === "error" || severity === "warning";
  return problems.some(fails) || (fresh?.findings.length ?? 0) > 0;
}

function tell({ file, script, problems, fresh }: Checked, { terminal, cwd }: Call): void {
  for (const problem of problems) {
    const { line, column } = problem;
    terminal.result(problemLine(`${file.name}:${line}:${column}`, problem));
  }
  const placeOf = segmentPlacer(file);
  for (const { kind: code, segment, path, message } of fresh?.findings ?? []) {
    const found = segment === undefined ? undefined : script.segments[segment];
    const place = found ? placeOf(found) : shownPath(path ?? file.path, cwd);
    terminal.result(problemLine(place, { severity: "error", code, message }));
  }
}

function describe({ file, script, problems, fresh }: Checked): object {
  return {
    file: file.path,
    segments: script.segments.length,
    problems,
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
