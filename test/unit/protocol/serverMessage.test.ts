import assert from "node:assert/strict";
import fc from "fast-check";
import {
  MalformedFrame,
  readServerMessage,
  redactFrame,
} from "../../../src/protocol/serverMessage.ts";

const read = (frame: object): unknown => readServerMessage(JSON.stringify(frame));

describe("readServerMessage", () => {
  it("reads a chunk with its flush id", () => {
    assert.deepEqual(
      read({
        type: "chunk",
        context_id: "c",
        data: "AAAA",
        done: false,
        flush_id: 0,
        step_time: 1,
      }),
      { type: "chunk", contextId: "c", flushId: 0, data: "AAAA" },
    );
  });

  it("takes a null and a missing flush id alike", () => {
    const missing = read({ type: "flush_done", context_id: "c" });
    assert.deepEqual(read({ type: "flush_done", context_id: "c", flush_id: null }), missing);
  });

  it("reads words, and leaves out those without both times", () => {
    const message = read({
      type: "timestamps",
      context_id: "c",
      word_timestamps: { words: ["a", "b", "c", 4], start: [0, 0.5, 2], end: [0.4, null, 1] },
    });
    assert.deepEqual(message, {
      type: "timestamps",
      contextId: "c",
      flushId: undefined,
      words: [{ text: "a", start: 0, end: 0.4 }],
    });
  });

  it("reads both shapes of an error", () => {
    assert.deepEqual(
      read({
        type: "error",
        context_id: "c",
        error_code: "voice_not_found",
        title: "Title",
        message: "No such voice",
        status_code: 400,
        request_id: "r",
      }),
      {
        type: "error",
        contextId: "c",
        status: 400,
        code: "voice_not_found",
        requestId: "r",
        message: "No such voice",
      },
    );
    assert.deepEqual(read({ type: "error", error_code: null, error: "legacy", status_code: 400 }), {
      type: "error",
      contextId: undefined,
      status: 400,
      message: "legacy",
    });
  });

  it("cuts what a service says without end", () => {
    const long = "x".repeat(1 << 20);
    const error = { type: "error", message: long, error_code: long, request_id: long };
    assert.ok(JSON.stringify(read(error)).length < 5000);
    assert.ok(JSON.stringify(read({ type: long })).length < 5000);
  });

  it("takes types it does not know for what they are", () => {
    assert.deepEqual(read({ type: "weather" }), {
      type: "unknown",
      contextId: undefined,
      name: "weather",
    });
  });

  it("takes what says nothing for nothing, and a list or what is cut for a fault", () => {
    for (const text of ["", " ", "null", "7", '"ping"', "true", "-1e3"]) {
      assert.equal(readServerMessage(text).type, "unknown", text);
    }
    for (const text of ["[]", '[{"type":"chunk"}]', "{", "ping", '"']) {
      assert.throws(() => readServerMessage(text), MalformedFrame, text);
    }
  });

  it("throws nothing but MalformedFrame, whatever comes", () => {
    const frame = fc.oneof(
      fc.string(),
      fc.json(),
      fc.object().map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(frame, (text) => {
        try {
          readServerMessage(text);
        } catch (error) {
          assert.ok(error instanceof MalformedFrame);
        }
      }),
    );
  });
});

describe("redactFrame", () => {
  it("keeps everything but the audio", () => {
    assert.equal(
      redactFrame('{"type":"chunk","data":"AAAABBBB","flush_id":1}'),
      '{"type":"chunk","data":"<8 base64 characters>","flush_id":1}',
    );
  });

  it("shows nothing of what is not JSON", () => {
    assert.equal(redactFrame("secret"), "<6 characters that are no JSON object>");
  });

  it("cuts what is long", () => {
    const line = redactFrame(JSON.stringify({ type: "weather", said: "x".repeat(100_000) }));
    assert.ok(line.length < 5000);
    assert.match(line, /^\{"type":"weather".*… \(100028 characters\)$/);
  });
});
