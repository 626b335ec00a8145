import type { Encoding } from "../../../audio/pcm.ts";
import { SampleAssembler, joinSamples } from "./sampleAssembler.ts";
import type { Stretcher } from "./stretcher.ts";

/** A part's bytes in, cut anywhere; its samples out, as they are to sound. Without a stretcher they are what was sent, to the bit. */
export class PartSamples {
  readonly #assembler: SampleAssembler;
  readonly #stretcher: Stretcher | undefined;
  #stretched: Float32Array<ArrayBuffer>[] = [];
  #stretchedLength = 0;
  #sourceLength = 0;

  constructor(encoding: Encoding, stretcher: Stretcher | undefined) {
    this.#assembler = new SampleAssembler(encoding);
    this.#stretcher = stretcher;
  }

  /** How many samples of the part have come, as they were sent. */
  get sourceLength(): number {
    return this.#sourceLength;
  }

  /** How many samples `take` would give. */
  get length(): number {
    return this.#stretcher ? this.#stretchedLength : this.#assembler.length;
  }

  push(bytes: Uint8Array): void {
    const before = this.#assembler.length;
    this.#assembler.push(bytes);
    this.#sourceLength += this.#assembler.length - before;
    if (this.#stretcher && this.#assembler.length > 0) {
      this.#keep(this.#stretcher.stretch(this.#assembler.take()));
    }
  }

  /** No more is pushed. */
  end(): void {
    if (this.#stretcher && this.#sourceLength > 0) this.#keep(this.#stretcher.finish());
    this.close();
  }

  take(): Float32Array<ArrayBuffer> {
    if (!this.#stretcher) return this.#assembler.take();
    const samples = joinSamples(this.#stretched);
    this.#stretched = [];
    this.#stretchedLength = 0;
    return samples;
  }

  /** Nothing more is wanted of it. */
  close(): void {
    this.#stretcher?.close();
  }

  #keep(samples: Float32Array<ArrayBuffer>): void {
    if (samples.length > 0) this.#stretched.push(samples);
    this.#stretchedLength += samples.length;
  }
}
