import type { RunEnding } from "../preview/run/previewRun.ts";
import { spokenTasks } from "../preview/plan/plan.ts";
import type { SegmentView } from "../preview/scriptPreview.ts";
import type { Failure } from "../session/connection/failure.ts";
import { exitCodeOf, exitCodes, type ExitCode } from "./exitCodes.ts";
import type { OpenedScript } from "./openScript.ts";
import { documentPath, type ScriptFile } from "./scriptFile.ts";
import type { Speaker } from "./speaker.ts";

/** A script of which all that was asked for was tried. */
export interface RenderedScript {
  /** The segments that were asked for and have something to say, if only a variable has a value, in the script's order. */
  readonly segments: readonly RenderedSegment[];
  /** UTF-16 units of all transcripts that were sent. */
  readonly characters: number;
  readonly stopped: boolean;
  /** The first thing that went wrong. */
  readonly failure: Failure | undefined;
  /** Whether that ended it before all was tried. */
  readonly endedEarly: boolean;
  readonly exitCode: ExitCode;
}

/** What became of a segment. */
export interface RenderedSegment {
  readonly view: SegmentView;
  /** Whether it was spoken now; one that was not may have been ready already. */
  readonly spoken: boolean;
}

/** What happens while a script is spoken. */
export type SpeakingEvent =
  /** By segment that is to be spoken, the characters that it has. */
  | {
      readonly type: "begun";
      readonly script: ScriptFile;
      readonly characters: ReadonlyMap<number, number>;
    }
  | { readonly type: "ready"; readonly segment: number }
  | { readonly type: "waiting"; readonly ms: number; readonly reason: string }
  | { readonly type: "ended" };

/** Speaks what is asked for of a script, and saves it. @throws ClipError where the clips can't be put in their places. */
export async function renderScript(
  { script, opened, scopes, plans, watch }: OpenedScript,
  {
    speaker,
    stop,
    report,
  }: { speaker: Speaker; stop: AbortSignal; report: (event: SpeakingEvent) => void },
): Promise<RenderedScript> {
  const { preview } = opened;
  const tasks = plans.flatMap(({ groups }) => spokenTasks(groups));
  const characters = new Map(tasks.map(({ segment, transcript }) => [segment, transcript.length]));
  report({ type: "begun", script, characters });
  const startedAt = new Date().toISOString();
  watch((event) => {
    if (event.type === "waiting") {
      report(event);
    } else if (event.type === "changed" && event.segments && preview.running) {
      const views = preview.segments(event.segments);
      for (const { index, state } of views)
        if (state === "ready") report({ type: "ready", segment: index });
    }
  });
  const halt = (): void => void preview.stop();
  stop.addEventListener("abort", halt, { once: true });
  const endings: RunEnding[] = [];
  try {
    for (const scope of scopes) {
      if (stop.aborted) break;
      const ending = await preview.run(scope, () => speaker.endpoint());
      endings.push(ending);
      if (isFinal(ending)) break;
    }
  } finally {
    stop.removeEventListener("abort", halt);
    report({ type: "ended" });
  }
  const segments = segmentsAsked({ opened, plans }).map((view) => ({
    view,
    spoken: (view.clip?.spokenAt ?? "") >= startedAt,
  }));
  const stopped = stop.aborted || endings.some((ending) => ending.stopped);
  const { failure } = endings.find(({ endedEarly }) => endedEarly) ??
    endings.find((ending) => ending.failure) ?? { failure: undefined };
  const endedEarly = endings.some((ending) => ending.endedEarly);
  return {
    segments,
    characters: endings.reduce((sum, { characters }) => sum + characters, 0),
    stopped,
    failure,
    endedEarly,
    exitCode: codeOf({ stopped, failure, endedEarly, segments }),
  };
}

/** A script that was not tried any more, for what ended the one before it would have ended it, too. */
export function untried(script: OpenedScript, ended: RenderedScript): RenderedScript {
  const segments = segmentsAsked(script).map((view) => ({ view, spoken: false }));
  const { stopped, failure, exitCode } = ended;
  const isReady = segments.every(({ view }) => view.state === "ready");
  return isReady
    ? {
        segments,
        characters: 0,
        stopped: false,
        failure: undefined,
        endedEarly: false,
        exitCode: 0,
      }
    : { segments, characters: 0, stopped, failure, endedEarly: true, exitCode };
}

/** The segments that are asked for and have something to say, as they are now. */
function segmentsAsked({ opened, plans }: Pick<OpenedScript, "opened" | "plans">): SegmentView[] {
  const asked = new Set(plans.flatMap(({ play, unfilled }) => [...play, ...unfilled]));
  return opened.preview.segments().filter(({ index }) => asked.has(index));
}

/** After these what follows would fail alike. */
function isFinal({ stopped, endedEarly }: RunEnding): boolean {
  return stopped || endedEarly;
}

function codeOf({
  stopped,
  failure,
  endedEarly,
  segments,
}: Pick<RenderedScript, "stopped" | "failure" | "endedEarly" | "segments">): ExitCode {
  if (stopped) return exitCodes.stopped;
  if (failure) return endedEarly ? exitCodeOf(failure) : exitCodes.incomplete;
  const isWhole = segments.length > 0 && segments.every(({ view }) => view.state === "ready");
  return isWhole ? exitCodes.done : exitCodes.incomplete;
}

/** How many segments were spoken now, were ready already, and are not ready. */
export function countRendered(
  segments: readonly RenderedSegment[],
): Record<"spoken" | "ready" | "open", number> {
  const whole = segments.filter(({ view }) => view.state === "ready");
  const spoken = whole.filter((segment) => segment.spoken).length;
  return { spoken, ready: whole.length - spoken, open: segments.length - whole.length };
}

/** What became of a script, for the JSON document. */
export function describeRendered(
  { script, opened }: OpenedScript,
  { segments, characters, stopped, failure, exitCode }: RenderedScript,
): object {
  const { spoken, ready, open } = countRendered(segments);
  return {
    file: documentPath(script),
    folder: opened.folder,
    exitCode,
    stopped,
    spoken,
    ready,
    notReady: open,
    characters,
    ...(failure && { failure: { code: failure.code, message: failure.message } }),
    segments: segments.map(({ view, spoken }) => ({
      segment: view.index + 1,
      state: view.state,
      spoken,
      ...(view.speaker !== undefined && { speaker: view.speaker }),
      ...(view.title !== undefined && { title: view.title }),
      ...(view.reason !== undefined && { reason: view.reason }),
      ...(view.clip && {
        path: view.clip.path,
        seconds: view.clip.seconds,
        voice: view.clip.voice,
        model: view.clip.model,
      }),
    })),
  };
}
