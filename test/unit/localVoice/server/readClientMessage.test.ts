import assert from "node:assert/strict";
import fc from "fast-check";
import { readClientMessage } from "../../../../src/localVoice/server/readClientMessage.ts";
import { generation } from "../voiceClient.ts";

const read = (fields: object) => readClientMessage(JSON.stringify(generation(fields)));

describe("readClientMessage", () => {
  it("refuses models that the service has retired, and only those", () => {
    const refusedBy = (model_id: string): string | undefined => {
      const message = readClientMessage(JSON.stringify(generation({ model_id })));
      return message.kind === "invalid" ? message.refusal.code : undefined;
    };
    for (const model of ["sonic-2", "sonic-turbo-2025-03-07", "sonic-3-2025-10-27"]) {
      assert.equal(refusedBy(model), "model_sunsetted", model);
    }
    for (const model of ["sonic-3", "sonic-3.6", "sonic-3-2026-01-12", "sonic-latest"]) {
      assert.equal(refusedBy(model), undefined, model);
    }
  });

  it("reads a push of the service's example", () => {
    assert.deepEqual(read({ transcript: "Stay hungry, ", continue: true }), {
      kind: "generate",
      request: {
        contextId: "ctx-1",
        settings: {
          modelId: "sonic-3",
          voiceId: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
          encoding: "pcm_f32le",
          sampleRate: 44100,
          language: "en",
          locale: undefined,
          maxBufferDelay: 3000,
          addTimestamps: false,
          accent: undefined,
          addPhonemeTimestamps: false,
          useNormalizedTimestamps: false,
          pronunciationDictId: undefined,
          normalization: undefined,
        },
        transcript: "Stay hungry, ",
        style: {},
        continues: true,
        flush: false,
      },
    });
  });

  it("reads a flush and the end of the inputs, which differ by their flags only", () => {
    const flush = read({ continue: true, flush: true });
    assert.ok(flush.kind === "generate" && flush.request.flush && flush.request.continues);
    const end = read({ continue: false });
    assert.ok(end.kind === "generate" && !end.request.flush && !end.request.continues);
    const silent = read({});
    assert.ok(silent.kind === "generate" && !silent.request.continues);
  });

  it("reads a cancel, which needs nothing but the context's id", () => {
    assert.deepEqual(readClientMessage('{"context_id":"c","cancel":true}'), {
      kind: "cancel",
      contextId: "c",
    });
  });

  it("reads a voice in its three shapes", () => {
    for (const voice of ["v", { id: "v" }, { mode: "id", id: "v" }]) {
      const message = read({ voice });
      assert.ok(message.kind === "generate");
      assert.equal(message.request.settings.voiceId, "v");
    }
  });

  it("takes bounds themselves, null for what may be missing, and fields that it does not know", () => {
    for (const fields of [
      { generation_config: { speed: 0.6, volume: 0.5, emotion: "sad" } },
      { generation_config: { speed: 1.5, volume: 2 } },
      { generation_config: null, language: null, continue: null, flush: null, duration: null },
      { generation_config: { speed: null } },
      { max_buffer_delay_ms: 0 },
      { max_buffer_delay_ms: 5000 },
      { language: undefined, locale: "en-GB" },
      { language: "fr", model_id: "sonic-3.6-2026-08-27" },
      { output_format: { container: "raw", encoding: "pcm_mulaw", sample_rate: 8000 } },
      { output_format: { container: "raw", encoding: "pcm_alaw", sample_rate: 48000 } },
      { add_timestamps: true, duration: 3, speed: "fast", newest: {} },
    ]) {
      assert.equal(read(fields).kind, "generate", JSON.stringify(fields));
    }
  });

  const rules: readonly (readonly [object, RegExp])[] = [
    [{ model_id: undefined }, /^model_id is required/],
    [{ transcript: undefined }, /^transcript is required/],
    [{ transcript: 1 }, /^transcript is required/],
    [{ voice: undefined }, /^voice must be an object/],
    [{ voice: {} }, /^voice.id is required/],
    [{ voice: { mode: "embedding", embedding: [] } }, /^voice.mode/],
    [{ output_format: undefined }, /^output_format must be an object/],
    [
      { output_format: { container: "wav", encoding: "pcm_f32le", sample_rate: 44100 } },
      /container/,
    ],
    [{ output_format: { container: "raw", encoding: "pcm_u8", sample_rate: 44100 } }, /one of/],
    [
      { output_format: { container: "raw", encoding: "pcm_f32le", sample_rate: 44000 } },
      /sample_rate/,
    ],
    [{ language: "en", locale: "en-GB" }, /exclude each other/],
    [{ language: 7 }, /^language/],
    [{ generation_config: { speed: 0.59 } }, /^speed must be a number from 0.6 to 1.5/],
    [{ generation_config: { speed: 1.51 } }, /^speed/],
    [{ generation_config: { volume: 0.4 } }, /^volume must be a number from 0.5 to 2/],
    [{ generation_config: { volume: "1" } }, /^volume/],
    [{ generation_config: 1 }, /^generation_config/],
    [{ max_buffer_delay_ms: -1 }, /^max_buffer_delay_ms must be an integer from 0 to 5000/],
    [{ max_buffer_delay_ms: 5001 }, /^max_buffer_delay_ms/],
    [{ max_buffer_delay_ms: 0.5 }, /^max_buffer_delay_ms/],
    [{ continue: "yes" }, /^continue must be true or false/],
    [{ flush: 1 }, /^flush/],
    [{ add_timestamps: "no" }, /^add_timestamps/],
    [{ duration: 0 }, /^duration/],
  ];
  for (const [fields, message] of rules) {
    it(`refuses ${JSON.stringify(fields, (_, value: unknown) => value ?? "nothing")}`, () => {
      const invalid = read(fields);
      assert.ok(invalid.kind === "invalid");
      assert.equal(invalid.contextId, "ctx-1");
      assert.equal(invalid.refusal.status, 400);
      assert.match(invalid.refusal.message, message);
    });
  }

  it("does not know models of other families", () => {
    const invalid = read({ model_id: "tts-1" });
    assert.ok(invalid.kind === "invalid");
    assert.equal(invalid.refusal.code, "model_not_found");
  });

  it("names no context where the message names none", () => {
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      '"x"',
      "{}",
      '{"context_id":""}',
      '{"cancel":true}',
    ]) {
      const invalid = readClientMessage(text);
      assert.ok(invalid.kind === "invalid", text);
      assert.equal(invalid.contextId, undefined);
    }
  });

  it("never throws, whatever the frame", () => {
    fc.assert(fc.property(fc.string(), (text) => void readClientMessage(text)));
    fc.assert(fc.property(fc.json(), (text) => void readClientMessage(text)));
    const fields = Object.keys(generation({ generation_config: 0, max_buffer_delay_ms: 0 }));
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), (field, value) => {
        void read({ [field]: value });
      }),
    );
  });
});
