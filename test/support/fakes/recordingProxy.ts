import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import type { Writable } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import * as ws from "ws";

/** A way to a service that passes every byte on, and notes the messages of the clients. */
export interface RecordingProxy {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** The text messages that clients sent, parsed, in their order. */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

/** What shows that a server is who it says, in PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** The reader of frames in `ws`, which its types leave out. */
const { Receiver } = ws as unknown as {
  readonly Receiver: new (options: { readonly isServer: boolean }) => Writable;
};

/**
 * Starts a proxy on loopback before a service that speaks plain WebSocket.
 * @param url the service's, `ws://HOST:PORT`
 * @param identity with it, clients must come over TLS, which ends here
 */
export async function startRecordingProxy(
  url: string,
  identity?: Identity,
): Promise<RecordingProxy> {
  const { hostname, port } = new URL(url);
  const messages: Readonly<Record<string, unknown>>[] = [];
  const sockets = new Set<Socket>();
  const pass = (client: Socket): void => {
    const service = connect(Number(port), hostname);
    for (const socket of [client, service]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    client.on("close", () => service.destroy());
    service.on("close", () => client.destroy());
    client.pipe(service).pipe(client);
    noteMessages(client, (text) => messages.push(JSON.parse(text)));
  };
  const server = identity ? createTlsServer(identity, pass) : createServer(pass);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Reads what a client sends after the head of its upgrade request. */
function noteMessages(client: Socket, note: (text: string) => void): void {
  const receiver = new Receiver({ isServer: true });
  receiver.on("message", (data: Buffer, isBinary: boolean) => {
    if (!isBinary) note(data.toString());
  });
  let head = Buffer.alloc(0);
  let isHeadOver = false;
  client.on("data", (bytes: Buffer) => {
    if (isHeadOver) return void receiver.write(bytes);
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf("\r\n\r\n");
    isHeadOver = end >= 0;
    if (isHeadOver) receiver.write(head.subarray(end + 4));
  });
}
