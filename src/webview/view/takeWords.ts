import type { TakeView } from "../../panel/messages.ts";
import { formatSeconds } from "./clipWords.ts";

/** The units in which a time ago is told, and how many seconds make one; the largest first. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** Made when it is first needed: making one is slow. */
let ago: Intl.RelativeTimeFormat | undefined;

/** How long ago that was: "just now", "5 minutes ago", "yesterday". Both in milliseconds since 1970. */
export function formatAgo(at: number, now: number): string {
  const seconds = (now - at) / 1000;
  const unit = units.find(([, length]) => seconds >= length);
  if (!unit) return "just now"; // also where another machine's clock is ahead of this one's
  ago ??= new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  return ago.format(-Math.floor(seconds / unit[1]), unit[0]);
}

/** A date and a time as the user writes them. */
export function formatMoment(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "long", timeStyle: "short" });
}

/** A take's name for a screen reader, and the list item's public name: "Take 1, 5 minutes ago, Katie, 3.4 seconds". */
export function describeTake(take: TakeView, number: number, now: number): string {
  const length = `${take.seconds.toFixed(1)} seconds`;
  return `Take ${number}, ${formatAgo(Date.parse(take.spokenAt), now)}, ${take.voice}, ${length}`;
}

/** What is known of a take, for who looks closer: "July 20, 2026 at 2:05 PM, Katie, 3.4 s". */
export function tellTake({ spokenAt, voice, seconds }: TakeView): string {
  return `${formatMoment(Date.parse(spokenAt))}, ${voice}, ${formatSeconds(seconds)}`;
}
