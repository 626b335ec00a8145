import { CharacterLimit } from "../session/context/characterLimit.ts";
import {
  exitCodeOf,
  exitCodes,
  explain,
  joinExitCodes,
  type ExitCode,
  type Outcome,
} from "./exitCodes.ts";
import { openScript, type OpenedScript } from "./openScript.ts";
import type { RenderRequest } from "./renderRequest.ts";
import {
  describeRendered,
  renderScript,
  untried,
  type RenderedScript,
  type SpeakingEvent,
} from "./renderScript.ts";
import {
  assertMeant,
  assertPlaced,
  documentPath,
  readScriptFiles,
  type ScriptFile,
} from "./scriptFile.ts";
import type { Speaker } from "./speaker.ts";
import type { Inputs } from "./standardInput.ts";

/** What happens while scripts are rendered. */
export type RenderEvent =
  /** All scripts are read and counted; speech follows, unless it would be too much. */
  | { readonly type: "opened" }
  | { readonly type: "too-much"; readonly characters: number; readonly allowed: number }
  | SpeakingEvent
  | { readonly type: "rendered"; readonly script: OpenedScript; readonly rendered: RenderedScript }
  | { readonly type: "failed"; readonly script: ScriptFile; readonly error: unknown };

/** What an operation works with. */
export interface RenderContext extends Inputs {
  readonly speaker: Speaker;
  /** Aborted, what is whole is saved. */
  readonly stop: AbortSignal;
  readonly report: (event: RenderEvent) => void;
}

/**
 * Speaks what is missing or changed of scripts, and saves it. All scripts are read, opened and counted before anything is sent
 * for the first of them.
 * @throws UsageError for files that can't be read; ClipError where the place of clips can't be used.
 */
export async function render(request: RenderRequest, context: RenderContext): Promise<Outcome> {
  const { maxCharacters = Infinity } = request;
  const { speaker, cwd, report } = context;
  const characterLimit = new CharacterLimit(maxCharacters);
  const open = (script: ScriptFile): Promise<OpenedScript> =>
    openScript(script, { request, service: speaker.name, characterLimit, cwd });
  const read = await readScriptFiles(request, context);
  for (const script of read) assertPlaced(script, request.out);
  if (!request.anyFile) for (const script of read) assertMeant(script, request.markers);
  const scripts: OpenedScript[] = [];
  for (const script of read) scripts.push(await open(script));
  report({ type: "opened" });
  const characters = scripts
    .flatMap(({ plans }) => plans)
    .reduce((sum, plan) => sum + plan.characters, 0);
  if (characters > maxCharacters) {
    report({ type: "too-much", characters, allowed: maxCharacters });
    return { exitCode: exitCodes.tooMuch, document: undefined };
  }
  return renderAll(scripts, open, context);
}

async function renderAll(
  scripts: readonly OpenedScript[],
  open: (script: ScriptFile) => Promise<OpenedScript>,
  context: RenderContext,
): Promise<Outcome> {
  const { report, speaker } = context;
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
      const script = isTaken ? await open(known.script) : known;
      folders.add(script.opened.folder);
      const rendered = await renderScript(script, context);
      report({ type: "rendered", script, rendered });
      described.push(describeRendered(script, rendered));
      codes.push(rendered.exitCode);
      if (rendered.stopped || (rendered.endedEarly && hopeless.has(rendered.exitCode))) {
        ended = rendered;
      }
    } catch (error) {
      report({ type: "failed", script: known.script, error });
      const exitCode = exitCodeOf(error);
      described.push({ file: documentPath(known.script), exitCode, error: explain(error) });
      codes.push(exitCode);
    }
  }
  const exitCode = joinExitCodes(codes);
  const document = { command: "render", service: speaker.name, exitCode, files: described };
  return { exitCode, document };
}

/** Where these ended a run, the next script would fail alike. */
const hopeless: ReadonlySet<ExitCode> = new Set([
  exitCodes.key,
  exitCodes.unreachable,
  exitCodes.limit,
  exitCodes.tooMuch,
]);
