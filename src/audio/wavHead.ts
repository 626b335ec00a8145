import { bytesPerSample, type PcmFormat } from "./pcm.ts";
import { concatenate, encodeChunk, viewOf, words32 } from "./riff.ts";
import { encodeFormat } from "./wav.ts";

/** Sizes from here on say: look into `ds64`. Source: EBU Tech 3306, RF64. */
const largestSize = 0xffffffff;

/**
 * What stands before the samples in a mono WAV file whose length is known before they are: they follow, then one zero byte
 * where they are odd in number of bytes, then `notesLength` bytes of other chunks.
 *
 * A file that 32 bits can't measure becomes an RF64 file, which says its sizes in 64 bits and is a WAV file otherwise.
 * Source: EBU Tech 3306.
 * @param count how many samples will follow.
 * @throws {WavError} where the sample rate is no positive whole number.
 */
export function encodeWavHead(
  format: PcmFormat,
  count: number,
  notesLength = 0,
): Uint8Array<ArrayBuffer> {
  const dataLength = count * bytesPerSample(format.encoding);
  const after = dataLength + (dataLength % 2) + notesLength;
  const size = (head: Uint8Array): number => 4 + head.length + 8 + after;
  const plain = encodeFormat(format, Math.min(count, largestSize));
  if (size(plain) <= largestSize) {
    return concatenate([words32("RIFF", size(plain), "WAVE"), plain, words32("data", dataLength)]);
  }
  const ds64Length = 8 + 28;
  const riffSize = size(plain) + ds64Length;
  return concatenate([
    words32("RF64", largestSize, "WAVE"),
    encodeChunk("ds64", [words64(riffSize, dataLength, count), words32(0)]),
    plain,
    words32("data", largestSize),
  ]);
}

function words64(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  values.forEach((value, at) => viewOf(bytes).setBigUint64(8 * at, BigInt(value), true));
  return bytes;
}
