import assert from "node:assert/strict";
import fc from "fast-check";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";
import type { Word } from "../../../src/protocol/serverMessage.ts";
import { connect } from "../../../src/session/connection/connection.ts";
import { sessionLimits, speakContext } from "../../../src/session/context/speakContext.ts";
import type { SpokenSegment } from "../../../src/session/context/audioEvent.ts";
import { startTestVoice } from "../../support/fakes/localVoice.ts";
import { VoiceClient, floats } from "./voiceClient.ts";

const rate = 16_000;
const format = {
  voice: "rms",
  output_format: { container: "raw", encoding: "pcm_f32le", sample_rate: rate },
};

/** Where silences of at least `seconds` end, in seconds: where the sound begins again. */
function onsets(samples: Float32Array, seconds: number): number[] {
  const found: number[] = [];
  let run = 0;
  samples.forEach((sample, index) => {
    if (sample === 0) return void run++;
    if (run >= seconds * rate) found.push(index / rate);
    run = 0;
  });
  return found;
}

/** Asserts that words stand in the text in their order, and their times in the audio in theirs. */
function assertInOrder(words: readonly Word[], text: string, seconds: number): void {
  let at = 0;
  let time = 0;
  for (const { text: word, start, end } of words) {
    const found = text.indexOf(word, at);
    assert.ok(found >= 0, `“${word}” is not in “${text}” after ${at}`);
    at = found + word.length;
    assert.ok(start >= time && end >= start && end <= seconds, `${word}: ${start} to ${end}`);
    time = end;
  }
}

describe("The local voice's word times", () => {
  let voice: LocalVoice;
  let client: VoiceClient;
  let contexts = 0;
  before(async () => {
    voice = await startTestVoice();
    client = await VoiceClient.connect(voice);
  });
  after(async () => {
    client.socket.terminate();
    await voice.close();
  });

  /** Says a text as a context of its own; yields its words, on the context's time line. */
  async function say(transcript: string) {
    const context_id = `context ${contexts++}`;
    client.say({ ...format, context_id, transcript, add_timestamps: true });
    const { type } = await client.end(context_id);
    const own = client.frames.filter((frame) => frame.context_id === context_id);
    const words = own.flatMap(({ word_timestamps: times }): Word[] =>
      (times?.words ?? []).map((text, index) => ({
        text,
        start: times?.start[index] ?? NaN,
        end: times?.end[index] ?? NaN,
      })),
    );
    const samples = floats(client.audio(context_id));
    return { type, words, samples, seconds: samples.length / rate };
  }

  const readings: readonly (readonly [string, readonly string[]])[] = [
    ["Stay hungry, stay foolish.", ["Stay", "hungry,", "stay", "foolish."]],
    ["It cost $5, £6 & 42%!", ["It", "cost", "$5,", "£6", "&", "42%!"]],
    ["“Café” — naïve… well—known", ["“Café”", "naïve…", "well—known"]],
    ["From 1990–2000, Dr. King", ["From", "1990–2000,", "Dr.", "King"]],
    ["Code <spell>A-1</spell>, ok", ["Code", "<spell>A-1</spell>", "ok"]],
    ["Ha [laughter] so", ["Ha", "[laughter]", "so"]],
    ['I <emotion value="sad"/>am <b>very</b> sad', ["I", "am", "very", "sad"]],
    ['<break time="100ms"/>One<break time="100ms"/>', ["One"]],
    ["Hello 世界, you", ["Hello", "you"]],
    ["A line\nanother\tone", ["A", "line", "another", "one"]],
  ];
  for (const [text, expected] of readings) {
    it(`name the words of ${JSON.stringify(text)} as they are written`, async () => {
      const { words, seconds } = await say(text);
      assert.deepEqual(
        words.map((word) => word.text),
        expected,
      );
      assertInOrder(words, text, seconds);
      for (const { start, end } of words) assert.ok(end - start > 0.03 && end - start < 3);
    });
  }

  it("begin where the sound does, after each break, at any speed", async () => {
    const gap = '<break time="300ms"/>';
    for (const speed of ["0.6", "1", "1.5"]) {
      const text = `<speed ratio="${speed}"/>One ${gap} two ${gap} 1984 ${gap} <spell>BC</spell> done.`;
      const { words, samples } = await say(text);
      assert.equal(words.length, 5);
      const sounds = onsets(samples, 0.29);
      assert.equal(sounds.length, 3);
      sounds.forEach((sound, index) => {
        const start = words[index + 1]?.start ?? NaN;
        assert.ok(Math.abs(start - sound) < 0.06, `${words[index + 1]?.text}: ${start}, ${sound}`);
      });
      // A break begins right after the word before it.
      const silence = (sounds[0] ?? NaN) - 0.3 - (words[0]?.end ?? NaN);
      assert.ok(Math.abs(silence) < 0.06, `${silence} s`);
    }
  });

  it("are in order, in the audio and in the text, whatever the text", async () => {
    const token = fc.oneof(
      fc.constantFrom("Hello, ", "Mr. ", "1,000.5 ", "— ", "\n", "A.B!C ", "+ ", "$3 ", "3° "),
      fc.constantFrom("<spell>x-1.</spell>", '<break time="40ms"/>', "[laughter]", "<", ">", "<b>"),
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ unit: "grapheme-ascii", maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(token, { maxLength: 8 }), async (tokens) => {
        const text = `Go ${tokens.join("")}`;
        const { type, words, seconds } = await say(text);
        assert.equal(type, "done");
        assert.ok(words.length > 0);
        assertInOrder(words, text, seconds);
      }),
      { numRuns: 15 },
    );
  });

  it("come to each clip of a session from its own start", async () => {
    const transcripts = [
      "One two. Three, ",
      '<break time="500ms"/>four. Five ',
      'six <break time="3s"/> ',
      "seven.",
    ];
    const clips = await speak(transcripts);
    assert.deepEqual(
      clips.map(({ words }) => words.map(({ text }) => text).join(" ")),
      ["One two. Three,", "four. Five", "six", "seven."],
    );
    clips.forEach(({ words, samples }, index) => {
      assertInOrder(words, transcripts[index] ?? "", samples.length / 4 / rate);
    });
    assert.deepEqual(
      clips.map(({ words }) => (words[0]?.start ?? NaN).toFixed(2)),
      ["0.01", "0.51", "0.01", "0.01"],
    );
  });

  /** Says transcripts over one context with our own session. */
  async function speak(transcripts: readonly string[]): Promise<SpokenSegment[]> {
    const { signal } = new AbortController();
    const version = "2026-08-14";
    const headers = { Authorization: `Bearer ${voice.token}`, "Cartesia-Version": version };
    const url = `${voice.url}/tts/websocket`;
    const connection = await connect({ url, headers, version }, 5000, signal);
    const clips: SpokenSegment[] = [];
    const request = {
      contextId: "session",
      options: {
        model: "sonic-3",
        voice: "rms",
        language: "en",
        encoding: "pcm_f32le",
        sampleRate: rate,
      },
      transcripts,
    } as const;
    const tools = { limits: sessionLimits, trace: () => {}, signal };
    for await (const event of speakContext(connection, request, tools)) {
      if (event.type === "spoken") clips.push(event.segment);
    }
    await connection.close(1000);
    return clips;
  }
});
