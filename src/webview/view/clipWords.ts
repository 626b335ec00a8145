import type { ClipState, ClipView, Cost } from "../../panel/messages.ts";

/**
 * A clip's name for a screen reader, and the list item's public name: "Segment 2, ready, locked, 3.4 seconds", and
 * "Segment 2, ROSALIND, ready, 3.4 seconds" where the script names a speaker.
 */
export function describeClip({ segment, speaker, state, seconds, locked }: ClipView): string {
  const who = speaker === undefined ? [] : [speaker];
  const length = seconds === undefined ? [] : [`${seconds.toFixed(1)} seconds`];
  const words = [`Segment ${segment + 1}`, ...who, state, ...(locked ? ["locked"] : []), ...length];
  return words.join(", ");
}

/** A duration to be read at a glance: "3.4 s", from a minute on "1:05". */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** How a run ended, in a sentence: "Preview ended: 4 ready, 1 failed." */
export function describeRunEnd(clips: readonly ClipView[]): string {
  const told: readonly ClipState[] = ["ready", "failed", "incomplete"];
  const counts = told
    .map((state) => ({ state, count: clips.filter((clip) => clip.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`);
  return counts.length === 0 ? "Preview ended." : `Preview ended: ${counts.join(", ")}.`;
}

/** A short time to be read at a glance: "120 ms", from a second on "1.2 s". */
export function formatMilliseconds(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  return whole < 1000 ? `${whole} ms` : formatSeconds(milliseconds / 1000);
}

/** A place in a clip for a screen reader: "1.2 of 3.4 seconds". */
export function describePosition(seconds: number, length: number): string {
  return `${seconds.toFixed(1)} of ${length.toFixed(1)} seconds`;
}

/** "1,234 characters", "1 character". */
export function formatCount(amount: number, noun: string): string {
  return `${amount.toLocaleString("en-US")} ${noun}${amount === 1 ? "" : "s"}`;
}

/** Why a segment is not spoken, in a sentence. */
export function describeLocked(segment: number): string {
  return `Segment ${segment + 1} is locked: unlock it to speak it.`;
}

/** What a press sends to the service, beside its button: "sends 120 characters", and nothing where it sends nothing. */
export function describeSending(characters: number | undefined): string {
  return characters ? `sends ${formatCount(characters, "character")}` : "";
}

/** What saying a segment in context sends: "sends 120 characters, 80 of them of the segments before it". */
export function describeInContext(all: number | undefined, own: number): string {
  const sends = describeSending(all);
  const before = (all ?? 0) - own;
  return before > 0
    ? `${sends}, ${before.toLocaleString("en-US")} of them of the segments before it`
    : sends;
}

/** What Preview Script does: "sends 1,234 characters, about 1,230 credits". The estimate is no more precise than it can be. */
export function describeCost({ characters, credits }: Cost): string {
  if (characters === 0) return "plays all, nothing to send";
  const sends = describeSending(characters);
  if (credits === undefined) return sends;
  return `${sends}, about ${formatCount(Number(credits.toPrecision(3)), "credit")}`;
}
