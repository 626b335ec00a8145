import assert from "node:assert/strict";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import { checkClips } from "../../faults/checkClips.ts";
import { fiveTexts, type Fault } from "../../faults/fault.ts";
import { countResources, eventually, resourcesBeyond } from "../../faults/leftOver.ts";
import { contextMatrix, matrix } from "../../faults/matrix.ts";
import { Stage, stageKey } from "../../faults/stage.ts";

/** How long what was closed may take to be gone, in milliseconds. */
const patienceMs = 2000;

describe("When something goes wrong", function () {
  this.timeout(60_000);
  for (const { when, faults } of matrix) {
    describe(when, () => {
      for (const fault of faults) {
        it(`${fault.name}: ${fault.shows}; on disk: ${fault.keeps}`, () => tryFault(fault, 1));
      }
    });
  }

  it("has a name of its own for each fault", () => {
    const names = matrix.flatMap(({ faults }) => faults.map(({ name }) => name));
    assert.equal(new Set(names).size, names.length);
  });
});

describe("When something goes wrong, with four contexts at a time", function () {
  this.timeout(60_000);
  for (const { when, faults } of contextMatrix) {
    describe(when, () => {
      for (const fault of faults) {
        const expected = { ...fault.expected, ...fault.inParallel };
        it(fault.name, () => tryFault({ ...fault, expected }, 4));
      }
    });
  }
});

async function tryFault(fault: Fault, maxConcurrency: number): Promise<void> {
  const before = await countResources();
  const stage = await Stage.set({ texts: fiveTexts, maxConcurrency, ...fault.stage() });
  try {
    if (fault.expected.refused) await checkRefusal(fault, stage);
    else await checkRun(fault, stage);
    await fault.expected.also?.(stage);
    checkAsked(fault, stage);
    assert.ok(!stage.log.join().includes(stageKey), "the key is in no line of the log");
    assert.ok(await eventually(() => stage.service.sockets === 0, patienceMs), "no socket is left");
  } finally {
    await stage.clear();
  }
  assert.deepEqual(await resourcesBeyond(before, patienceMs), [], "no timer or handle is left");
}

async function press({ press, beforeRun }: Fault, stage: Stage): Promise<RunEnding> {
  await stage.open();
  await beforeRun?.(stage);
  return press ? press(stage) : stage.run();
}

async function checkRefusal(fault: Fault, stage: Stage): Promise<void> {
  const { refused, says } = fault.expected;
  await assert.rejects(press(fault, stage), { name: "ClipError", code: refused, message: says });
  assert.equal(stage.events.filter(({ type }) => type === "runStarted").length, 0);
}

async function checkRun(fault: Fault, stage: Stage): Promise<void> {
  const { expected } = fault;
  const ending = await press(fault, stage);
  assert.equal(ending.failure?.code, expected.failure, ending.failure?.message);
  if (expected.says) assert.match(ending.failure?.message ?? "", expected.says);
  assert.ok(!ending.failure?.message.includes(stageKey), "the key is in no message");
  assert.equal(ending.stopped, expected.stopped ?? false);
  checkStates(fault, stage, ending);
  const waits = stage.events.filter(({ type }) => type === "waiting").length;
  assert.equal(waits, expected.waits ?? waits, "pauses");
  await checkClips(stage, expected.strangers);
}

/** Segments that have no clip say why; after a stop there is nothing to say. */
function checkStates({ expected }: Fault, { preview, events }: Stage, ending: RunEnding): void {
  const segments = preview.segments();
  const states = segments.map(({ state }) => state);
  if (expected.states) assert.deepEqual(states, expected.states);
  if (expected.stopped) {
    assert.ok(states.every((state) => state === "ready" || state === "not spoken"));
  }
  for (const { state, reason } of segments) {
    const isWrong = state === "failed" || state === "incomplete";
    assert.equal(reason !== undefined && reason !== "", isWrong, `${state}: ${reason}`);
  }
  const open = states.filter((state) => state === "failed" || state === "incomplete").length;
  assert.equal(ending.missing, open);
  assert.equal(ending.failure === undefined, open === 0, "one failure where something is missing");
  const ends = events.filter(({ type }) => type === "runEnded").length;
  assert.equal(ends, events.filter(({ type }) => type === "runStarted").length);
}

function checkAsked({ expected }: Fault, { asked }: Stage): void {
  const most = expected.asked ?? Infinity;
  assert.ok(asked.length <= most, `${asked.length} transcripts were sent: ${asked.join(" ")}`);
}
