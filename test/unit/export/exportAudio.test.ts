import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { decodeSamples } from "../../../src/audio/decodeSamples.ts";
import { encodings, type Encoding } from "../../../src/audio/pcm.ts";
import { readWav } from "../../../src/audio/wav.ts";
import { audioFormat, audioFormats, type AudioFormat } from "../../../src/export/audioFormat.ts";
import { exportAudio, filesInTheWay } from "../../../src/export/exportAudio.ts";
import { makeScratchFolder, namesIn, useScratchFolder } from "../clips/scratch.ts";
import { analyse, decibels, makeScript, samplesOf, sine } from "./script.ts";

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

  describe("where segments are not ready", () => {
    it("refuses, names them, and says what to do; leaves them out where asked to", async () => {
      const { segments, title } = await makeScript(scratch(), [
        ...two,
        { transcript: "Three." },
        { transcript: "Four." },
      ]);
      const script = {
        title,
        segments: segments.map((segment, at) =>
          at === 0 || at === 2 ? { ...segment, clip: undefined } : segment,
        ),
      };
      const request = { format: format("wav-s16"), to: { folder: join(scratch(), "out") } };
      await assert.rejects(exportAudio(script, request), {
        code: "not-spoken",
        message:
          "Segments 1 and 3 have not been spoken yet. Preview the script, or export without them.",
      });
      assert.deepEqual(await exported(), []);
      await exportAudio(script, { ...request, leaveOutMissing: true });
      assert.deepEqual(await exported(), ["02-two.wav", "04-four.wav"]);
    });

    it("does the same for those whose clip is of another text, or of another sound", async () => {
      const { segments, title } = await makeScript(scratch(), [...two, { transcript: "Three." }]);
      const script = {
        title,
        segments: segments.map((segment, at) => ({
          ...segment,
          ...(at === 0 && { transcript: "Won." }),
          ...(at === 1 && { changed: true }),
        })),
      };
      const request = { format: format("wav-s16"), to: { folder: join(scratch(), "out") } };
      await assert.rejects(exportAudio(script, { ...request, leaveOutMissing: true }), {
        code: "changed",
        message:
          "Segments 1 and 2 have changed since they were spoken. Preview the script, or export without them.",
      });
      await exportAudio(script, { ...request, leaveOutChanged: true });
      assert.deepEqual(await exported(), ["03-three.wav"]);
    });

    it("passes over those with nothing to say, and refuses where nothing is left", async () => {
      const { segments } = await makeScript(scratch(), two);
      const silent = { index: 0, transcript: "…" };
      const request = { format: format("wav-s16"), to: { file: out() } };
      const done = await exportAudio(
        { title: "", segments: [silent, ...segments.slice(1)] },
        request,
      );
      assert.equal(done.segments, 1);
      await assert.rejects(
        exportAudio({ title: "", segments: [silent] }, { ...request, overwrite: true }),
        {
          code: "nothing",
        },
      );
    });
  });

  it("replaces files only where it may, and says before which it would", async () => {
    const script = await makeScript(scratch(), two);
    await mkdir(join(scratch(), "out"));
    await writeFile(out("02-two.wav"), "mine");
    const request = { format: format("wav-s16"), to: { folder: join(scratch(), "out") } };
    assert.deepEqual(await filesInTheWay(script, request), [out("02-two.wav")]);
    await assert.rejects(exportAudio(script, request), { code: "exists" });
    assert.deepEqual(await exported(), ["02-two.wav"]);
    assert.equal(await readFile(out("02-two.wav"), "utf8"), "mine");
    await exportAudio(script, { ...request, overwrite: true });
    assert.deepEqual(await exported(), ["01-one.wav", "02-two.wav"]);
    assert.equal(readWav(await readFile(out("02-two.wav"))).samples.length, 1600);
  });

  it("does not replace a file that came while it was writing", async () => {
    const script = await makeScript(scratch(), two);
    const disk = {
      ...fileSystem,
      open: async (path: string, flags: string) => {
        if (path === out()) await writeFile(out(), "mine");
        return fileSystem.open(path, flags);
      },
    } as typeof fileSystem;
    const request = { format: format("wav-s16"), to: { file: out() } };
    await assert.rejects(exportAudio(script, request, { disk }), { code: "exists" });
    assert.deepEqual(await exported(), ["talk.wav"]);
    assert.equal(await readFile(out(), "utf8"), "mine");
  });

  describe("leaves nothing", () => {
    const request = () => ({
      format: format("wav-s16"),
      to: { folder: join(scratch(), "out", "deep") },
    });

    it("where a clip has vanished, or is another one", async () => {
      const script = await makeScript(scratch(), two);
      const second = script.clips[1]!.path;
      await writeFile(
        second,
        await readFile(script.clips[0]!.path).then((bytes) => bytes.subarray(0, 500)),
      );
      await assert.rejects(exportAudio(script, request()), { code: "clip" });
      await rm(second);
      await assert.rejects(exportAudio(script, request()), {
        code: "clip",
        message: `“${second}” has vanished. Preview the script again.`,
      });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
    });

    it("where the disk is full", async () => {
      const script = await makeScript(scratch(), two);
      const disk = {
        ...fileSystem,
        open: async (path: string, flags: string) => {
          const file = await fileSystem.open(path, flags);
          if (flags !== "wx" || !path.includes("two")) return file;
          file.writeFile = () =>
            Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
          return file;
        },
      } as typeof fileSystem;
      await assert.rejects(exportAudio(script, request(), { disk }), {
        code: "disk",
        message: /^The disk is full: “.*02-two\.wav” can't be written\./,
      });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
    });

    it("where it is called off on the way", async () => {
      const script = await makeScript(scratch(), two);
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = (): void => controller.abort();
      await assert.rejects(exportAudio(script, request(), { signal, onProgress }), {
        name: "AbortError",
      });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
    });
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

  describe("with ffmpeg", () => {
    /** A program in its place that writes what it was told and given. */
    const install = async (body: string): Promise<() => Promise<string>> => {
      const path = join(scratch(), "ffmpeg");
      await writeFile(path, `#!/bin/sh\nfor last; do :; done\nlast="\${last#file:}"\n${body}\n`);
      await chmod(path, 0o755);
      return async () => path;
    };

    for (const each of [...audioFormats].filter(({ container }) => container === "ffmpeg")) {
      it(`hands it a WAV stream, and takes ${each.label} from it`, async () => {
        const script = await makeScript(scratch(), two);
        const findFfmpeg = await install(
          `cat > "$last"; echo "$@" > "$(dirname "$last")/arguments"`,
        );
        const to = { file: out(`it's a "talk"${each.ending}`) };
        await exportAudio(script, { format: each, to, gapSeconds: 0.5 }, { findFfmpeg });
        const wav = readWav(await readFile(to.file));
        assert.deepEqual(wav.format, { encoding: "pcm_s16le", sampleRate: 8000 });
        assert.equal(wav.samples.length, 2 * (800 + 4000 + 800));
        const said = await readFile(out("arguments"), "utf8");
        assert.match(said, /-f wav -i pipe:0 .*-metadata title=A talk /);
        assert.ok(said.includes(format(each.id).arguments!.join(" ")));
      });
    }

    it("hands it floating-point samples where there are any", async () => {
      const samples = sine(440, 44100, 0.1);
      const script = await makeScript(scratch(), [
        { transcript: "a", samples, format: { encoding: "pcm_f32le", sampleRate: 44100 } },
      ]);
      const findFfmpeg = await install(`cat > "$last"`);
      await exportAudio(script, { format: format("flac"), to: { file: out() } }, { findFfmpeg });
      const wav = readWav(await readFile(out()));
      assert.deepEqual(decodeSamples(wav.samples, wav.format.encoding), samples);
    });

    it("tells what it said where it fails, and leaves nothing", async () => {
      const samples = sine(440, 44100, 20);
      const script = await makeScript(scratch(), [
        { transcript: "a", samples, format: { encoding: "pcm_f32le", sampleRate: 44100 } },
      ]);
      const findFfmpeg = await install(`echo half > "$last"; echo "Out of luck" >&2; exit 3`);
      const request = { format: format("mp3"), to: { file: out() } };
      await assert.rejects(exportAudio(script, request, { findFfmpeg }), {
        code: "ffmpeg",
        message: "ffmpeg could not write MP3 (Out of luck). Try again, or export another format.",
      });
      const poor = await install(
        `cat > /dev/null; echo "Unknown encoder 'libmp3lame'" >&2; exit 1`,
      );
      await assert.rejects(exportAudio(script, request, { findFfmpeg: poor }), {
        code: "ffmpeg",
        message: /was built without “libmp3lame”/,
      });
      assert.deepEqual(await exported(), []);
    });

    it("ends it where the export is called off", async () => {
      const script = await makeScript(scratch(), two);
      const findFfmpeg = await install(`echo half > "$last"; exec sleep 60`);
      const controller = new AbortController();
      const onProgress = (): void => controller.abort();
      const request = { format: format("mp3"), to: { file: out() } };
      await assert.rejects(
        exportAudio(script, request, { findFfmpeg, onProgress, signal: controller.signal }),
        { name: "AbortError" },
      );
      assert.deepEqual(await exported(), []);
    });

    it("says how to get it where it is not there", async () => {
      const script = await makeScript(scratch(), two);
      const request = { format: format("opus"), to: { file: out() } };
      await assert.rejects(exportAudio(script, request, { findFfmpeg: async () => undefined }), {
        code: "no-ffmpeg",
        message:
          /^Opus \(Ogg\) needs ffmpeg, which is not on the PATH\. Install it \(.*apt install ffmpeg/,
      });
      assert.deepEqual(await readdir(scratch()), ["talk.speech"]);
    });
  });
});
