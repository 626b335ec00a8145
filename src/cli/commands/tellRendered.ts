import { counted } from "../common/counted.ts";
import { explain } from "../../operations/exitCodes.ts";
import type { OpenedScript } from "../../operations/openScript.ts";
import { problemLine } from "../common/problemLine.ts";
import { countRendered, type RenderedScript } from "../../operations/renderScript.ts";
import { segmentPlacer, shownPath } from "../../operations/scriptFile.ts";
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
  const { spoken, ready, open } = countRendered(segments);
  const parts = [
    `${spoken} spoken`,
    `${ready} ready already`,
    ...(open > 0 ? [`${open} not ready`] : []),
    `${counted(characters, "character")} sent`,
  ];
  return `${stopped ? "Stopped. " : ""}${parts.join(", ")}.`;
}
