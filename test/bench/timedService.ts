import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer, type WebSocket } from "ws";
import type { Frame } from "../support/fakes/scriptedService.ts";
import { now } from "./probe.ts";

/** When the last context reached the service, and what it answered. In milliseconds since 1970. */
export interface Arrival {
  /** The connection of TCP that was made last was accepted. */
  readonly connected: number;
  /** The first frame with something to say was received. */
  readonly requested: number;
  /** The first chunk was handed to the socket. */
  readonly answered: number;
}

/** Seconds of audio for each segment, in chunks of a tenth; the first one comes at once. */
const chunks = 30;
const chunkEveryMs = 10;
const samplesPerChunk = 2_400;

/** A speech service on loopback that answers at once, and knows when. Speaks 24 kHz `pcm_s16le`. */
export class TimedService {
  #connected = 0;
  #arrival = { context: "", requested: 0, answered: 0 };
  readonly #server = createServer();
  readonly #webSockets = new WebSocketServer({ server: this.#server, perMessageDeflate: false });

  static async start(): Promise<TimedService> {
    const service = new TimedService();
    service.#server.on("connection", () => (service.#connected = now()));
    service.#webSockets.on("connection", (socket) => service.#serve(socket));
    service.#server.listen(0, "127.0.0.1");
    await once(service.#server, "listening");
    return service;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Of the context that was begun last. */
  get arrival(): Arrival {
    return { ...this.#arrival, connected: this.#connected };
  }

  async close(): Promise<void> {
    for (const client of this.#webSockets.clients) client.terminate();
    this.#webSockets.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: WebSocket): void {
    socket.on("error", () => undefined); // a stopped run hangs up
    let spoken = Promise.resolve();
    let segments = 0;
    let hasText = false;
    socket.on("message", (data: Buffer) => {
      const arrived = now();
      const frame = JSON.parse(data.toString("utf8")) as Frame;
      const { transcript } = frame;
      const context = String(frame["context_id"]);
      if (this.#arrival.context !== context) {
        this.#arrival = { context, requested: 0, answered: 0 };
        segments = 0;
      }
      if (typeof transcript === "string" && transcript.trim() !== "") {
        hasText = true;
        this.#arrival.requested ||= arrived;
      }
      const ends = frame["continue"] === false;
      if (frame["flush"] !== true && !ends) return;
      const [id, speaks] = [segments++, hasText];
      hasText = false;
      spoken = spoken.then(async () => {
        const common = { context_id: frame["context_id"], flush_id: id, done: false };
        if (speaks) await this.#speak(socket, common);
        send(socket, { ...common, type: "flush_done", flush_done: true, data: "" });
        if (ends) send(socket, { ...common, type: "done", done: true, status_code: 200 });
      });
    });
  }

  async #speak(socket: WebSocket, common: Frame): Promise<void> {
    for (let chunk = 0; chunk < chunks && socket.readyState === socket.OPEN; chunk++) {
      if (chunk > 0) await sleep(chunkEveryMs);
      this.#arrival.answered ||= now();
      send(socket, { ...common, type: "chunk", data: tone, status_code: 206, step_time: 1 });
    }
  }
}

function send(socket: WebSocket, frame: Frame): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
}

const tone = Buffer.from(
  Int16Array.from({ length: samplesPerChunk }, (_, at) => 3000 * Math.sin(at / 8)).buffer,
).toString("base64");
