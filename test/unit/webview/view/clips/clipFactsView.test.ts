import assert from "node:assert/strict";
import type { ClipView } from "../../../../../src/panel/messages.ts";
import { clipFactsOf } from "../../../../../src/webview/view/clips/clipFactsView.ts";

const clip: ClipView = { segment: 0, index: 0, transcript: "Text", state: "ready" };

function textsOf(more: Partial<ClipView>, pause?: number): string[] {
  return clipFactsOf({ ...clip, ...more }, pause).map(({ text }) => text);
}

describe("clipFactsOf", () => {
  it("tells what was measured, in the order of reading", () => {
    const timing = { firstByteMs: 119.6, firstAudibleMs: 1180, speed: 27.8 };
    assert.deepEqual(textsOf({ seconds: 3.42, timing }, 0.58), [
      "3.4 s",
      "first byte 120 ms",
      "first sound 1.2 s",
      "28×",
      "pause 0.6 s",
    ]);
  });

  it("says who said it, where that is another voice than the script's", () => {
    assert.deepEqual(textsOf({ seconds: 3.42, voice: "Katie" }), ["3.4 s", "said by Katie"]);
  });

  it("says nothing of what was not measured", () => {
    assert.deepEqual(textsOf({}), []);
    assert.deepEqual(textsOf({ seconds: 1, timing: { speed: 0.94 } }), ["1.0 s", "0.9×"]);
  });

  it("says that there is no pause where nobody hears one", () => {
    assert.deepEqual(textsOf({}, 0.04), ["no pause"]);
  });

  it("says what each of them means", () => {
    const timing = { firstByteMs: 1, firstAudibleMs: 1, speed: 1 };
    const facts = clipFactsOf({ ...clip, seconds: 1, voice: "Katie", timing }, 1);
    assert.equal(new Set(facts.map(({ meaning }) => meaning)).size, 6);
  });
});
