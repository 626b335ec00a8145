import { allReadyBut, fiveTexts, readyThen, type Fault, type FaultGroup } from "../fault.ts";
import { atTheStart } from "../interfere.ts";
import { patientLimits } from "../stage.ts";

/** A row in which some texts never get audio. */
const withoutAudio = (name: string, mute: readonly string[]): Fault => ({
  name,
  does: `sends no audio for ${mute.join(" ")}`,
  shows: `that segment is incomplete: “The speech service sent no audio for this segment”`,
  keeps: "the clips of all segments that got audio",
  stage: () => ({ habits: { mute } }),
  expected: {
    states: fiveTexts.map((text) => (mute.includes(text) ? "incomplete" : "ready")),
    failure: "stalled",
    says: /sent no audio for this segment/,
    asked: 10,
  },
});

/** What the service leaves out, or never ends. */
export const silence: readonly FaultGroup[] = [
  {
    when: "Segments get no audio",
    shows: "they are *incomplete*, in words, after one more try each; the others are spoken",
    keeps: "the clips of all other segments",
    faults: [
      withoutAudio("the first segment without audio", ["One."]),
      withoutAudio("a segment in the middle without audio", ["Three."]),
      withoutAudio("the last segment without audio", ["Five."]),
      {
        ...withoutAudio("more segments without audio than are sent ahead", [
          "Two.",
          "Three.",
          "Four.",
        ]),
        shows: "those segments are incomplete, and the others are spoken",
        expected: {
          states: ["ready", "incomplete", "incomplete", "incomplete", "ready"],
          failure: "stalled",
          says: /2 of 5 segments are saved/,
          waits: 0,
        },
      },
      {
        ...withoutAudio("no segment with audio", fiveTexts),
        shows: "one pause; all segments are incomplete",
        expected: { states: readyThen(0, "incomplete"), failure: "stalled", waits: 1, asked: 10 },
      },
      {
        name: "no done",
        does: "never ends a context",
        shows: "three pauses; the last segment is incomplete, since nothing says that it is whole",
        keeps: "the clips of all other segments",
        stage: () => ({ habits: { done: "never" } }),
        expected: { states: allReadyBut(4, "incomplete"), failure: "stalled", waits: 3 },
      },
      {
        name: "an endless segment",
        does: "never ends the audio of the first segment",
        shows: "that there is far more audio than the text can be, with *Try Again*",
        keeps: "nothing new",
        stage: () => ({
          texts: ["One."],
          limits: patientLimits,
          interfere: atTheStart(({ socket, contextId }) => {
            const data = Buffer.alloc(1 << 20).toString("base64");
            for (let sent = 0; sent < 8; sent++) {
              socket.send(
                JSON.stringify({ type: "chunk", context_id: contextId, flush_id: 0, data }),
              );
            }
          }, Infinity),
        }),
        expected: {
          states: ["incomplete"],
          failure: "protocol",
          waits: 3,
          says: /far more audio than/,
        },
      },
    ],
  },
];
