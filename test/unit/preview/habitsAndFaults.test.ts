import assert from "node:assert/strict";
import { basename } from "node:path";
import type { SegmentView } from "../../../src/preview/scriptPreview.ts";
import { sessionLimits } from "../../../src/session/context/speakContext.ts";
import { randomFrom } from "../../support/fakes/hostileRun.ts";
import { audioOf, type Habits, type Interfere } from "../../support/fakes/scriptedService.ts";
import { checkClips } from "../../faults/checkClips.ts";
import {
  breakOff,
  sendDone,
  sendError,
  sendErrorOfConnection,
  sendRaw,
  type Act,
} from "../../faults/interfere.ts";
import { patientLimits, Stage } from "../../faults/stage.ts";

/** The script: long enough that what is sent ahead, and so in vain, is less than a seventh of it. */
const texts = Array.from({ length: 38 }, (_, at) => `Segment ${String(at).padStart(2, "0")}.`);
/** A segment that is locked, and one whose former take was restored: what was decided of them stays. */
const locked = 12;
const restored = 13;
const plan = texts.join("").length - 2 * "Segment 00.".length;

/** How many characters a run may send for each that was planned, whatever befalls it once. */
const most = 1.15;
/** Where frames prove nothing before a context's end, so many segments more: those of one such context, and of the script's last. */
const mostUnproved = 2 * sessionLimits.segmentsUnproved * "Segment 00. ".length;

/** Bytes of a chunk with which each segment has four. */
const chunkBytes = 480;

type Choice = <Item>(...items: readonly Item[]) => Item;

/** Any habit under which it can be told whose the audio is, at least by how a context ends. */
function drawHabit(pick: Choice): Partial<Habits> {
  const chunkIds = pick<Habits["chunkIds"]>("all", "all", "none", "missing for the first segment");
  return {
    chunkIds,
    base: chunkIds === "all" ? pick(0, 1, 2) : 0,
    // Without ids a flush that is done in the middle of audio ends it.
    flushDone: pick(
      "after",
      "twice",
      "before",
      "never",
      chunkIds === "none" ? ("after" as const) : ("early" as const),
    ),
    flushDoneIds: pick(true, false),
    words: pick("none", "none", "from the context", "from the segment"),
    wordIds: pick(true, false),
    noise: pick(true, false, false),
    chunkBytes: pick(chunkBytes, chunkBytes, 1 << 20),
  };
}

/** Whether frames prove what was heard before its context ends, however it ends. */
function isProved({ base, chunkIds, flushDone, flushDoneIds }: Partial<Habits>): boolean {
  if (chunkIds === "none") return flushDone === "after" && flushDoneIds === true;
  return base === 0 && chunkIds === "all" && flushDone !== "never" && flushDone !== "early";
}

/** Whether nothing tells where a segment ends, so that each has a context of its own: an early end of that is its end. */
function isEachAlone({ chunkIds, flushDone, flushDoneIds }: Partial<Habits>): boolean {
  if (chunkIds === "missing for the first segment") return flushDone === "early";
  return (
    chunkIds === "none" &&
    (flushDone === "never" || (flushDone === "before" && flushDoneIds === true))
  );
}

/** What befalls a run once: at one segment, in the middle of its audio or instead of it. */
interface Fault {
  readonly act?: Act;
  /** Where; anywhere, where it is missing. */
  readonly places?: readonly number[];
  /** Every time that the segment is said; the segment can't be spoken then. */
  readonly always?: true;
  /** Segments without any audio, by the place. */
  readonly mute?: (place: number) => readonly string[];
}

const faults: Readonly<Record<string, Fault>> = {
  nothing: {},
  "a break": { act: breakOff },
  "an error of the service": { act: sendError({ status_code: 500, message: "Oops" }) },
  "an error of the connection": { act: sendErrorOfConnection({ status_code: 503 }) },
  "the service's limit": { act: sendError({ error_code: "concurrency_limited" }) },
  "half a frame": { act: sendRaw('{"type":"chunk",') },
  silence: { act: () => {} },
  // Behind the last segment that is sent it is the usual end.
  "an early done": { act: sendDone, places: [1, 3, 16, 25, 30] },
  "a refused text": { act: sendError({ status_code: 400, message: "No." }), always: true },
  "a segment without audio": { mute: (place) => [texts[place] ?? ""] },
  "Stop, and the next press": {},
};

/** Acts at a segment. */
function at(place: number, { act, always }: Fault, isMiddle: boolean): Interfere {
  const audio = audioOf(texts[place] ?? "");
  const [first, whole] = [audio.subarray(0, chunkBytes), audio].map((bytes) =>
    Buffer.from(bytes).toString("base64"),
  );
  const over = new Set<unknown>();
  const begun = new Set<unknown>();
  let left = always ? Infinity : 1;
  return ({ context_id: contextId, data, type }, { socket }) => {
    if (over.has(contextId)) return false;
    const isFirst = data === first || data === whole;
    const isNext = begun.has(contextId) && type === "chunk" && data !== "";
    const isMoment = isMiddle && data !== whole ? isNext : isFirst;
    if (isFirst) begun.add(contextId);
    if (!act || !isMoment || left === 0) return true;
    left--;
    over.add(contextId);
    act({ socket, contextId });
    return false;
  };
}

/** Where something befalls the run: at either end of what shares a context, beside what was decided, anywhere. */
const places = [0, 1, 2, 6, 11, 14, 15, 25, 36, 37];

interface Case {
  readonly name: string;
  readonly fault: Fault;
  readonly habit: Partial<Habits>;
  readonly place: number;
  readonly isMiddle: boolean;
}

/** @returns what is wrong with a case, in a line; nothing where nothing is. */
async function tryCase({ name, fault, habit, place, isMiddle }: Case): Promise<string[]> {
  const mute: string[] = [];
  let isOn = false;
  const act = at(place, fault, isMiddle);
  const isStop = name.startsWith("Stop");
  const quiet = { ...sessionLimits, firstAudioMs: 1500, nextAudioMs: 1500 };
  const isQuiet = name === "silence" || fault.mute !== undefined;
  const stage = await Stage.set({
    texts,
    habits: { ...habit, mute },
    interfere: (frame, where) => !isOn || act(frame, where),
    limits: { ...patientLimits, ...(isQuiet && { session: quiet }) },
    watch: (event, { preview }) => {
      if (isStop && isOn && event.type === "audio" && event.segment === place) void preview.stop();
    },
  });
  try {
    await decide(stage);
    const before = stage.asked.join("").length;
    const kept = decisionsOf(stage);
    isOn = true;
    mute.push(...(fault.mute?.(place) ?? []));
    await stage.run();
    await checkClips(stage);
    isOn &&= !isStop;
    if (isStop) await stage.run();
    const share = (stage.asked.join("").length - before) / plan;
    await checkClips(stage);
    const isLost = fault.always === true || mute.length > 0;
    const missing = stage.preview
      .segments()
      .flatMap(({ state, index }) => (state === "ready" ? [] : [index]));
    assert.deepEqual(missing, isLost ? [place] : []);
    const bound = most + (isProved(habit) ? 0 : mostUnproved / plan);
    assert.ok(share <= bound, `${share.toFixed(3)} × the plan`);
    assert.deepEqual(decisionsOf(stage), kept);
    await stage.open(); // as a new window would find it
    assert.deepEqual(decisionsOf(stage), kept);
    return [];
  } catch (error) {
    const what = `${name} at ${place}, ${isMiddle ? "in its middle" : "before it"}`;
    return [`${what}, ${JSON.stringify(habit)}: ${(error as Error).message}`];
  } finally {
    await stage.clear();
  }
}

/** Has one segment locked, and of another the former take restored. */
async function decide(stage: Stage): Promise<void> {
  const preview = await stage.open();
  const say = (segment: number): Promise<unknown> =>
    stage.run({ kind: "segment", segment, again: true });
  await say(locked);
  await preview.takes.setLocked(locked, true);
  await say(restored);
  await say(restored);
  const [take] = preview.segments([restored])[0]?.takes ?? [];
  await preview.takes.restore(restored, basename(take?.path ?? ""));
}

function decisionsOf({ preview }: Stage): readonly unknown[] {
  const told = ({ state, locked: isLocked, clip }: SegmentView): unknown => [
    state,
    isLocked,
    clip?.spokenAt,
  ];
  return preview.segments([locked, restored]).map(told);
}

/** So many cases are tried of each fault: more by hand, with `MATRIX_CASES=200`; others with another `MATRIX_SEED`. */
const count = Number(process.env["MATRIX_CASES"] ?? 6);
const seed = Number(process.env["MATRIX_SEED"] ?? 1);

describe(`A run under any habit of the service (MATRIX_SEED=${seed})`, function () {
  this.timeout(count * 6000);

  for (const [name, fault] of Object.entries(faults)) {
    it(`keeps the right audio, what was paid for, and what was decided, where there is ${name} once`, async () => {
      const random = randomFrom(seed * 1000 + name.length);
      const pick: Choice = (...items) => items[Math.floor(random() * items.length)] as never;
      const cases = Array.from({ length: count }, (): Case => {
        let habit = drawHabit(pick);
        while (fault.act === sendDone && isEachAlone(habit)) habit = drawHabit(pick);
        const place = pick(...(fault.places ?? places));
        return { name, fault, habit, place, isMiddle: pick(true, false) };
      });
      const wrong: string[] = [];
      for (let from = 0; from < cases.length; from += 5) {
        wrong.push(...(await Promise.all(cases.slice(from, from + 5).map(tryCase))).flat());
      }
      assert.deepEqual(wrong, []);
    });
  }
});
