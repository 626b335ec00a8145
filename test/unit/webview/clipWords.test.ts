import assert from "node:assert/strict";
import { describeClip, describeRunEnd, formatSeconds } from "../../../src/webview/clipWords.ts";

describe("describeClip", () => {
  it("names number, state and length", () => {
    const clip = { segment: 1, transcript: "Hello", state: "ready", seconds: 3.44 } as const;
    assert.equal(describeClip(clip), "Segment 2, ready, 3.4 seconds");
  });

  it("names no length where there is none", () => {
    const clip = { segment: 0, transcript: "", state: "nothing to say" } as const;
    assert.equal(describeClip(clip), "Segment 1, nothing to say");
  });
});

describe("formatSeconds", () => {
  for (const { seconds, text } of [
    { seconds: 0, text: "0.0 s" },
    { seconds: 3.44, text: "3.4 s" },
    { seconds: 59.94, text: "59.9 s" },
    { seconds: 59.96, text: "1:00" },
    { seconds: 125.4, text: "2:05" },
  ]) {
    it(`tells ${seconds} as ${text}`, () => assert.equal(formatSeconds(seconds), text));
  }
});

describe("describeRunEnd", () => {
  const clip = { segment: 0, transcript: "Hello" };

  it("counts what came of the segments", () => {
    const states = ["ready", "failed", "ready", "incomplete", "nothing to say"] as const;
    assert.equal(
      describeRunEnd(states.map((state) => ({ ...clip, state }))),
      "Preview ended: 2 ready, 1 failed, 1 incomplete.",
    );
  });

  it("counts nothing where nothing came", () => {
    assert.equal(describeRunEnd([{ ...clip, state: "not spoken" }]), "Preview ended.");
  });
});
