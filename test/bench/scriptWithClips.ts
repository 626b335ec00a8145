import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NewClip } from "../../src/clips/model/clip.ts";
import { ClipStore } from "../../src/clips/clipStore.ts";
import { flushName } from "../../src/clips/model/fileName.ts";
import { clipIdentity } from "../../src/clips/model/identity.ts";
import { encodeClip } from "../../src/clips/files/wavClip.ts";
import { shapeOf, type SoundSettings } from "../../src/preview/plan/sound.ts";
import { parseScript } from "../../src/script/reader/parseScript.ts";

/** How the clips sound; VS Code is given the same as settings. */
const sound = {
  voice: "bench",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 24_000,
} as const satisfies SoundSettings;

/** The user settings with which clips made here are those of their segments. */
export const soundSettings = {
  "scriptedSpeech.service": "local",
  "scriptedSpeech.voice": sound.voice,
  "scriptedSpeech.model": sound.model,
  "scriptedSpeech.language": sound.language,
  "scriptedSpeech.audio.encoding": sound.encoding,
  "scriptedSpeech.audio.sampleRate": sound.sampleRate,
} as const;

/** Writes `<name>.md` with so many segments, and the clip of each beside it, as a run of the service would leave them. */
export async function writeScriptWithClips(
  folder: string,
  name: string,
  { segments, service = "local" }: { readonly segments: number; readonly service?: string },
): Promise<void> {
  const sentences = Array.from(
    { length: segments },
    (_, at) => `This is what segment number ${at + 1} of the script says, in a sentence or two.\n`,
  );
  await writeWithClips(folder, name, { text: sentences.join("\n<flush/>\n\n"), service });
}

/** Writes `<name>.md`, and the clip of each of its segments beside it. */
export async function writeWithClips(
  folder: string,
  name: string,
  how: { readonly text: string; readonly seconds?: number; readonly service?: string },
): Promise<void> {
  const { text, ...sound } = how;
  await writeFile(join(folder, `${name}.md`), text);
  const clips = join(folder, `${name}.speech`);
  await mkdir(clips);
  for (const { index, transcript } of parseScript(text, { language: "markdown" }).segments) {
    const clip = clipOf(index, transcript, sound);
    await writeFile(join(clips, flushName(index, "wav")), encodeClip(clip));
  }
  const store = await ClipStore.open({ folder: clips, documentName: `${name}.md` });
  await store.tidy(); // writes the manifest
}

/** A clip of so many seconds of a tone, with a time for each word. */
export function clipOf(
  segment: number,
  transcript: string,
  { seconds = 1, service = "local" } = {},
): NewClip {
  const { encoding, sampleRate, model, voice } = sound;
  const samples = Int16Array.from(
    { length: seconds * sampleRate },
    (_, at) => 3000 * Math.sin((2 * Math.PI * (200 + segment) * at) / sampleRate),
  );
  const words = transcript.split(/\s+/);
  const length = samples.length / sampleRate / words.length;
  return {
    segment,
    identity: clipIdentity(shapeOf(transcript, sound, service)),
    transcript,
    format: { encoding, sampleRate },
    samples: new Uint8Array(samples.buffer),
    words: words.map((text, at) => ({ text, start: at * length, end: (at + 1) * length })),
    service,
    model,
    voice,
    characters: transcript.length,
    flushIds: [segment],
    timeToFirstByteMs: 40,
    timeToFirstAudibleMs: 60,
    synthesisMs: 100,
    audible: { start: 0, end: seconds },
    spokenAt: new Date(0).toISOString(),
  };
}
