import * as l10n from "@vscode/l10n";
import type { TakeView } from "../../../panel/messages.ts";
import { describeSeconds, formatSeconds } from "./clipWords.ts";
import { formatTimeAgo, pageLanguage } from "./pageLanguage.ts";

/** The units in which a time ago is told, and how many seconds make one; the largest first. */
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** How long ago that was: "just now", "5 minutes ago", "yesterday". Both in milliseconds since 1970. */
export function formatAgo(at: number, now: number): string {
  if (Number.isNaN(at)) return l10n.t("undated");
  const seconds = (now - at) / 1000;
  const unit = units.find(([, length]) => seconds >= length);
  if (!unit) return l10n.t("just now"); // also where another machine's clock is ahead of this one's
  return formatTimeAgo(Math.floor(seconds / unit[1]), unit[0]);
}

/** A date and a time, in English as the user's country writes them. */
export function formatMoment(at: number): string {
  if (Number.isNaN(at)) return l10n.t("undated");
  const language = pageLanguage();
  return new Date(at).toLocaleString(language === "en" ? undefined : language, {
    dateStyle: "long",
    timeStyle: "short",
  });
}

/** A take's name for a screen reader, and the list item's public name: "Take 1, 5 minutes ago, Katie, 3.4 seconds". */
export function describeTake(take: TakeView, number: number, now: number): string {
  const ago = formatAgo(Date.parse(take.spokenAt), now);
  return [l10n.t("Take {0}", number), ago, take.voice, describeSeconds(take.seconds)].join(", ");
}

/** What is known of a take, for who looks closer: "July 20, 2026 at 2:05 PM, Katie, 3.4 s". */
export function tellTake({ spokenAt, voice, seconds }: TakeView): string {
  return `${formatMoment(Date.parse(spokenAt))}, ${voice}, ${formatSeconds(seconds)}`;
}
