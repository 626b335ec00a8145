import { counted } from "../common/counted.ts";
import { check, type CheckedScript, type CheckRequest } from "../../operations/check.ts";
import type { ExitCode } from "../../operations/exitCodes.ts";
import { segmentPlacer, shownPath } from "../../operations/scriptFile.ts";
import { chooseSpeaker, serviceNames } from "../../operations/speaker.ts";
import type { SpokenPart } from "../../operations/spokenReport.ts";
import { oneOf, readArguments } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import { commonOptions, scriptOptions, soundOptions } from "../common/options.ts";
import type { Terminal } from "../common/terminal.ts";
import { problemLine } from "../common/problemLine.ts";
import { readWords } from "../common/readWords.ts";
import { readMarkers, readSoundSettings, readStdinName } from "../common/soundSettings.ts";

const options = {
  fresh: { type: "boolean", help: "check, too, that the saved clips are those of the script" },
  spoken: { type: "boolean", help: "print, too, what is said and what is not, with the reason" },
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
  usage: "check FILE…|- [options]",
  summary: "tell what in a script will not be heard as its writer meant",
  details: [
    "Prints file:line:column: severity: message [code]. Sends nothing, writes nothing, and needs no key.",
    "Errors and warnings fail (exit code 1); what is of the severity information or hint does not.",
    "With --spoken it prints, too, what each segment sends, and all that is not spoken, with the reason.",
    "With --fresh each segment must have its clip in its place, and no other clip may lie in one.",
  ],
  options,
  run: runCheck,
};

async function runCheck(args: readonly string[], call: Call): Promise<ExitCode> {
  const { given, files } = readArguments(args, options);
  const { terminal, cwd } = call;
  const settings = readSoundSettings(given);
  const service = oneOf("service", given.service, serviceNames);
  const { name } = chooseSpeaker(service === undefined ? {} : { service }, call);
  const words = await readWords(given, call);
  const request: CheckRequest = {
    files,
    stdinName: readStdinName(given),
    lint: {
      markers: readMarkers(given),
      ...words,
      model: settings.model,
      voice: settings.voice,
      spoken: settings.language,
      service: name,
    },
    spoken: given.spoken ?? false,
    clips: given.fresh ? { settings, service, out: given.out, cwd } : undefined,
  };
  const { exitCode, document } = await check(request, call, (found) => tell(found, call));
  if (given.json && document) terminal.json(document);
  return exitCode;
}

function tell(
  { file, script, problems, fresh, spoken }: CheckedScript,
  { terminal, cwd }: Call,
): void {
  for (const problem of problems) {
    const { line, column } = problem;
    terminal.result(problemLine(`${file.name}:${line}:${column}`, problem));
  }
  if (spoken) tellSpoken(file.name, spoken, terminal);
  const placeOf = segmentPlacer(file);
  for (const { kind: code, segment, path, message } of fresh?.findings ?? []) {
    const found = segment === undefined ? undefined : script.segments[segment];
    const place = found ? placeOf(found) : shownPath(path ?? file.path, cwd);
    terminal.result(problemLine(place, { severity: "error", code, message }));
  }
}

function tellSpoken(name: string, parts: readonly SpokenPart[], terminal: Terminal): void {
  for (const part of parts) {
    const place = `${name}:${part.line}:${part.column}`;
    const words = inShort(part.text);
    terminal.result(
      part.kind === "spoken"
        ? `${place}: spoken ${part.segment}: ${words}`
        : `${place}: silent: ${words} (${part.message}) [${part.reason}]`,
    );
  }
  const of = (kind: SpokenPart["kind"]): readonly SpokenPart[] =>
    parts.filter((part) => part.kind === kind);
  const count = of("spoken").reduce((sum, { text }) => sum + text.length, 0);
  const segments = counted(of("spoken").length, "segment");
  const silent = of("silent").length;
  const spoken = `${counted(count, "character")} ${count === 1 ? "is" : "are"} spoken, in ${segments}`;
  const rest = `${counted(silent, "stretch", "stretches")} ${silent === 1 ? "is" : "are"} not`;
  terminal.result(`${name}: ${spoken}; ${rest}.`);
}

/** UTF-16 units of a text that a line has at most; the JSON document has all of it. */
const longestLine = 2000;

function inShort(text: string): string {
  const line = text.slice(0, longestLine).replace(/\s+/g, " ").trim();
  return text.length > longestLine ? `${line}…` : line;
}
