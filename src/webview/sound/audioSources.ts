import { secondsOf } from "../../audio/pcm.ts";
import type { ClipView } from "../../panel/messages.ts";
import type { RunStream } from "./runStream.ts";

/** From where a segment can be heard now: `wait` for what the run still brings, `none` where nothing will come. */
export type AudioSource =
  | { readonly from: "file"; readonly src: string }
  | { readonly from: "stream"; readonly run: RunStream }
  | { readonly from: "wait" }
  | { readonly from: "none" };

/** What there is to hear of each segment: its clip's file, or the run's stream. */
export class AudioSources {
  /** The run whose audio comes in, or came in last. */
  run: RunStream | undefined;
  readonly #clips = new Map<number, ClipView>();

  /** The run, if it is this one. */
  runOf(id: number): RunStream | undefined {
    return this.run?.id === id ? this.run : undefined;
  }

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

  /** The segment no longer sounds from the stream: that is let go where the file is there. */
  leave(segment: number): void {
    const clip = this.#clips.get(segment);
    if (clip) this.note(clip, false);
  }

  /** The length of a segment's audio; undefined where it is not known yet. */
  secondsOf(segment: number): number | undefined {
    const { run } = this;
    const take = run?.take(segment);
    if (!run || !take || take.released) return this.#clips.get(segment)?.seconds;
    if (!take.ended && !run.ended) return undefined;
    const bytes = take.chunks.reduce((length, chunk) => length + chunk.length, 0);
    return secondsOf(bytes, run.format);
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
