import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeSamples } from "../../../src/audio/encodeSamples.ts";
import type { PcmFormat } from "../../../src/audio/pcm.ts";
import { readWav } from "../../../src/audio/wav.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import type { Clip, Container, NewClip } from "../../../src/clips/model/clip.ts";
import type { ExportScript, ExportSegment } from "../../../src/export/common/exportScript.ts";
import { newClip } from "../clips/scratch.ts";

/** A sine of amplitude `level`. */
export function sine(frequency: number, rate: number, seconds: number, level = 0.5): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, k) => level * Math.sin((2 * Math.PI * frequency * k) / rate),
  );
}

/** The amplitude of one frequency in the middle of a sound, and all else as rms. */
export function analyse(samples: Float32Array, frequency: number, rate: number) {
  const middle = samples.slice(samples.length >> 2, (samples.length >> 2) * 3);
  let [real, imaginary] = [0, 0];
  middle.forEach((sample, k) => {
    const angle = (2 * Math.PI * frequency * k) / rate;
    real += (sample * Math.cos(angle) * 2) / middle.length;
    imaginary += (sample * Math.sin(angle) * 2) / middle.length;
  });
  let rest = 0;
  middle.forEach((sample, k) => {
    const angle = (2 * Math.PI * frequency * k) / rate;
    rest += (sample - real * Math.cos(angle) - imaginary * Math.sin(angle)) ** 2 / middle.length;
  });
  return { amplitude: Math.hypot(real, imaginary), rest: Math.sqrt(rest) };
}

export const decibels = (ratio: number): number => 20 * Math.log10(ratio);

/** What a segment's clip shall be. */
export interface Sounding {
  readonly transcript: string;
  readonly samples?: Float32Array;
  readonly format?: PcmFormat;
  readonly container?: Container;
  readonly words?: NewClip["words"];
}

const plain: PcmFormat = { encoding: "pcm_s16le", sampleRate: 8000 };

/** Saves a clip for each of these in `folder/talk.speech`, and gives the script of them. */
export async function makeScript(
  folder: string,
  soundings: readonly Sounding[],
): Promise<ExportScript & { readonly clips: readonly Clip[] }> {
  const clips: Clip[] = [];
  for (const [segment, sounding] of soundings.entries()) {
    const { transcript, format = plain, container = "wav", words = [] } = sounding;
    const store = await ClipStore.open({
      folder: join(folder, "talk.speech"),
      documentName: "talk.md",
      container,
    });
    const sound = sounding.samples ?? sine(440, format.sampleRate, 0.1);
    const samples = encodeSamples(sound, format.encoding);
    clips.push(
      await store.save(newClip(segment, `id-${segment}`, { transcript, format, samples, words })),
    );
  }
  const segments: ExportSegment[] = clips.map((clip, index) => ({
    index,
    transcript: clip.transcript,
    clip,
  }));
  return { title: "A talk", segments, clips };
}

/** The samples of a clip as they lie on the disk. */
export async function samplesOf(clip: Clip): Promise<Uint8Array> {
  const file = await readFile(clip.path);
  return clip.container === "raw" ? file : readWav(file).samples;
}
