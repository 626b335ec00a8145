import type { ClipView } from "../panel/messages.ts";
import type { RunStream } from "./runStream.ts";

/** From where a segment can be heard now: `wait` for what the run still brings, `none` where nothing will come. */
export type AudioSource =
  | { readonly from: "file"; readonly src: string }
  | { readonly from: "stream"; readonly run: RunStream }
  | { readonly from: "wait" | "none" };

/** What there is to hear of each segment: its clip's file, or the run's stream. */
export class AudioSources {
  /** The run whose audio comes in, or came in last. */
  run: RunStream | undefined;
  readonly #clips = new Map<number, ClipView>();

  clear(): void {
    this.#clips.clear();
  }

  /** `streaming`: the segment sounds from the stream, and stays on it. */
  note(clip: ClipView, streaming: boolean): void {
    const { segment, state, src } = clip;
    this.#clips.set(segment, clip);
    if (state === "failed" || state === "incomplete") this.run?.breakOff(segment, streaming);
    if (state === "ready" && src !== undefined && !streaming) this.run?.release(segment);
  }

  of(segment: number): AudioSource {
    const { run } = this;
    const { state, src } = this.#clips.get(segment) ?? {};
    if (state === "nothing to say") return { from: "none" };
    const take = run?.take(segment);
    if (!run || !take) {
      const broken = state === "failed" || state === "incomplete";
      return src !== undefined && !broken ? { from: "file", src } : { from: "none" };
    }
    // A changed clip's file is not what the run is about to say.
    if (state === "ready" && src !== undefined) return { from: "file", src };
    if (take.chunks.length > 0 && (take.ended || !run.ended)) return { from: "stream", run };
    const mayCome = (take.released || !take.ended) && !run.ended;
    return { from: mayCome ? "wait" : "none" };
  }
}
