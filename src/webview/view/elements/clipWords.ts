import * as l10n from "@vscode/l10n";
import type { ClipView, Cost, ClipState } from "../../../panel/messages.ts";
import type { ClipSound } from "../../sound/player/playback.ts";
import { formatNumber } from "./pageLanguage.ts";

/**
 * A clip's name for a screen reader, and the list item's public name: "Segment 2, ready, locked, 3.4 seconds", and
 * "Segment 2, ROSALIND, ready, 3.4 seconds" where the script names a speaker.
 */
export function describeClip({ index, speaker, state, seconds, locked }: ClipView): string {
  const who = speaker === undefined ? [] : [speaker];
  const length = seconds === undefined ? [] : [describeSeconds(seconds)];
  const lock = locked ? [l10n.t("locked")] : [];
  return [nameSegment(index), ...who, nameState(state), ...lock, ...length].join(", ");
}

/** "Segment 2", by its index. */
export function nameSegment(index: number): string {
  return l10n.t("Segment {0}", index + 1);
}

/** A duration in words: "3.4 seconds". */
export function describeSeconds(seconds: number): string {
  return l10n.t("{0} seconds", formatNumber(seconds, 1));
}

/** A duration to be read at a glance: "3.4 s", from a minute on "1:05". */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return l10n.t("{0} s", formatNumber(seconds, 1));
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** How a run ended, in a sentence: "Preview ended: 4 ready, 1 failed." */
export function describeRunEnd(clips: readonly ClipView[]): string {
  const count = (state: ClipView["state"]): number =>
    clips.filter((clip) => clip.state === state).length;
  const [ready, failed, incomplete] = [count("ready"), count("failed"), count("incomplete")];
  const counts = [
    ...(ready > 0 ? [l10n.t("{0} ready", formatNumber(ready))] : []),
    ...(failed > 0 ? [l10n.t("{0} failed", formatNumber(failed))] : []),
    ...(incomplete > 0 ? [l10n.t("{0} incomplete", formatNumber(incomplete))] : []),
  ];
  if (counts.length === 0) return l10n.t("Preview ended.");
  return l10n.t("Preview ended: {0}.", counts.join(", "));
}

/** A short time to be read at a glance: "120 ms", from a second on "1.2 s". */
export function formatMilliseconds(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  return whole < 1000 ? l10n.t("{0} ms", whole) : formatSeconds(milliseconds / 1000);
}

/** A place in a clip for a screen reader: "1.2 of 3.4 seconds". */
export function describePosition(seconds: number, length: number): string {
  return l10n.t("{0} of {1} seconds", formatNumber(seconds, 1), formatNumber(length, 1));
}

/** Why a segment is not spoken, in a sentence; by its index. */
export function describeLocked(index: number): string {
  return l10n.t("Segment {0} is locked: unlock it to speak it.", index + 1);
}

/** What a press sends to the service, beside its button: "sends 120 characters", and nothing where it sends nothing. */
export function describeSending(characters: number | undefined): string {
  if (!characters) return "";
  if (characters === 1) return l10n.t("sends {0} character", formatNumber(characters));
  return l10n.t("sends {0} characters", formatNumber(characters));
}

/** What saying a segment in context sends: "sends 120 characters, 80 of them of the segments before it". */
export function describeInContext(all: number | undefined, own: number): string {
  const before = (all ?? 0) - own;
  if (all === undefined || before <= 0) return describeSending(all);
  return l10n.t(
    "sends {0} characters, {1} of them of the segments before it",
    formatNumber(all),
    formatNumber(before),
  );
}

/**
 * What Preview Script does: "sends 1,234 characters, about 1,230 credits", and with the local voice, which costs none, "speaks
 * 1,234 characters". The estimate is no more precise than it can be.
 */
export function describeCost({ characters, credits }: Cost): string {
  if (characters === 0) return l10n.t("everything is ready");
  if (credits === undefined) {
    return characters === 1
      ? l10n.t("speaks {0} character", formatNumber(characters))
      : l10n.t("speaks {0} characters", formatNumber(characters));
  }
  const sends = describeSending(characters);
  const about = Number(credits.toPrecision(3));
  return about === 1
    ? l10n.t("{0}, about {1} credit", sends, formatNumber(about))
    : l10n.t("{0}, about {1} credits", sends, formatNumber(about));
}

/** What a segment's clip is, as the user reads it. */
export function nameState(state: ClipState): string {
  switch (state) {
    case "not spoken":
      return l10n.t("not spoken");
    case "queued":
      return l10n.t("queued");
    case "speaking":
      return l10n.t("speaking");
    case "ready":
      return l10n.t("ready");
    case "changed":
      return l10n.t("changed");
    case "failed":
      return l10n.t("failed");
    case "incomplete":
      return l10n.t("incomplete");
    case "nothing to say":
      return l10n.t("nothing to say");
  }
}

/** What the player does with a clip, as the user reads it; empty where it does nothing. */
export function nameSound(sound: ClipSound): string {
  switch (sound) {
    case "playing":
      return l10n.t("playing");
    case "paused":
      return l10n.t("paused");
    case "waiting":
      return l10n.t("waiting");
    case undefined:
      return "";
  }
}
