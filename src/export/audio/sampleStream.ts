import { decodeSamples } from "../../audio/decodeSamples.ts";
import { bytesPerSample, type Encoding } from "../../audio/pcm.ts";
import { Resampler } from "../../audio/resample.ts";
import type { Limiter } from "../../audio/limiter.ts";
import type { Disk } from "../../clips/model/disk.ts";
import { goesOn, type Piece, type Timeline } from "../common/timeline.ts";
import { readSamples } from "./clipSamples.ts";

/** A part of the sound: samples, or, as bytes, what has the wanted encoding already, to the bit. */
export type SoundBlock = Float32Array | Uint8Array;

/** What reading a timeline's sound needs. */
export interface StreamTools {
  readonly disk: Disk;
  readonly signal: AbortSignal;
  /** How each piece will be written; where it is not given, all is given as samples. */
  readonly encodingOf?: (piece: Piece) => Encoding;
  /** How loud it is made; all is given as samples then. */
  readonly levels?: Levels | undefined;
}

/** How loud sound is made. */
export interface Levels {
  /** What the samples of a piece are multiplied by. */
  readonly gainOf: (piece: Piece) => number;
  /** Brings what is beyond its ceiling below it, over the whole. */
  readonly limiter: Limiter;
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
    const { levels } = tools;
    const blocks = readBlocks(timeline, tools);
    this.#blocks = levels ? limit(blocks, levels.limiter) : blocks;
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

  /** Leaves out the next `count` samples. @throws as `take`. */
  async skip(count: number): Promise<void> {
    const blocks = this.take(count);
    while (!(await blocks.next()).done);
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
  { disk, signal, encodingOf, levels }: StreamTools,
): AsyncGenerator<SizedBlock, void, undefined> {
  const resamplers = new Map<number, Resampler>(); // a filter is designed once for each rate
  let stream: ReturnType<Resampler["stream"]> | undefined;
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) yield* silence(gap);
    const { clip } = piece.segment;
    const { encoding, sampleRate: rate } = clip.format;
    const isSame = !levels && rate === sampleRate && encoding === encodingOf?.(piece);
    const gain = levels?.gainOf(piece) ?? 1;
    const resampler = resamplers.get(rate) ?? new Resampler(rate, sampleRate);
    resamplers.set(rate, resampler);
    stream ??= resampler.stream();
    for await (const bytes of readSamples(disk, clip)) {
      signal.throwIfAborted();
      yield isSame
        ? { block: bytes, width: bytesPerSample(encoding) }
        : { block: stream.push(amplify(decodeSamples(bytes, encoding), gain)), width: 1 };
    }
    if (goesOn(piece.segment, pieces[at + 1]?.segment, gap)) continue;
    yield { block: stream.end(), width: 1 };
    stream = undefined;
  }
}

function amplify(samples: Float32Array, gain: number): Float32Array {
  return gain === 1 ? samples : samples.map((sample) => sample * gain);
}

async function* limit(
  blocks: AsyncGenerator<SizedBlock, void, undefined>,
  limiter: Limiter,
): AsyncGenerator<SizedBlock, void, undefined> {
  for await (const { block } of blocks) {
    if (block instanceof Float32Array) yield { block: limiter.push(block), width: 1 };
  }
  yield { block: limiter.end(), width: 1 };
}

function* silence(count: number): Generator<SizedBlock, void, undefined> {
  for (let left = count; left > 0; left -= silenceBlock) {
    yield { block: new Float32Array(Math.min(left, silenceBlock)), width: 1 };
  }
}
