import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { connect } from "../../../../src/session/connection/connection.ts";
import { sessionLimits, speakContext } from "../../../../src/session/context/speakContext.ts";
import { isFailure, type Failure } from "../../../../src/session/connection/failure.ts";
import { startScriptedService, type Refusal } from "../../../support/fakes/scriptedService.ts";

const key = "sk_test_never_to_be_shown";

/** What connecting fails with. */
async function failureAt(url: string, timeoutMs = 5000): Promise<Failure> {
  const headers = { Authorization: `Bearer ${key}` };
  const endpoint = { url, headers, version: "2026-08-14" } as const;
  try {
    await connect(endpoint, timeoutMs, new AbortController().signal);
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    return error;
  }
  throw new assert.AssertionError({ message: "it was let in" });
}

/** What an upgrade fails with that is answered so. */
async function refusedWith(refusal: Refusal, timeoutMs?: number): Promise<Failure> {
  const service = await startScriptedService({}, undefined, { refuse: () => refusal });
  try {
    return await failureAt(service.url, timeoutMs);
  } finally {
    await service.close();
  }
}

describe("A refused upgrade", () => {
  it("is what its status says, though its body never ends", async () => {
    const statuses = [401, 402, 429, 500];
    const failures = await Promise.all(
      statuses.map((status) => refusedWith({ status, body: "Slow", stalls: true }, 300)),
    );
    const codes = failures.map(({ code }) => code);
    assert.deepEqual(codes, ["key-rejected", "out-of-credits", "rate-limited", "offline"]);
    for (const { message } of failures) assert.match(message, /“Slow\.”$/);
  });

  it("says when to ask again: after seconds, or at a date by the service's own clock", async () => {
    const after = async (headers: Record<string, string>): Promise<number | undefined> =>
      (await refusedWith({ status: 429, headers })).retryAfterMs;
    assert.equal(await after({ "Retry-After": "7" }), 7000);
    const date = "Tue, 01 Jan 2030 00:00:00 GMT";
    assert.equal(await after({ Date: date, "Retry-After": "Tue, 01 Jan 2030 00:00:09 GMT" }), 9000);
    assert.equal(await after({ Date: date, "Retry-After": "Mon, 31 Dec 2029 00:00:00 GMT" }), 0);
    assert.equal(await after({ "Retry-After": "86400" }), 60_000, "but not for ever");
    for (const unclear of ["soon", "-5", ""]) {
      assert.equal(await after({ "Retry-After": unclear }), undefined, unclear);
    }
    assert.equal(await after({}), undefined);
  });

  it("says what the service said where that is wrapped", async () => {
    const error = { title: "Unauthorized", message: "No such key", request_id: "r-1" };
    const failure = await refusedWith({ status: 401, body: JSON.stringify({ error }) });
    assert.equal(failure.code, "key-rejected");
    assert.match(failure.message, /“No such key\.”$/);
    assert.equal(failure.service?.requestId, "r-1");
  });

  it("quotes no JSON that was cut, and so can't be read", async () => {
    const whole = JSON.stringify({ message: "x".repeat(100_000) });
    for (const refusal of [{ body: whole }, { body: '{"error":"No su', stalls: true }]) {
      const { message } = await refusedWith({ status: 401, ...refusal });
      assert.equal(message, "The service rejected the API key.");
    }
  });

  it("says no more of it than one reads, and no part of the key", async () => {
    for (let length = 490; length <= 500; length++) {
      const body = "x".repeat(length) + key.repeat(300);
      const { message } = await refusedWith({ status: 400, body });
      assert.ok(message.length < 700);
      assert.ok(!message.includes("sk_"), message);
    }
  });
});

describe("An error in a frame", () => {
  it("shows no part of the key, wherever its text is cut", async () => {
    for (let length = 480; length <= 1000; length += 7) {
      const message = "x".repeat(length) + key.repeat(300);
      const lines: string[] = [];
      const service = await startScriptedService({}, ({ context_id: id }, { socket }) => {
        socket.send(JSON.stringify({ type: "error", context_id: id, status_code: 400, message }));
        return false;
      });
      const endpoint = {
        url: service.url,
        headers: { Authorization: `Bearer ${key}` },
        version: "2026-08-14",
      } as const;
      const { signal } = new AbortController();
      const connection = await connect(endpoint, 5000, signal, (line) => lines.push(line));
      const options = {
        model: "m",
        voice: "V",
        language: "en",
        encoding: "pcm_s16le",
        sampleRate: 8000,
      } as const;
      const request = { contextId: "ctx", options, transcripts: ["One."] };
      const tools = { limits: sessionLimits, trace: () => {}, signal };
      try {
        for await (const event of speakContext(connection, request, tools)) void event;
        assert.fail("it was not refused");
      } catch (error) {
        assert.ok(isFailure(error), String(error));
        assert.ok(!`${error.message}${lines.join("")}`.includes("sk_"), error.message);
        assert.ok(error.message.length < 700);
      } finally {
        await connection.close(100);
        await service.close();
      }
    }
  });
});

describe("A service that can't be reached", () => {
  it("is told of in whole sentences, and in no words of OpenSSL", async () => {
    const plain = createServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", () => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    });
    plain.listen(0, "127.0.0.1");
    await once(plain, "listening");
    const { port } = plain.address() as AddressInfo;
    try {
      const urls = [`wss://127.0.0.1:${port}`, "ws://127.0.0.1:1", "ws://nowhere.invalid"];
      for (const { code, message } of await Promise.all(urls.map((url) => failureAt(url)))) {
        assert.equal(code, "offline");
        assert.match(message, /^Could not reach the speech service at [^\n]*[^.!?]\.$/);
        assert.doesNotMatch(message, /openssl|routines/i);
      }
    } finally {
      plain.close();
    }
  });

  it("is told of so where something else answers", async () => {
    const answers = [
      "SSH-2.0-OpenSSH_9.6\r\n",
      `HTTP/1.1 401 Unauthorized\r\nA: ${"x".repeat(100_000)}\r\n\r\n`,
      "HTTP/1.1 302 Found\r\nLocation: \u0007\r\n\r\n",
      "HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n",
    ];
    for (const answer of answers) {
      const other = createServer((socket) => {
        socket.on("error", () => {});
        socket.on("data", () => socket.end(answer));
      });
      other.listen(0, "127.0.0.1");
      await once(other, "listening");
      try {
        const { port } = other.address() as AddressInfo;
        const { code, message } = await failureAt(`ws://127.0.0.1:${port}`);
        assert.equal(code, "offline");
        assert.match(message, /: what answers there is no WebSocket service \([^()]+\)\.$/);
      } finally {
        other.close();
      }
    }
  });
});
