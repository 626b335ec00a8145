import * as l10n from "@vscode/l10n";
import { bytesPerSample } from "../../audio/pcm.ts";
import { readWavLayout, WavError } from "../../audio/wav.ts";
import type { Clip } from "../../clips/model/clip.ts";
import { isDiskError } from "../../clips/model/clipError.ts";
import { readFlags, versionOf, type Disk } from "../../clips/model/disk.ts";
import { ExportError } from "../common/exportError.ts";

/** So much of a clip is held at a time; a whole number of samples of any encoding. */
const blockBytes = 256 * 1024;
/** So much of a WAV file is read to find its samples, as where clips are opened. */
const headBytes = 4096;

/**
 * A clip's samples as they lie in its file, headerless, in parts of whole samples.
 * @throws {ExportError} `clip`, where the file is not what the clip says.
 */
export async function* readSamples(
  disk: Disk,
  clip: Clip,
): AsyncGenerator<Uint8Array, void, undefined> {
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
