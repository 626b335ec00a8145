import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSamples } from "../../../../src/audio/decodeSamples.ts";
import { decibels, LoudnessMeter } from "../../../../src/audio/loudness.ts";
import { PeakMeter } from "../../../../src/audio/truePeak.ts";
import { readWav } from "../../../../src/audio/wav.ts";
import { audioFormat } from "../../../../src/export/audio/audioFormat.ts";
import { exportAudio } from "../../../../src/export/audio/exportAudio.ts";
import type { ExportScript } from "../../../../src/export/common/exportScript.ts";
import { useScratchFolder } from "../../clips/scratch.ts";
import { makeScript } from "../script.ts";

const rate = 16000;

/** Sound that comes and goes as speech does, with a peak that stands out. */
function speech(seconds: number, level: number, peak = 1): Float32Array {
  return Float32Array.from({ length: seconds * rate }, (_, k) => {
    const t = k / rate;
    const syllable = Math.max(0, Math.sin(2 * Math.PI * 3 * t));
    const isPeak = t % 1 > 0.1 && t % 1 < 0.104;
    return level * syllable * Math.sin(2 * Math.PI * 300 * t) * (isPeak ? peak : 1);
  });
}

describe("exportAudio at a loudness", () => {
  const scratch = useScratchFolder();
  const format = { encoding: "pcm_f32le", sampleRate: rate } as const;

  /** Segments that these voices say in turns. */
  const scriptOf = async (
    parts: readonly (readonly [voice: string, samples: Float32Array])[],
  ): Promise<ExportScript> => {
    const script = await makeScript(
      scratch(),
      parts.map(([voice, samples], at) => ({ transcript: `${voice} ${at}`, samples, format })),
    );
    const segments = script.segments.map((segment, at) => ({
      ...segment,
      clip: { ...segment.clip!, voice: parts[at]![0] },
    }));
    return { ...script, segments };
  };

  const listen = async (file: string) => {
    const { samples, format: written } = readWav(await readFile(file));
    const sound = decodeSamples(samples, written.encoding);
    const [meter, peaks] = [new LoudnessMeter(written.sampleRate), new PeakMeter()];
    meter.push(sound);
    peaks.push(sound);
    return { sound, loudness: meter.integrated(), truePeak: decibels(peaks.peak()) };
  };

  it("brings the whole to it with one gain for each voice, and tells them", async () => {
    const [loud, soft] = [speech(3, 0.3), speech(3, 0.05)];
    const script = await scriptOf([
      ["anna", loud],
      ["bert", soft],
      ["anna", speech(2, 0.15)],
    ]);
    const file = join(scratch(), "talk.wav");
    for (const sampleRate of [rate, 44100]) {
      const request = {
        format: audioFormat("wav-f32")!,
        to: { file },
        sampleRate,
        overwrite: true,
      };
      const { loudness } = await exportAudio(script, {
        ...request,
        loudness: -20,
        gapSeconds: 0.4,
      });
      const heard = await listen(file);
      assert.ok(Math.abs(heard.loudness + 20) < 0.2, `${heard.loudness} LUFS`);
      assert.ok(Math.abs(loudness!.integrated - heard.loudness) < 0.02);
      assert.ok(Math.abs(loudness!.truePeak - heard.truePeak) < 0.02);
      const [anna, bert] = loudness!.voices;
      assert.deepEqual([anna?.voice, bert?.voice, loudness!.voices.length], ["anna", "bert", 2]);
      assert.ok(bert!.gain - anna!.gain > 10, "the soft voice is raised by more");
      assert.equal(loudness!.limited, 0);
      // What one voice says softly stays as much softer.
      const crest = (from: number, to: number): number =>
        heard.sound
          .subarray(from * sampleRate, to * sampleRate)
          .reduce((most, sample) => Math.max(most, sample), 0);
      const ratio = crest(0, 3) / crest(6.8, 8.8);
      assert.ok(Math.abs(ratio - 2) < 0.05, `${ratio}`);
    }
  });

  it("limits true peaks to -1 dBTP, and makes up for what that takes away", async () => {
    const script = await scriptOf([["anna", speech(6, 0.05, 6)]]);
    const file = join(scratch(), "talk.wav");
    const request = { format: audioFormat("wav-f32")!, to: { file }, loudness: -14 };
    const { loudness } = await exportAudio(script, request);
    const heard = await listen(file);
    assert.ok(heard.truePeak <= -1, `${heard.truePeak} dBTP`);
    assert.ok(Math.abs(heard.loudness + 14) < 0.3, `${heard.loudness} LUFS`);
    assert.ok(loudness!.limited > 3, `${loudness!.limited} dB`);
  });

  it("is one gain for all files of a folder, and leaves silence alone", async () => {
    const script = await scriptOf([
      ["anna", speech(2, 0.2)],
      ["anna", speech(2, 0.1)],
      ["bert", new Float32Array(rate)],
    ]);
    const to = { folder: join(scratch(), "out") };
    const request = { format: audioFormat("wav-s16")!, to, loudness: -20 };
    const { files, loudness } = await exportAudio(script, request);
    const [first, second, third] = await Promise.all(files.map(listen));
    assert.ok(Math.abs(first!.loudness - second!.loudness - 6.02) < 0.1);
    assert.equal(third!.loudness, -Infinity);
    assert.deepEqual(loudness!.voices[1], { voice: "bert", integrated: -Infinity, gain: 0 });
  });

  it("is told how far it is, up to the end", async () => {
    const script = await scriptOf([["anna", speech(2, 0.2)]]);
    const told: number[] = [];
    const to = { file: join(scratch(), "talk.wav") };
    const request = { format: audioFormat("wav-s16")!, to, loudness: -20 };
    await exportAudio(script, request, { onProgress: (done) => told.push(done) });
    assert.deepEqual(
      told,
      [...told].sort((a, b) => a - b),
    );
    assert.equal(told.at(-1), 1);
  });
});
