import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSamples } from "../../../../src/audio/decodeSamples.ts";
import { readWav } from "../../../../src/audio/wav.ts";
import { Resampler } from "../../../../src/audio/resample.ts";
import { audioFormat } from "../../../../src/export/audio/audioFormat.ts";
import { exportAudio } from "../../../../src/export/audio/exportAudio.ts";
import { useScratchFolder } from "../../clips/scratch.ts";
import { decibels, makeScript, sine } from "../script.ts";

describe("exportAudio at another rate, where sound goes on from clip to clip", () => {
  const scratch = useScratchFolder();
  const format = audioFormat("wav-f32")!;

  /** A sine that is cut into clips at odd places. */
  const cutSine = async (rate: number) => {
    const whole = sine(440, rate, 0.5);
    const cuts = [0, 3001, 3008, 7777, whole.length];
    const clips = cuts.slice(1).map((cut, at) => ({
      transcript: `Part ${at}`,
      samples: whole.subarray(cuts[at], cut),
      format: { encoding: "pcm_f32le", sampleRate: rate } as const,
    }));
    return { whole, script: await makeScript(scratch(), clips) };
  };

  const soundIn = async (file: string): Promise<Float32Array> =>
    decodeSamples(readWav(await readFile(file)).samples, "pcm_f32le");

  for (const [from, to] of [
    [44100, 8000],
    [44100, 48000],
    [24000, 44100],
    [22050, 16000],
  ] as const) {
    it(`gives from ${from} to ${to} Hz what the joined sound gives, in one file and in many`, async () => {
      const { whole, script } = await cutSine(from);
      const expected = new Resampler(from, to).resample(whole);
      const file = join(scratch(), "one.wav");
      await exportAudio(script, { format, to: { file }, sampleRate: to });
      const folder = join(scratch(), "many");
      const { files } = await exportAudio(script, { format, to: { folder }, sampleRate: to });
      const many = await Promise.all(files.map(soundIn));
      const joined = many.flatMap((sound) => Array.from(sound));
      for (const sound of [await soundIn(file), Float32Array.from(joined)]) {
        assert.equal(sound.length, expected.length);
        const worst = sound.reduce(
          (most, sample, at) => Math.max(most, Math.abs(sample - expected[at]!)),
          0,
        );
        assert.ok(worst < 1e-6, `${decibels(worst / 0.5)} dB of the crest`);
      }
      const { cues } = readWav(await readFile(file));
      const lengths = many.map((sound) => sound.length);
      assert.deepEqual(
        cues.map(({ length }) => length),
        lengths,
      );
    });
  }

  it("lets nothing sound over a gap", async () => {
    const { script } = await cutSine(44100);
    const file = join(scratch(), "gaps.wav");
    await exportAudio(script, { format, to: { file }, sampleRate: 48000, gapSeconds: 0.1 });
    const { cues } = readWav(await readFile(file));
    const sound = await soundIn(file);
    for (const { sample, length } of cues.slice(0, -1)) {
      const gap = sound.subarray(sample + length, sample + length + 4800);
      assert.ok(gap.every((value) => value === 0));
    }
  });

  it("lets nothing sound over a change of the rate", async () => {
    const script = await makeScript(scratch(), [
      {
        transcript: "a",
        samples: sine(440, 44100, 0.1),
        format: { encoding: "pcm_f32le", sampleRate: 44100 },
      },
      {
        transcript: "b",
        samples: new Float32Array(800),
        format: { encoding: "pcm_f32le", sampleRate: 8000 },
      },
    ]);
    const file = join(scratch(), "one.wav");
    await exportAudio(script, { format, to: { file }, sampleRate: 48000 });
    assert.ok((await soundIn(file)).subarray(4800).every((value) => value === 0));
  });
});
