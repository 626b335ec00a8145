import assert from "node:assert/strict";
import { spokenForm } from "../../../src/script/transcript/spokenForm.ts";
import { previewInput, Stage } from "../../faults/stage.ts";

const script = [
  "# A title",
  "Stay *hungry*,<flush/>  stay `foolish`.",
  'He said <spell>A-1</spell> &amp; <break time="1s"/>left.',
  "<flush/>…<flush/>你好，<flush/>世界。<flush/>",
  "One\nmore ──────── line.",
].join("\n\n");

describe("The spoken form", () => {
  for (const language of ["markdown", "plaintext"] as const) {
    it(`is what the service gets, to the byte, of ${language}`, async () => {
      const stage = await Stage.set({ texts: [] });
      try {
        const preview = await stage.open();
        preview.read({ ...previewInput(script), language });
        const { text, blocks } = spokenForm(preview.readSegments);
        await stage.run();
        const sent = stage.service.frames.flatMap(({ transcript }) =>
          typeof transcript === "string" && transcript !== "" ? [transcript] : [],
        );
        const shown = blocks.map(({ segment, start, end }) => {
          const isJoined = preview.readSegments[segment]?.seam === " ";
          return text.slice(start, end) + (isJoined ? " " : "");
        });
        assert.equal(sent.length, 5);
        assert.deepEqual(shown, sent);
        assert.equal(shown.join(""), sent.join(""));
      } finally {
        await stage.clear();
      }
    });
  }
});
