import assert from "node:assert/strict";
import type { Habits } from "../../support/fakes/scriptedService.ts";
import { allReady, fiveTexts, type Fault, type FaultGroup } from "../fault.ts";
import { atTheStart, inTheMiddleOf, sendDone, shortChunks } from "../interfere.ts";
import { patientLimits, type Stage, type Staging } from "../stage.ts";

/** A row of a habit that the user does not see. */
const harmless = (
  name: string,
  does: string,
  habits: Partial<Habits>,
  also?: (stage: Stage) => void,
): Fault => ({
  name,
  does,
  shows: "nothing of it",
  keeps: "all clips",
  stage: () => ({ habits }),
  expected: { states: allReady, asked: 5, waits: 0, ...(also && { also }) },
});

/** A row of a habit that leaves open whose audio is whose: each segment is said once more, alone. */
const saidAgain = (name: string, does: string, habits: Partial<Habits>): Fault => ({
  ...harmless(name, does, habits),
  shows: "each segment is spoken once more, in a context of its own",
  expected: { states: allReady, asked: 10, waits: 0 },
});

/** Each clip's words, where they are told, lie at even distances over its audio. */
const checkWords = ({ preview }: Stage): void => {
  for (const { clip, transcript } of preview.segments()) {
    const words = clip?.words ?? [];
    assert.equal(words.map(({ text }) => text).join(" "), transcript);
    assert.ok(
      words.every(
        ({ start }, at) => Math.abs(start - (at * (clip?.seconds ?? 0)) / words.length) < 0.001,
      ),
    );
  }
};

/** Segments of more than a second: words nearer than a twentieth of one to each other are not told apart. */
const long: Partial<Staging> = {
  texts: fiveTexts.map((text) => `${text} `.repeat(300).trim()),
  limits: patientLimits,
};

const timed = (name: string, does: string, habits: Partial<Habits>): Fault => {
  const row = harmless(name, does, { words: "from the context", ...habits }, checkWords);
  return {
    ...row,
    shows: "each word at its place",
    stage: () => ({ ...row.stage(), ...long }),
  };
};

const untimed = (name: string, does: string, habits: Partial<Habits>): Fault => ({
  ...harmless(name, does, habits),
  shows: "the words whose times came whole",
});

export const habits: readonly FaultGroup[] = [
  {
    when: "The service numbers, cuts and orders its frames in its own way, or sends what nobody knows",
    shows: "nothing of it",
    keeps: "all clips",
    faults: [
      harmless("ids from 1", "counts flush ids from 1", { base: 1 }),
      harmless("ids from 2", "counts flush ids from 2", { base: 2 }),
      harmless("no id for the first", "leaves out the id 0", {
        chunkIds: "missing for the first segment",
      }),
      harmless("ids on flush_done only", "numbers flush_done, not chunks", { chunkIds: "none" }),
      harmless("ids null", "sends null for every id", { chunkIds: "null", flushDoneIds: false }),
      harmless("no ids at all", "sends no ids", { chunkIds: "none", flushDoneIds: false }),
      harmless("flush_done before the audio", "sends flush_done first", { flushDone: "before" }),
      harmless("flush_done in the audio", "sends flush_done in the middle", {
        flushDone: "early",
        chunkBytes: shortChunks,
      }),
      harmless("flush_done twice", "sends flush_done twice", { flushDone: "twice" }),
      harmless("flush_done twice, without ids", "the same, and no ids", {
        flushDone: "twice",
        flushDoneIds: false,
        chunkIds: "none",
      }),
      harmless("no flush_done", "never sends flush_done", { flushDone: "never" }),
      harmless("done with 206", "ends with 206", { doneStatus: 206 }),
      harmless("chunks of 1 byte", "sends one byte at a time", { chunkBytes: 1 }),
      harmless("chunks of 7 bytes", "cuts samples apart", { chunkBytes: 7 }),
      {
        ...harmless("megabytes at once", "sends 2 MB in a chunk", { chunkBytes: 1 << 24 }),
        stage: () => ({
          habits: { chunkBytes: 1 << 24 },
          texts: fiveTexts.map((text) => text.repeat(2500)),
          limits: patientLimits,
        }),
      },
      harmless(
        "noise",
        "sends frames of other contexts, of unknown types, with unknown fields and without data",
        { noise: true, chunkBytes: 100 },
      ),
      {
        ...harmless(
          "frames that say nothing",
          "sends null, numbers, strings and empty frames between the others",
          {},
        ),
        stage: () => ({
          interfere: (_frame, { socket }) => {
            for (const nothing of ["null", "", " null ", "7", '"ping"', Buffer.alloc(0)]) {
              socket.send(nothing);
            }
            return true;
          },
        }),
      },
      {
        ...harmless("Base64 in lines", "breaks Base64 into lines", {}),
        stage: () => ({
          interfere: (frame, { socket }) => {
            if (typeof frame["data"] !== "string") return true;
            const data = frame["data"].replace(/.{76}/g, "$&\r\n");
            socket.send(JSON.stringify({ ...frame, data: `${data}\n` }));
            return false;
          },
        }),
      },
      {
        ...harmless("done twice", "ends the context twice", {}),
        stage: () => ({
          interfere: (frame, { socket }) => {
            if (frame["type"] === "done") socket.send(JSON.stringify(frame));
            return true;
          },
        }),
      },
      {
        ...harmless("late frames", "goes on with a context that it has ended with an error", {}),
        stage: () => {
          let first: unknown;
          const end = atTheStart(({ socket, contextId }) => {
            first = contextId;
            socket.send(
              JSON.stringify({
                type: "error",
                context_id: contextId,
                status_code: 400,
                done: true,
              }),
            );
          });
          return {
            interfere: (frame, where) => {
              const late = { type: "chunk", context_id: first, data: "AAAAAAAA", flush_id: 0 };
              if (first !== undefined) where.socket.send(JSON.stringify(late));
              return end(frame, where);
            },
          };
        },
        expected: { states: allReady, asked: 8, waits: 0 },
      },
      timed("words in context time", "counts word times from the context's start", {}),
      timed("words in segment time", "counts word times from the segment's start", {
        words: "from the segment",
      }),
      timed("words with ids", "sends flush ids with word times", { wordIds: true }),
      timed("words in segment time with ids", "the same, from the segment's start", {
        words: "from the segment",
        wordIds: true,
      }),
      untimed("half of the words", "leaves out every second word", { words: "half" }),
      untimed("malformed words", "sends word times that are none", { words: "malformed" }),
    ],
  },
  {
    when: "The service leaves open which audio belongs to which segment",
    shows:
      "nothing but that it takes longer: those segments are spoken once more, each in a context of its own",
    keeps: "all clips",
    faults: [
      {
        ...saidAgain("no ids and no flush_done", "sends neither ids nor flush_done", {
          chunkIds: "none",
          flushDone: "never",
        }),
        expected: { states: allReady, asked: 10, waits: 0 },
      },
      saidAgain(
        "no ids, flush_done first",
        "sends flush_done before the audio, and no ids on chunks",
        { chunkIds: "none", flushDone: "before" },
      ),
      {
        ...saidAgain("done too early", "ends the context in the third segment", {}),
        stage: () => ({
          habits: { chunkBytes: shortChunks },
          interfere: inTheMiddleOf("Three.", sendDone),
        }),
      },
      {
        ...saidAgain(
          "audio beyond what was asked for",
          "numbers a chunk beyond the last segment",
          {},
        ),
        stage: () => ({
          interfere: (frame, { socket, connection, sent }) => {
            if (connection === 0 && sent === 2)
              socket.send(JSON.stringify({ ...frame, type: "chunk", data: "AAAA", flush_id: 9 }));
            return true;
          },
        }),
      },
    ],
  },
];
