import assert from "node:assert/strict";
import {
  planRun,
  transcriptsOf,
  type PlannableClips,
  type RunScope,
} from "../../../src/preview/plan.ts";

/** Segments of which those without a letter have nothing to say. */
const script = (...transcripts: readonly string[]) =>
  transcripts.map((transcript, index) => ({
    index,
    transcript,
    seam: " ",
    speakable: /\w/.test(transcript),
  }));

/** These segments are ready. */
const clips = (...ready: readonly number[]): PlannableClips => ({
  isReady: (segment) => ready.includes(segment),
  isLocked: () => false,
});

const groupsOf = (scope: RunScope, ready: readonly number[], ...transcripts: readonly string[]) =>
  planRun(script(...transcripts), scope, clips(...ready)).groups.map((group) =>
    group.map(({ segment }) => segment),
  );

describe("planRun", () => {
  it("speaks all of a fresh script over one context", () => {
    assert.deepEqual(groupsOf({ kind: "script" }, [], "a", "b", "c"), [[0, 1, 2]]);
  });

  it("leaves out what is ready, and gives neighbours one context", () => {
    assert.deepEqual(groupsOf({ kind: "script" }, [2], "a", "b", "c", "d"), [[0, 1], [3]]);
  });

  it("does not part neighbours by a segment with nothing to say", () => {
    assert.deepEqual(groupsOf({ kind: "script" }, [], "a", "…", "c"), [[0, 2]]);
  });

  it("speaks one segment, or all from one on", () => {
    assert.deepEqual(groupsOf({ kind: "segment", segment: 1 }, [], "a", "b", "c"), [[1]]);
    assert.deepEqual(groupsOf({ kind: "from", segment: 1 }, [], "a", "b", "c"), [[1, 2]]);
  });

  it("speaks a range of segments", () => {
    const range: RunScope = { kind: "range", first: 1, last: 2 };
    assert.deepEqual(groupsOf(range, [], "a", "b", "c", "d"), [[1, 2]]);
  });

  it("plays what is ready, too", () => {
    const plan = planRun(script("a", "…", "c"), { kind: "script" }, clips(0, 2));
    assert.deepEqual(plan, { play: [0, 2], groups: [], characters: 0, credits: 0 });
  });

  it("counts the characters that will be sent, seams included", () => {
    const plan = planRun(script("ab", "cd", "ef"), { kind: "script" }, clips(2));
    assert.equal(plan.characters, "ab cd".length);
  });
});

describe("transcriptsOf", () => {
  it("puts the seam between the words of two segments, and none at the end", () => {
    const tasks = ["Stay hungry,", "stay foolish."].map((transcript, segment) => ({
      segment,
      transcript,
      seam: " ",
    }));
    assert.deepEqual(transcriptsOf(tasks), ["Stay hungry, ", "stay foolish."]);
  });
});
