import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, STATUS_CODES } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { webSocketPath } from "../protocol/clientMessage.ts";
import { readAccess } from "./server/access.ts";
import { Connection } from "./server/serverConnection.ts";
import { answerHttp, refusalAnswer } from "./server/httpAnswer.ts";
import type { HttpAnswer } from "./server/httpAnswer.ts";
import { localLimits } from "./synthesis/voiceLimits.ts";
import { Synthesizer } from "./synthesis/synthesizer.ts";
import type { SynthesizerOptions } from "./synthesis/synthesizer.ts";

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
    maxPayload: localLimits.message,
  });
  const server = createServer((request, response) => {
    const { status, type, body } = answerHttp(request, token);
    response.writeHead(status, { "Content-Type": type }).end(body);
  });
  server.on("upgrade", (request, socket, head) => {
    const access = readAccess(request, token, (path) => path === webSocketPath);
    if (access.kind === "refused") {
      return refuseUpgrade(socket, refusalAnswer(access.refusal, access.apiVersion));
    }
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

/** Answers an upgrade with an HTTP error, which the server leaves to its listener. */
function refuseUpgrade(socket: Duplex, { status, type, body }: HttpAnswer): void {
  socket.on("error", () => socket.destroy()); // a client that is gone needs no answer
  socket.once("finish", () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
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
