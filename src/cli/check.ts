import type { Script } from "../script/script.ts";
import { oneOf, readArguments } from "./arguments.ts";
import type { Call, Command } from "./command.ts";
import { exitCodes, type ExitCode } from "./exitCodes.ts";
import { findStaleClips, type Freshness } from "./freshness.ts";
import { LineIndex } from "./lineIndex.ts";
import { commonOptions, scriptOptions, soundOptions } from "./options.ts";
import { readWords } from "./readWords.ts";
import { readScriptFiles, segmentPlacer, shownPath, type ScriptFile } from "./scriptFile.ts";
import { readMarkers, readSoundSettings } from "./soundSettings.ts";
import { serviceNames } from "./speaker.ts";

const options = {
  fresh: { type: "boolean", help: "check, too, that the saved clips are those of the script" },
  ...scriptOptions,
  service: {
    type: "string",
    value: "local|cartesia",
    help: "with --fresh: what must have spoken; by default what most clips name",
  },
  ...soundOptions,
  ...commonOptions,
} as const;

/** `check`: tells what will not do what a script's writer meant, and whether its clips are fresh. */
export const checkCommand: Command = {
  usage: "check FILE… [options]",
  summary: "tell what in a script will not do what its writer meant",
  details: [
    "Prints file:line:column: message. Sends nothing, writes nothing, and needs no key.",
    "With --fresh each segment must have its clip in its place, and no other clip may lie in one.",
  ],
  options,
  run: runCheck,
};

async function runCheck(args: readonly string[], call: Call): Promise<ExitCode> {
  const { given, files } = readArguments(args, options);
  const settings = readSoundSettings(given);
  const markers = readMarkers(given);
  const service = oneOf("service", given.service, serviceNames);
  const words = await readWords(given, call.cwd);
  const scripts = await readScriptFiles(files, call.cwd);
  const { parseScript } = await import("../script/parseScript.ts");
  const { terminal, cwd } = call;
  const described: object[] = [];
  let count = 0;
  for (const file of scripts) {
    const script = parseScript(file.text, { language: file.language, markers, ...words });
    const problems = problemsOf(script);
    const fresh = given.fresh
      ? await findStaleClips(file, script, { settings, service, out: given.out, cwd })
      : undefined;
    count += problems.length + (fresh?.findings.length ?? 0);
    const placeOf = segmentPlacer(file);
    for (const problem of problems) terminal.result(`${placeOf(problem)}: ${problem.message}`);
    for (const { segment, path, message } of fresh?.findings ?? []) {
      const found = segment === undefined ? undefined : script.segments[segment];
      const place = found ? placeOf(found) : shownPath(path ?? file.path, cwd);
      terminal.result(`${place}: ${message}`);
    }
    described.push(describe(file, { script, problems, fresh }));
  }
  const exitCode = count > 0 ? exitCodes.incomplete : exitCodes.done;
  if (given.json) terminal.json({ command: "check", exitCode, files: described });
  return exitCode;
}

/** What is wrong with a script, and whether it says anything at all. */
function problemsOf({ problems, segments }: Script): Script["problems"] {
  if (segments.some(({ speakable, unfilled }) => speakable || unfilled)) return problems;
  const message = "This script has nothing to say. Write something in it.";
  return [...problems, { start: 0, end: 0, message }];
}

function describe(
  { path, text }: ScriptFile,
  {
    script,
    problems,
    fresh,
  }: {
    readonly script: Script;
    readonly problems: Script["problems"];
    readonly fresh: Freshness | undefined;
  },
): object {
  const lines = new LineIndex(text);
  return {
    file: path,
    segments: script.segments.length,
    problems: problems.map(({ start, end, message }) => ({
      ...lines.placeOf(start),
      endLine: lines.placeOf(end).line,
      endColumn: lines.placeOf(end).column,
      message,
    })),
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
