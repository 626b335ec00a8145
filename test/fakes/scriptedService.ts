import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";

/** How a service behaves: everything that was seen of the real one, and what may go wrong with it. */
export interface Habits {
  /** The flush id of the first segment. */
  readonly base: number;
  /** Which chunks carry their id; `null` sends `"flush_id": null`. */
  readonly chunkIds: "all" | "none" | "null" | "missing for the first segment";
  /** When `flush_done` is sent for a flush. */
  readonly flushDone: "after" | "before" | "twice" | "never";
  readonly flushDoneIds: boolean;
  /** Bytes of a chunk; the segment's audio is cut anywhere. */
  readonly chunkBytes: number;
  /** Positions in their context of segments that get no audio. */
  readonly silent: readonly number[];
  readonly doneStatus: 200 | 206;
  /** Frames of another context, of unknown types, and with empty data, between the others. */
  readonly noise: boolean;
}

export const politeHabits: Habits = {
  base: 0,
  chunkIds: "all",
  flushDone: "after",
  flushDoneIds: true,
  chunkBytes: 16_384,
  silent: [],
  doneStatus: 200,
  noise: false,
};

/** A client frame, as it came. */
export type Frame = Readonly<Record<string, unknown>>;

export interface ScriptedService {
  readonly url: string;
  /** All frames so far, in their order, over all connections. */
  readonly frames: readonly Frame[];
  /** How many connections were opened. */
  readonly connections: number;
  /** The headers of the last upgrade. */
  readonly headers: NodeJS.Dict<string | string[]>;
  close(): Promise<void>;
}

/** What a test may do with each frame to be sent; returns whether it is sent. */
export type Interfere = (
  frame: Frame,
  where: { readonly socket: WebSocket; readonly sent: number; readonly connection: number },
) => boolean;

/** The audio that this service says for a transcript: bytes that tell transcripts apart; whole samples of 4 bytes. */
export function audioOf(transcript: string): Uint8Array<ArrayBuffer> {
  const text = transcript.trim();
  const samples = new Float32Array(40 * Math.max(1, text.length));
  let seed = 7;
  for (let at = 0; at < text.length; at++) seed = (seed * 31 + text.charCodeAt(at)) % 65_521;
  for (let at = 0; at < samples.length; at++) {
    seed = (seed * 75 + 74) % 65_537;
    samples[at] = (seed / 65_537 - 0.5) * 0.9;
  }
  return new Uint8Array(samples.buffer);
}

/** Starts a service on loopback that answers with `audioOf` each transcript, in the given manner. */
export async function startScriptedService(
  habits: Partial<Habits> = {},
  interfere: Interfere = () => true,
): Promise<ScriptedService> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  await once(server, "listening");
  const frames: Frame[] = [];
  let connections = 0;
  let headers: NodeJS.Dict<string | string[]> = {};
  server.on("connection", (socket, request) => {
    headers = request.headers;
    const connection = connections++;
    let sent = 0;
    const contexts = new Map<string, FakeContext>();
    const send = (frame: Frame): void => {
      if (interfere(frame, { socket, sent: sent++, connection })) {
        socket.send(JSON.stringify(frame));
      }
    };
    socket.on("message", (data: Buffer) => {
      const frame = JSON.parse(data.toString("utf8")) as Frame;
      frames.push(frame);
      const id = String(frame["context_id"]);
      let context = contexts.get(id);
      if (!context) {
        context = new FakeContext(id, { ...politeHabits, ...habits }, send);
        contexts.set(id, context);
      }
      context.take(frame);
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    frames,
    get connections() {
      return connections;
    },
    get headers() {
      return headers;
    },
    async close() {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

class FakeContext {
  readonly #id: string;
  readonly #habits: Habits;
  readonly #send: (frame: Frame) => void;
  #text = "";
  #position = 0;
  #over = false;

  constructor(id: string, habits: Habits, send: (frame: Frame) => void) {
    this.#id = id;
    this.#habits = habits;
    this.#send = send;
  }

  take(frame: Frame): void {
    if (this.#over) return;
    if (frame["cancel"] === true) {
      this.#over = true;
      return;
    }
    this.#text += String(frame["transcript"]);
    if (frame["flush"] === true) this.#speak(true);
    else if (frame["continue"] === false) {
      this.#speak(false);
      this.#over = true;
      this.#send({
        type: "done",
        context_id: this.#id,
        done: true,
        status_code: this.#habits.doneStatus,
      });
    }
  }

  #speak(flushed: boolean): void {
    const { flushDone, silent } = this.#habits;
    if (flushed && flushDone === "before") this.#flushDone();
    if (this.#text !== "" && !silent.includes(this.#position)) this.#speakAudio();
    if (flushed && (flushDone === "after" || flushDone === "twice")) this.#flushDone();
    if (flushed && flushDone === "twice") this.#flushDone();
    this.#text = "";
    this.#position++;
  }

  #speakAudio(): void {
    const { chunkBytes, noise } = this.#habits;
    const audio = audioOf(this.#text);
    for (let at = 0; at < audio.length; at += chunkBytes) {
      if (noise) this.#makeNoise();
      this.#send({
        type: "chunk",
        context_id: this.#id,
        data: Buffer.from(audio.subarray(at, at + chunkBytes)).toString("base64"),
        done: false,
        status_code: 206,
        step_time: 1.5,
        ...this.#chunkId(),
      });
    }
  }

  #chunkId(): Frame {
    const id = this.#habits.base + this.#position;
    switch (this.#habits.chunkIds) {
      case "all":
        return { flush_id: id };
      case "none":
        return {};
      case "null":
        return { flush_id: null };
      case "missing for the first segment":
        return this.#position === 0 ? {} : { flush_id: id };
    }
  }

  #flushDone(): void {
    this.#send({
      type: "flush_done",
      context_id: this.#id,
      done: false,
      flush_done: true,
      status_code: 206,
      data: "",
      ...(this.#habits.flushDoneIds && { flush_id: this.#habits.base + this.#position }),
    });
  }

  #makeNoise(): void {
    this.#send({ type: "chunk", context_id: "another", data: "AAAA", flush_id: 0, done: false });
    this.#send({ type: "chunk", context_id: this.#id, data: "", done: false, ...this.#chunkId() });
    this.#send({ type: "weather", context_id: this.#id, flush_id: 9, sunny: true });
    this.#send({ type: "done", context_id: "another", done: true });
  }
}
