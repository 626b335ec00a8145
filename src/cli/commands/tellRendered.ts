import { explain } from "../common/exitCodes.ts";
import type { OpenedScript } from "./openScript.ts";
import { problemLine } from "../common/problemLine.ts";
import type { RenderedScript, RenderedSegment } from "./renderScript.ts";
import { segmentPlacer, shownPath } from "../common/scriptFile.ts";
import type { Terminal } from "../common/terminal.ts";

/** Tells what became of a script: a line for each clip, what went wrong, and the sum. */
export function tellRendered(
  { script, opened }: OpenedScript,
  rendered: RenderedScript,
  { terminal, cwd }: { terminal: Terminal; cwd: string },
): void {
  const placeOf = segmentPlacer(script);
  for (const notice of opened.notices) terminal.note(notice);
  for (const problem of opened.preview.problems) {
    terminal.note(problemLine(placeOf(problem), problem));
  }
  for (const { view, spoken } of rendered.segments) {
    const { clip, state, reason, index } = view;
    if (clip && state === "ready") {
      const seconds = `${clip.seconds.toFixed(2)} s`;
      const line = [shownPath(clip.path, cwd), seconds, spoken ? "spoken" : "ready"];
      terminal.result(line.join("\t"));
    } else if (reason !== undefined && tellsOfSegments(rendered)) {
      terminal.error(`${placeOf(view)}: segment ${index + 1}: ${state}: ${reason}`);
    }
  }
  if (rendered.failure) terminal.error(`${script.name}: ${explain(rendered.failure)}`);
  if (rendered.segments.length === 0) terminal.error(`“${script.name}” has nothing to say.`);
  else terminal.note(`${script.name}: ${sumUp(rendered)}`);
}

/** What ended the whole run is said once; what some segments met, for each of them. */
function tellsOfSegments({ stopped, endedEarly }: RenderedScript): boolean {
  return !stopped && !endedEarly;
}

function sumUp({ segments, characters, stopped }: RenderedScript): string {
  const { spoken, ready, open } = count(segments);
  const parts = [
    `${spoken} spoken`,
    `${ready} ready already`,
    ...(open > 0 ? [`${open} not ready`] : []),
    `${characters} characters sent`,
  ];
  return `${stopped ? "Stopped. " : ""}${parts.join(", ")}.`;
}

function count(segments: readonly RenderedSegment[]): Record<"spoken" | "ready" | "open", number> {
  const whole = segments.filter(({ view }) => view.state === "ready");
  const spoken = whole.filter((segment) => segment.spoken).length;
  return { spoken, ready: whole.length - spoken, open: segments.length - whole.length };
}

/** What became of a script, for the JSON document. */
export function describeRendered(
  { script, opened }: OpenedScript,
  { segments, characters, stopped, failure, exitCode }: RenderedScript,
): object {
  const { spoken, ready, open } = count(segments);
  return {
    file: script.path,
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
