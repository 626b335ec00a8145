import { decibels, LoudnessMeter, ratioOf } from "../../audio/loudness.ts";
import { Limiter } from "../../audio/limiter.ts";
import { PeakMeter } from "../../audio/truePeak.ts";
import type { Piece, Timeline } from "../common/timeline.ts";
import { SampleStream, type Levels, type StreamTools } from "./sampleStream.ts";

/** True peaks stay below it, in dBTP. Source: EBU R 128, "Maximum Permitted True Peak Level". */
const ceiling = -1;
/** Limited below that, for two meters need not agree between samples. */
const margin = 0.1;
/** So near to the loudness that was asked for, in LU, is there. */
const nearEnough = 0.1;
/** So often the limiter's effect is heard, and made up for. */
const mostTries = 3;

/** How loud a script was, and is made. All but gains may be `-Infinity`, where there is silence alone. */
export interface Loudness {
  /** In LUFS, as all loudnesses here: what was asked for. */
  readonly target: number;
  /** What the whole has now. */
  readonly integrated: number;
  /** In dBTP. */
  readonly truePeak: number;
  /** By how many decibels the highest peak was brought down; 0 where none was. */
  readonly limited: number;
  /** In the order in which they speak. */
  readonly voices: readonly VoiceLoudness[];
}

/** The loudness of all that one voice says. */
export interface VoiceLoudness {
  /** Its id. */
  readonly voice: string;
  /** What it had in the clips. */
  readonly integrated: number;
  /** In decibels. */
  readonly gain: number;
}

/** How a timeline is made as loud as asked for. */
export interface Levelling {
  readonly loudness: Loudness;
  /** For one reading of the sound from its start. */
  readonly levels: () => Levels;
}

/** How many times a timeline is read to be levelled, at most. */
export const mostReadings = 1 + mostTries;

/**
 * Listens to a timeline, and finds the one gain of each voice that brings it, and with it the whole, to a loudness by EBU R 128.
 * True peaks that would go beyond -1 dBTP are limited; what that takes away is given back to all voices alike.
 * @param target in LUFS.
 * @param onReading told of each time that the sound was read.
 * @throws {ExportError} `clip`; what the signal was aborted with.
 */
export async function levelTo(
  target: number,
  timeline: Timeline,
  tools: StreamTools,
  onReading: () => void,
): Promise<Levelling> {
  const { sampleRate } = timeline;
  const measured = await measureVoices(timeline, tools);
  onReading();
  const gains = new Map(
    [...measured].map(([voice, loudness]) => [
      voice,
      Number.isFinite(loudness) ? target - loudness : 0,
    ]),
  );
  const levels = (): Levels => ({
    gainOf: ({ segment }) => ratioOf(gains.get(segment.clip.voice) ?? 0),
    limiter: new Limiter(sampleRate, ratioOf(ceiling - margin)),
  });
  for (let tries = 1; ; tries++) {
    const tried = levels();
    const now = await measureWhole(timeline, { ...tools, levels: tried });
    onReading();
    const missing = target - now.integrated;
    if (tries === mostTries || !(Math.abs(missing) > nearEnough) || !Number.isFinite(missing)) {
      const limited = Math.max(0, -decibels(tried.limiter.lowest));
      const voices = [...measured].map(([voice, integrated]) => ({
        voice,
        integrated: rounded(integrated),
        gain: rounded(gains.get(voice) ?? 0),
      }));
      const [integrated, truePeak] = [rounded(now.integrated), rounded(now.truePeak)];
      return {
        loudness: { target, integrated, truePeak, limited: rounded(limited), voices },
        levels,
      };
    }
    for (const [voice, gain] of gains) gains.set(voice, gain + missing);
  }
}

/** To hundredths: what is beyond is nobody's to hear. */
function rounded(decibels: number): number {
  return Math.round(decibels * 100) / 100;
}

/** The loudness of all that each voice says, by its id. */
async function measureVoices(
  timeline: Timeline,
  tools: StreamTools,
): Promise<ReadonlyMap<string, number>> {
  const meters = new Map<string, LoudnessMeter>();
  const pieceMeter = ({ segment: { clip } }: Piece): LoudnessMeter => {
    const meter = meters.get(clip.voice) ?? new LoudnessMeter(timeline.sampleRate);
    meters.set(clip.voice, meter);
    return meter;
  };
  const stream = new SampleStream(timeline, tools);
  try {
    for (const [at, piece] of timeline.pieces.entries()) {
      const meter = pieceMeter(piece);
      for await (const block of stream.take(piece.length)) push(meter, block);
      if (at < timeline.pieces.length - 1) await stream.skip(timeline.gap);
    }
  } finally {
    await stream.close();
  }
  return new Map([...meters].map(([voice, meter]) => [voice, meter.integrated()]));
}

async function measureWhole(
  timeline: Timeline,
  tools: StreamTools,
): Promise<Pick<Loudness, "integrated" | "truePeak">> {
  const [meter, peaks] = [new LoudnessMeter(timeline.sampleRate), new PeakMeter()];
  const stream = new SampleStream(timeline, tools);
  try {
    for await (const block of stream.take(timeline.length)) {
      push(meter, block);
      push(peaks, block);
    }
  } finally {
    await stream.close();
  }
  return { integrated: meter.integrated(), truePeak: decibels(peaks.peak()) };
}

function push(meter: LoudnessMeter | PeakMeter, block: Float32Array | Uint8Array): void {
  if (block instanceof Float32Array) meter.push(block);
}
