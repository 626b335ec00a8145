import assert from "node:assert/strict";
import { audioOf, type Frame, type Habits, type Interfere } from "../../fakes/scriptedService.ts";
import {
  breakOff,
  sendDone,
  sendError,
  sendErrorOfConnection,
  sendRaw,
  type Act,
} from "../../faults/interfere.ts";
import { speak, type Outcome } from "./speakThem.ts";

/** The script: long enough that the few segments that are sent ahead, and so in vain, are less than a seventh of it. */
const texts = Array.from({ length: 36 }, (_, at) => `Segment ${String(at).padStart(2, "0")}.`);
const plan = texts.join(" ").length;

/** How many characters a run may send for each that was planned, whatever befalls it once. */
const most = 1.15;

/** Bytes of a chunk with which each segment has four. */
const chunkBytes = 480;

/** Habits by which each frame says whose it is: what was heard is proved when something befalls the context. */
const habits: Readonly<Record<string, Partial<Habits>>> = {
  "ids from 0": {},
  "ids from 0, no flush_done": { flushDone: "never" },
  "ids from 0, flush_done twice": { flushDone: "twice" },
  "ids from 0, flush_done first": { flushDone: "before" },
  "ids from 0, none on flush_done": { flushDoneIds: false },
  "ids from 0, none for the first": { chunkIds: "missing for the first segment" },
  "ids from 0, in one chunk each": { chunkBytes: 1 << 20 },
  "ids from 0, with noise": { noise: true },
};

/** Where it befalls the run: at which segment, and whether in the middle of its audio. */
const places: readonly (readonly [number, boolean])[] = [
  [0, true],
  [1, true],
  [14, true],
  [14, false],
  [34, true],
];

/** What befalls the run once, at one segment: in the middle of its audio, or instead of it. */
interface Fault {
  readonly name: string;
  readonly act: Act;
  /** Where it befalls the run; at all places where it is missing. */
  readonly places?: typeof places;
  /** Every time that the segment is said. */
  readonly always?: true;
  /** How the segment ends, where it can't be spoken. */
  readonly state?: "failed" | "incomplete";
}

const faults: readonly Fault[] = [
  { name: "a break", act: breakOff },
  { name: "an error of the service", act: sendError({ status_code: 500, message: "Oops" }) },
  { name: "an error of the connection", act: sendErrorOfConnection({ status_code: 503 }) },
  { name: "the service's limit", act: sendError({ error_code: "concurrency_limited" }) },
  { name: "half a frame", act: sendRaw('{"type":"chunk",') },
  { name: "silence", act: () => {} },
  // Behind the last segment that is sent it is the usual end.
  { name: "an early done", act: sendDone, places: places.filter(([place]) => place < 30) },
  {
    name: "a refused text",
    act: sendError({ status_code: 400, message: "No." }),
    always: true,
    state: "failed",
  },
];

/** Acts at a segment, in the middle of its audio or before it. */
function at(place: number, { act, always }: Fault, isMiddle: boolean): Interfere {
  const audio = audioOf(texts[place] ?? "");
  const first = Buffer.from(audio.subarray(0, chunkBytes)).toString("base64");
  const whole = Buffer.from(audio).toString("base64");
  const over = new Set<unknown>();
  const begun = new Set<unknown>();
  let left = always ? Infinity : 1;
  return (frame: Frame, { socket }) => {
    const { context_id: contextId, data, type } = frame;
    if (over.has(contextId)) return false;
    const isFirst = data === first || data === whole;
    const isMoment =
      isMiddle && data !== whole ? begun.has(contextId) && type === "chunk" : isFirst;
    if (isFirst) begun.add(contextId);
    if (!isMoment || left === 0) return true;
    left--;
    over.add(contextId);
    act({ socket, contextId });
    return false;
  };
}

/** How many characters were sent. */
const sent = ({ events }: Outcome): number =>
  events.reduce((sum, event) => sum + (event.type === "sent" ? event.characters : 0), 0);

/** Each segment has just its own audio, or fails as it must. */
function check({ spoken, failed }: Outcome, expected: ReadonlyMap<number, string>): void {
  assert.deepEqual(
    [...failed].map(([segment, why]) => [segment, why.replace(/:.*/, "")]),
    [...expected],
  );
  for (const [segment, text] of texts.entries()) {
    if (expected.has(segment)) continue;
    assert.deepEqual(spoken.get(segment), audioOf(text), `segment ${segment}`);
  }
}

describe("What is sent twice", function () {
  this.timeout(60_000);
  /** Where a service falls silent that is waited for; elsewhere a busy machine must not pass for one that does. */
  const limits = { firstAudioMs: 1000, nextAudioMs: 1000 };
  const patient = { firstAudioMs: 20_000, nextAudioMs: 20_000 };

  for (const [name, habit] of Object.entries(habits)) {
    for (const fault of faults) {
      it(`is little with ${name}, where there is ${fault.name} once, wherever`, async () => {
        await Promise.all(
          (fault.places ?? places).map(async ([place, isMiddle]) => {
            const interfere = at(place, fault, isMiddle);
            const how = {
              habits: { chunkBytes, ...habit },
              interfere,
              limits: fault.name === "silence" ? limits : patient,
            };
            const outcome = await speak([texts], how);
            const share = sent(outcome) / plan;
            const where = `at ${place}, ${isMiddle ? "in its middle" : "before it"}`;
            check(outcome, new Map(fault.state ? [[place, fault.state]] : []));
            assert.ok(share <= most, `${where}: ${share.toFixed(3)} × the plan`);
            assert.ok(
              outcome.contexts.length <= 8,
              `${where}: ${outcome.contexts.length} contexts`,
            );
          }),
        );
      });
    }

    // Where no flush is ever said to be done, an id that stands for two segments ends like this.
    if (habit.flushDone !== "never") {
      it(`is little with ${name}, where there is an early done when all is sent`, async () => {
        for (const place of [33, 34]) {
          const interfere = at(place, { name: "an early done", act: sendDone }, false);
          const outcome = await speak([texts], {
            habits: { chunkBytes, ...habit },
            interfere,
            limits: patient,
          });
          const share = sent(outcome) / plan;
          check(outcome, new Map());
          assert.ok(share <= most, `at ${place}: ${share.toFixed(3)} × the plan`);
        }
      });

      it(`is little with ${name}, where the last two segments get no audio`, async () => {
        const mute = texts.slice(-2);
        const outcome = await speak([texts], { habits: { chunkBytes, ...habit, mute }, limits });
        check(outcome, new Map([34, 35].map((segment) => [segment, "incomplete"])));
        const share = sent(outcome) / plan;
        assert.ok(share <= most, `${share.toFixed(3)} × the plan`);
      });
    }

    it(`is little with ${name}, where a segment gets no audio, wherever`, async () => {
      await Promise.all(
        [1, 14, 34].map(async (place) => {
          const mute = [texts[place] ?? ""];
          const outcome = await speak([texts], { habits: { chunkBytes, ...habit, mute }, limits });
          const share = sent(outcome) / plan;
          check(outcome, new Map([[place, "incomplete"]]));
          assert.ok(share <= most, `at ${place}: ${share.toFixed(2)} × the plan`);
        }),
      );
    });
  }
});
