import assert from "node:assert/strict";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { WebSocket } from "ws";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";
import { startTestVoice } from "../../support/fakes/localVoice.ts";
import { VoiceClient } from "./voiceClient.ts";

describe("startLocalVoice: who may connect", () => {
  let voice: LocalVoice;
  before(async () => void (voice = await startTestVoice()));
  after(() => voice.close());

  const origin = () => voice.url.replace("ws:", "http:");
  const upgrade = async (headers: Record<string, string>, path = "/tts/websocket") => {
    const socket = new WebSocket(`${voice.url}${path}`, { headers });
    socket.on("error", () => {});
    const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
    const body = Buffer.concat(await response.toArray()).toString();
    return { status: response.statusCode, body };
  };
  const key = () => ({ Authorization: `Bearer ${voice.token}` });
  const version = { "Cartesia-Version": "2026-08-14" };

  it("says that it is there", async () => {
    const response = await fetch(`${origin()}/`);
    assert.deepEqual(await response.json(), { ok: true, version: "2026-08-14" });
    assert.equal((await fetch(`${origin()}/else`)).status, 404);
    assert.equal((await fetch(`${origin()}/`, { method: "POST" })).status, 404);
  });

  it("tells its voices to whom it would speak, and to nobody else", async () => {
    const ask = (path: string, headers: Record<string, string>) =>
      fetch(`${origin()}${path}`, { headers: { ...version, ...headers } });
    const response = await ask("/voices", key());
    const { data } = (await response.json()) as { readonly data: readonly { id: string }[] };
    assert.deepEqual(
      data.map(({ id }) => id),
      ["rms", "slt"],
    );
    assert.equal((await ask("/voices/nobody", key())).status, 404);
    assert.equal((await ask("/voices", {})).status, 401);
    assert.equal((await ask("/voices", { ...key(), Origin: "http://x" })).status, 403);
  });

  it("refuses a name that was let point to loopback", async () => {
    const { status } = await upgrade({ ...version, ...key(), Host: "evil.example" });
    assert.equal(status, 421);
  });

  it("refuses a wrong key as the service does", async () => {
    const { status, body } = await upgrade({ ...version, Authorization: "Bearer wrong" });
    const { error_code, title, message, request_id } = JSON.parse(body);
    assert.deepEqual([status, error_code, title], [401, null, "Unauthorized"]);
    assert.ok(message && request_id);
    const older = await upgrade({ "Cartesia-Version": "2025-04-16" });
    assert.match(older.body, /^Unauthorized: /);
  });

  it("refuses to guess the version", async () => {
    const { status, body } = await upgrade(key());
    assert.equal(status, 400);
    assert.match(JSON.parse(body).message, /Cartesia-Version/);
  });

  it("refuses web pages and other paths", async () => {
    assert.equal((await upgrade({ ...version, ...key(), Origin: "http://localhost" })).status, 403);
    assert.equal((await upgrade({ ...version, ...key() }, "/tts/bytes")).status, 404);
    assert.equal((await fetch(origin(), { headers: { Origin: "http://x" } })).status, 403);
  });

  it("closes a connection that sends more than a megabyte at once, and only that one", async () => {
    const [greedy, client] = [await VoiceClient.connect(voice), await VoiceClient.connect(voice)];
    greedy.say({ transcript: "x".repeat(1 << 20) });
    assert.equal((await once(greedy.socket, "close"))[0], 1009);
    assert.ok((await client.sayAll("Hello.")).length > 0);
  });

  it("can't be reached from another address of this machine", async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal);
    const { port } = new URL(voice.url);
    for (const { address } of others) {
      const socket = connect(Number(port), address);
      await assert.rejects(once(socket, "connect"), { code: "ECONNREFUSED" });
    }
  });

  it("listens on loopback alone, with a secret of its own each time", async () => {
    const other = await startTestVoice();
    assert.match(other.url, /^ws:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(other.token, voice.token);
    assert.ok(other.token.length >= 32);
    await other.close();
  });
});
