import { bytesPerSample, secondsOf, type PcmFormat } from "../../audio/pcm.ts";
import type { Stretch } from "../../protocol/audioStretch.ts";
import type { SegmentTime } from "../../protocol/wordTimes.ts";
import type { Verdict } from "../../protocol/wordWitness.ts";
import { WordProgress } from "./wordProgress.ts";

/** A chunk of a context's audio, as it came. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The flush id as the service sent it. */
  readonly id: number | null;
  /** When it came, in milliseconds of the performance clock. */
  readonly at: number;
}

/** The audio that has come for one stretch of a context. */
export class HeldAudio {
  readonly stretch: Stretch;
  /** What was told of it: nothing final, that it is whole, or that it is not to be used. */
  state: "open" | "spoken" | "void" = "open";
  /** The position for which it was told. */
  position: number;
  /** What its words say, when they were last asked. */
  verdict: Verdict;
  /** How many words have come that may be its own … */
  wordsCome = 0;
  /** … and how many when they were asked; `undefined` where they were not asked yet. */
  judgedWords: number | undefined;
  told = new WordProgress();
  readonly #startBytes: number;
  #chunks: Chunk[] = [];
  #length = 0;
  #heard = { first: 0, last: 0 };

  /** `startBytes`: how much audio of its context came before. */
  constructor(stretch: Stretch, startBytes: number) {
    this.stretch = stretch;
    this.position = stretch.position;
    this.#startBytes = startBytes;
  }

  add(chunk: Chunk): void {
    if (this.#chunks.length === 0) this.#heard.first = chunk.at;
    this.#heard.last = chunk.at;
    this.#chunks.push(chunk);
    this.#length += chunk.bytes.length;
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** When the first of it came, and the last, in milliseconds of the performance clock. */
  get heard(): { readonly first: number; readonly last: number } {
    return this.#heard;
  }

  /** The flush ids as the service sent them, each once, `null` for a missing one. */
  get flushIds(): readonly (number | null)[] {
    return [...new Set(this.#chunks.map(({ id }) => id))];
  }

  /** Where it lies in its context, as far as it has come. */
  time(format: PcmFormat): SegmentTime {
    return {
      index: this.stretch.index,
      start: secondsOf(this.#startBytes, format),
      seconds: secondsOf(this.#length, format),
    };
  }

  /** Whether it begins and ends with whole samples: audio that was cut within one is not its segment's, nor is what follows. */
  isWhole({ encoding }: PcmFormat): boolean {
    const size = bytesPerSample(encoding);
    return this.#startBytes % size === 0 && this.#length % size === 0;
  }

  join(): Uint8Array<ArrayBuffer> {
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const { bytes } of this.#chunks) {
      joined.set(bytes, at);
      at += bytes.length;
    }
    return joined;
  }

  /** Nothing more is to be told of it but whether it stays so; its samples are let go. */
  settle(state: "spoken" | "void"): void {
    this.state = state;
    this.#chunks = [];
  }
}
