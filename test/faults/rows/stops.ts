import assert from "node:assert/strict";
import type { PreviewEvent } from "../../../src/preview/scriptPreview.ts";
import { sessionLimits } from "../../../src/session/context/speakContext.ts";
import { readyThen, type Expected, type Fault, type FaultGroup } from "../fault.ts";
import { atTheStart, fallSilent, hangUp, inTheMiddleOf, shortChunks } from "../interfere.ts";
import { type Stage, type Staging } from "../stage.ts";

/** Waits that only a stop can end. */
const patient = { session: sessionLimits, retryAfterMs: [60_000], rateLimitMs: 60_000 };

const afterwards = {
  shows: "each segment as before the press, or ready",
  keeps: "the clips that were whole",
};

/** A row in which Stop is pressed when an event comes. */
const stopAt = (
  name: string,
  isMoment: (event: PreviewEvent, stage: Stage) => boolean,
  staging: () => Partial<Staging>,
  expected: Partial<Expected> = {},
): Fault => ({
  name,
  does: "presses Stop",
  ...afterwards,
  stage: () => {
    let pressed = false;
    return {
      limits: patient,
      ...staging(),
      watch: (event, stage) => {
        if (pressed || !isMoment(event, stage)) return;
        pressed = true;
        void stage.stop();
      },
    };
  },
  expected: { stopped: true, ...expected, also: checkSilence },
});

/** No sound is reported after the press, and the service is told to cancel what it had begun. */
function checkSilence({ events, eventsAtStop, service }: Stage): void {
  const after = events.slice(eventsAtStop).map(({ type }) => type);
  assert.ok(!after.includes("audio"));
  const last = service.frames.at(-1);
  const isBroken = events.some(({ type }) => type === "waiting");
  if (last && !isBroken) assert.equal(last["cancel"], true);
}

const isAudio = ({ type }: PreviewEvent): boolean => type === "audio";

/** Presses Stop in the same moment as Preview, or so soon after it that nothing was begun. */
const pressAndStop = async (stage: Stage): ReturnType<Stage["run"]> => {
  const ending = stage.run();
  await stage.stop();
  return ending;
};

export const stops: readonly FaultGroup[] = [
  {
    when: "You press Stop, at whatever moment",
    shows: "silence at once; each segment is ready or as it was before",
    keeps:
      "all clips that are whole; nothing of a half segment. At most three segments were sent ahead of what was heard",
    faults: [
      {
        name: "Stop at the press",
        does: "presses Stop before anything is sent",
        shows: "each segment as before the press",
        keeps: "nothing new",
        stage: () => ({}),
        press: pressAndStop,
        expected: { states: readyThen(0, "not spoken"), stopped: true, asked: 0 },
      },
      stopAt(
        "Stop while the key is looked up, or the local voice starts",
        ({ type }) => type === "runStarted",
        () => ({ endpoint: () => new Promise(() => {}) }),
        { states: readyThen(0, "not spoken"), asked: 0 },
      ),
      stopAt(
        "Stop in a handshake that never ends",
        ({ type }) => type === "runStarted",
        () => ({ door: { refuse: () => "silence" } }),
        { states: readyThen(0, "not spoken"), asked: 0 },
      ),
      {
        ...stopAt(
          "Stop before the first audio",
          () => false,
          () => ({}),
        ),
        stage: () => ({ limits: patient, interfere: atTheStart(fallSilent, Infinity) }),
        press: async (stage) => {
          const ending = stage.run();
          while (stage.asked.length < 3) await new Promise(setImmediate);
          await stage.stop();
          return ending;
        },
        expected: {
          states: readyThen(0, "not spoken"),
          stopped: true,
          asked: 3,
          also: checkSilence,
        },
      },
      stopAt("Stop at the first audio", isAudio, () => ({ habits: { chunkBytes: shortChunks } }), {
        asked: 3,
      }),
      stopAt(
        "Stop between two segments",
        (event) => event.type === "audioEnded" && event.segment === 1,
        () => ({}),
      ),
      stopAt(
        "Stop when the last audio has come",
        (event) => event.type === "audio" && event.segment === 4,
        () => ({}),
      ),
      stopAt(
        "Stop while it waits to connect again",
        ({ type }) => type === "waiting",
        () => ({
          habits: { chunkBytes: shortChunks },
          interfere: inTheMiddleOf("Three.", hangUp(1011, "broken")),
        }),
        { states: readyThen(2, "not spoken") },
      ),
      stopAt("Stop, and late audio after the cancel", isAudio, () => ({
        habits: { lateAfterCancel: true },
      })),
      {
        name: "Preview pressed again",
        does: "presses Preview in the middle of a run",
        shows: "the first run ends as if stopped; the second speaks what is missing",
        keeps: "all clips",
        stage: () => ({}),
        press: async (stage) => {
          const [first, second, third] = [stage.run(), stage.run(), stage.run()];
          assert.equal((await first).stopped, true);
          assert.equal((await second).stopped, true);
          return third;
        },
        expected: { states: readyThen(5, "ready"), asked: 5 },
      },
      {
        ...stopAt("Stop one second into 500 segments", isAudio, () => ({
          texts: Array.from({ length: 500 }, (_, at) => `Segment ${at}.`),
        })),
        keeps: "at most the clips of the segments that were sent",
        expected: { stopped: true, asked: sessionLimits.segmentsAhead },
      },
    ],
  },
];
