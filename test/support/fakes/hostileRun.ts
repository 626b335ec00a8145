import type { ServerMessage } from "../../../src/protocol/serverMessage.ts";
import type { Connection } from "../../../src/session/connection/connection.ts";
import { ContextInbox } from "../../../src/session/connection/contextInbox.ts";
import { Failure } from "../../../src/session/connection/failure.ts";
import { sessionLimits, speakContext } from "../../../src/session/context/speakContext.ts";
import { HostileContext, type Hostility } from "./hostileContext.ts";

const options = {
  model: "sonic-3",
  voice: "V",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 1000,
} as const;

export type Ending = "done" | "stop" | "break" | "error" | "early done" | "no done";

/** A script, and a service that says it. */
export interface Case {
  readonly how: Hostility;
  readonly ending: Ending;
  /** After how many frames it ends. */
  readonly at: number;
  readonly texts: readonly string[];
  readonly seed: number;
}

export interface Outcome {
  readonly spoken: ReadonlyMap<number, Uint8Array>;
  readonly frames: readonly ServerMessage[];
  readonly log: readonly string[];
  /** The positions of which audio was taken. */
  readonly heard: ReadonlySet<number>;
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Says a script over a context that behaves so, and tells what can be trusted of it. */
export async function tryCase({ how, ending, at, texts, seed }: Case): Promise<Outcome> {
  const controller = new AbortController();
  const inbox = new ContextInbox(() => {});
  const frames: ServerMessage[] = [];
  const log: string[] = [];
  const heard = new Set<number>();
  let isOver = false;
  const send = (message: ServerMessage): void => {
    if (isOver || (ending === "no done" && message.type === "done")) return;
    if (ending !== "done" && ending !== "no done" && frames.length === at) {
      isOver = true;
      if (ending === "break")
        inbox.end(new Failure("offline", "It broke.", { ofConnection: true }));
      if (ending === "early done") inbox.add({ type: "done", contextId: "ctx", at: 0 });
      if (ending === "error") {
        inbox.add({ type: "error", contextId: "ctx", message: "", status: 500, at: 0 });
      }
      if (ending === "stop") inbox.add({ type: "unknown", contextId: "ctx", name: "stop", at: 0 });
      return;
    }
    frames.push(message);
    if (message.type === "chunk" && (ending !== "stop" || frames.length <= at)) heard.add(said);
    inbox.add({ ...message, at: 0 });
  };
  const service = new HostileContext(how, { count: texts.length, random: randomFrom(seed), send });
  let said = 0;
  let pushed = 0;
  const connection: Connection = {
    version: "2026-08-14",
    hide: (text) => text,
    over: false,
    closedInOrder: false,
    heardAt: 0,
    send: (text) => {
      const { transcript, flush, continue: goesOn } = JSON.parse(text) as Record<string, unknown>;
      if (typeof transcript === "string" && transcript !== "") pushed++;
      else if ((flush === true || goesOn === false) && said < pushed) {
        service.say(texts[said] ?? "", texts[said + 1]);
        said++;
      }
      if (goesOn === false) service.done();
    },
    open: () => inbox,
    fail: () => {},
    close: () => Promise.resolve(),
  };
  const spoken = new Map<number, Uint8Array>();
  const tools = {
    limits: { ...sessionLimits, firstAudioMs: 2, nextAudioMs: 2 },
    trace: (line: string) => {
      log.push(line);
    },
    signal: controller.signal,
  };
  // What was taken before Stop stays.
  let taken = 0;
  const next = inbox.next.bind(inbox);
  inbox.next = async (...how) => {
    if (ending === "stop" && taken++ === at) controller.abort(new Error("stopped"));
    return next(...how);
  };
  try {
    const request = { contextId: "ctx", options, transcripts: texts };
    for await (const event of speakContext(connection, request, tools)) {
      if (event.type === "spoken") spoken.set(event.position, event.segment.samples);
      if (event.type === "void") event.positions.forEach((position) => spoken.delete(position));
      if (event.type === "ended") event.unproved.forEach((position) => spoken.delete(position));
    }
  } catch {
    // What was spoken before is kept.
  }
  return { spoken, frames, log, heard };
}
