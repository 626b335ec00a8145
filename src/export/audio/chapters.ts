import { firstWords } from "../../script/outline/firstWords.ts";
import { withoutServiceTags } from "../../script/model/serviceTags.ts";
import type { Piece, Timeline } from "../common/timeline.ts";
import type { AudioFormat } from "./audioFormat.ts";

/** A part of a file that players jump to. */
export interface Chapter {
  /** In samples; it ends where the next one begins, or the sound does. */
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

/** More chapters than this not every player takes, nor the list of them that an MP3 file has. Source: ID3v2 Chapter Frame Addendum 1.0. */
const mostChapters = 255;

/** The chapters of a sound: its segments or, where there are too many, as many neighbours each as it takes. None where one is all. */
export function chaptersOf({ pieces, length }: Timeline): Chapter[] {
  const size = Math.ceil(pieces.length / mostChapters);
  const firsts = pieces.filter((_, at) => at % size === 0);
  if (firsts.length < 2) return [];
  return firsts.map((piece, at) => ({
    start: piece.start,
    end: firsts[at + 1]?.start ?? length,
    title: titleOf(piece),
  }));
}

function titleOf({ segment: { index, heading = "", transcript } }: Piece): string {
  return firstWords(heading) || firstWords(withoutServiceTags(transcript)) || String(index + 1);
}

/** These have Vorbis comments. ffmpeg writes no chapters to FLAC, and to Ogg with seconds that are rounded up (5.1). */
const withComments = ["flac", "opus"];

/**
 * What tells ffmpeg of chapters: a file of its format "ffmetadata". Vorbis comments are said in it as they will stand.
 * Source: ffmpeg, Formats, "Metadata"; Xiph, Chapter Extension.
 * @param sampleRate in which they count.
 */
export function chapterMetadata(
  chapters: readonly Chapter[],
  sampleRate: number,
  format: AudioFormat,
): string {
  const entries = chapters.map(({ start, end, title }, at) => {
    const name = title.replace(/[=;#\\]/g, "\\$&");
    if (!withComments.includes(format.id)) {
      return `[CHAPTER]\nTIMEBASE=1/${sampleRate}\nSTART=${start}\nEND=${end}\ntitle=${name}\n`;
    }
    const key = `CHAPTER${String(at).padStart(3, "0")}`;
    return `${key}=${clock(start / sampleRate)}\n${key}NAME=${name}\n`;
  });
  return [";FFMETADATA1\n", ...entries].join("");
}

function clock(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const whole = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map(two).join(":");
  return `${whole}.${String(ms % 1000).padStart(3, "0")}`;
}
