import * as l10n from "@vscode/l10n";
import { decodeSamples } from "../../audio/decodeSamples.ts";
import { encodeSamples } from "../../audio/encodeSamples.ts";
import { bytesPerSample, type PcmFormat } from "../../audio/pcm.ts";
import { Resampler } from "../../audio/resample.ts";
import { readWavLayout, WavError } from "../../audio/wav.ts";
import type { Clip } from "../../clips/model/clip.ts";
import { isDiskError } from "../../clips/model/clipError.ts";
import { readFlags, versionOf, type Disk } from "../../clips/model/disk.ts";
import { ExportError } from "../common/exportError.ts";

/** So much of a clip is held at a time; a whole number of samples of any encoding. */
const blockBytes = 256 * 1024;
/** So much of a WAV file is read to find its samples, as where clips are opened. */
const headBytes = 4096;

/** How samples were changed on their way. */
export interface SampleTally {
  /** Samples beyond full scale, which the format can't hold. */
  clipped: number;
}

/** Gives the sound of clips in one format, whatever each clip's own is. Filters are designed once for each rate. */
export class ClipSamples {
  readonly #disk: Disk;
  readonly #format: PcmFormat;
  readonly #tally: SampleTally;
  readonly #resamplers = new Map<number, Resampler>();

  constructor(disk: Disk, format: PcmFormat, tally: SampleTally) {
    this.#disk = disk;
    this.#format = format;
    this.#tally = tally;
  }

  /**
   * A clip's samples, headerless, in parts. What is in the format already is passed on to the bit.
   * @throws {ExportError} `clip`, where the file is not what the clip says.
   */
  async *read(clip: Clip): AsyncGenerator<Uint8Array, void, undefined> {
    const { encoding, sampleRate } = clip.format;
    const isSame = encoding === this.#format.encoding && sampleRate === this.#format.sampleRate;
    const stream = this.#resampler(sampleRate).stream();
    for await (const block of readBlocks(this.#disk, clip)) {
      yield isSame ? block : this.#encode(stream.push(decodeSamples(block, encoding)));
    }
    if (!isSame) yield this.#encode(stream.end());
  }

  #encode(samples: Float32Array): Uint8Array {
    for (const sample of samples) if (sample > 1 || sample < -1) this.#tally.clipped++;
    return encodeSamples(samples, this.#format.encoding);
  }

  #resampler(fromRate: number): Resampler {
    const resampler =
      this.#resamplers.get(fromRate) ?? new Resampler(fromRate, this.#format.sampleRate);
    this.#resamplers.set(fromRate, resampler);
    return resampler;
  }
}

/** The samples of a clip as they lie in its file, in parts of whole samples. */
async function* readBlocks(disk: Disk, clip: Clip): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await onClip(clip, () => disk.open(clip.path, readFlags));
  try {
    const start = await onClip(clip, () => findSamples(file, clip));
    const end = start + clip.bytes - (clip.bytes % bytesPerSample(clip.format.encoding));
    for (let at = start; at < end;) {
      const block = await onClip(clip, () => readFrom(file, at, Math.min(blockBytes, end - at)));
      at += block.length;
      yield block;
    }
  } finally {
    await file.close();
  }
}

type OpenFile = Awaited<ReturnType<Disk["open"]>>;

/** Where a clip's samples begin in its file. */
async function findSamples(file: OpenFile, clip: Clip): Promise<number> {
  const found = await file.stat();
  const { size } = found;
  // Another segment's clip may have this name by now, and be as long.
  if (versionOf(found) !== clip.version) return hasChanged(clip);
  if (clip.container === "raw") return size === clip.bytes ? 0 : hasChanged(clip);
  const head = await readFrom(file, 0, Math.min(size, headBytes));
  const { format, start, end } = readWavLayout(head, size);
  const isSame =
    format.encoding === clip.format.encoding &&
    format.sampleRate === clip.format.sampleRate &&
    end - start === clip.bytes;
  return isSame ? start : hasChanged(clip);
}

async function readFrom(file: OpenFile, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new WavError("The file is shorter than it was.");
    filled += bytesRead;
  }
  return bytes;
}

async function onClip<Result>(clip: Clip, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof WavError) return hasChanged(clip);
    if (!isDiskError(cause)) throw cause;
    const { path } = clip;
    const sentence =
      cause.code === "ENOENT"
        ? l10n.t("“{0}” has vanished. Preview the script again.", path)
        : l10n.t("“{0}” can't be read ({1}). Preview the script again.", path, cause.message);
    throw new ExportError("clip", sentence, { cause });
  }
}

function hasChanged({ path }: Clip): never {
  throw new ExportError(
    "clip",
    l10n.t(
      "“{0}” is not the clip it was: another program has changed it. Preview the script again.",
      path,
    ),
  );
}
