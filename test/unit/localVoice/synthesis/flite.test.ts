import assert from "node:assert/strict";
import fc from "fast-check";
import { Flite } from "../../../../src/localVoice/synthesis/flite.ts";
import type { SpeechJob } from "../../../../src/localVoice/synthesis/speechJob.ts";
import { SpeechRenderer } from "../../../../src/localVoice/synthesis/speechRenderer.ts";
import { spokenWords } from "../../../../src/localVoice/text/spokenWords.ts";
import { wasmPath } from "../../../support/fakes/localVoice.ts";
import { floats, level, longestSilence } from "../voiceClient.ts";

describe("Flite", () => {
  let flite: Flite;
  let renderer: SpeechRenderer;
  before(async () => {
    flite = await Flite.load(wasmPath);
    renderer = new SpeechRenderer(flite);
  });

  it("says the same text with the same samples each time", () => {
    const say = () => flite.speak("Stay hungry.", { voice: "rms", speed: 1 }).samples;
    const first = say();
    assert.ok(first.length > 8000);
    assert.deepEqual(say(), first);
  });

  it("tells the phones and when they are said", () => {
    const { phones, samples, sampleRate } = flite.speak("Hi.", { voice: "slt", speed: 1 });
    assert.deepEqual(
      phones.map(({ name }) => name),
      ["pau", "hh", "ay", "pau"],
    );
    phones.forEach(({ start }, index) => assert.equal(start, phones[index - 1]?.end ?? 0));
    assert.ok(Math.abs((phones.at(-1)?.end ?? 0) - samples.length / sampleRate) < 0.02);
  });

  it("takes as long as the speed asks", () => {
    const seconds = (speed: number) => {
      const { phones } = flite.speak("It is easy to tell the depth.", { voice: "rms", speed });
      return phones.at(-1)?.end ?? 0;
    };
    const own = seconds(1);
    for (const speed of [0.6, 0.8, 1.25, 1.5]) {
      assert.ok(Math.abs((seconds(speed) * speed) / own - 1) < 0.03, `speed ${speed}`);
    }
  });

  it("survives any printable text", () => {
    for (const text of ["-", "-t", "%s %n", '"', "\\", "~`^|", "$", "()[]{}", "0".repeat(40)]) {
      assert.ok(flite.speak(text, { voice: "rms", speed: 1 }).sampleRate === 16000, text);
    }
  });

  it("tells how each word is said by itself", () => {
    assert.deepEqual(flite.pronounce(["Hi,", "42", "+"]), [
      ["hh", "ay"],
      ["f", "ao", "r", "t", "iy", "t", "uw"],
      ["p", "l", "aa", "s"],
    ]);
    assert.deepEqual(flite.pronounce([]), []);
  });

  it("tells it for any printable words, one by one", () => {
    const words = fc.array(fc.string({ unit: "grapheme-ascii", maxLength: 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(words, (texts) => {
        const said = spokenWords([{ text: texts.join(" ") }]).map((word) => word.said);
        assert.equal(flite.pronounce(said).length, said.length);
      }),
      { numRuns: 30 },
    );
  });

  it("fails to load what is no program, or is not there", async () => {
    await assert.rejects(Flite.load(`${wasmPath}.missing`), { code: "ENOENT" });
    await assert.rejects(Flite.load(process.execPath));
  });

  describe("SpeechRenderer", () => {
    const job: SpeechJob = {
      text: "Hello world.",
      voice: "rms",
      speed: 1,
      gain: 1,
      pauseSeconds: 0,
      encoding: "pcm_f32le",
      sampleRate: 16000,
    };
    const render = (change: Partial<SpeechJob> = {}) =>
      floats(Buffer.from(renderer.render({ ...job, ...change }).bytes));

    it("adds a pause of exactly as many zeros as asked", () => {
      const speech = render({ sampleRate: 44100 });
      const paused = render({ sampleRate: 44100, pauseSeconds: 0.5 });
      assert.equal(paused.length - speech.length, 22050);
      assert.ok(paused.slice(speech.length).every((sample) => sample === 0));
      assert.equal(render({ text: "", pauseSeconds: 1 }).length, 16000);
    });

    it("trims the silence that Flite puts around an utterance to what a sound's end needs", () => {
      const whole = flite.speak(job.text, job).samples.length / 16000;
      const kept = render().length / 16000;
      assert.ok(whole - kept > 0.15 && whole - kept < 0.3, `${whole} s became ${kept} s`);
      const edge = (samples: Float32Array) => Math.max(...samples.map(Math.abs));
      assert.ok(edge(render().slice(0, 16)) < 0.002);
      assert.ok(edge(render().slice(-16)) < 0.002);
    });

    it("tells the sounds and when they are heard, in what it gives", () => {
      for (const sampleRate of [8000, 44100]) {
        const { bytes, phones } = renderer.render({ ...job, sampleRate, pauseSeconds: 1 });
        const names = phones.map(({ name }) => name);
        assert.deepEqual(names, "hh ax l ow w er l d".split(" "));
        assert.ok(Math.abs((phones[0]?.start ?? NaN) - 0.01) < 0.001);
        const seconds = bytes.length / 4 / sampleRate;
        assert.ok(Math.abs((phones.at(-1)?.end ?? NaN) + 0.05 - (seconds - 1)) < 0.001);
      }
      assert.deepEqual(renderer.render({ ...job, text: "" }).phones, []);
    });

    it("gives nothing for a text without sound", () => {
      assert.equal(render({ text: "..." }).length, 0);
    });

    it("brings both voices to about -20 decibels, and volume in its measure", () => {
      const text = "The birch canoe slid on the smooth planks.";
      const rms = level(render({ text, gain: 10 ** (1 / 20) }));
      const slt = level(render({ text, voice: "slt", gain: 10 ** (-4.5 / 20) }));
      assert.ok(Math.abs(rms + 20) < 2, `rms ${rms}`);
      assert.ok(Math.abs(slt + 20) < 2, `slt ${slt}`);
      const half = level(render({ text, gain: 0.5 * 10 ** (1 / 20) }));
      assert.ok(Math.abs(rms - half - 6.02) < 0.01);
    });

    it("stays within full scale at any gain, without a flat top", () => {
      for (const sampleRate of [8000, 16000, 48000]) {
        const loud = render({ gain: 4, sampleRate });
        const peak = Math.max(...loud.map(Math.abs));
        assert.ok(peak > 0.9 && peak <= 1, `${peak}`);
      }
    });

    it("says the same at every rate, in as many seconds", () => {
      const seconds = render().length / 16000;
      for (const sampleRate of [8000, 22050, 24000, 44100, 48000]) {
        const samples = render({ sampleRate });
        assert.equal(samples.length, Math.round(seconds * sampleRate));
        assert.ok(Math.abs(level(samples) - level(render())) < (sampleRate < 16000 ? 1 : 0.05));
      }
    });

    it("has silence between two words only where there is one", () => {
      assert.ok(longestSilence(render()) < 80);
    });
  });
});
