import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import type { WebSocket } from "ws";
import { Connection } from "../../../../src/localVoice/server/serverConnection.ts";
import { generation } from "../voiceClient.ts";

/** A socket whose reader takes nothing until it is told to. */
class SlowSocket extends EventEmitter {
  readonly #waiting: (() => void)[] = [];
  bufferedAmount = 0;

  send(text: string, sent: () => void): void {
    this.bufferedAmount += text.length;
    this.#waiting.push(sent);
  }

  drain(): void {
    this.bufferedAmount = 0;
    for (const sent of this.#waiting.splice(0)) sent();
  }
}

/** A connection over a SlowSocket, on which every utterance is 100,000 bytes. */
function connect() {
  const socket = new SlowSocket();
  const signals: AbortSignal[] = [];
  new Connection(socket as unknown as WebSocket, "2026-08-14", {
    speak: (_job, signal) => {
      signals.push(signal);
      return Promise.resolve({ bytes: new Uint8Array(100_000), phones: [] });
    },
    align: () => Promise.resolve([]),
  });
  const say = (transcript: string) =>
    socket.emit("message", Buffer.from(JSON.stringify(generation({ transcript }))), false);
  return { socket, signals, say };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

describe("Connection", () => {
  it("does not run far ahead of a slow reader, and goes on when it has caught up", async () => {
    const { socket, signals, say } = connect();
    say("Hello. ".repeat(50));
    await settle();
    const ahead = signals.length;
    assert.ok(ahead > 0 && socket.bufferedAmount < 300_000, `${socket.bufferedAmount} bytes wait`);
    for (let time = 0; time < 50; time++) {
      socket.drain();
      await settle();
    }
    assert.equal(signals.length, 50);
  });

  it("stops its contexts when its socket closes", async () => {
    for (const event of ["close", "error"]) {
      const { socket, signals, say } = connect();
      say("Hello. ".repeat(50));
      await settle();
      const before = signals.length;
      socket.emit(event);
      socket.drain();
      await settle();
      assert.ok(signals[0]?.aborted);
      assert.equal(signals.length, before);
    }
  });

  it("takes no more than so many contexts, so much text and so long an id", () => {
    const { socket, signals } = connect();
    const told: string[] = [];
    socket.send = (text) => void told.push(text);
    const ask = (fields: object): void =>
      void socket.emit("message", Buffer.from(JSON.stringify({ ...generation(fields) })), false);
    for (let at = 0; at < 120; at++) ask({ context_id: `c${at}`, transcript: "Hello. " });
    assert.ok(signals.length <= 100);
    assert.ok(told.some((frame) => frame.includes("too many contexts")));
    ask({ context_id: "x".repeat(201), transcript: "Hello." });
    assert.match(told.at(-1) ?? "", /context_id/);
    for (let at = 0; at < 5; at++) ask({ context_id: "c0", transcript: "word ".repeat(200_000) });
    assert.match(told.at(-1) ?? "", /too much text that waits|takes no more inputs/);
  });
});
