import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Cartesia } from "@cartesia/cartesia-js";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";
import { connect } from "../../../src/session/connection/connection.ts";
import { sessionLimits, speakContext } from "../../../src/session/context/speakContext.ts";
import { startTestVoice } from "../../support/fakes/localVoice.ts";
import { startRecordingProxy } from "../../support/fakes/recordingProxy.ts";
import type { RecordingProxy } from "../../support/fakes/recordingProxy.ts";
import { floats, level } from "./voiceClient.ts";

// The SDK's ESM build does not find `ws` in Node: its CommonJS build does.
const sdk = createRequire(import.meta.url)("@cartesia/cartesia-js") as {
  readonly default: typeof Cartesia;
};

const voiceId = "6ccbfb76-1fc6-48f7-b71d-91ac6298247b";

/** The service's flushing example. */
const context = {
  contextId: "ctx-1",
  model_id: "sonic-3",
  voice: { id: voiceId },
  output_format: { container: "raw", encoding: "pcm_f32le", sample_rate: 44100 },
  language: "en",
  timeout: 10_000,
} as const;

describe("The official client", () => {
  let voice: LocalVoice;
  let proxy: RecordingProxy;
  let certificate: string;
  before(async () => {
    const read = (name: string) =>
      readFile(new URL(`../../fixtures/tls/${name}`, import.meta.url), "utf8");
    certificate = await read("localhost.crt");
    voice = await startTestVoice();
    proxy = await startRecordingProxy(voice.url, {
      cert: certificate,
      key: await read("localhost.key"),
    });
  });
  after(async () => {
    await proxy.close();
    await voice.close();
  });

  /** Runs the flushing example with the SDK. */
  async function runExample(options: { readonly add_timestamps?: boolean } = {}) {
    const client = new sdk.default({ apiKey: voice.token, baseURL: `https://${proxy.host}` });
    const socket = await client.tts.websocket({ ca: certificate });
    const before = proxy.messages.length;
    const ctx = socket.context({ ...context, ...options });
    await ctx.push({ transcript: "Stay hungry, " });
    await ctx.flush();
    await ctx.push({ transcript: "stay foolish." });
    await ctx.no_more_inputs();
    const audio = new Map<number, Uint8Array[]>();
    const words: string[] = [];
    const types: string[] = [];
    for await (const event of ctx.receive()) {
      if (types.at(-1) !== event.type) types.push(event.type);
      if (event.type === "timestamps") words.push(...(event.word_timestamps?.words ?? []));
      if (event.type !== "chunk" || !event.audio) continue;
      const id = event.flush_id ?? 0;
      audio.set(id, [...(audio.get(id) ?? []), event.audio]);
    }
    socket.close();
    const parts = [...audio].map(([id, chunks]) => ({ id, bytes: Buffer.concat(chunks) }));
    return { parts, words, types, messages: proxy.messages.slice(before) };
  }

  it("gets the audio of each flush in the service's flushing example", async () => {
    const { parts, types } = await runExample();
    assert.deepEqual(types, ["chunk", "flush_done", "chunk", "done"]);
    assert.deepEqual(
      parts.map(({ id }) => id),
      [0, 1],
    );
    for (const { bytes } of parts) {
      assert.equal(bytes.length % 4, 0);
      const seconds = bytes.length / 4 / 44_100;
      assert.ok(seconds > 0.5 && seconds < 1.5, `${seconds} s`);
      assert.ok(level(floats(bytes)) > -30);
    }
  });

  it("gets the words of the example where it asks for timestamps", async () => {
    const { words } = await runExample({ add_timestamps: true });
    assert.deepEqual(words, ["Stay", "hungry,", "stay", "foolish."]);
  });

  it("sends what our session sends for the same script, field by field", async () => {
    const theirs = await runExample();
    const theirsTimed = await runExample({ add_timestamps: true });
    const ours = await runSession();
    assert.equal(ours.length, 4);
    assert.deepEqual(ours, theirsTimed.messages);
    // Our session always asks for timestamps; but for that, it sends what the example does without them.
    const untimed = ours.map((message) => {
      const { add_timestamps, ...rest } = message;
      assert.equal(add_timestamps, true);
      return rest;
    });
    assert.deepEqual(untimed, theirs.messages);
  });

  /** Says the example's script with our session, and returns its messages. */
  async function runSession() {
    const plain = await startRecordingProxy(voice.url);
    const { signal } = new AbortController();
    const version = "2026-08-14";
    const endpoint = {
      url: `ws://${plain.host}/tts/websocket`,
      headers: { Authorization: `Bearer ${voice.token}`, "Cartesia-Version": version },
      version,
    } as const;
    const connection = await connect(endpoint, 5000, signal);
    const request = {
      contextId: context.contextId,
      options: {
        model: context.model_id,
        voice: voiceId,
        language: context.language,
        encoding: context.output_format.encoding,
        sampleRate: context.output_format.sample_rate,
      },
      transcripts: ["Stay hungry, ", "stay foolish."],
    };
    const spoken = [];
    const tools = { limits: sessionLimits, trace: () => {}, signal };
    for await (const event of speakContext(connection, request, tools)) {
      if (event.type === "spoken") spoken.push(event.position);
    }
    await connection.close(1000);
    await plain.close();
    assert.deepEqual(spoken, [0, 1]);
    return plain.messages;
  }

  it("finds the local voice's voices", async () => {
    const client = new sdk.default({
      apiKey: voice.token,
      baseURL: voice.url.replace("ws:", "http:"),
    });
    const ids: string[] = [];
    for await (const { id } of client.voices.list({ limit: 1 })) ids.push(id);
    assert.deepEqual(ids, ["rms", "slt"]);
    assert.equal((await client.voices.get("slt")).gender, "feminine");
    await assert.rejects(client.voices.get("nobody"), { status: 404 });
  });
});
