import fc from "fast-check";
import type { Clip } from "../../../src/clips/model/clip.ts";
import { makeCaptions } from "../../../src/export/captions/captions.ts";
import type { ExportWord, SpokenSegment } from "../../../src/export/common/exportScript.ts";
import { layOut } from "../../../src/export/common/timeline.ts";
import { placedWords } from "../../../src/preview/plan/placedWords.ts";
import { withoutServiceTags } from "../../../src/script/model/serviceTags.ts";

/** Of all clips here, in samples per second. */
export const rate = 24000;

/** A segment whose clip is so long; its words, if any, are said at these times. */
export function spoken(
  index: number,
  transcript: string,
  seconds: number,
  words: readonly ExportWord[] = [],
  audible: Clip["audible"] = null,
): SpokenSegment {
  const bytes = 2 * Math.round(seconds * rate);
  const format = { encoding: "pcm_s16le", sampleRate: rate } as const;
  const clip = { transcript, format, bytes, seconds: bytes / 2 / rate, audible } as Clip;
  return { index, transcript, clip, words };
}

/** A segment whose words are said one after the other, each letter taking so long, with a pause behind punctuation. */
export function said(index: number, transcript: string, perLetter = 0.07): SpokenSegment {
  let at = 0.1;
  const words = [...withoutServiceTags(transcript).matchAll(/\S+/g)].map(([text]) => {
    const word = { text, start: at, end: at + text.length * perLetter };
    at = word.end + (/[.,!?]$/.test(text) ? 0.25 : 0);
    return word;
  });
  return spoken(index, transcript, at + 0.2, placedWords(transcript, words));
}

/** The captions of these segments. */
export function captionsOf(segments: readonly SpokenSegment[], gapSeconds = 0) {
  return makeCaptions(layOut(segments, { gapSeconds }));
}

const word = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-z]{1,11}[,.!?]?$/) },
  fc.constantFrom("and", "because", "that", "Mr.", "—", "R&D", "<b>", "-->", "42", "…"),
  fc.constantFrom('<break time="1s"/>', "<spell>AB-1</spell>", "[laughter]", "naïve", "👩‍👩‍👧"),
  fc.constantFrom("今日は天気がいいですね。", "你好，世界！", "สวัสดีครับ", "a".repeat(95)),
);
const transcript = fc.array(word, { minLength: 1, maxLength: 60 }).map((words) => words.join(" "));
/** Scripts of all kinds of segments, with word times and without. */
export const script = fc
  .array(
    fc.oneof(
      fc.tuple(transcript, fc.double({ min: 0.03, max: 0.2, noNaN: true })).map(
        ([text, perLetter]) =>
          (index: number) =>
            said(index, text, perLetter),
      ),
      fc.tuple(transcript, fc.double({ min: 0.05, max: 0.3, noNaN: true })).map(
        ([text, perLetter]) =>
          (index: number) =>
            spoken(index, text, 0.3 + text.length * perLetter),
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((makers) => makers.map((make, index) => make(index)));
/** In seconds. */
export const gaps = fc.constantFrom(0, 0.3, 2);
