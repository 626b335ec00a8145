import assert from "node:assert/strict";
import { planArrangement } from "../../../../src/clips/pairing/arrangement.ts";
import { pairClips } from "../../../../src/clips/pairing/pairClips.ts";
import { clipsOf, wantedOf } from "../pairingWords.ts";

function plan(words: string, wanted: string): string {
  const clips = clipsOf(words);
  const { aside, copies, moves } = planArrangement(clips, pairClips(clips, wantedOf(wanted)));
  const from = (segment: number | undefined): string => String(segment ?? "take");
  return [
    ...aside.map(({ segment }) => `aside ${from(segment)}`),
    ...copies.map(({ clip, to }) => `copy ${from(clip.segment)} to ${to}`),
    ...moves.map(({ clip, to }) => `move ${from(clip.segment)} to ${to}`),
  ].join(", ");
}

describe("planArrangement", () => {
  const cases: readonly (readonly [what: string, clips: string, wanted: string, plan: string])[] = [
    ["leaves what is in its place", "A B", "A B", ""],
    ["swaps", "A B", "B A", "move 1 to 0, move 0 to 1"],
    ["moves on for an inserted segment", "A B", "N A B", "move 0 to 1, move 1 to 2"],
    ["moves up for a deleted segment", "A B C", "B C", "aside 0, move 1 to 0, move 2 to 1"],
    ["copies for a doubled segment", "A", "A A", "copy 0 to 1"],
    ["copies a clip that moves as well", "A B", "B B A", "copy 1 to 0, move 0 to 2"],
    ["leaves the clip of a changed segment", "A B", "A B'", ""],
    ["puts aside the clip of a text that another replaced", "A B", "A N", "aside 1"],
    [
      "moves a former clip with its segment",
      "A B C",
      "X A B' C",
      "move 0 to 1, move 1 to 2, move 2 to 3",
    ],
    ["puts aside the clip of a segment that has nothing to say", "A B", "- B", "aside 0"],
    ["puts aside what lies beyond the end of the script", "A B C", "A", "aside 1, aside 2"],
    ["puts everything aside when the script is empty", "A B", "", "aside 0, aside 1"],
    [
      "brings back a take, and puts aside what was spoken since",
      "B take:A",
      "A",
      "aside 0, move take to 0",
    ],
    ["does not move one of two equal clips for nothing", "A A", "A A'", ""],
    ["uses an equal clip that nobody wants before it copies", "A A", "A N A", "move 1 to 2"],
    ["uses a take before it copies", "A take:A", "A A", "move take to 1"],
    ["leaves takes alone that nobody wants", "A take:B take:A", "A", ""],
  ];
  for (const [what, clips, wanted, expected] of cases) {
    it(what, () => assert.equal(plan(clips, wanted), expected));
  }
});
