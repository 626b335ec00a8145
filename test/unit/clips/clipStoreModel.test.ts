import { rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import type { Container } from "../../../src/clips/model/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { ClipWorld, keep } from "./clipWorld.ts";
import type { Step } from "./clipWorld.ts";
import { makeScratchFolder } from "./scratch.ts";

/** A text, and with which sound it is said. */
const identity = fc.constantFrom("a", "b", "c", "a2", "b2", "a'", "c'");
const segment = fc.nat(5);
const take = fc.nat(9);
const lock = fc.boolean();
const wanted = fc.array(fc.option(identity, { nil: undefined, freq: 4 }), { maxLength: 6 });
const arrange = fc.record({ do: fc.constant("arrange" as const), wanted });
const save = fc.record({ do: fc.constant("save" as const), segment, identity });
const steps: readonly fc.Arbitrary<Step>[] = [
  save,
  save,
  save,
  fc.record({ do: fc.constant("save a take" as const), segment, identity }),
  arrange,
  arrange,
  arrange,
  fc.record({ do: fc.constant("restore" as const), segment, take, lock }),
  fc.record({ do: fc.constant("delete a take" as const), take }),
  fc.record({
    do: fc.constant("lock" as const),
    segment,
    lock: fc.constantFrom(true, true, false),
  }),
  fc.record({ do: fc.constant("look in another window" as const) }),
  fc.record({ do: fc.constant("rename a file" as const), from: segment, to: segment }),
];
const reopen = (...containers: readonly Container[]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant("reopen" as const), container: fc.constantFrom(...containers) });
/** Whatever WAV files bear. */
const wavStep = fc.oneof(
  ...steps,
  reopen("wav"),
  fc.record({ do: fc.constant("lose the manifest" as const) }),
  fc.record({ do: fc.constant("damage the manifest" as const) }),
);
/** Whatever raw clips bear too, which nobody knows without their manifest. */
const mixedStep = fc.oneof(...steps, reopen("wav", "raw"));

describe("ClipStore, whatever happens to its folder", () => {
  for (const [what, step] of [
    ["WAV files", wavStep],
    ["clips in both containers", mixedStep],
  ] as const) {
    it(`agrees with the disk, holds whole ${what} only, and loses none`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          const scratch = await makeScratchFolder();
          try {
            const folder = join(scratch, "talk.speech");
            const place = { folder, documentName: "talk.md", takesKeep: () => keep };
            const world = new ClipWorld(folder, await ClipStore.open(place));
            for (const next of steps) {
              await world.take(next);
              await world.check();
            }
          } finally {
            await rm(scratch, { recursive: true });
          }
        }),
        { numRuns: 60 },
      );
    });
  }
});
