import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";
import { measure, type Figure } from "./figures.ts";

/** A WebSocket on loopback, in this process alone: what no client can do without. */
export async function measureLoopback(times: number): Promise<Figure[]> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  server.on("connection", (socket) => socket.on("message", (data) => socket.send(data)));
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const connect = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    await once(socket, "open");
    return socket;
  };
  const ask = async (socket: WebSocket): Promise<void> => {
    socket.send("{}");
    await once(socket, "message");
  };
  const open = await connect();
  const frame = await measure(times, () => ask(open));
  const fresh = await measure(times, async () => ask(await connect()));
  for (const client of server.clients) client.terminate();
  server.close();
  return [
    { name: "WebSocket on loopback: there and back", samples: frame, unit: "ms" },
    { name: "WebSocket on loopback: connect, there and back", samples: fresh, unit: "ms" },
  ];
}
