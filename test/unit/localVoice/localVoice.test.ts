import assert from "node:assert/strict";
import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { decodeSamples } from "../../../src/audio/decodeSamples.ts";
import { bytesPerSample, encodings, sampleRates } from "../../../src/audio/pcm.ts";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";
import { startTestVoice } from "../../support/fakes/localVoice.ts";
import { VoiceClient, floats, level, longestSilence } from "./voiceClient.ts";

const rms = { voice: "rms" };
const longText =
  "The birch canoe slid on the smooth planks. Glue the sheet to the dark blue wall. ";

describe("startLocalVoice", () => {
  let voice: LocalVoice;
  let client: VoiceClient;
  before(async () => void (voice = await startTestVoice()));
  after(() => voice.close());
  beforeEach(async () => void (client = await VoiceClient.connect(voice)));
  afterEach(() => client.socket.terminate());

  const seconds = (bytes: Buffer) => bytes.length / 4 / 44100;

  describe("audio", () => {
    it("speaks the service's flushing example as two parts, told apart by their flush ids", async () => {
      client.say(
        { transcript: "Stay hungry, ", continue: true },
        { continue: true, flush: true },
        { transcript: "stay foolish.", continue: true },
        { continue: false },
      );
      await client.end();
      assert.deepEqual(client.story(), ["chunk 0", "flush_done 0", "chunk 1", "done"]);
      for (const flushId of [0, 1]) {
        const part = client.audio("ctx-1", flushId);
        assert.equal(part.length % 4, 0);
        assert.ok(seconds(part) > 2 * 0.2 && seconds(part) < 2 * 0.6, `${seconds(part)} s`);
        assert.ok(level(floats(part)) > -30);
      }
    });

    for (const encoding of encodings) {
      for (const sample_rate of sampleRates) {
        it(`speaks ${encoding} at ${sample_rate} Hz`, async () => {
          const output_format = { container: "raw", encoding, sample_rate };
          const bytes = await client.sayAll("Hello world.", { ...rms, output_format });
          assert.equal(bytes.length % bytesPerSample(encoding), 0);
          const samples = decodeSamples(bytes, encoding);
          const length = samples.length / sample_rate;
          assert.ok(Math.abs(length - 1.151) < 0.01, `${length} s`);
          assert.ok(Math.abs(level(samples) + 20) < 2, `${level(samples)} dB`);
        });
      }
    }

    it("is silent for exactly as long as a break asks", async () => {
      const samples = floats(await client.sayAll('Wait <break time="700ms"/> here'));
      assert.ok(Math.abs(longestSilence(samples) - 0.7 * 44100) <= 2, `${longestSilence(samples)}`);
    });

    it("pauses between two sentences", async () => {
      const pause = longestSilence(floats(await client.sayAll("Go home. Stay there."))) / 44100;
      assert.ok(pause > 0.15 && pause < 0.3, `${pause} s`);
    });

    it("changes speed by tag and by request, in the same measure", async () => {
      const own = seconds(await client.sayAll("It is easy to tell", rms));
      const tagged = seconds(await client.sayAll('<speed ratio="0.6"/>It is easy to tell', rms));
      const asked = await client.sayAll("It is easy to tell", {
        ...rms,
        generation_config: { speed: 0.6 },
      });
      assert.ok(Math.abs(tagged / own - 1 / 0.6) < 0.1, `${tagged / own}`);
      assert.equal(seconds(asked), tagged);
    });

    it("changes volume by tag and by request, in the same measure", async () => {
      const own = level(floats(await client.sayAll("Hello", rms)));
      const tagged = level(floats(await client.sayAll('<volume ratio="0.5"/>Hello', rms)));
      const generation_config = { volume: 0.5 };
      const asked = level(floats(await client.sayAll("Hello", { ...rms, generation_config })));
      assert.ok(Math.abs(own - tagged - 6.02) < 0.01);
      assert.ok(Math.abs(asked - tagged) < 1e-6);
    });

    it("gives each voice id its voice, and the same samples for the same request", async () => {
      const one = await client.sayAll("Hello there.", { voice: { id: "slt" } });
      const tessa = await client.sayAll("Hello there.");
      assert.ok(one.equals(tessa));
      assert.ok(!one.equals(await client.sayAll("Hello there.", rms)));
    });

    it("streams sentence by sentence", async () => {
      client.say({ transcript: longText.repeat(10) });
      await client.frame(({ type }) => type === "chunk");
      assert.ok(seconds(client.audio()) < 5);
      await client.end();
      assert.ok(seconds(client.audio()) > 40);
    });
  });

  describe("contexts", () => {
    it("says a short context while a long one is being said", async () => {
      client.say({ context_id: "long", transcript: longText.repeat(10) });
      await client.frame(({ context_id }) => context_id === "long");
      client.say({ context_id: "short", transcript: "Short." });
      await client.end("short");
      assert.ok(!client.story("long").includes("done"));
    });

    it("says two contexts in turns, each in its own order", async () => {
      const ids = ["a", "b"];
      for (const context_id of ids) client.say({ context_id, transcript: longText.repeat(2) });
      await Promise.all(ids.map((id) => client.end(id)));
      const turns = client.frames.map(({ context_id }) => context_id ?? "");
      assert.ok(turns.indexOf("b") < turns.lastIndexOf("a"));
      assert.ok(turns.indexOf("a") < turns.lastIndexOf("b"));
      assert.ok(client.audio("a").equals(client.audio("b")));
    });

    it("stops a cancelled context for good, and goes on with the others", async () => {
      client.say({ transcript: longText.repeat(10) });
      await client.frame(({ type }) => type === "chunk");
      client.sendText('{"context_id":"ctx-1","cancel":true}');
      client.say({ context_id: "next", transcript: "Next. One." });
      await client.end("next");
      const late = client.frames.findIndex(({ context_id }) => context_id === "next");
      assert.ok(client.frames.slice(late).every(({ context_id }) => context_id === "next"));
      assert.ok(!client.story().includes("done"));
      client.say({ transcript: "late" });
      assert.equal((await client.end()).title, "Context has closed");
    });
  });

  describe("errors", () => {
    const invalid: readonly (readonly [string, object, RegExp])[] = [
      ["a field out of its range", { generation_config: { speed: 9 } }, /^speed must be/],
      ["an unknown encoding", { output_format: { container: "wav" } }, /container/],
      [
        "a first transcript without words",
        { transcript: "…!" },
        /^transcript empty or contains only/,
      ],
      [
        "a context that begins with its end",
        { transcript: "" },
        /^transcript empty or contains only/,
      ],
    ];
    for (const [what, fields, message] of invalid) {
      it(`tells ${what} and goes on`, async () => {
        client.say({ transcript: "Hello.", ...fields });
        const error = await client.end();
        assert.deepEqual(
          [error.type, error.status_code, error.error_code, error.done],
          ["error", 400, null, true],
        );
        assert.match(error.message ?? "", message);
        assert.match(error.request_id ?? "", /^[0-9a-f-]{36}$/);
        client.frames.length = 0;
        client.say({ transcript: "Hello." });
        assert.equal((await client.end()).type, "done");
      });
    }

    it("tells a model that it does not know", async () => {
      client.say({ transcript: "Hello.", model_id: "tts-1" });
      const error = await client.end();
      assert.deepEqual([error.error_code, error.title], ["model_not_found", "Invalid model"]);
    });

    it("has the older shape for versions before 2026-03-01", async () => {
      const older = await VoiceClient.connect(voice, "2025-11-04");
      older.say({ transcript: "." });
      assert.deepEqual(await older.end(), {
        type: "error",
        context_id: "ctx-1",
        done: true,
        status_code: 400,
        error:
          "transcript empty or contains only punctuation: first transcript for WS is empty or contains only punctuation",
      });
      older.socket.terminate();
    });

    it("tells what is no message without naming a context", async () => {
      client.sendText("{");
      const error = await client.frame(({ type }) => type === "error");
      assert.ok(!("context_id" in error));
      client.frames.length = 0;
      client.socket.send(Buffer.from("{}"));
      assert.match(
        (await client.frame(({ type }) => type === "error")).message ?? "",
        /text frames/,
      );
    });

    it("does not know a context that never was, or is over, when it is to be cancelled", async () => {
      const cancel = (context_id: string) => {
        client.sendText(JSON.stringify({ context_id, cancel: true }));
        return client.frame(
          (frame) => frame.context_id === context_id && frame.title === "Invalid context ID",
        );
      };
      assert.equal((await cancel("never")).status_code, 400);
      client.say({ context_id: "over", transcript: "Hi." });
      await client.end("over");
      assert.equal((await cancel("over")).status_code, 400);
    });

    it("takes no input after the last one, and then says no more for that context", async () => {
      client.say({ transcript: longText.repeat(10) }, { transcript: "more" });
      assert.equal((await client.end()).title, "Context has closed");
      await client.sayAll("Hello.");
      assert.equal(client.story().at(-1), "error");
    });

    it("tells the context that it was at when its worker dies, and then has another", async () => {
      const started: Promise<Worker[]> = once(process, "worker");
      const mortal = await startTestVoice();
      const guest = await VoiceClient.connect(mortal);
      guest.say({ transcript: longText });
      const [worker] = await started;
      await worker?.terminate();
      const error = await guest.end();
      assert.deepEqual([error.type, error.status_code], ["error", 500]);
      assert.match(error.message ?? "", /^The local voice broke off/);
      assert.ok((await guest.sayAll("Hello again.")).length > 44100);
      await mortal.close();
    });
  });

  it("leaves nothing behind when it closes", async () => {
    const started: Promise<Worker[]> = once(process, "worker");
    const brief = await startTestVoice();
    const guest = await VoiceClient.connect(brief);
    guest.say({ transcript: longText.repeat(10) });
    const [worker] = await started;
    assert.ok(worker);
    await guest.frame(({ type }) => type === "chunk");
    const closed = once(guest.socket, "close");
    await brief.close();
    assert.equal(worker.threadId, -1, "the worker runs on");
    assert.equal((await closed)[0], 1001);
    await assert.rejects(fetch(brief.url.replace("ws:", "http:")));
    await brief.close();
  });
});
