import assert from "node:assert/strict";
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeSamples } from "../../../src/audio/decodeSamples.ts";
import { readWav } from "../../../src/audio/wav.ts";
import {
  audioFormat,
  audioFormats,
  type AudioFormat,
} from "../../../src/export/audio/audioFormat.ts";
import { exportAudio } from "../../../src/export/audio/exportAudio.ts";
import { namesIn, useScratchFolder } from "../clips/scratch.ts";
import { makeScript, sine } from "./script.ts";

const format = (id: string): AudioFormat => audioFormat(id)!;
const two = [{ transcript: "One." }, { transcript: "Two." }];

describe("exportAudio with ffmpeg", () => {
  const scratch = useScratchFolder();
  const out = (name = "talk.wav"): string => join(scratch(), "out", name);
  const exported = async (): Promise<string[]> => namesIn(join(scratch(), "out")).catch(() => []);

  /** A program in its place that writes what it was told and given. */
  const install = async (body: string): Promise<() => Promise<string>> => {
    const path = join(scratch(), "ffmpeg");
    await writeFile(path, `#!/bin/sh\nfor last; do :; done\nlast="\${last#file:}"\n${body}\n`);
    await chmod(path, 0o755);
    return async () => path;
  };

  for (const each of [...audioFormats].filter(({ container }) => container === "ffmpeg")) {
    it(`hands it a WAV stream, and takes ${each.label()} from it`, async () => {
      const script = await makeScript(scratch(), two);
      const findFfmpeg = await install(`cat > "$last"; echo "$@" > "$(dirname "$last")/arguments"`);
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
    const poor = await install(`cat > /dev/null; echo "Unknown encoder 'libmp3lame'" >&2; exit 1`);
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
