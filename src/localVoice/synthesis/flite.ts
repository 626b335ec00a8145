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
const inputFile = "words.txt";

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
    const wasi = this.#run([
      ...["-voice", options.voice, "-psdur"],
      ...["--setf", `duration_stretch=${1 / options.speed}`],
      ...["-t", text, "-o", outputFile],
    ]);
    const wav = wasi.file(outputFile);
    if (!wav) throw new Error("Flite made no sound.");
    return { ...readFliteWav(wav), phones: readPhones(wasi.stdout) };
  }

  /**
   * How each word is said by itself, with the voice that takes the least time: some 20 ms for a sentence.
   *
   * @param words printable ASCII without white space
   * @returns the names of each word's phones, without pauses
   * @throws Error where Flite fails
   */
  pronounce(words: readonly string[]): string[][] {
    if (words.length === 0) return [];
    // A paragraph is an utterance, and each utterance is printed on a line.
    const { stdout } = this.#run(
      ["-voice", "kal", "-pr", "Segment", "-f", inputFile, "-o", "none"],
      { [inputFile]: `${words.join("\n\n")}\n` },
    );
    const lines = stdout.split("\n").filter((line) => line.trim() !== "");
    if (lines.length !== words.length) {
      throw new Error(`Flite read ${lines.length} words where there are ${words.length}.`);
    }
    return lines.map((line) => line.trim().split(/\s+/).filter(isSound));
  }

  #run(args: readonly string[], files?: Readonly<Record<string, string>>): MemoryWasi {
    const wasi = new MemoryWasi(["flite", ...args], files);
    const code = wasi.run(new (webAssembly().Instance)(this.#module, wasi.imports));
    if (code !== 0) throw new Error(`Flite failed (${code}): ${wasi.stderr.trim()}`);
    return wasi;
  }
}

/** Whether a phone of this name is a sound, not a pause. */
export function isSound(name: string): boolean {
  return name !== "pau";
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
