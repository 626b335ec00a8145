import * as l10n from "@vscode/l10n";
import { bytesPerSample } from "./pcm.ts";
import type { Encoding, PcmFormat } from "./pcm.ts";
import { chunksOf, concatenate, encodeChunk, readId, viewOf, words32 } from "./riff.ts";
import { encodeWavNotes, readWavNotes } from "./wavNotes.ts";
import type { WavCue, WavInfo, WavNotes } from "./wavNotes.ts";

/** A WAV file, read. */
export interface Wav extends WavNotes {
  readonly format: PcmFormat;
  /** Whole samples, headerless: a view of the file's bytes, not a copy. */
  readonly samples: Uint8Array;
}

/** Where a WAV file's samples lie, in bytes from its start. */
export interface WavLayout {
  readonly format: PcmFormat;
  /** The first byte of the samples. */
  readonly start: number;
  /** Behind the last byte of whole samples. */
  readonly end: number;
  /** Where the chunks behind the samples begin. */
  readonly notesStart: number;
  /** Whether the file is as long as it says; a file that was cut off, or whose writer never ended it, is not. */
  readonly whole: boolean;
}

/** Bytes that are no WAV file of a kind we can read, or samples that fit into none. Its message is a sentence for the user. */
export class WavError extends Error {
  override readonly name = "WavError";
}

/**
 * The format tags of `fmt `, and the bits of a sample that we can read with each.
 * Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0; mmreg.h.
 */
const tags: Readonly<Record<Encoding, { readonly tag: number; readonly bits: number }>> = {
  pcm_s16le: { tag: 1, bits: 16 },
  pcm_f32le: { tag: 3, bits: 32 },
  pcm_alaw: { tag: 6, bits: 8 },
  pcm_mulaw: { tag: 7, bits: 8 },
};
const extensibleTag = 0xfffe;
const largestSize = 0xffffffff;

/**
 * A mono WAV file. What it says beside the samples stands behind them, so that the samples begin at the same place
 * in each file of an encoding: first the cues, hidden from other programs where asked for, then `LIST INFO`.
 *
 * A part of a sample at the end of `samples` is left out, and cues outside the sound are moved to its edge.
 * @throws {WavError} where the file would be larger than 4 GiB, or the sample rate is no positive whole number.
 */
export function encodeWav(wav: {
  readonly format: PcmFormat;
  readonly samples: Uint8Array;
  readonly info?: WavInfo;
  readonly cues?: readonly WavCue[];
  readonly hidden?: boolean;
}): Uint8Array<ArrayBuffer> {
  const { format, samples, info = {}, cues = [], hidden = false } = wav;
  const sampleBytes = bytesPerSample(format.encoding);
  const count = Math.floor(samples.length / sampleBytes);
  const data = samples.subarray(0, count * sampleBytes);
  const head = encodeFormat(format, count);
  const notes = encodeWavNotes({ info, cues }, count, { hidden });
  const padding = new Uint8Array(data.length % 2);
  const size = 4 + head.length + 8 + data.length + padding.length + notes.length;
  if (size > largestSize) {
    throw new WavError(l10n.t("The sound is too long for a WAV file, which ends at 4 GiB."));
  }
  return concatenate([
    words32("RIFF", size, "WAVE"),
    head,
    words32("data", data.length),
    data,
    padding,
    notes,
  ]);
}

/**
 * `fmt `, and `fact` where the encoding is other than integer PCM, as the specification asks.
 * @throws {WavError} where the sample rate is no positive whole number.
 */
export function encodeFormat({ encoding, sampleRate }: PcmFormat, count: number): Uint8Array {
  if (!Number.isInteger(sampleRate) || sampleRate < 1 || sampleRate * 4 > largestSize) {
    throw new WavError(l10n.t("A WAV file can't have a sample rate of {0} Hz.", sampleRate));
  }
  const { tag, bits } = tags[encoding];
  const plain = encoding === "pcm_s16le";
  const content = new Uint8Array(plain ? 16 : 18);
  const view = viewOf(content);
  view.setUint16(0, tag, true);
  view.setUint16(2, 1, true);
  view.setUint32(4, sampleRate, true);
  view.setUint32(8, (sampleRate * bits) / 8, true);
  view.setUint16(12, bits / 8, true);
  view.setUint16(14, bits, true);
  const fmt = encodeChunk("fmt ", [content]);
  return plain ? fmt : concatenate([fmt, encodeChunk("fact", [words32(count)])]);
}

/**
 * Reads a mono WAV file in one of our encodings, whoever wrote it. Unknown chunks are passed over. A `data` chunk
 * without a right size, as writers of streams leave it, goes to the end of the file.
 * @throws {WavError} where it is none, and never anything else.
 */
export function readWav(bytes: Uint8Array): Wav {
  const { format, start, end, notesStart } = readWavLayout(bytes, bytes.length);
  const notes = readWavNotes([bytes.subarray(12, start - 8), bytes.subarray(notesStart)]);
  return { format, samples: bytes.subarray(start, end), ...notes };
}

/**
 * Where the samples lie in a file of `fileLength` bytes that begins with `head`. The chunks before them must lie in `head`.
 * @throws {WavError} where it is no WAV file that we can read.
 */
export function readWavLayout(head: Uint8Array, fileLength: number): WavLayout {
  if (readId(head, 0) !== "RIFF" || readId(head, 8) !== "WAVE") {
    throw new WavError(l10n.t("This is not a WAV file."));
  }
  let format: PcmFormat | undefined;
  for (const { id, start, end } of chunksOf(head, 12)) {
    if (id === "fmt ") format = readFormat(head.subarray(start, end));
    if (id !== "data") continue;
    if (format === undefined) break;
    const toItsEnd = end <= fileLength && (end > start || isChunkAt(head, start, fileLength));
    const dataEnd = toItsEnd ? end : fileLength;
    const length = dataEnd - start;
    const declared = 8 + viewOf(head).getUint32(4, true);
    return {
      format,
      start,
      end: dataEnd - (length % bytesPerSample(format.encoding)),
      notesStart: Math.min(dataEnd + (length % 2), fileLength),
      whole: toItsEnd && declared <= fileLength && declared >= dataEnd,
    };
  }
  if (format === undefined) {
    throw new WavError(l10n.t("This WAV file does not say how its samples are to be read."));
  }
  throw new WavError(l10n.t("This WAV file has no samples."));
}

/** Whether an empty `data` is meant so: the file ends, or goes on with something that looks like a chunk. */
function isChunkAt(head: Uint8Array, offset: number, fileLength: number): boolean {
  if (offset >= fileLength) return true;
  const [next] = chunksOf(head.subarray(0, offset + 8), offset);
  return next !== undefined && /^[ -~]{4}$/.test(next.id) && next.end <= fileLength;
}

function readFormat(content: Uint8Array): PcmFormat {
  if (content.length < 16) throw new WavError(l10n.t("This WAV file's format is cut off."));
  const view = viewOf(content);
  const named = view.getUint16(0, true);
  // The extensible format has its tag at the start of a GUID.
  const tag = named === extensibleTag && content.length >= 26 ? view.getUint16(24, true) : named;
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const bits = view.getUint16(14, true);
  if (channels !== 1) {
    throw new WavError(
      l10n.t("This WAV file has {0} channels; only mono files can be read.", channels),
    );
  }
  if (sampleRate === 0) throw new WavError(l10n.t("This WAV file has no sample rate."));
  for (const encoding of Object.keys(tags) as Encoding[]) {
    if (tags[encoding].tag === tag && tags[encoding].bits === bits) return { encoding, sampleRate };
  }
  throw new WavError(
    l10n.t("This WAV file's samples (format {0}, {1} bits) can't be read.", tag, bits),
  );
}
