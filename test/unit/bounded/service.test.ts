import assert from "node:assert/strict";
import { join } from "node:path";
import { startFlood, type Flood } from "../../support/fakes/floodService.ts";
import { MeasuredProcess, type Measured } from "../../support/fakes/measured.ts";
import type { Said } from "./sayToFlood.ts";

function* forever(frame: object): Generator<string> {
  const text = JSON.stringify(frame);
  for (;;) yield text;
}

function* counted(frame: (at: number) => object): Generator<string> {
  for (let at = 0; ; at++) yield JSON.stringify(frame(at));
}

const audio = Buffer.alloc(16_384, 1).toString("base64");
const manyWords = {
  words: Array.from({ length: 1000 }, (_, at) => `word${at}`),
  start: Array.from({ length: 1000 }, (_, at) => at / 1e4),
  end: Array.from({ length: 1000 }, (_, at) => (at + 1) / 1e4),
};

/** What has no end, by what it is. */
const floods: Readonly<Record<string, Flood>> = {
  audio: (context_id) => forever({ type: "chunk", context_id, flush_id: 0, data: audio }),
  "audio without ids": (context_id) => forever({ type: "chunk", context_id, data: audio }),
  "audio, one byte at a time": (context_id) =>
    forever({ type: "chunk", context_id, flush_id: 0, data: "AA==" }),
  "empty chunks": (context_id) => forever({ type: "chunk", context_id, data: "" }),
  "word times": (context_id) =>
    forever({ type: "timestamps", context_id, word_timestamps: manyWords }),
  "word times that run back": (context_id) =>
    counted((at) => ({
      type: "timestamps",
      context_id,
      flush_id: at,
      word_timestamps: {
        ...manyWords,
        start: [...manyWords.start].reverse(),
        end: manyWords.end.map(() => 9),
      },
    })),
  "phonemes' times": (context_id) =>
    forever({ type: "phoneme_timestamps", context_id, phoneme_timestamps: manyWords }),
  acknowledgements: (context_id) =>
    counted((flush_id) => ({ type: "flush_done", context_id, flush_id, flush_done: true })),
  "acknowledgements without ids": (context_id) =>
    forever({ type: "flush_done", context_id, flush_done: true }),
  "frames of a type that nobody knows": (context_id) =>
    forever({ type: "weather", context_id, sunny: true }),
  "frames of megabytes": (context_id) =>
    forever({ type: "weather", context_id, said: "x".repeat(1 << 20) }),
  "frames of contexts that nobody opened": () =>
    counted((at) => ({ type: "chunk", context_id: `another ${at}`, data: audio })),
  "frames without a context": () => forever({ type: "chunk", data: audio }),
};

describe("What a service sends without end", function () {
  let client: MeasuredProcess;
  before(() => {
    client = new MeasuredProcess(join(import.meta.dirname, "sayToFlood.ts"), { heapMiB: 128 });
  });
  after(() => client.end());

  const say = async (
    flood: Flood,
    transcripts: readonly string[],
  ): Promise<Measured & { said: Said }> => {
    const service = await startFlood(flood);
    try {
      const measured = await client.measure({ url: service.url, transcripts });
      return { ...measured, said: measured.result as Said };
    } finally {
      await service.close();
    }
  };

  for (const [name, flood] of Object.entries(floods)) {
    it(`is not taken without end: ${name}`, async () => {
      const { said, peakMiB } = await say(flood, ["Stay hungry, ", "stay foolish."]);
      assert.equal(said.code, "protocol", said.message);
      assert.match(said.message ?? "", /far more (audio|messages) than its text can/);
      assert.ok(said.seconds < 120, `${said.seconds} s of audio`);
      assert.ok(said.logged < 8e6, `${said.logged} characters of log`);
      assert.ok(peakMiB < 600, `${peakMiB} MiB`);
    });
  }

  it("costs in proportion to itself, as long as it ends", async () => {
    const least: number[] = [];
    for (const words of [5_000, 20_000]) {
      const service = await startFlood((context) => spoken(context, words));
      try {
        const input = { url: service.url, transcripts: ["word ".repeat(words)] };
        assert.equal(((await client.measure(input)).result as Said).words, words);
        least.push(await client.leastMs(input));
      } finally {
        await service.close();
      }
    }
    const [few = 0, many = 0] = least;
    assert.ok(many < few * 10, `four times as much took ${few} and ${many} ms`);
  });

  it("may be small pieces of a long text that is said slowly", async () => {
    const { said } = await say(inPieces(150, 777), ["word ".repeat(200)]);
    assert.equal(said.spoken, 1, said.message);
    assert.equal(Math.round(said.seconds), 150);
  });

  it("may be 200,000 words of a segment", async () => {
    const { said } = await say(
      (context) => spoken(context, 200_000, 20_000),
      ["word ".repeat(200_000)],
    );
    assert.equal(said.words, 200_000, said.message);
  });

  it("may not be more words than the text can have: those are left out, and the audio is taken", async () => {
    const { said } = await say((context) => spoken(context, 20_000), ["Stay hungry."]);
    assert.equal(said.spoken, 1, said.message);
    assert.ok(said.words > 0 && said.words < 500, `${said.words} words`);
  });
});

/** A segment's audio, so many seconds, in pieces of so many bytes, then the context's end. */
function inPieces(seconds: number, bytes: number): Flood {
  return function* (context_id) {
    const left = seconds * 4 * 44_100;
    const chunk = { type: "chunk", context_id, flush_id: 0, step_time: 1.5, status_code: 206 };
    for (let at = 0; at < left; at += bytes) {
      const data = Buffer.alloc(Math.min(bytes, left - at)).toString("base64");
      yield JSON.stringify({ ...chunk, data });
    }
    yield JSON.stringify({ type: "done", context_id, done: true });
  };
}

/** A segment's audio, a second, and so many words of it, some in each frame, then the context's end. */
function* spoken(context_id: string, count: number, some = 100): Generator<string> {
  const data = Buffer.alloc(4 * 44_100).toString("base64");
  yield JSON.stringify({ type: "chunk", context_id, flush_id: 0, data });
  for (let from = 0; from < count; from += some) {
    const at = Array.from({ length: some }, (_, index) => from + index);
    const word_timestamps = {
      words: at.map(() => "word"),
      start: at.map((word) => word / count),
      end: at.map((word) => (word + 1) / count),
    };
    yield JSON.stringify({ type: "timestamps", context_id, flush_id: 0, word_timestamps });
  }
  yield JSON.stringify({ type: "done", context_id, done: true });
}
