import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, STATUS_CODES } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { newestVersion } from "../protocol/clientMessage.ts";
import { fromWebPage, readUpgrade, unknownPath } from "./access.ts";
import { Connection } from "./connection.ts";
import { refusalBody } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { Synthesizer } from "./synthesizer.ts";
import type { SynthesizerOptions } from "./synthesizer.ts";

export type LocalVoiceOptions = SynthesizerOptions;

/** A running service that speaks Cartesia's WebSocket protocol on this machine alone. */
export interface LocalVoice {
  /** `ws://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  /** What a client gives as its API key. */
  readonly token: string;
  /** Breaks off what is being said, ends all connections and the worker; resolves when nothing is left. */
  close(): Promise<void>;
}

/** Bytes of the largest message taken. */
const longestMessage = 1 << 20;

/** WebSocket's close code for a server that goes away. */
const goingAway = 1001;

/**
 * Starts the embedded service: a WebSocket server on a port of loopback that the system chooses, over the synthesiser
 * Flite in a worker that the first request starts. It speaks English whatever the language asked, takes any voice id,
 * and knows models by their family's name only.
 *
 * @throws Error where no port can be had
 */
export async function startLocalVoice(options: LocalVoiceOptions): Promise<LocalVoice> {
  const token = randomBytes(32).toString("hex");
  const synthesizer = new Synthesizer(options);
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: longestMessage,
  });
  const server = createServer(answer);
  server.on("upgrade", (request, socket, head) => {
    const access = readUpgrade(request, token);
    if (access.kind === "refused") return refuseUpgrade(socket, access);
    sockets.handleUpgrade(request, socket, head, (client) => {
      new Connection(client, access.apiVersion, synthesizer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    token,
    close: async () => {
      for (const client of sockets.clients) {
        client.close(goingAway);
        client.terminate();
      }
      await Promise.all([synthesizer.close(), closeServer(server)]);
    },
  };
}

/** Answers what is not a WebSocket: `GET /` says that the service is there. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const respond = (status: number, body: string): void => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(body);
  };
  const refuse = (refusal: Refusal): void =>
    respond(refusal.status, refusalBody(refusal, newestVersion));
  if (request.headers.origin !== undefined) refuse(fromWebPage);
  else if (request.method !== "GET" || request.url !== "/") refuse(unknownPath);
  else respond(200, JSON.stringify({ ok: true, version: newestVersion }));
}

/** Answers an upgrade with an HTTP error, which the server leaves to its listener. */
function refuseUpgrade(
  socket: Duplex,
  { refusal, apiVersion }: { readonly refusal: Refusal; readonly apiVersion: string | undefined },
): void {
  const body = refusalBody(refusal, apiVersion);
  const type = body.startsWith("{") ? "application/json" : "text/plain";
  socket.on("error", () => socket.destroy()); // a client that is gone needs no answer
  socket.once("finish", () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}`,
      "Connection: close",
      `Content-Type: ${type}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n"),
  );
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
