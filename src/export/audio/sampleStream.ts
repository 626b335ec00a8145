import { decodeSamples } from "../../audio/decodeSamples.ts";
import { bytesPerSample, type Encoding } from "../../audio/pcm.ts";
import { Resampler } from "../../audio/resample.ts";
import type { Disk } from "../../clips/model/disk.ts";
import { goesOn, type Piece, type Timeline } from "../common/timeline.ts";
import { readSamples } from "./clipSamples.ts";

/** A part of the sound: samples, or, as bytes, what has the wanted encoding already, to the bit. */
export type SoundBlock = Float32Array | Uint8Array;

/** What reading a timeline's sound needs. */
export interface StreamTools {
  readonly disk: Disk;
  readonly signal: AbortSignal;
  /** How each piece will be written. */
  readonly encodingOf: (piece: Piece) => Encoding;
}

/** How many samples of silence are given at a time. */
const silenceBlock = 65536;

/**
 * The sound of a timeline from its start to its end, gaps included, of which one stretch is taken after the other. It is read
 * as one stream, so that how it is cut makes no difference: where sound goes on from one clip to the next, it goes on here.
 */
export class SampleStream {
  readonly #blocks: AsyncGenerator<SizedBlock, void, undefined>;
  #rest: SizedBlock | undefined;

  constructor(timeline: Timeline, tools: StreamTools) {
    this.#blocks = readBlocks(timeline, tools);
  }

  /**
   * The next `count` samples, in parts.
   * @throws {ExportError} `clip`; what the signal was aborted with.
   */
  async *take(count: number): AsyncGenerator<SoundBlock, void, undefined> {
    for (let left = count; left > 0;) {
      const next = this.#rest ?? (await this.#blocks.next()).value;
      if (!next) throw new Error("The sound is shorter than its timeline.");
      const { block, width } = next;
      const taken = block.subarray(0, left * width);
      const rest = block.subarray(taken.length);
      this.#rest = rest.length > 0 ? { block: rest, width } : undefined;
      left -= taken.length / width;
      if (taken.length > 0) yield taken;
    }
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    await this.#blocks.return();
  }
}

interface SizedBlock {
  readonly block: SoundBlock;
  /** How many elements of the block are one sample. */
  readonly width: number;
}

async function* readBlocks(
  { sampleRate, gap, pieces }: Timeline,
  { disk, signal, encodingOf }: StreamTools,
): AsyncGenerator<SizedBlock, void, undefined> {
  const resamplers = new Map<number, Resampler>(); // a filter is designed once for each rate
  let stream: ReturnType<Resampler["stream"]> | undefined;
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) yield* silence(gap);
    const { clip } = piece.segment;
    const { encoding, sampleRate: rate } = clip.format;
    const isSame = rate === sampleRate && encoding === encodingOf(piece);
    const resampler = resamplers.get(rate) ?? new Resampler(rate, sampleRate);
    resamplers.set(rate, resampler);
    stream ??= resampler.stream();
    for await (const bytes of readSamples(disk, clip)) {
      signal.throwIfAborted();
      yield isSame
        ? { block: bytes, width: bytesPerSample(encoding) }
        : { block: stream.push(decodeSamples(bytes, encoding)), width: 1 };
    }
    if (goesOn(piece.segment, pieces[at + 1]?.segment, gap)) continue;
    yield { block: stream.end(), width: 1 };
    stream = undefined;
  }
}

function* silence(count: number): Generator<SizedBlock, void, undefined> {
  for (let left = count; left > 0; left -= silenceBlock) {
    yield { block: new Float32Array(Math.min(left, silenceBlock)), width: 1 };
  }
}
