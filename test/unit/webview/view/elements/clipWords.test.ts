import assert from "node:assert/strict";
import {
  describeClip,
  describeCost,
  describePosition,
  describeRunEnd,
  describeSending,
  formatMilliseconds,
  formatSeconds,
} from "../../../../../src/webview/view/elements/clipWords.ts";

describe("describeClip", () => {
  it("names number, state and length", () => {
    const clip = {
      segment: 1,
      index: 1,
      transcript: "Hello",
      state: "ready",
      seconds: 3.44,
    } as const;
    assert.equal(describeClip(clip), "Segment 2, ready, 3.4 seconds");
  });

  it("says that it is locked beside its state", () => {
    const clip = {
      segment: 2,
      index: 2,
      transcript: "Hello",
      state: "ready",
      seconds: 3.4,
    } as const;
    assert.equal(describeClip({ ...clip, locked: true }), "Segment 3, ready, locked, 3.4 seconds");
    assert.equal(describeClip({ ...clip, locked: false }), "Segment 3, ready, 3.4 seconds");
  });

  it("names who speaks, where the script does", () => {
    const clip = {
      segment: 1,
      index: 1,
      transcript: "Hello",
      state: "ready",
      seconds: 3.4,
    } as const;
    const name = describeClip({ ...clip, speaker: "ROSALIND" });
    assert.equal(name, "Segment 2, ROSALIND, ready, 3.4 seconds");
  });

  it("names no length where there is none", () => {
    const clip = { segment: 0, index: 0, transcript: "", state: "nothing to say" } as const;
    assert.equal(describeClip(clip), "Segment 1, nothing to say");
  });
});

describe("describeSending", () => {
  it("tells what a press sends, and nothing where it sends nothing", () => {
    assert.equal(describeSending(1), "sends 1 character");
    assert.equal(describeSending(120), "sends 120 characters");
    assert.equal(describeSending(0), "");
    assert.equal(describeSending(undefined), "");
  });
});

describe("describeCost", () => {
  for (const { characters, credits, text } of [
    { characters: 1234, credits: 1234, text: "sends 1,234 characters, about 1,230 credits" },
    { characters: 12345, credits: 12355, text: "sends 12,345 characters, about 12,400 credits" },
    { characters: 87, credits: 86, text: "sends 87 characters, about 86 credits" },
    { characters: 20, credits: 1, text: "sends 20 characters, about 1 credit" },
    { characters: 1234, credits: undefined, text: "speaks 1,234 characters" },
    { characters: 1, credits: undefined, text: "speaks 1 character" },
    { characters: 0, credits: 0, text: "everything is ready" },
  ]) {
    it(`tells ${characters} characters and ${credits} credits as "${text}"`, () => {
      assert.equal(describeCost({ characters, ...(credits !== undefined && { credits }) }), text);
    });
  }
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
  const clip = { segment: 0, index: 0, transcript: "Hello" };

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
