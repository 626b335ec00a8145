import { bytesPerSample } from "../../../audio/pcm.ts";
import type { PcmFormat } from "../../../audio/pcm.ts";
import type { ClipAudio } from "./clipLoader.ts";
import type { Output } from "../output/output.ts";
import type { SoundId } from "./playback.ts";
import type { RunStream } from "./runStream.ts";

/** What something is played from, once it has begun. */
export type OpenSource =
  | { readonly from: "file"; readonly audio: ClipAudio }
  | { readonly from: "stream"; readonly run: RunStream };

/** Where in a list to begin. */
export interface Place {
  /** In the list. */
  readonly index: number;
  /** Of its audio, from its start. */
  readonly seconds: number;
  /** The source that it is played from already. */
  readonly source?: OpenSource;
}

/** No more is handed on when more than this is left to hear: time enough to fetch the next file. In seconds. */
export const farAhead = 10;

export interface PassOptions extends Place {
  readonly id: SoundId;
  readonly part: number;
  readonly source: OpenSource;
}

/** One hearing of a clip or a take, from some second to its end, and how much of it has been handed to the output. */
export class Pass implements Place {
  readonly index: number;
  readonly id: SoundId;
  readonly seconds: number;
  readonly source: OpenSource;
  /** The output's part that it is heard as. */
  readonly part: number;
  /** It has begun to be heard. */
  wasHeard = false;
  /** All of it has been handed on. */
  isWhole = false;
  readonly #format: PcmFormat;
  readonly #fileChunks: readonly Uint8Array[];
  #nextChunk = 0;
  /** Bytes before its start. */
  #skip: number;
  #handedOn = 0;

  constructor({ index, id, seconds, part, source }: PassOptions) {
    this.index = index;
    this.id = id;
    this.seconds = seconds;
    this.part = part;
    this.source = source;
    this.#format = formatOf(source);
    this.#skip =
      Math.round(seconds * this.#format.sampleRate) * bytesPerSample(this.#format.encoding);
    this.#fileChunks = source.from === "file" ? cutSeconds(source.audio) : [];
  }

  get isEmpty(): boolean {
    return this.#handedOn === 0;
  }

  /** Whether there is a whole sample of it. */
  get isAudible(): boolean {
    return this.#handedOn >= bytesPerSample(this.#format.encoding);
  }

  /** Begins its part. Throws where no sound can be made at all. */
  begin(output: Output): void {
    output.begin(this.part, this.#format, this.seconds > 0);
  }

  /** Hands on what there is of it, but not what is heard far in the future. */
  feed(output: Output): void {
    const { chunks, ended } = this.#take();
    for (; this.#nextChunk < chunks.length; this.#nextChunk++) {
      if (output.secondsAhead > farAhead) return;
      const chunk = chunks[this.#nextChunk]!;
      const rest = chunk.subarray(this.#skip);
      this.#skip -= chunk.length - rest.length;
      if (rest.length > 0) output.append(rest);
      this.#handedOn += rest.length;
    }
    if (!ended) return;
    output.end();
    this.isWhole = true;
  }

  #take(): { readonly chunks: readonly Uint8Array[]; readonly ended: boolean } {
    if (this.source.from === "file") return { chunks: this.#fileChunks, ended: true };
    const stream = this.source.run.of(this.id);
    return {
      chunks: stream?.chunks ?? [],
      ended: !stream || stream.ended || this.source.run.ended,
    };
  }
}

export function formatOf(source: OpenSource): PcmFormat {
  return source.from === "file" ? source.audio.format : source.run.format;
}

/** A long clip is handed on bit by bit, as if it came in. */
function cutSeconds({ format, samples }: ClipAudio): Uint8Array[] {
  const second = format.sampleRate * bytesPerSample(format.encoding);
  return Array.from({ length: Math.ceil(samples.length / second) }, (_, index) =>
    samples.subarray(index * second, (index + 1) * second),
  );
}
