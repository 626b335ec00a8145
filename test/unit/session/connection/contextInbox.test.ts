import assert from "node:assert/strict";
import type { Connection } from "../../../../src/session/connection/connection.ts";
import { ContextInbox } from "../../../../src/session/connection/contextInbox.ts";
import { Failure } from "../../../../src/session/connection/failure.ts";
import { sessionLimits, speakContext } from "../../../../src/session/context/speakContext.ts";

const { signal } = new AbortController();
const done = (contextId: string) => ({ type: "done", contextId, at: 0 }) as const;

describe("ContextInbox", () => {
  it("gives what came before it ended, then throws what ended it, each time", async () => {
    const inbox = new ContextInbox(() => {});
    const failure = new Failure("offline", "It broke.");
    inbox.add(done("a"));
    inbox.end(failure);
    inbox.add(done("late"));
    inbox.end(new Failure("protocol", "It broke again."));
    assert.equal((await inbox.next(0, signal))?.contextId, "a");
    await assert.rejects(inbox.next(0, signal), failure);
    await assert.rejects(inbox.next(0, signal), failure);
  });

  it("wakes who waits with what comes, and with its end", async () => {
    const inbox = new ContextInbox(() => {});
    const first = inbox.next(60_000, signal);
    inbox.add(done("a"));
    assert.equal((await first)?.contextId, "a");
    const second = inbox.next(60_000, signal);
    inbox.end(new Failure("offline", "It broke."));
    await assert.rejects(second, /It broke/);
  });

  it("gives nothing where nothing comes in time", async () => {
    assert.equal(await new ContextInbox(() => {}).next(0, signal), undefined);
  });

  it("throws the reason of an abort, though messages are there", async () => {
    const inbox = new ContextInbox(() => {});
    const controller = new AbortController();
    const waiting = inbox.next(60_000, controller.signal);
    controller.abort(new Error("stopped"));
    await assert.rejects(waiting, /stopped/);
    inbox.add(done("a"));
    await assert.rejects(inbox.next(0, controller.signal), /stopped/);
  });

  it("is closed with its context: what still comes for that is dropped", async () => {
    let isClosed = false;
    const inbox = new ContextInbox(() => (isClosed = true));
    const connection: Connection = {
      version: "2026-08-14",
      hide: (text) => text,
      over: false,
      closedInOrder: false,
      heardAt: 0,
      send: () => {},
      open: () => inbox,
      fail: () => {},
      close: () => Promise.resolve(),
    };
    const options = { model: "M", voice: "V", language: "en" } as const;
    const format = { encoding: "pcm_f32le", sampleRate: 8000 } as const;
    const request = { contextId: "a", options: { ...options, ...format }, transcripts: ["One."] };
    const tools = { limits: sessionLimits, trace: () => {}, signal };
    for await (const event of speakContext(connection, request, tools)) {
      assert.ok(!isClosed);
      if (event.type === "sent") inbox.add(done("a"));
    }
    assert.ok(isClosed);
  });
});
