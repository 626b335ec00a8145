import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { WebSocketServer, type WebSocket } from "ws";

export interface FloodService {
  readonly url: string;
  close(): Promise<void>;
}

/** The frames that answer the first message of a context, one after the other, as fast as they are read. */
export type Flood = (contextId: string) => Iterable<string>;

/** Starts a service on loopback that answers each context with a flood, whatever it is asked. */
export async function startFlood(flood: Flood): Promise<FloodService> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket) => {
    const contexts = new Set<string>();
    socket.on("error", () => {}); // clients hang up
    socket.on("message", (data: Buffer) => {
      const { context_id: id } = JSON.parse(data.toString("utf8")) as { context_id: string };
      if (contexts.has(id)) return;
      contexts.add(id);
      void pour(socket, flood(id));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      await once(server, "close");
    },
  };
}

/** Sends while the other side reads, so that the flood fills its memory and not ours. */
async function pour(socket: WebSocket, frames: Iterable<string>): Promise<void> {
  let at = 0;
  for (const frame of frames) {
    if (socket.readyState !== socket.OPEN) return;
    const sent = new Promise((resolve) => socket.send(frame, resolve));
    if (socket.bufferedAmount > 1 << 20) await sent;
    else if (++at % 64 === 0) await setImmediate(); // else nothing is heard of a client that hung up
  }
}
