import { pathToFileURL } from "node:url";
import type { OpenedPreview } from "../../preview/openPreview.ts";
import type { RunPlan, RunScope } from "../../preview/plan/plan.ts";
import type { PreviewEvent } from "../../preview/scriptPreview.ts";
import { assertInOut, clipPlaceOf } from "../common/outFolder.ts";
import type { CharacterLimit } from "../../session/context/characterLimit.ts";
import { UsageError } from "../common/exitCodes.ts";
import type { GivenWords } from "../common/readWords.ts";
import type { ScriptFile } from "../common/scriptFile.ts";
import type { RenderWishes } from "./wishes.ts";

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

interface OpeningWishes {
  readonly wishes: RenderWishes;
  readonly words: GivenWords;
  /** The name of what speaks. */
  readonly service: string;
  /** How much may be sent, over all scripts. */
  readonly characterLimit: CharacterLimit | undefined;
  readonly cwd: string;
}

/**
 * Opens a script's clips, and reads it.
 * @throws ClipError where the place of the clips can't be used; UsageError where the script lacks segments that are asked for.
 */
export async function openScript(
  script: ScriptFile,
  { wishes, words, service, characterLimit, cwd }: OpeningWishes,
): Promise<OpenedScript> {
  const { path, text, language } = script;
  const { markers, settings, container, out, again, concurrency } = wishes;
  const { openPreview } = await import("../../preview/openPreview.ts");
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
  const scopes = scopesOf(script, wishes, preview.readSegments.length).map((scope) => ({
    ...scope,
    again,
  }));
  const plans = scopes.map((scope) => preview.plan(scope));
  return { script, opened, scopes, plans, watch: (watcher) => (callback = watcher) };
}

function scopesOf({ name }: ScriptFile, { ranges }: RenderWishes, length: number): RunScope[] {
  if (!ranges) return [{ kind: "script" }];
  return ranges.map(({ first, last }) => {
    const furthest = last === Infinity ? first : last;
    if (furthest < length) return { kind: "range", first, last };
    throw new UsageError(
      `“${name}” has ${length === 1 ? "one segment" : `${length} segments`}: there is no segment ${furthest + 1}.`,
    );
  });
}
