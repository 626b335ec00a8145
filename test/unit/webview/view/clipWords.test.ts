import assert from "node:assert/strict";
import {
  describeClip,
  describePosition,
  describeRunEnd,
  formatMilliseconds,
  formatSeconds,
} from "../../../../src/webview/view/clipWords.ts";

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

describe("formatMilliseconds", () => {
  for (const { milliseconds, text } of [
    { milliseconds: 0.4, text: "0 ms" },
    { milliseconds: 119.6, text: "120 ms" },
    { milliseconds: 999.6, text: "1.0 s" },
    { milliseconds: 1240, text: "1.2 s" },
  ]) {
    it(`tells ${milliseconds} as ${text}`, () => {
      assert.equal(formatMilliseconds(milliseconds), text);
    });
  }
});

describe("describePosition", () => {
  it("tells a place and the length", () => {
    assert.equal(describePosition(1.24, 3.42), "1.2 of 3.4 seconds");
  });
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
