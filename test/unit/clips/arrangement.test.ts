import assert from "node:assert/strict";
import { planArrangement } from "../../../src/clips/arrangement.ts";

/** `"A B kept:C"`: A has the place of segment 0, B that of 1, and C is kept aside; `-` is an empty place. */
function plan(clips: string, wanted: string): string {
  const placed = clips.split(" ").flatMap((word, segment) => {
    const [, kept, identity = ""] = /^(kept:)?(.*)$/.exec(word) ?? [];
    return identity === "-" ? [] : [{ identity, segment: kept ? undefined : segment }];
  });
  const identities = wanted.split(" ").map((word) => (word === "-" ? undefined : word));
  const { copies, moves, aside } = planArrangement(placed, wanted === "" ? [] : identities);
  const from = (segment: number | undefined): string => String(segment ?? "kept");
  return [
    ...copies.map(({ clip, to }) => `copy ${from(clip.segment)} to ${to}`),
    ...moves.map(({ clip, to }) => `move ${from(clip.segment)} to ${to}`),
    ...aside.map(({ segment }) => `keep ${from(segment)}`),
  ].join(", ");
}

describe("planArrangement", () => {
  const cases: readonly (readonly [what: string, clips: string, wanted: string, plan: string])[] = [
    ["leaves what is in its place", "A B", "A B", ""],
    ["swaps", "A B", "B A", "move 1 to 0, move 0 to 1"],
    ["moves on for an inserted segment", "A B", "N A B", "move 0 to 1, move 1 to 2"],
    ["moves up for a deleted segment", "A B C", "B C", "move 1 to 0, move 2 to 1, keep 0"],
    ["copies for a doubled segment", "A", "A A", "copy 0 to 1"],
    ["copies a clip that moves as well", "A B", "B B A", "copy 1 to 0, move 0 to 2"],
    ["leaves the clip of a changed segment", "A B", "A N", ""],
    ["leaves the clip of a segment that has nothing to say", "A B", "- B", ""],
    ["keeps what lies beyond the end of the script", "A B C", "A", "keep 1, keep 2"],
    ["keeps everything when the script is empty", "A B", "", "keep 0, keep 1"],
    ["brings back what was kept", "B kept:A", "A N", "move kept to 0, keep 0"],
    ["does not move one of two equal clips for nothing", "A A", "A N", ""],
    ["uses an equal clip that nobody wants before it copies", "A A", "A N A", "move 1 to 2"],
  ];
  for (const [what, clips, wanted, expected] of cases) {
    it(what, () => assert.equal(plan(clips, wanted), expected));
  }
});
