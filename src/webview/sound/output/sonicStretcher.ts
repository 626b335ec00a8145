import * as l10n from "@vscode/l10n";
import createSonic from "@echogarden/sonic-wasm";
import type { SonicModule } from "@echogarden/sonic-wasm";
import { joinSamples } from "./sampleAssembler.ts";
import type { CreateStretcher, Stretcher } from "./stretcher.ts";

/** So many samples cross into the library and out of it at once. */
const blockLength = 4096;
/** The lowest pitch that the library looks for, in Hz: what it puts out is late or early by at most one such period. */
const lowestPitch = 65;
/** At the ends of this range and beyond, it no longer makes good for what rounding to whole samples and periods costs. */
const steadySpeeds = { from: 0.50001, to: 1.99996 };

/** Makes the library ready: `wasm` is its sonic.wasm. */
export async function openSonic(wasm: Uint8Array): Promise<CreateStretcher> {
  const sonic = await createSonic({ wasmBinary: wasm, locateFile: (name) => name });
  // One for all streams: a block is read or written before anything else happens.
  const block = sonic._malloc(blockLength * Float32Array.BYTES_PER_ELEMENT);
  return (sampleRate, speed) => new SonicStretcher(sonic, block, sampleRate, speed);
}

/**
 * Bill Cox's Sonic (PICOLA): drops or repeats whole periods of the voice. After n seconds of sound it has put out n / speed
 * seconds, give or take a period.
 */
class SonicStretcher implements Stretcher {
  readonly #sonic: SonicModule;
  readonly #block: number;
  readonly #sampleRate: number;
  readonly #speed: number;
  #stream: number;
  #taken = 0;
  #given = 0;

  constructor(sonic: SonicModule, block: number, sampleRate: number, speed: number) {
    this.#sonic = sonic;
    this.#block = block;
    this.#sampleRate = sampleRate;
    this.#speed = speed;
    this.#stream = sonic._sonicCreateStream(sampleRate, 1);
    if (this.#stream === 0) throw new Error(l10n.t("There is no memory to change the speed."));
    const { from, to } = steadySpeeds;
    sonic._sonicSetSpeed(this.#stream, Math.min(to, Math.max(from, speed)));
  }

  stretch(samples: Float32Array): Float32Array<ArrayBuffer> {
    this.#taken += samples.length;
    const stretched = this.#pass(samples);
    this.#given += stretched.length;
    return stretched;
  }

  /**
   * The library's own flush speeds the last 30 ms up; so silence pushes them out. What it is late with at the end is given in
   * full, and the silence is not.
   */
  finish(): Float32Array<ArrayBuffer> {
    const period = Math.ceil(this.#sampleRate / lowestPitch);
    const due = Math.max(0, Math.round(this.#taken / this.#speed) - this.#given);
    const silence = new Float32Array(Math.ceil((due + period) * this.#speed) + 4 * period);
    const rest = this.#pass(silence).subarray(0, due + period);
    let end = rest.length;
    while (end > due && rest[end - 1] === 0) end--;
    return rest.slice(0, end);
  }

  close(): void {
    if (this.#stream !== 0) this.#sonic._sonicDestroyStream(this.#stream);
    this.#stream = 0;
  }

  #pass(samples: Float32Array): Float32Array<ArrayBuffer> {
    const stretched: Float32Array<ArrayBuffer>[] = [];
    for (let at = 0; at < samples.length; at += blockLength) {
      this.#write(samples.subarray(at, at + blockLength));
      for (let read = this.#read(); read.length > 0; read = this.#read()) stretched.push(read);
    }
    return joinSamples(stretched);
  }

  #write(samples: Float32Array): void {
    // It keeps samples as 16-bit integers, which would wrap around.
    const within = samples.map((sample) => Math.min(1, Math.max(-1, sample || 0)));
    this.#sonic.HEAPF32.set(within, this.#block / Float32Array.BYTES_PER_ELEMENT);
    this.#sonic._sonicWriteFloatToStream(this.#stream, this.#block, within.length);
  }

  #read(): Float32Array<ArrayBuffer> {
    const count = this.#sonic._sonicReadFloatFromStream(this.#stream, this.#block, blockLength);
    const from = this.#block / Float32Array.BYTES_PER_ELEMENT;
    return this.#sonic.HEAPF32.slice(from, from + count);
  }
}
