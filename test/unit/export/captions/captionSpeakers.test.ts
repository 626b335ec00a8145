import assert from "node:assert/strict";
import fc from "fast-check";
import { captionLimits, lengthOf } from "../../../../src/export/captions/captionLimits.ts";
import type { SpokenSegment } from "../../../../src/export/common/exportScript.ts";
import { withoutServiceTags } from "../../../../src/script/model/serviceTags.ts";
import { captionsOf, said, script } from "../spokenScript.ts";

describe("The captions of a script with a cast", () => {
  it("join no two speakers on a line, and two in one at most, each with a hyphen", () => {
    const turn = (index: number, speaker: string | undefined, text: string): SpokenSegment => ({
      ...said(index, text, 0.02),
      speaker,
    });
    const captions = captionsOf([
      turn(0, "ANN", "Yes?"),
      turn(1, "BOB", "No."),
      turn(2, "ANN", "Oh."),
      turn(3, undefined, "They sit."),
    ]);
    assert.deepEqual(
      captions.map(({ lines, speakers }) => ({ lines, speakers })),
      [
        { lines: ["- Yes?", "- No."], speakers: ["ANN", "BOB"] },
        { lines: ["- Oh.", "- They sit."], speakers: ["ANN", undefined] },
      ],
    );
  });

  it("keep to that, to lines and their length, whatever is said by whom", () => {
    const anyone = fc.constantFrom("ANN", "BOB", undefined);
    const anyones = fc.array(anyone, { minLength: 6, maxLength: 6 });
    const squeeze = (text: string): string => text.replace(/\s+/g, "");
    fc.assert(
      fc.property(script, anyones, (segments, names) => {
        const turns = segments.map((segment, at) => ({ ...segment, speaker: names[at] }));
        const limits = segments.map(({ transcript }) => captionLimits(transcript).lineLength);
        let shown = "";
        for (const { lines, speakers } of captionsOf(turns)) {
          assert.equal(lines.length, speakers.length);
          assert.ok(lines.length === 1 || lines.length === 2);
          const isDialogue = speakers.some((speaker) => speaker !== speakers[0]);
          for (const line of lines) {
            assert.ok(lengthOf(line) <= Math.max(...limits), line);
            assert.ok(!isDialogue || line.startsWith("- "), line);
            shown += isDialogue ? line.slice(2) : line;
          }
        }
        const all = segments.map(({ transcript }) => withoutServiceTags(transcript));
        assert.equal(squeeze(shown), squeeze(all.join("")));
      }),
      { numRuns: 200 },
    );
  });
});
