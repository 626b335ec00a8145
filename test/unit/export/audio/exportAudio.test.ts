import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { decodeSamples } from "../../../../src/audio/decodeSamples.ts";
import { encodings, type Encoding } from "../../../../src/audio/pcm.ts";
import { readWav } from "../../../../src/audio/wav.ts";
import { audioFormat, type AudioFormat } from "../../../../src/export/audio/audioFormat.ts";
import { exportAudio } from "../../../../src/export/audio/exportAudio.ts";
import { makeScratchFolder, namesIn, useScratchFolder } from "../../clips/scratch.ts";
import { analyse, decibels, makeScript, samplesOf, sine } from "../script.ts";

const format = (id: string): AudioFormat => audioFormat(id)!;
const two = [{ transcript: "One." }, { transcript: "Two." }];

describe("exportAudio", () => {
  const scratch = useScratchFolder();
  const out = (name = "talk.wav"): string => join(scratch(), "out", name);
  const exported = async (): Promise<string[]> => namesIn(join(scratch(), "out")).catch(() => []);

  it("writes the clips in order as one WAV file, to the bit, with nothing between them unless asked for", async () => {
    const script = await makeScript(scratch(), two);
    const to = { file: out() };
    const done = await exportAudio(script, { format: format("wav-s16"), to });
    const { samples, format: written } = readWav(await readFile(out()));
    const parts = await Promise.all(script.clips.map(samplesOf));
    assert.deepEqual(Buffer.from(samples), Buffer.concat(parts));
    assert.deepEqual(written, { encoding: "pcm_s16le", sampleRate: 8000 });
    assert.deepEqual(done, {
      files: [out()],
      segments: 2,
      seconds: 0.2,
      sampleRate: 8000,
      clipped: 0,
    });
    assert.deepEqual(await exported(), ["talk.wav"]);
  });

  it("puts round(seconds × rate) samples of silence between segments, and none at the ends", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1.5, noNaN: true }),
        fc.array(fc.nat(700), { minLength: 1, maxLength: 4 }),
        fc.constantFrom<Encoding>(...encodings),
        async (gapSeconds, lengths, encoding) => {
          const folder = await makeScratchFolder();
          const script = await makeScript(
            folder,
            lengths.map((length, at) => ({
              transcript: `Segment ${at}`,
              samples: new Float32Array(length + 1).fill(0.25),
              format: { encoding, sampleRate: 22050 },
            })),
          );
          const to = { file: join(folder, "out.wav") };
          await exportAudio(script, { format: format("wav-f32"), to, gapSeconds });
          const wav = readWav(await readFile(to.file));
          const sound = decodeSamples(wav.samples, "pcm_f32le");
          const gap = new Array<number>(Math.round(gapSeconds * 22050)).fill(0);
          const expected = lengths.flatMap((length, at) => [
            ...(at > 0 ? gap : []),
            ...new Array<number>(length + 1).fill(1),
          ]);
          assert.deepEqual(
            Array.from(sound, (sample) => (sample > 0.2 ? 1 : sample)),
            expected,
          );
          assert.deepEqual(
            wav.cues.map(({ label }) => label),
            lengths.map((_, at) => `${at + 1} Segment ${at}`),
          );
          const starts = wav.cues.map(({ sample, length }) => [sample, length]);
          let at = 0;
          assert.deepEqual(
            starts,
            lengths.map((length) => {
              const start = at;
              at += length + 1 + gap.length;
              return [start, length + 1];
            }),
          );
          await rm(folder, { recursive: true });
        },
      ),
      { numRuns: 25 },
    );
  });

  it("writes a file for each segment, named by the pattern", async () => {
    const script = await makeScript(scratch(), [
      { transcript: "Stay hungry, my friend." },
      { transcript: "Stay foolish!" },
    ]);
    const to = { folder: join(scratch(), "out") };
    const { files } = await exportAudio(script, { format: format("wav-s16"), to });
    assert.deepEqual(await exported(), ["01-stay-hungry-my-friend.wav", "02-stay-foolish.wav"]);
    assert.deepEqual(files, [out("01-stay-hungry-my-friend.wav"), out("02-stay-foolish.wav")]);
    for (const [at, file] of files.entries()) {
      const wav = readWav(await readFile(file));
      assert.deepEqual(Buffer.from(wav.samples), Buffer.from(await samplesOf(script.clips[at]!)));
      assert.equal(wav.info.title, `A talk ${at + 1}`);
    }
  });

  it("brings clips of several rates and encodings to the rate that most of the sound has", async () => {
    const script = await makeScript(scratch(), [
      {
        transcript: "a",
        format: { encoding: "pcm_f32le", sampleRate: 44100 },
        samples: sine(440, 44100, 0.2),
      },
      {
        transcript: "b",
        format: { encoding: "pcm_mulaw", sampleRate: 8000 },
        samples: sine(440, 8000, 0.2),
        container: "raw",
      },
      {
        transcript: "c",
        format: { encoding: "pcm_s16le", sampleRate: 44100 },
        samples: sine(440, 44100, 0.2),
      },
    ]);
    const to = { file: out() };
    const { sampleRate } = await exportAudio(script, { format: format("wav-f32"), to });
    assert.equal(sampleRate, 44100);
    const sound = decodeSamples(readWav(await readFile(out())).samples, "pcm_f32le");
    assert.equal(sound.length, 3 * 8820);
    for (const at of [0, 1, 2]) {
      const { amplitude } = analyse(sound.subarray(at * 8820, (at + 1) * 8820), 440, 44100);
      assert.ok(
        Math.abs(decibels(amplitude / 0.5)) < 0.1,
        `${at}: ${decibels(amplitude / 0.5)} dB`,
      );
    }
  });

  for (const id of ["wav-mulaw", "wav-alaw", "ulaw", "alaw"]) {
    describe(`as ${id}`, () => {
      const telephone = format(id);
      const listen = async (frequency: number): Promise<Float32Array> => {
        const script = await makeScript(scratch(), [
          {
            transcript: "Beep.",
            format: { encoding: "pcm_f32le", sampleRate: 44100 },
            samples: sine(frequency, 44100, 1),
          },
        ]);
        const to = { file: out() };
        await exportAudio(script, { format: telephone, to, overwrite: true });
        const bytes = await readFile(out());
        if (telephone.container === "raw") return decodeSamples(bytes, telephone.encoding);
        const wav = readWav(bytes);
        assert.deepEqual(wav.format, { encoding: telephone.encoding, sampleRate: 8000 });
        return decodeSamples(wav.samples, telephone.encoding);
      };

      it("keeps levels in the band, at 8 kHz", async () => {
        for (const frequency of [300, 1020, 3400]) {
          const sound = await listen(frequency);
          assert.equal(sound.length, 8000);
          const { amplitude, rest } = analyse(sound, frequency, 8000);
          assert.ok(Math.abs(decibels(amplitude / 0.5)) < 0.1, `${frequency} Hz`);
          assert.ok(decibels(rest / amplitude) < -35, `${frequency} Hz: G.711 has 38 dB`);
        }
      });

      it("has nothing of what lies above 4 kHz", async () => {
        for (const frequency of [4200, 5000, 7000, 12000]) {
          const { rest } = analyse(await listen(frequency), 0, 8000);
          assert.ok(decibels(rest) < -60, `${frequency} Hz: ${decibels(rest)} dB`);
        }
      });
    });
  }

  it("writes headerless samples in the encoding asked for", async () => {
    const script = await makeScript(scratch(), two);
    for (const id of ["s16le", "f32le"]) {
      const to = { file: out(id) };
      await exportAudio(script, { format: format(id), to });
      const sound = decodeSamples(await readFile(to.file), format(id).encoding);
      const clips = await Promise.all(script.clips.map(samplesOf));
      assert.deepEqual(sound, decodeSamples(Buffer.concat(clips), "pcm_s16le"));
    }
  });

  it("rounds to 16 bits, clips what lies beyond full scale, and tells how much", async () => {
    const samples = Float32Array.of(0, 0.25 + 0.4 / 32768, -0.25 - 0.6 / 32768, 1, 1.5, -1, -2);
    const script = await makeScript(scratch(), [
      { transcript: "Loud", samples, format: { encoding: "pcm_f32le", sampleRate: 44100 } },
    ]);
    const { clipped } = await exportAudio(script, {
      format: format("wav-s16"),
      to: { file: out() },
    });
    const written = readWav(await readFile(out())).samples;
    assert.deepEqual(
      Array.from(decodeSamples(written, "pcm_s16le"), (sample) => sample * 32768),
      [0, 8192, -8193, 32767, 32767, -32768, -32768],
    );
    assert.equal(clipped, 2);
    const kept = await exportAudio(script, {
      format: format("wav-f32"),
      to: { file: out("f.wav") },
    });
    assert.equal(kept.clipped, 0);
    assert.deepEqual(
      decodeSamples(readWav(await readFile(out("f.wav"))).samples, "pcm_f32le"),
      samples,
    );
  });

  it("tells how far it is, up to the whole", async () => {
    const script = await makeScript(scratch(), two);
    const told: number[] = [];
    const onProgress = (done: number): void => void told.push(done);
    await exportAudio(
      script,
      { format: format("wav-mulaw"), to: { file: out() }, gapSeconds: 2 },
      { onProgress },
    );
    assert.deepEqual(
      [...told].sort((a, b) => a - b),
      told,
    );
    assert.equal(told.at(-1), 1);
  });
});
