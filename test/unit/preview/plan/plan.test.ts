import assert from "node:assert/strict";
import {
  planRun,
  spokenTasks,
  transcriptsOf,
  type PlannableClips,
  type RunScope,
} from "../../../../src/preview/plan/plan.ts";

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

  it("says once what several segments say alike, and plays it for each", () => {
    const plan = planRun(script("a", "b", "a", "c", "a"), { kind: "script" }, clips());
    assert.deepEqual(
      plan.groups.map((group) => group.map(({ segment, copies }) => [segment, copies ?? []])),
      [
        [
          [0, [2, 4]],
          [1, []],
        ],
        [[3, []]],
      ],
    );
    assert.deepEqual(plan.play, [0, 1, 2, 3, 4]);
    assert.equal(plan.characters, "a b".length + "c".length);
    const from = planRun(script("a", "b", "a", "c", "a"), { kind: "from", segment: 1 }, clips());
    assert.deepEqual(
      spokenTasks(from.groups).map(({ segment }) => segment),
      [1, 2, 3],
    );
  });

  it("plays what is ready, too", () => {
    const plan = planRun(script("a", "…", "c"), { kind: "script" }, clips(0, 2));
    assert.deepEqual(plan, { play: [0, 2], unfilled: [], groups: [], characters: 0, credits: 0 });
  });

  it("counts the characters that will be sent, seams included", () => {
    const plan = planRun(script("ab", "cd", "ef"), { kind: "script" }, clips(2));
    assert.equal(plan.characters, "ab cd".length);
  });

  it("estimates the credits of just those", () => {
    const plan = planRun(script('a<break time="1s"/>', "b", "c"), { kind: "script" }, clips(2));
    assert.equal(plan.credits, "a. b".length);
  });

  it("estimates half as much again for a professional voice clone", () => {
    const sound = {
      voice: "P",
      model: "m",
      language: "en",
      encoding: "pcm_s16le",
      sampleRate: 8000,
    } as const;
    const rateOf = (said?: { readonly voice: string }): number => (said?.voice === "P" ? 1.5 : 1);
    const cost = planRun(script("ab", "cd"), { kind: "script" }, clips(), () => sound, rateOf);
    assert.deepEqual([cost.characters, cost.credits], [5, 7.5]);
  });

  it("speaks again what is ready, where that is wished", () => {
    const plan = planRun(
      script("a", "b"),
      { kind: "segment", segment: 1, again: true },
      clips(0, 1),
    );
    assert.deepEqual(plan.groups, [[{ segment: 1, transcript: "b", seam: " " }]]);
  });

  it("speaks with another voice whether it is ready or not", () => {
    const plan = planRun(script("a", "b", "c"), { kind: "script", voice: "W" }, clips(1));
    assert.deepEqual(
      plan.groups.map((group) => group.map(({ segment }) => segment)),
      [[0, 1, 2]],
    );
  });

  it("speaks what is locked only as a take", () => {
    const locked = { isReady: () => true, isLocked: () => true };
    const plan = planRun(script("a"), { kind: "segment", segment: 0, voice: "W" }, locked);
    assert.deepEqual(
      plan.groups.map((group) => group.map(({ segment }) => segment)),
      [[0]],
    );
  });

  it("plays no more than what it speaks where only that is asked for", () => {
    const plan = planRun(script("a", "b", "c"), { kind: "changed" }, clips(0, 2));
    assert.deepEqual(plan.play, [1]);
  });

  it("leaves alone what is locked, whether it is said again or not, and plays it", () => {
    const locked = { isReady: () => false, isLocked: (segment: number) => segment === 1 };
    for (const wish of [{}, { again: true }]) {
      const plan = planRun(script("a", "b", "c"), { kind: "script", ...wish }, locked);
      assert.deepEqual(plan.play, [0, 1, 2]);
      assert.deepEqual(
        plan.groups.map((group) => group.map(({ segment }) => segment)),
        [[0], [2]],
      );
    }
  });

  describe("in context", () => {
    /** Each group's segments; those that are said for their prosody only below zero, −1 for the first. */
    const inContext = (request: RunScope, ready: readonly number[], ...texts: readonly string[]) =>
      planRun(script(...texts), { ...request, inContext: true }, clips(...ready)).groups.map(
        (group) => group.map(({ segment, leadIn }) => (leadIn ? -1 - segment : segment)),
      );

    it("says the two segments first that stand before, ready or not, of the part or not", () => {
      const segment: RunScope = { kind: "segment", segment: 3 };
      assert.deepEqual(inContext(segment, [1], "a", "b", "c", "d", "e"), [[-2, -3, 3]]);
      assert.deepEqual(inContext({ kind: "script" }, [0, 1, 2, 4], "a", "b", "c", "d", "e"), [
        [-2, -3, 3],
      ]);
    });

    it("says fewer where fewer stand before", () => {
      assert.deepEqual(inContext({ kind: "script" }, [0], "a", "b"), [[-1, 1]]);
      assert.deepEqual(inContext({ kind: "script" }, [], "a", "b"), [[0, 1]]);
    });

    it("passes over what has nothing to say", () => {
      assert.deepEqual(inContext({ kind: "segment", segment: 4 }, [], "a", "b", "…", "…", "c"), [
        [-1, -2, 4],
      ]);
    });

    it("gives each group its own, and none to neighbours within one", () => {
      assert.deepEqual(inContext({ kind: "script" }, [2], "a", "b", "c", "d", "e"), [
        [0, 1],
        [-2, -3, 3, 4],
      ]);
    });

    it("counts their characters and credits, with the seams", () => {
      const request = { kind: "segment", segment: 2, inContext: true } as const;
      const plan = planRun(script("ab", "cd", "ef"), request, clips(0, 1));
      assert.equal(plan.characters, "ab cd ef".length);
      assert.equal(plan.credits, "ab cd ef".length);
      assert.deepEqual(
        spokenTasks(plan.groups).map(({ segment }) => segment),
        [2],
      );
    });
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
