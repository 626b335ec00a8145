import type { PcmFormat } from "../../audio/pcm.ts";
import type { CharacterLimit } from "../../session/context/characterLimit.ts";
import type { RunEnding, RunEvent } from "./previewRun.ts";
import type { RunLimits } from "./runLimits.ts";

/** What happens to a preview. Of a run segments are named by their ids. */
export type PreviewEvent =
  /** The segments at these places have another state; all of them where `segments` is undefined. */
  | { readonly type: "changed"; readonly segments: readonly number[] | undefined }
  /** A run began; it plays these segments in this order. */
  | {
      readonly type: "runStarted";
      readonly run: number;
      readonly format: PcmFormat;
      readonly play: readonly number[];
      /** Nobody pressed for it: the script was saved. */
      readonly byItself: boolean;
    }
  | (Exclude<RunEvent, { readonly type: "state" }> & { readonly run: number })
  | { readonly type: "runEnded"; readonly run: number; readonly ending: RunEnding };

/** What a preview needs of its surroundings. */
export interface PreviewTools {
  /** Reports what happens, in order, without waiting. */
  readonly report: (event: PreviewEvent) => void;
  /** Takes one line for the log for each frame sent and received, without audio. */
  readonly trace: (line: string) => void;
  /** Where other ones than the usual are wanted. */
  readonly limits?: RunLimits;
  /** How many contexts a run may have open at a time, 1 to 15; asked at each press. 2 where it is missing. */
  readonly maxConcurrency?: () => number;
  /** How much may be sent, over all runs; all, where it is missing. */
  readonly characterLimit?: CharacterLimit | undefined;
  /** Whether a service's voice is known to be a professional clone, which costs more. None is, where it is missing. */
  readonly isPro?: (service: string, voice: string) => boolean;
  /** How many takes of a text are kept, 0 to 50; asked whenever a clip is saved. 5 where it is missing. */
  readonly takesKeep?: () => number;
}
