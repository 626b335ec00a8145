import { readFile } from "node:fs/promises";
import { MemoryWasi } from "./wasi.ts";
import { webAssembly } from "./webAssembly.ts";
import type { WasmModule } from "./webAssembly.ts";

/** The voices used here: rms is male, slt female. Both are American English. */
export const fliteVoices = ["rms", "slt"] as const;
export type FliteVoice = (typeof fliteVoices)[number];

/** A speech sound. Times are in seconds from the sound's start. */
export interface Phone {
  /** Flite's name of it; `pau` is a pause. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What Flite made of a text. */
export interface FliteSpeech {
  /** Full scale is -1 to 1. */
  readonly samples: Float32Array;
  /** Samples per second. */
  readonly sampleRate: number;
  /** In order, without gaps, pauses at both ends included. */
  readonly phones: readonly Phone[];
}

const outputFile = "speech.wav";

/** The speech synthesiser Flite, compiled to WebAssembly as a command line program. */
export class Flite {
  readonly #module: WasmModule;

  private constructor(module: WasmModule) {
    this.#module = module;
  }

  /**
   * Reads and compiles the program, which takes about a tenth of a second.
   * @throws an Error of the file system, or of WebAssembly where the file is not a program.
   */
  static async load(wasmPath: string): Promise<Flite> {
    return new Flite(await webAssembly().compile(await readFile(wasmPath)));
  }

  /**
   * Says a text in one go, blocking for about a fiftieth of the time that it takes to hear it. The program runs in a new
   * instance each time, so that the same text gives the same samples.
   *
   * @param text printable ASCII. Time and memory grow with its length: an utterance, not a page.
   * @param options.speed how fast, 1 is the voice's own speed
   * @throws Error where Flite fails
   */
  speak(
    text: string,
    options: { readonly voice: FliteVoice; readonly speed: number },
  ): FliteSpeech {
    const wasi = new MemoryWasi([
      ...["flite", "-voice", options.voice, "-psdur"],
      ...["--setf", `duration_stretch=${1 / options.speed}`],
      ...["-t", text, "-o", outputFile],
    ]);
    const code = wasi.run(new (webAssembly().Instance)(this.#module, wasi.imports));
    const wav = wasi.file(outputFile);
    if (code !== 0 || !wav) throw new Error(`Flite failed (${code}): ${wasi.stderr.trim()}`);
    return { ...readFliteWav(wav), phones: readPhones(wasi.stdout) };
  }
}

/** Reads the file that Flite writes: a header of 44 bytes, then mono samples of 16 bits. */
function readFliteWav(wav: Uint8Array): { samples: Float32Array; sampleRate: number } {
  const headerLength = 44;
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  const samples = new Float32Array(Math.max(0, (wav.length - headerLength) >> 1));
  for (let index = 0; index < samples.length; index++) {
    samples[index] = view.getInt16(headerLength + 2 * index, true) / 32768;
  }
  return { samples, sampleRate: view.getUint32(24, true) };
}

/** Reads what Flite prints for `-psdur`: each phone with its end in seconds, as in `pau:0.119 hh:0.164`. */
function readPhones(printed: string): Phone[] {
  let start = 0;
  return printed
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => {
      const colon = word.lastIndexOf(":");
      const phone = { name: word.slice(0, colon), start, end: Number(word.slice(colon + 1)) };
      start = phone.end;
      return phone;
    });
}
