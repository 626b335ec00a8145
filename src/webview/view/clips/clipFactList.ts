import * as l10n from "@vscode/l10n";
import type { ClipView } from "../../../panel/messages.ts";
import { formatMilliseconds, formatSeconds } from "../elements/clipWords.ts";
import { formatNumber } from "../elements/pageLanguage.ts";

/** A measured fact of a clip. */
export interface ClipFact {
  readonly kind: "duration" | "voice" | "firstByte" | "firstSound" | "speed" | "pause";
  readonly text: string;
  /** What it means, in a sentence. */
  readonly meaning: string;
}

/** What was measured of a clip, in the order of reading. `pause`: before the next segment, in seconds. */
export function clipFactsOf(
  { seconds, voice, timing }: ClipView,
  pause: number | undefined,
): ClipFact[] {
  const facts: (ClipFact | undefined)[] = [
    fact("duration", seconds, formatSeconds, l10n.t("How long it sounds.")),
    fact(
      "voice",
      voice,
      (name) => l10n.t("said by {0}", name),
      l10n.t("Another voice than the script's own said it."),
    ),
    fact(
      "firstByte",
      timing?.firstByteMs,
      (value) => l10n.t("first byte {0}", formatMilliseconds(value)),
      l10n.t("From the request to the first byte of audio."),
    ),
    fact(
      "firstSound",
      timing?.firstAudibleMs,
      (value) => l10n.t("first sound {0}", formatMilliseconds(value)),
      l10n.t("From the request to the first sample that can be heard."),
    ),
    fact(
      "speed",
      timing?.speed,
      formatSpeed,
      l10n.t("Seconds of audio that the service made in a second."),
    ),
    fact(
      "pause",
      pause,
      formatPause,
      l10n.t("What a listener hears as the pause before the next segment."),
    ),
  ];
  return facts.filter((known) => known !== undefined);
}

function fact<T>(
  kind: ClipFact["kind"],
  value: T | undefined,
  format: (value: T) => string,
  meaning: string,
): ClipFact | undefined {
  return value === undefined ? undefined : { kind, text: format(value), meaning };
}

function formatSpeed(speed: number): string {
  return `${formatNumber(speed, speed < 9.95 ? 1 : 0)}×`;
}

function formatPause(seconds: number): string {
  return seconds < 0.05 ? l10n.t("no pause") : l10n.t("pause {0}", formatSeconds(seconds));
}
