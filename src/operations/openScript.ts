import { pathToFileURL } from "node:url";
import type { OpenedPreview } from "../preview/openPreview.ts";
import type { RunPlan, RunScope } from "../preview/plan/plan.ts";
import type { PreviewEvent } from "../preview/scriptPreview.ts";
import { assertInOut, clipPlaceOf } from "./outFolder.ts";
import type { CharacterLimit } from "../session/context/characterLimit.ts";
import { UsageError } from "./exitCodes.ts";
import type { ScriptFile } from "./scriptFile.ts";
import type { RenderRequest } from "./renderRequest.ts";

/** A script whose clips are open, and what of it is asked for. */
export interface OpenedScript {
  readonly script: ScriptFile;
  readonly opened: OpenedPreview;
  /** The parts of it that are asked for, in its order. */
  readonly scopes: readonly RunScope[];
  /** What these would do now. */
  readonly plans: readonly RunPlan[];
  /** Calls back with each event of the preview from now on. */
  readonly watch: (callback: (event: PreviewEvent) => void) => void;
}

interface Opening {
  readonly request: RenderRequest;
  /** The name of what speaks. */
  readonly service: string;
  readonly characterLimit: CharacterLimit;
  readonly cwd: string;
}

/**
 * Opens a script's clips, and reads it.
 * @throws ClipError where the place of the clips can't be used; UsageError where the script lacks segments that are asked for.
 */
export async function openScript(
  script: ScriptFile,
  { request, service, characterLimit, cwd }: Opening,
): Promise<OpenedScript> {
  const { path, text, language } = script;
  const { markers, settings, words, container, out, again, concurrency } = request;
  const { openPreview } = await import("../preview/openPreview.ts");
  let callback: (event: PreviewEvent) => void = () => {};
  const opened = await openPreview(
    {
      uri: pathToFileURL(path).href,
      path,
      ...clipPlaceOf(path, out, cwd),
      storage: undefined, // what is asked for here is not put where nobody looks
      container,
    },
    {
      report: (event) => callback(event),
      trace: () => {},
      characterLimit,
      ...(concurrency !== undefined && { maxConcurrency: () => concurrency }),
    },
  );
  await assertInOut(opened.folder, out, cwd);
  const { preview } = opened;
  preview.read({ text, language, markers, settings, service, ...words });
  const scopes = scopesOf(script, request, preview.readSegments.length).map((scope) => ({
    ...scope,
    again,
  }));
  const plans = scopes.map((scope) => preview.plan(scope));
  return { script, opened, scopes, plans, watch: (watcher) => (callback = watcher) };
}

function scopesOf({ name }: ScriptFile, { ranges }: RenderRequest, length: number): RunScope[] {
  if (!ranges) return [{ kind: "script" }];
  return ranges.map(({ first, last }) => {
    const furthest = last === Infinity ? first : last;
    if (furthest < length) return { kind: "range", first, last };
    throw new UsageError(
      `“${name}” has ${length === 1 ? "one segment" : `${length} segments`}: there is no segment ${furthest + 1}.`,
    );
  });
}
