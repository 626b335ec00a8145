import assert from "node:assert/strict";
import type { ClipView } from "../../../../../src/panel/messages.ts";
import { pausesOf } from "../../../../../src/webview/view/clips/pauses.ts";

function clip(segment: number, more: Partial<ClipView> = {}): ClipView {
  return { segment, index: segment, transcript: "Text", state: "ready", ...more };
}

const heard = (start: number, end: number, seconds: number): Partial<ClipView> => ({
  seconds,
  audible: { start, end },
});

describe("pausesOf", () => {
  it("adds the silence at the end of a clip to that at the start of the next", () => {
    const pauses = pausesOf([clip(0, heard(0.1, 2.5, 3)), clip(1, heard(0.25, 1, 1))]);
    assert.deepEqual([...pauses], [[0, 0.75]]);
  });

  it("passes over segments with nothing to say", () => {
    const empty = clip(1, { state: "nothing to say" });
    const pauses = pausesOf([clip(0, heard(0, 1, 1.5)), empty, clip(2, heard(0.5, 1, 1))]);
    assert.deepEqual([...pauses], [[0, 1]]);
  });

  it("knows nothing where the next segment has no clip, or one of them no audible sample", () => {
    const clips = [
      clip(0, heard(0, 1, 1)),
      clip(1, { state: "not spoken" }),
      clip(2, heard(0, 1, 1)),
      clip(3, { seconds: 1 }),
    ];
    assert.equal(pausesOf(clips).size, 0);
  });

  it("is never less than nothing", () => {
    const pauses = pausesOf([clip(0, heard(0, 1.1, 1)), clip(1, heard(0, 1, 1))]);
    assert.equal(pauses.get(0), 0);
  });
});
