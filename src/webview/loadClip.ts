import { readWav } from "../audio/wav.ts";
import type { ClipAudio } from "./clipLoader.ts";

/**
 * Fetches and reads a clip's WAV file. Its samples are not resampled, as `decodeAudioData` would do. Rejects with a sentence
 * for the user.
 */
export async function loadClip(src: string): Promise<ClipAudio> {
  let bytes: Uint8Array;
  try {
    const response = await fetch(src);
    if (!response.ok) throw new Error(`status ${response.status}`);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Its file could not be fetched (${detail}).`, { cause });
  }
  const { format, samples } = readWav(bytes);
  return { format, samples };
}
