import { readFile } from "node:fs/promises";
import { brotliDecompressSync } from "node:zlib";
import { ConsoleStdout, File, OpenFile, PreopenDirectory, WASI } from "@bjorn3/browser_wasi_shim";
import type { FliteVoice } from "./ownVoices.ts";

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

/** The part of WebAssembly's JavaScript interface that is used here: the type package of the oldest Node lacks it. */
interface WebAssemblyApi {
  compile(program: Uint8Array): Promise<object>;
  readonly Instance: new (module: object, imports: object) => Parameters<WASI["start"]>[0];
}

function webAssembly(): WebAssemblyApi {
  return (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }).WebAssembly;
}

const outputFile = "speech.wav";
const inputFile = "words.txt";

/** The speech synthesiser Flite, compiled to WebAssembly as a command line program. */
export class Flite {
  readonly #module: object;

  private constructor(module: object) {
    this.#module = module;
  }

  /**
   * Reads and compiles the program, which takes one to two tenths of a second.
   * @param wasmPath `flite.wasm`, or `….br` as `test/tools/slimFlite.mjs` packs it
   * @throws an Error of the file system, of the unpacking, or of WebAssembly where the file is not a program.
   */
  static async load(wasmPath: string): Promise<Flite> {
    const file = await readFile(wasmPath);
    return new Flite(await webAssembly().compile(wasmPath.endsWith(".br") ? unpack(file) : file));
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
    const { stdout, directory } = this.#run([
      ...["-voice", options.voice, "-psdur"],
      ...["--setf", `duration_stretch=${1 / options.speed}`],
      ...["-t", text, "-o", outputFile],
    ]);
    const wav = directory.get(outputFile)?.data;
    if (!wav) throw new Error("Flite made no sound.");
    return { ...readFliteWav(wav), phones: readPhones(stdout) };
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

  /** Runs the program to its end with one directory, which is kept in memory, and nothing on its standard input. */
  #run(
    args: readonly string[],
    files: Readonly<Record<string, string>> = {},
  ): { readonly stdout: string; readonly directory: ReadonlyMap<string, File> } {
    const directory = new Map(
      Object.entries(files).map(([name, text]) => [name, new File(Buffer.from(text))]),
    );
    const stdout: Uint8Array[] = [];
    const stderr: Uint8Array[] = [];
    const descriptors = [
      new OpenFile(new File([])),
      new ConsoleStdout((bytes) => stdout.push(bytes)),
      new ConsoleStdout((bytes) => stderr.push(bytes)),
      new PreopenDirectory(".", directory),
    ];
    const wasi = new WASI(["flite", ...args], [], descriptors, { debug: false });
    const imports = { wasi_snapshot_preview1: wasi.wasiImport };
    const code = wasi.start(new (webAssembly().Instance)(this.#module, imports));
    if (code !== 0) throw new Error(`Flite failed (${code}): ${textOf(stderr).trim()}`);
    return { stdout: textOf(stdout), directory };
  }
}

function textOf(written: readonly Uint8Array[]): string {
  return Buffer.concat(written).toString();
}

/** Undoes the packing of `test/tools/slimFlite.mjs`, which tells the format: the columns of tables become rows again. */
function unpack(file: Uint8Array): Uint8Array {
  const packed = brotliDecompressSync(file);
  const [count = 0] = new Uint32Array(packed.buffer, packed.byteOffset, 1);
  const header = new Uint32Array(packed.buffer, packed.byteOffset + 4, 3 * count);
  const columns = packed.subarray(4 + header.byteLength);
  const program = Uint8Array.from(columns);
  for (let table = 0; table < header.length; table += 3) {
    const [start = 0, rows = 0, rowBytes = 0] = header.subarray(table);
    let from = start;
    for (let column = 0; column < rowBytes; column++) {
      for (let row = 0; row < rows; row++) {
        program[start + row * rowBytes + column] = columns[from++] ?? 0;
      }
    }
  }
  return program;
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
