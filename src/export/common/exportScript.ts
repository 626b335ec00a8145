import * as l10n from "@vscode/l10n";
import type { Clip } from "../../clips/model/clip.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import { isSpeakable } from "../../script/model/serviceTags.ts";
import { ExportError } from "./exportError.ts";

/** A word of a segment's transcript, and when it is said. */
export interface ExportWord {
  /** Where it stands in the transcript, in UTF-16 units: `from` is inside, `to` is not. */
  readonly from: number;
  readonly to: number;
  /** In seconds from the start of the segment's clip. */
  readonly start: number;
  readonly end: number;
}

/** A segment of a script that is to be exported. */
export interface ExportSegment {
  /** From 0, in document order, segments with nothing to say included. Its number for people is one more. */
  readonly index: number;
  readonly transcript: string;
  /** The name of who says it; absent where it is nobody's in particular. */
  readonly speaker?: string | undefined;
  /** The heading that it stands under, where it is the first to do so. */
  readonly heading?: string | undefined;
  /** How it is to sound, where that is not as the script is: of segments that sound alike the same object. */
  readonly sound?: VoiceOptions | undefined;
  /** Its clip, where it has one. */
  readonly clip?: Clip | undefined;
  /** What was spoken for it is not what would be spoken now: another text, voice or setting. Another text is noticed without it. */
  readonly changed?: boolean;
  /** It has something to say that is not known, for a variable has no value. */
  readonly unfilled?: boolean;
  /** The words of its clip, by their starts; where there are none, their times are reckoned. */
  readonly words?: readonly ExportWord[];
}

/** A script that is to be exported: its segments in document order. */
export interface ExportScript {
  /** What names the script: its front matter's title, or the document's name without its ending. */
  readonly title: string;
  readonly segments: readonly ExportSegment[];
}

/** A segment with its clip. */
export interface SpokenSegment extends ExportSegment {
  readonly clip: Clip;
}

/** What shall be done about segments that are not ready. */
export interface Unready {
  /** Leave out segments that have not been spoken, instead of refusing. */
  readonly leaveOutMissing?: boolean;
  /** Leave out segments that have changed since they were spoken, instead of refusing. */
  readonly leaveOutChanged?: boolean;
}

/** The segments that have something to say and can't be exported as they are. */
export interface UnreadySegments {
  readonly missing: readonly ExportSegment[];
  readonly changed: readonly ExportSegment[];
}

/** Which segments have something to say, and no clip of just that. */
export function findUnready({ segments }: ExportScript): UnreadySegments {
  const speakable = segments.filter(
    ({ transcript, unfilled }) => unfilled || isSpeakable(transcript),
  );
  const changed = speakable.filter(isChanged);
  return {
    missing: speakable.filter((segment) => !segment.clip && !isChanged(segment)),
    changed,
  };
}

/**
 * The segments of a script that are exported, in its order: all that have something to say.
 * @throws {ExportError} `not-spoken` or `changed`, where some are not ready and are not to be left out; `nothing` where none is left.
 */
export function chooseSegments(script: ExportScript, unready: Unready = {}): SpokenSegment[] {
  const { missing, changed } = findUnready(script);
  if (missing.length > 0 && !unready.leaveOutMissing) {
    throw new ExportError(
      "not-spoken",
      missing.length === 1
        ? l10n.t(
            "Segment {0} has not been spoken yet. Preview the script, or export without it.",
            numbersOf(missing),
          )
        : l10n.t(
            "Segments {0} have not been spoken yet. Preview the script, or export without them.",
            numbersOf(missing),
          ),
    );
  }
  if (changed.length > 0 && !unready.leaveOutChanged) {
    throw new ExportError("changed", describeChanged(changed));
  }
  const chosen = script.segments.filter(
    (segment): segment is SpokenSegment =>
      !!segment.clip && !isChanged(segment) && isSpeakable(segment.transcript),
  );
  if (chosen.length > 0) return chosen;
  throw new ExportError(
    "nothing",
    l10n.t("There is nothing to export: no segment has been spoken."),
  );
}

/** What is locked stays as it is, however often the script is previewed. */
function describeChanged(changed: readonly ExportSegment[]): string {
  const numbers = numbersOf(changed);
  const isOne = changed.length === 1;
  const what = isOne
    ? l10n.t("Segment {0} has changed since it was spoken.", numbers)
    : l10n.t("Segments {0} have changed since they were spoken.", numbers);
  if (changed.some(({ clip }) => clip?.locked)) {
    return isOne
      ? `${what} ${l10n.t("Unlock what is locked and preview the script, or export without it.")}`
      : `${what} ${l10n.t("Unlock what is locked and preview the script, or export without them.")}`;
  }
  return isOne
    ? `${what} ${l10n.t("Preview the script, or export without it.")}`
    : `${what} ${l10n.t("Preview the script, or export without them.")}`;
}

function isChanged({ transcript, clip, changed }: ExportSegment): boolean {
  return changed === true || (clip !== undefined && clip.transcript !== transcript);
}

/** So many segments are named one by one. */
const mostNamed = 8;

/** "3", "3 and 4", "1, 2 and 3", "1, 2, 3, 4, 5, 6, 7, 8 and 5 more". */
function numbersOf(segments: readonly ExportSegment[]): string {
  const numbers = segments.map(({ index }) => index + 1);
  const more = numbers.length - mostNamed;
  if (more > 1) return l10n.t("{0} and {1} more", numbers.slice(0, mostNamed).join(", "), more);
  const [last = 0] = numbers.splice(-1);
  return numbers.length === 0 ? String(last) : l10n.t("{0} and {1}", numbers.join(", "), last);
}
