import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { FakeContext, politeHabits, type Frame, type Habits } from "./fakeContext.ts";

export { audioOf, politeHabits, type Frame, type Habits } from "./fakeContext.ts";

export interface ScriptedService {
  readonly url: string;
  /** All frames so far, in their order, over all connections. */
  readonly frames: readonly Frame[];
  /** How many upgrades were asked for, refused ones included. */
  readonly attempts: number;
  /** How many connections were opened. */
  readonly connections: number;
  /** How many sockets are open. */
  readonly sockets: number;
  /** The headers of the last upgrade. */
  readonly headers: NodeJS.Dict<string | string[]>;
  close(): Promise<void>;
}

/** What a test may do with each frame to be sent; returns whether it is sent. */
export type Interfere = (
  frame: Frame,
  where: { readonly socket: WebSocket; readonly sent: number; readonly connection: number },
) => boolean;

/** What is answered to an upgrade instead of 101. */
export interface Refusal {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the answer promises more than comes, and the connection stays open. */
  readonly stalls?: boolean;
}

/** How a service lets clients in, and how fast it speaks. */
export interface Door {
  /** A key and its certificate, in PEM: then it is `wss:`. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Decides on each upgrade, counted from 0: `silence` never answers; `undefined` lets it in. */
  readonly refuse?: (attempt: number) => Refusal | "silence" | "hang-up" | undefined;
  /** Milliseconds between two frames; all at once where it is missing. */
  readonly everyMs?: number;
}

/** Starts a service on loopback that answers with `audioOf` each transcript, in the given manner. */
export async function startScriptedService(
  habits: Partial<Habits> = {},
  interfere: Interfere = () => true,
  door: Door = {},
): Promise<ScriptedService> {
  const service = new Service({ ...politeHabits, ...habits }, interfere, door);
  await service.listen();
  return service;
}

class Service implements ScriptedService {
  readonly frames: Frame[] = [];
  attempts = 0;
  connections = 0;
  headers: NodeJS.Dict<string | string[]> = {};
  readonly #habits: Habits;
  readonly #interfere: Interfere;
  readonly #door: Door;
  readonly #server;
  readonly #webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #sockets = new Set<Duplex>();

  constructor(habits: Habits, interfere: Interfere, door: Door) {
    this.#habits = habits;
    this.#interfere = interfere;
    this.#door = door;
    this.#server = door.tls ? createTlsServer(door.tls) : createServer();
    this.#server.on(door.tls ? "secureConnection" : "connection", (socket: Duplex) => {
      this.#sockets.add(socket);
      socket.on("error", () => {}); // clients may hang up at any time
      socket.on("close", () => this.#sockets.delete(socket));
    });
    this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${this.#door.tls ? "wss" : "ws"}://127.0.0.1:${port}`;
  }

  get sockets(): number {
    return this.#sockets.size;
  }

  async listen(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#webSockets.close();
    this.#server.close();
    await once(this.#server, "close");
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.headers = request.headers;
    const refusal = this.#door.refuse?.(this.attempts++);
    // Reads on, so that it notices when the client goes.
    if (refusal === "silence") socket.resume().on("end", () => socket.destroy());
    else if (refusal === "hang-up") socket.destroy();
    else if (refusal?.stalls) socket.write(answerOf(refusal));
    else if (refusal) socket.end(answerOf(refusal));
    else this.#webSockets.handleUpgrade(request, socket, head, (client) => this.#serve(client));
  }

  #serve(socket: WebSocket): void {
    const connection = this.connections++;
    let sent = 0;
    socket.on("error", () => {});
    const contexts = new Map<string, FakeContext>();
    const send = this.#paced((frame) => {
      if (socket.readyState !== socket.OPEN) return;
      if (!this.#interfere(frame, { socket, sent: sent++, connection })) return;
      socket.send(JSON.stringify(frame));
    });
    socket.on("message", (data: Buffer) => {
      const frame = JSON.parse(data.toString("utf8")) as Frame;
      this.frames.push(frame);
      const id = String(frame["context_id"]);
      const context = contexts.get(id) ?? new FakeContext(id, this.#habits, send);
      contexts.set(id, context);
      context.take(frame);
    });
  }

  #paced(send: (frame: Frame) => void): (frame: Frame) => void {
    const { everyMs } = this.#door;
    if (everyMs === undefined) return send;
    const waiting: Frame[] = [];
    const next = (): void => {
      const frame = waiting.shift();
      if (frame === undefined) return;
      send(frame);
      if (waiting.length > 0) setTimeout(next, everyMs);
    };
    return (frame) => {
      waiting.push(frame);
      if (waiting.length === 1) setTimeout(next, everyMs);
    };
  }
}

function answerOf({ status, body = "", headers = {}, stalls = false }: Refusal): string {
  const length = Buffer.byteLength(body) + (stalls ? 1 : 0);
  const all = { ...headers, "Content-Length": length, Connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Refused\r\n${lines.join("")}\r\n${body}`;
}
