import { secondsOf } from "../../../audio/pcm.ts";
import type { ClipView, TakeView } from "../../../panel/messages.ts";
import type { SoundId } from "./playback.ts";
import type { RunStream } from "./runStream.ts";

/** From where a segment can be heard now: `wait` for what the run still brings, `none` where nothing will come. */
export type AudioSource =
  | { readonly from: "file"; readonly src: string }
  | { readonly from: "stream"; readonly run: RunStream }
  | { readonly from: "wait" }
  | { readonly from: "none" };

/** The file of a take. */
export type TakeFile = Pick<TakeView, "id" | "src" | "seconds">;

/** What there is to hear of each segment: its clip's file, or the run's stream; and of one take. */
export class AudioSources {
  /** The run whose audio comes in, or came in last. */
  run: RunStream | undefined;
  /** The take that is played, or was played last. */
  take: TakeFile | undefined;
  readonly #clips = new Map<SoundId, ClipView>();

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
  leave(id: SoundId): void {
    const clip = this.#clips.get(id);
    if (clip) this.note(clip, false);
  }

  /** The length of what is heard by this id; undefined where it is not known yet. */
  secondsOf(id: SoundId): number | undefined {
    if (id === this.take?.id) return this.take.seconds;
    const { run } = this;
    const stream = run?.of(id);
    if (!run || !stream || stream.released) return this.#clips.get(id)?.seconds;
    if (!stream.ended && !run.ended) return undefined;
    const bytes = stream.chunks.reduce((length, chunk) => length + chunk.length, 0);
    return secondsOf(bytes, run.format);
  }

  of(id: SoundId): AudioSource {
    if (id === this.take?.id) return { from: "file", src: this.take.src };
    const { run } = this;
    const { state, src } = this.#clips.get(id) ?? {};
    if (state === "nothing to say") return { from: "none" };
    const stream = run?.of(id);
    if (!run || !stream) {
      const broken = state === "failed" || state === "incomplete";
      return src !== undefined && !broken ? { from: "file", src } : { from: "none" };
    }
    // A changed clip's file is not what the run is about to say.
    if (state === "ready" && src !== undefined) return { from: "file", src };
    if (stream.chunks.length > 0 && (stream.ended || !run.ended)) return { from: "stream", run };
    const mayCome = (stream.released || !stream.ended) && !run.ended;
    return { from: mayCome ? "wait" : "none" };
  }
}
