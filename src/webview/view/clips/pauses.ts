import type { ClipView } from "../../../panel/messages.ts";

/**
 * The pause before the next segment as a listener hears it, in seconds, by segment: the silence at the end of a clip and that at
 * the start of the next. It is missing where either is not known. Segments with nothing to say are passed over.
 */
export function pausesOf(clips: readonly ClipView[]): ReadonlyMap<number, number> {
  const pauses = new Map<number, number>();
  const spoken = clips.filter(({ state }) => state !== "nothing to say");
  for (const [at, { segment, seconds, audible }] of spoken.entries()) {
    const next = spoken[at + 1]?.audible;
    if (!audible || !next || seconds === undefined) continue;
    pauses.set(segment, Math.max(0, seconds - audible.end) + next.start);
  }
  return pauses;
}
