import assert from "node:assert/strict";
import fc from "fast-check";
import { Attribution } from "../../../src/protocol/attribution.ts";
import type { Stretch } from "../../../src/protocol/audioStretch.ts";

type Event = readonly ["chunk" | "done", number | undefined];
const chunk = (id?: number): Event => ["chunk", id];
const done = (id?: number): Event => ["done", id];

/** The final position of each chunk. */
function attribute(events: readonly Event[]): number[] {
  return takeAll(events).chunks.map(({ position }) => position);
}

function takeAll(events: readonly Event[]): { attribution: Attribution; chunks: Stretch[] } {
  const attribution = new Attribution();
  const chunks: Stretch[] = [];
  for (const [kind, id] of events) {
    if (kind === "done") attribution.flushDone(id);
    else chunks.push(attribution.chunk(id));
  }
  return { attribution, chunks };
}

describe("which chunk belongs to which segment", () => {
  const rows: readonly [string, readonly Event[], readonly number[]][] = [
    ["ids from 0", [chunk(0), done(0), chunk(1)], [0, 1]],
    ["ids from 1", [chunk(1), done(1), chunk(2)], [0, 1]],
    ["ids from 2", [chunk(2), chunk(2), chunk(3)], [0, 0, 1]],
    ["an id missing for 0 only", [chunk(), chunk(), chunk(1)], [0, 0, 1]],
    ["an id missing for 0, its flush done before", [done(0), chunk(), done(1), chunk(1)], [0, 1]],
    ["a first segment without audio", [done(0), chunk(1), done(1), chunk(2)], [1, 2]],
    ["two silent ones first", [done(0), done(1), chunk(2)], [2]],
    ["the same flush done twice, without audio", [done(0), done(0), chunk(1)], [1]],
    ["flush done before the audio, ids from 0", [done(0), chunk(0), done(1), chunk(1)], [0, 1]],
    ["flush done before the audio, ids from 1", [done(1), chunk(1), done(2), chunk(2)], [0, 1]],
    ["no ids at all, done after", [chunk(), done(), chunk(), done(), chunk()], [0, 1, 2]],
    ["no ids at all, done before", [done(), chunk(), done(), chunk()], [0, 1]],
    ["no ids at all, done twice", [chunk(), done(), done(), chunk()], [0, 1]],
    ["ids on flush_done only", [chunk(), done(1), chunk(), done(2), chunk()], [0, 1, 2]],
    ["ids on flush_done only, twice", [chunk(), done(1), done(1), chunk()], [0, 1]],
    [
      "a silent segment in between, counted by its id",
      [chunk(), done(0), done(1), chunk()],
      [0, 2],
    ],
    ["a silent segment in between, by ids", [chunk(0), chunk(2)], [0, 2]],
  ];
  for (const [habit, events, expected] of rows) {
    it(habit, () => assert.deepEqual(attribute(events), expected));
  }

  it("knows where chunks lie as soon as one carries an id", () => {
    const attribution = new Attribution();
    attribution.chunk(undefined);
    assert.equal(attribution.byId, false);
    attribution.chunk(1);
    assert.equal(attribution.byId, true);
    assert.deepEqual(
      attribution.stretches.map(({ id, position }) => [id, position]),
      [
        [0, 0],
        [1, 1],
      ],
    );
  });

  describe("is anchored", () => {
    const anchored: readonly [string, readonly Event[], boolean][] = [
      ["at the id 0", [chunk(0)], true],
      ["by the flush_done of the first id, behind its audio", [chunk(2), done(2)], true],
      ["not by one that comes before the audio", [done(2), chunk(2)], false],
      ["not where audio of the first id comes after it", [chunk(2), done(2), chunk(2)], false],
      ["not by any other id", [chunk(2), chunk(3)], false],
      ["by flush_done ids, where chunks have none", [chunk(), done(4)], true],
      ["not by those, where one came before the audio", [done(3), chunk(), done(4)], false],
      ["not by a flush_done without an id", [chunk(), done()], false],
    ];
    for (const [how, events, expected] of anchored) {
      it(how, () => assert.equal(takeAll(events).attribution.anchored, expected));
    }
  });

  describe("doubts", () => {
    const rows: readonly [string, readonly Event[], readonly boolean[]][] = [
      [
        "nothing where an id is left out in the middle",
        [chunk(0), chunk(), chunk(0), chunk(1)],
        [false, false],
      ],
      [
        "nothing where only first chunks have ids",
        [chunk(0), chunk(), chunk(1), chunk(), chunk(2)],
        [false, false, false],
      ],
      [
        "both sides of a chunk without an id behind a flush_done",
        [chunk(0), done(0), chunk(), chunk(1)],
        [true, true],
      ],
      [
        "both sides of a chunk without an id before the next id",
        [chunk(0), chunk(0), chunk(), chunk(1)],
        [true, true],
      ],
      [
        "nothing of that where a flush_done stands between",
        [chunk(0), chunk(0), chunk(), done(0), chunk(1)],
        [false, false],
      ],
      [
        "an id that is done twice, with audio between",
        [chunk(0), done(0), chunk(0), done(0), chunk(1)],
        [true, false],
      ],
      ["an id that comes again after a later one", [chunk(0), chunk(1), chunk(0)], [true, false]],
    ];
    for (const [what, events, expected] of rows) {
      it(what, () => {
        const { stretches } = takeAll(events).attribution;
        assert.deepEqual(
          stretches.map(({ doubtful }) => doubtful),
          expected,
        );
      });
    }
  });

  it("links what follows without a gap, or across ids that are done without audio", () => {
    const { stretches } = takeAll([chunk(0), chunk(1), chunk(3), done(4), chunk(5)]).attribution;
    assert.deepEqual(
      stretches.map(({ linked }) => linked),
      [true, true, false, true],
    );
  });

  it("finds every segment's own chunks under every habit that tells them apart", () => {
    const habit = fc.record({
      base: fc.integer({ min: 0, max: 2 }),
      chunkIds: fc.constantFrom("all", "none", "missing for 0"),
      flushDone: fc.constantFrom("after", "before", "twice", "never"),
      doneIds: fc.boolean(),
      chunks: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
    });
    fc.assert(
      fc.property(habit, ({ base, chunkIds, flushDone, doneIds, chunks }) => {
        // Without ids on chunks, boundaries must be told, and told where they are.
        const told = flushDone === "after" || flushDone === "twice";
        fc.pre(chunkIds !== "none" || told || chunks.length === 1);
        fc.pre(chunkIds !== "none" || flushDone !== "before" || !doneIds);
        fc.pre(chunkIds !== "missing for 0" || base === 0);
        const events: Event[] = [];
        const expected: number[] = [];
        chunks.forEach((count, position) => {
          const id = base + position;
          const last = position === chunks.length - 1;
          const flush = done(doneIds ? id : undefined);
          if (flushDone === "before" && !last) events.push(flush);
          for (let at = 0; at < count; at++) {
            events.push(
              chunk(chunkIds === "all" || (chunkIds !== "none" && id > 0) ? id : undefined),
            );
            expected.push(position);
          }
          if (flushDone === "after" && !last) events.push(flush);
          if (flushDone === "twice" && !last) events.push(flush, flush);
        });
        assert.deepEqual(attribute(events), expected);
      }),
    );
  });
});
