import type { Peaks } from "../../../audio/peaks.ts";

/** What is drawn at one place of a waveform. */
export interface WaveformColumn {
  /** From −1 to 1. */
  readonly low: number;
  readonly high: number;
  readonly clipped: boolean;
  readonly silent: boolean;
}

/** The scale of the peaks. */
const fullPeak = 127;

/**
 * Lays peaks out side by side.
 * @param width in columns
 * @param seconds what the width stands for; where there is less audio, there are fewer columns
 */
export function columnsOf(peaks: Peaks, width: number, seconds: number): WaveformColumn[] {
  const { lows, highs, clipped, secondsPerPeak, silences } = peaks;
  if (!(seconds > 0) || lows.length === 0) return [];
  const secondsPerColumn = seconds / width;
  const count = Math.min(width, Math.ceil(peaks.seconds / secondsPerColumn));
  let silence = 0;
  return Array.from({ length: count }, (_, column) => {
    const start = column * secondsPerColumn;
    const first = Math.min(lows.length - 1, Math.floor(start / secondsPerPeak));
    const end = Math.max(first + 1, Math.ceil((start + secondsPerColumn) / secondsPerPeak));
    const middle = start + secondsPerColumn / 2;
    while ((silences[silence]?.to ?? Infinity) <= middle) silence++;
    return {
      low:
        lows.subarray(first, end).reduce((low, peak) => Math.min(low, peak), Infinity) / fullPeak,
      high:
        highs.subarray(first, end).reduce((high, peak) => Math.max(high, peak), -Infinity) /
        fullPeak,
      clipped: clipped.subarray(first, end).includes(1),
      silent: (silences[silence]?.from ?? Infinity) <= middle,
    };
  });
}
