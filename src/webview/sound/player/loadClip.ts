import * as l10n from "@vscode/l10n";
import { encodings, type PcmFormat } from "../../../audio/pcm.ts";
import { readWav } from "../../../audio/wav.ts";
import type { ClipAudio } from "./clipLoader.ts";

/**
 * Fetches and reads a clip's file. Its samples are not resampled, as `decodeAudioData` would do. Rejects with a sentence
 * for the user.
 */
export async function loadClip(src: string): Promise<ClipAudio> {
  let bytes: Uint8Array;
  try {
    const response = await fetch(src);
    if (!response.ok) throw new Error(l10n.t("status {0}", response.status));
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(l10n.t("Its file could not be fetched ({0}).", detail), { cause });
  }
  const format = readRawFormat(src);
  if (format) return { format, samples: bytes };
  const wav = readWav(bytes);
  return { format: wav.format, samples: wav.samples };
}

/** The format that the address of headerless samples names; `undefined` for a WAV file, which says it itself. */
function readRawFormat(src: string): PcmFormat | undefined {
  const { searchParams } = new URL(src, document.baseURI);
  const encoding = encodings.find((known) => known === searchParams.get("encoding"));
  const sampleRate = Number(searchParams.get("sampleRate"));
  return encoding && sampleRate > 0 ? { encoding, sampleRate } : undefined;
}
