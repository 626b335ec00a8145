import { encodeSamples } from "../../audio/encodeSamples.ts";
import { bytesPerSample, type Encoding } from "../../audio/pcm.ts";
import { encodeWavHead } from "../../audio/wavHead.ts";
import { encodeWavNotes } from "../../audio/wavNotes.ts";
import { generator } from "../../clips/files/wavClip.ts";
import { withoutServiceTags } from "../../script/model/serviceTags.ts";
import type { AudioFormat } from "./audioFormat.ts";
import type { SampleStream } from "./sampleStream.ts";
import type { Timeline } from "../common/timeline.ts";

/** What the sound of one exported file is made from. */
export interface SoundFile {
  readonly title: string;
  readonly format: AudioFormat;
  readonly timeline: Timeline;
}

/** What making it needs. */
export interface SoundTools {
  /** Gives its samples next. */
  readonly stream: SampleStream;
  readonly signal: AbortSignal;
  /** Counts what could not be kept. */
  readonly tally: SampleTally;
  /** Told of each part that is done, in samples. */
  readonly onSamples: (count: number) => void;
}

/** How samples were changed on their way. */
export interface SampleTally {
  /** Samples beyond full scale, which the format can't hold. */
  clipped: number;
}

/**
 * How the samples of a file are written, or handed to ffmpeg: sound that was never finer than 16 bits is not made to look so.
 */
export function encodingOf({ format, timeline }: SoundFile): Encoding {
  if (format.container !== "ffmpeg") return format.encoding;
  const isFloat = timeline.pieces.some(
    ({ segment: { clip } }) =>
      clip.format.encoding === "pcm_f32le" || clip.format.sampleRate !== timeline.sampleRate,
  );
  return isFloat ? "pcm_f32le" : "pcm_s16le";
}

/**
 * The bytes of a file in parts, from head to end: it is never held as a whole. Between two segments stands the timeline's gap.
 * @throws {ExportError} `clip`; what the signal was aborted with.
 */
export async function* soundBytes(
  sound: SoundFile,
  tools: SoundTools,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { format, timeline } = sound;
  const { sampleRate, length } = timeline;
  const pcm = { encoding: encodingOf(sound), sampleRate };
  const notes = format.container === "wav" ? notesOf(sound) : new Uint8Array();
  const isWav = format.container !== "raw";
  if (isWav) yield encodeWavHead(pcm, length, notes.length);
  const width = bytesPerSample(pcm.encoding);
  for await (const block of tools.stream.take(length)) {
    tools.signal.throwIfAborted();
    const bytes = block instanceof Uint8Array ? block : encode(block, pcm.encoding, tools.tally);
    yield bytes;
    tools.onSamples(bytes.length / width);
  }
  if (isWav && (length * width) % 2 === 1) yield new Uint8Array(1);
  if (notes.length > 0) yield notes;
}

function encode(samples: Float32Array, encoding: Encoding, tally: SampleTally): Uint8Array {
  for (const sample of samples) if (sample > 1 || sample < -1) tally.clipped++;
  return encodeSamples(samples, encoding);
}

/** Says what the sound is, and marks its segments as audio editors show it. */
function notesOf({ title, timeline: { pieces, length } }: SoundFile): Uint8Array {
  const cues = pieces.map(({ segment: { index, transcript }, start, length: lasts }) => ({
    sample: start,
    length: lasts,
    label: `${index + 1} ${withoutServiceTags(transcript).replace(/\s+/g, " ").trim()}`,
  }));
  return encodeWavNotes({ info: { title, software: generator }, cues }, length);
}
