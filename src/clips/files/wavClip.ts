import { basename } from "node:path";
import { bytesPerSample, secondsOf } from "../../audio/pcm.ts";
import type { PcmFormat } from "../../audio/pcm.ts";
import { encodeWav, readWavLayout, WavError } from "../../audio/wav.ts";
import { encodeWavNotes, readWavNotes } from "../../audio/wavNotes.ts";
import type { WavCue } from "../../audio/wavNotes.ts";
import type { Clip, ClipWord, NewClip } from "../model/clip.ts";
import { audibleWithin, parseJson, readSaid, readWords, saidOf } from "../model/clipFacts.ts";
import { readFlags, versionOf } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { readFileName } from "../model/fileName.ts";
import { clipLimits, mostWordsOf } from "../model/clipLimits.ts";

/** What our files and manifests name as their maker. */
export const generator = "Scripted Speech Preview";

/** So much of a file is read to find its samples. Foreign tools may put their own chunks before them. */
const headBytes = 4096;
/** A clip as a WAV file that says itself what it is: transcript, identity and the rest in `INFO`, words as hidden cues. */
export function encodeClip(clip: NewClip): Uint8Array<ArrayBuffer> {
  const { format, samples, transcript, words } = clip;
  const comment = JSON.stringify(saidOf(clip));
  const info = { title: transcript, comment, software: generator };
  const cues = cuesOf(words, format, transcript);
  return encodeWav({ format, samples, info, cues, hidden: true });
}

/**
 * Reads what the WAV file at `path` says of itself, without its samples.
 * @returns nothing where it is no whole clip of ours.
 * @throws what the file system throws.
 */
export async function readWavClip(disk: Disk, path: string): Promise<Clip | undefined> {
  const file = await disk.open(path, readFlags);
  try {
    return await readOpenClip(file, path);
  } catch (error) {
    if (error instanceof WavError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

/** The words of a new clip as a WAV file would say them: in order, inside the sound, to the nearest sample. */
export function settleWords({ words, format, transcript, samples }: NewClip): ClipWord[] {
  const { encoding, sampleRate } = format;
  const count = Math.floor(samples.length / bytesPerSample(encoding));
  const notes = encodeWavNotes({ info: {}, cues: cuesOf(words, format, transcript) }, count);
  return readWavNotes([notes]).cues.map((cue) => wordOf(cue, sampleRate));
}

type OpenFile = Awaited<ReturnType<Disk["open"]>>;

async function readOpenClip(file: OpenFile, path: string): Promise<Clip | undefined> {
  const found = await file.stat();
  if (!found.isFile()) return undefined;
  const { size } = found;
  const head = await readBytes(file, 0, Math.min(size, headBytes));
  const layout = readWavLayout(head, size);
  if (!layout.whole || size - layout.notesStart > clipLimits.noteBytes) return undefined;
  const tail = await readBytes(file, layout.notesStart, size - layout.notesStart);
  // Tools that rewrite a file put its notes before its samples: ours stand behind, so that they are proof of the whole.
  const before = head.subarray(12, layout.start - 8);
  const { info, cues } = readWavNotes([before, tail], {
    cues: mostWordsOf,
    title: clipLimits.transcriptBytes,
    comment: clipLimits.commentBytes,
  });
  const said = readSaid(parseJson(info.comment ?? ""));
  if (!said) return undefined;
  const bytes = layout.end - layout.start;
  const seconds = secondsOf(bytes, layout.format);
  const transcript = info.title ?? "";
  const timed = cues.map((cue) => wordOf(cue, layout.format.sampleRate));
  const words = readWords(timed, { transcript, seconds });
  return {
    ...said,
    audible: audibleWithin(said.audible, seconds),
    segment: readFileName(basename(path))?.segment,
    path,
    container: "wav",
    locked: false,
    transcript,
    format: layout.format,
    words,
    seconds,
    bytes,
    version: versionOf(found),
  };
}

async function readBytes(file: OpenFile, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** None where there are more than a reader would believe. */
function cuesOf(
  words: readonly ClipWord[],
  { sampleRate }: PcmFormat,
  transcript: string,
): WavCue[] {
  return words.length > mostWordsOf(transcript) ? [] : words.map((word) => cueOf(word, sampleRate));
}

function cueOf({ text, start, end }: ClipWord, sampleRate: number): WavCue {
  const sample = Math.round(start * sampleRate);
  return {
    sample,
    length: Math.round(end * sampleRate) - sample,
    label: text.slice(0, clipLimits.word),
  };
}

function wordOf({ sample, length, label }: WavCue, sampleRate: number): ClipWord {
  // A microsecond is finer than any sample, and does not fill manifests with digits.
  const seconds = (at: number): number => Math.round((at / sampleRate) * 1e6) / 1e6;
  return { text: label, start: seconds(sample), end: seconds(sample + length) };
}
