import { describeSilence } from "../language/language.ts";
import { silentSpans, type SilenceReason } from "../script/model/silence.ts";
import type { Script } from "../script/model/script.ts";
import { writtenSpan } from "../script/model/segmentAt.ts";
import type { LineIndex, TextPlace } from "./lineIndex.ts";

/** What is said of a script, or not said, as the JSON document has it; in the order of the document. */
export type SpokenPart = TextPlace &
  (
    | { readonly kind: "spoken"; readonly segment: number; readonly text: string }
    | {
        readonly kind: "silent";
        readonly reason: SilenceReason;
        readonly message: string;
        /** As it is written. */
        readonly text: string;
      }
  );

/** Lists what of a script is sent, segment by segment, and all of it that is not spoken, with the reasons. */
export function reportSpoken(text: string, script: Script, lines: LineIndex): SpokenPart[] {
  const spoken = script.segments
    .filter(({ speakable }) => speakable)
    .map((segment) => ({
      at: writtenSpan(text, segment).start,
      part: { kind: "spoken", segment: segment.index + 1, text: segment.transcript } as const,
    }));
  const silent = [...silentSpans(script)].map(({ start, end, reason }) => {
    const message = describeSilence(reason);
    return {
      at: start,
      part: { kind: "silent", reason, message, text: text.slice(start, end) } as const,
    };
  });
  return [...spoken, ...silent]
    .sort((one, other) => one.at - other.at)
    .map(({ at, part }) => ({ ...lines.placeOf(at), ...part }));
}
