import { bytesPerSample } from "./pcm.ts";
import type { Encoding } from "./pcm.ts";

/**
 * Decodes headerless mono samples to numbers of full scale 1, as Web Audio wants them. `pcm_f32le` keeps every value as it
 * is, also those beyond full scale. A trailing part of a sample is left out. `bytes` may lie anywhere in its buffer.
 */
export function decodeSamples(bytes: Uint8Array, encoding: Encoding): Float32Array<ArrayBuffer> {
  const width = bytesPerSample(encoding);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = sampleReader(view, encoding);
  const samples = new Float32Array(Math.floor(bytes.byteLength / width));
  for (let index = 0; index < samples.length; index++) samples[index] = read(index * width);
  return samples;
}

function sampleReader(view: DataView, encoding: Encoding): (at: number) => number {
  switch (encoding) {
    case "pcm_f32le":
      return (at) => view.getFloat32(at, true);
    case "pcm_s16le":
      return (at) => view.getInt16(at, true) / 32768;
    case "pcm_mulaw":
      return (at) => decodeMuLaw(view.getUint8(at)) / 32768;
    case "pcm_alaw":
      return (at) => decodeALaw(view.getUint8(at)) / 32768;
  }
}

/** A µ-law byte as a 16-bit sample. Source: ITU-T G.711, table 2, scaled from 14 to 16 bits. */
function decodeMuLaw(byte: number): number {
  const code = ~byte & 0xff;
  const exponent = (code >> 4) & 7;
  const magnitude = ((((code & 15) << 3) + 0x84) << exponent) - 0x84;
  return code & 0x80 ? 0 - magnitude : magnitude;
}

/** An A-law byte as a 16-bit sample. Source: ITU-T G.711, table 1, scaled from 13 to 16 bits. */
function decodeALaw(byte: number): number {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7;
  const step = ((code & 15) << 4) + 8;
  const magnitude = exponent === 0 ? step : (step + 0x100) << (exponent - 1);
  return code & 0x80 ? magnitude : -magnitude;
}
