import assert from "node:assert/strict";
import { estimateCredits } from "../../../../src/preview/plan/plan.ts";

describe("estimateCredits", () => {
  const rows: readonly (readonly [string, string, number])[] = [
    ["nothing for nothing", "", 0],
    ["one for each character", "Stay hungry.", 12],
    ["one for each UTF-16 unit", "So 😀", 5],
    ["one for a pause, however it is written", 'A<break time="1500ms" />b', 3],
    ["one for a pause in capitals", '<BREAK time="1s"/>a', 2],
    ["one for each of several pauses", '<break time="1s"/>a<break time="2s"/>', 3],
    ["one for both tags of what is spelled, and its content", "<spell>A-1</spell>", 4],
    ["a pause within what is spelled as characters", "<spell><break/></spell>", 9],
    ["the other tags as they stand", '<speed ratio="2"/>[laughter]', 28],
    ["a pronunciation as it stands", "<<kʰ|ɑ>>", 8],
    ["a spell that is never closed as it stands", "<spell>A", 8],
    ["a break that is no tag as it stands", "<breakfast/>", 12],
  ];
  for (const [title, transcript, credits] of rows) {
    it(`counts ${title}`, () => assert.equal(estimateCredits(transcript), credits));
  }
});
