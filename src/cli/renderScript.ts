import type { RunEnding } from "../preview/previewRun.ts";
import type { SegmentView } from "../preview/scriptPreview.ts";
import type { Failure } from "../session/failure.ts";
import { exitCodeOf, exitCodes, type ExitCode } from "./exitCodes.ts";
import type { OpenedScript } from "./openScript.ts";
import { Progress } from "./progress.ts";
import type { Speaker } from "./speaker.ts";
import type { Terminal } from "./terminal.ts";

/** A script of which all that was asked for was tried. */
export interface RenderedScript {
  /** The segments that were asked for and have something to say, if only a variable has a value, in the script's order. */
  readonly segments: readonly RenderedSegment[];
  /** UTF-16 units of all transcripts that were sent. */
  readonly characters: number;
  readonly stopped: boolean;
  /** The first thing that went wrong. */
  readonly failure: Failure | undefined;
  readonly exitCode: ExitCode;
}

/** What became of a segment. */
export interface RenderedSegment {
  readonly view: SegmentView;
  /** Whether it was spoken now; one that was not may have been ready already. */
  readonly spoken: boolean;
}

/** Speaks what is asked for of a script, and saves it. @throws ClipError where the clips can't be put in their places. */
export async function renderScript(
  { script, opened, scopes, plans, watch }: OpenedScript,
  { speaker, terminal, stop }: { speaker: Speaker; terminal: Terminal; stop: AbortSignal },
): Promise<RenderedScript> {
  const { preview } = opened;
  const tasks = plans.flatMap(({ groups }) => groups.flat());
  const progress = new Progress(
    terminal,
    script.name,
    new Map(tasks.map(({ segment, transcript }) => [segment, transcript.length])),
  );
  const startedAt = new Date().toISOString();
  watch((event) => {
    if (event.type === "waiting") {
      terminal.note(`${event.reason} Trying again in ${event.ms / 1000} s.`);
    } else if (event.type === "changed" && event.segments && preview.running) {
      const views = preview.segments(event.segments);
      for (const { index, state } of views) if (state === "ready") progress.done(index);
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
    progress.end();
  }
  const asked = new Set(plans.flatMap(({ play, unfilled }) => [...play, ...unfilled]));
  const segments = preview
    .segments()
    .filter(({ index }) => asked.has(index))
    .map((view) => ({ view, spoken: (view.clip?.spokenAt ?? "") >= startedAt }));
  const stopped = stop.aborted || endings.some((ending) => ending.stopped);
  const failure = endings.find((ending) => ending.failure)?.failure;
  return {
    segments,
    characters: endings.reduce((sum, { characters }) => sum + characters, 0),
    stopped,
    failure,
    exitCode: codeOf({ stopped, failure, segments }),
  };
}

/** After these what follows would fail alike. */
function isFinal({ stopped, failure }: RunEnding): boolean {
  return stopped || (failure !== undefined && exitCodeOf(failure) !== exitCodes.incomplete);
}

function codeOf({
  stopped,
  failure,
  segments,
}: Pick<RenderedScript, "stopped" | "failure" | "segments">): ExitCode {
  if (stopped) return exitCodes.stopped;
  if (failure) return exitCodeOf(failure);
  const isWhole = segments.length > 0 && segments.every(({ view }) => view.state === "ready");
  return isWhole ? exitCodes.done : exitCodes.incomplete;
}
