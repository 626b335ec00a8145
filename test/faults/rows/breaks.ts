import { allReady, allReadyBut, readyThen, type Fault, type FaultGroup } from "../fault.ts";
import {
  atTheStart,
  breakOff,
  fallSilent,
  hangUp,
  inTheMiddleOf,
  sendHugeFrame,
  sendRaw,
  shortChunks,
  type Act,
} from "../interfere.ts";

/** A row in which a connection breaks once in the middle of the third segment, and the run repairs it. */
const repaired = (name: string, does: string, act: Act): Fault => ({
  name,
  does: `${does} in the middle of the third segment`,
  shows: "one pause with its reason; the segment is heard again from its start, and all are spoken",
  keeps: "all clips",
  stage: () => ({
    habits: { chunkBytes: shortChunks },
    interfere: inTheMiddleOf("Three.", act),
  }),
  expected: {
    states: allReady,
    waits: 1,
    also: ({ events, asked }) => {
      const voided = events.flatMap((event) => (event.type === "audioVoid" ? [event.segment] : []));
      if (!voided.includes(2)) throw new Error("the half segment's sound is void");
      for (const text of ["One.", "Two."]) {
        if (asked.filter((each) => each === text).length > 1)
          throw new Error(`${text} was said again`);
      }
    },
  },
});

/** The same, every time: the run gives up. */
const lost = (
  name: string,
  does: string,
  act: Act,
  expected: Pick<Fault["expected"], "failure" | "says">,
): Fault => ({
  ...repaired(name, `${does}, every time,`, act),
  shows: "three pauses, then why, with *Try Again*; the segments that never came are incomplete",
  keeps: "the clips of the two segments before",
  stage: () => ({
    habits: { chunkBytes: shortChunks },
    interfere: inTheMiddleOf("Three.", act, Infinity),
  }),
  expected: { states: readyThen(2, "incomplete"), waits: 3, ...expected },
});

export const breaks: readonly FaultGroup[] = [
  {
    when: "The connection breaks in the middle of a run, however politely, or the service falls silent (15 seconds without the first audio, 10 without progress)",
    shows:
      "a pause; then it goes on with what is not yet spoken, at most three times without a segment that was spoken meanwhile. After that, what is incomplete, with *Try Again*",
    keeps: "all clips that are whole; nothing of a half segment",
    faults: [
      repaired(
        "1000, connection idle timeout",
        "closes with 1000 “connection idle timeout”",
        hangUp(1000, "connection idle timeout"),
      ),
      repaired("1011", "closes with 1011", hangUp(1011, "keepalive ping timeout")),
      repaired("1006", "breaks the connection", breakOff),
      lost("1006, every time", "breaks the connection", breakOff, {
        failure: "offline",
        says: /connection to the speech service ended.*2 of 5 segments are saved/,
      }),
      {
        name: "hung up after every context",
        does: "closes politely after each context; only every second segment is to be spoken",
        shows: "nothing of it",
        keeps: "all clips",
        stage: () => ({
          texts: ["One.", "Two.", "Three.", "Two.", "Four.", "Two.", "Five.", "Two.", "Six."],
          interfere: (frame, { socket }) => {
            if (frame["type"] !== "done") return true;
            socket.send(JSON.stringify(frame));
            socket.close(1000, "bye");
            return false;
          },
        }),
        beforeRun: async (stage) => {
          await stage.run({ kind: "segment", segment: 1 });
        },
        expected: { states: Array.from({ length: 9 }, () => "ready"), waits: 0 },
        inParallel: { waits: 2 }, // it hung up on the others: after that, one at a time
      },
      repaired("silence in a segment", "falls silent", fallSilent),
      {
        ...lost("silence in a segment, every time", "falls silent", fallSilent, {
          failure: "stalled",
          says: /sent no audio for 0\.25 s/,
        }),
        shows: "three pauses, then why, with *Try Again*; the others are spoken",
        keeps: "the clips of all other segments",
        expected: {
          states: allReadyBut(2, "incomplete"),
          failure: "stalled",
          says: /sent no audio for 0\.25 s.*4 of 5 segments are saved/,
          waits: 3,
        },
        inParallel: { waits: 4 }, // the others are spoken after the first: from there it is counted anew
      },
      {
        name: "silence before the first audio, every time",
        does: "takes every transcript and never answers",
        shows: "three pauses, then why, with *Try Again*",
        keeps: "nothing new",
        stage: () => ({ interfere: atTheStart(fallSilent, Infinity) }),
        expected: {
          states: readyThen(0, "incomplete"),
          failure: "stalled",
          waits: 3,
          says: /sent no audio/,
        },
      },
    ],
  },
  {
    when: "The service sends what is no message: malformed, binary or huge frames, audio that is not Base64",
    shows: "the same, and what was wrong with them",
    keeps: "all clips that are whole; nothing of a half segment",
    faults: [
      repaired("a malformed frame", "sends half a JSON text", sendRaw('{"type":"chunk","da')),
      repaired("a frame that is no object", "sends a list", sendRaw("[]")),
      repaired("a binary frame", "sends a binary frame", sendRaw(Buffer.from([1, 2, 3]))),
      repaired("a frame of 4 GiB", "begins a frame of 4 GiB", sendHugeFrame),
      repaired(
        "audio that is not Base64",
        "sends audio that is not Base64",
        ({ socket, contextId }) =>
          socket.send(
            JSON.stringify({ type: "chunk", context_id: contextId, flush_id: 2, data: "A A!" }),
          ),
      ),
      lost("a frame of 4 GiB, every time", "begins a frame of 4 GiB", sendHugeFrame, {
        failure: "protocol",
        says: /a frame was larger than 16 MiB/,
      }),
      lost("a malformed frame, every time", "sends half a JSON text", sendRaw("{"), {
        failure: "protocol",
        says: /a frame that is not JSON/,
      }),
    ],
  },
];
