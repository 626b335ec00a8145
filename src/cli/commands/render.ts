import { CharacterLimit } from "../../session/context/characterLimit.ts";
import { readArguments } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import {
  exitCodeOf,
  exitCodes,
  explain,
  joinExitCodes,
  type ExitCode,
} from "../common/exitCodes.ts";
import { openScript, type OpenedScript } from "./openScript.ts";
import { commonOptions } from "../common/options.ts";
import { readWords } from "../common/readWords.ts";
import { renderScript, untried, type RenderedScript } from "./renderScript.ts";
import { assertMeant, readScriptFiles, type ScriptFile } from "../common/scriptFile.ts";
import { chooseSpeaker, type Speaker } from "../common/speaker.ts";
import { describeRendered, tellRendered } from "./tellRendered.ts";
import { readRenderWishes, renderOptions } from "./wishes.ts";

const options = { ...renderOptions, ...commonOptions } as const;

/** `render`: speaks what is missing or changed, and saves it. */
export const renderCommand: Command = {
  usage: "render FILE… [options]",
  summary: "speak what is missing or changed, and save it beside the script",
  details: [
    "Prints for each clip its path, its seconds, and whether it was spoken now or was ready already.",
    "What a script's front matter says of its sound comes before --voice, --model and --language.",
  ],
  options,
  run: runRender,
};

/** All scripts are read, opened and counted before anything is sent for the first of them. */
async function runRender(args: readonly string[], call: Call): Promise<ExitCode> {
  const { terminal, cwd } = call;
  const { given, files } = readArguments(args, options);
  const wishes = readRenderWishes(given);
  const words = await readWords(given, cwd);
  const speaker = chooseSpeaker(given, call);
  const { maxCharacters = Infinity } = wishes;
  const characterLimit = new CharacterLimit(maxCharacters);
  const open = (script: ScriptFile): Promise<OpenedScript> =>
    openScript(script, { wishes, words, service: speaker.name, characterLimit, cwd });
  const scripts: OpenedScript[] = [];
  const read = await readScriptFiles(files, cwd);
  if (!given["any-file"]) for (const script of read) assertMeant(script, wishes.markers);
  for (const script of read) scripts.push(await open(script));
  terminal.note(speaker.label);
  const toSend = scripts
    .flatMap(({ plans }) => plans)
    .reduce((sum, { characters }) => sum + characters, 0);
  if (toSend > maxCharacters) {
    terminal.error(
      `This would send ${toSend} characters, and --max-characters allows ${maxCharacters}. Nothing was sent.`,
    );
    return exitCodes.tooMuch;
  }
  try {
    return await renderAll(scripts, { open, speaker, call, json: given.json ?? false });
  } finally {
    await speaker.close();
  }
}

interface Rendering {
  readonly open: (script: ScriptFile) => Promise<OpenedScript>;
  readonly speaker: Speaker;
  readonly call: Call;
  readonly json: boolean;
}

async function renderAll(
  scripts: readonly OpenedScript[],
  { open, speaker, call, json }: Rendering,
): Promise<ExitCode> {
  const { terminal, stop, cwd } = call;
  const folders = new Set<string>();
  const codes: ExitCode[] = [];
  const described: object[] = [];
  let ended: RenderedScript | undefined;
  for (const known of scripts) {
    if (ended) {
      described.push(describeRendered(known, untried(known, ended)));
      continue;
    }
    try {
      // Of `talk.md` and `talk.txt` the first gets `talk.speech`: where the other's clips lie is known after that.
      const isTaken = folders.has(known.opened.folder);
      const opened = isTaken ? await open(known.script) : known;
      folders.add(opened.opened.folder);
      const rendered = await renderScript(opened, { speaker, terminal, stop });
      tellRendered(opened, rendered, { terminal, cwd });
      described.push(describeRendered(opened, rendered));
      codes.push(rendered.exitCode);
      if (rendered.stopped || (rendered.endedEarly && hopeless.has(rendered.exitCode))) {
        ended = rendered;
      }
    } catch (error) {
      terminal.error(`${known.script.name}: ${explain(error)}`);
      const exitCode = exitCodeOf(error);
      described.push({ file: known.script.path, exitCode, error: explain(error) });
      codes.push(exitCode);
    }
  }
  const exitCode = joinExitCodes(codes);
  if (json) terminal.json({ command: "render", service: speaker.name, exitCode, files: described });
  return exitCode;
}

/** Where these ended a run, the next script would fail alike. */
const hopeless: ReadonlySet<ExitCode> = new Set([
  exitCodes.key,
  exitCodes.unreachable,
  exitCodes.limit,
  exitCodes.tooMuch,
]);
