import { execFileSync } from "node:child_process";
import { lstat, mkdtemp, readdir, readFile, readlink, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWav } from "../../../src/audio/wav.ts";
import type { Wav } from "../../../src/audio/wav.ts";
import type { Clip, NewClip } from "../../../src/clips/model/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import type { WantedClip } from "../../../src/clips/pairing/pairClips.ts";
import type { ClipStoreOptions } from "../../../src/clips/clipStore.ts";

/** Makes an empty folder for each test of a suite, and removes it afterwards. */
export function useScratchFolder(): () => string {
  let folder = "";
  beforeEach(async () => {
    folder = await makeScratchFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

export async function makeScratchFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), "clips-")));
}

/** All that can be seen of a folder: names, kinds, times and bytes, or where a link leads. */
export async function pictureOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(
    ["", ...names].map(async (name) => {
      const path = join(folder, name);
      const { mtimeMs, mode, isFile, isLink } = await look(path);
      const bytes = isFile ? (await readFile(path)).toString("base64") : "";
      return [name, mode, mtimeMs, bytes, isLink ? await readlink(path) : ""].join(" ");
    }),
  );
}

async function look(path: string) {
  const found = await lstat(path);
  const { mtimeMs, mode } = found;
  return { mtimeMs, mode, isFile: found.isFile(), isLink: found.isSymbolicLink() };
}

/** Makes a FIFO, which makes wait for ever who opens it as a file. */
export function makeFifo(path: string): void {
  execFileSync("mkfifo", [path]);
}

/** Opens a document's clips, and puts right what is amiss there, as a press does. */
export async function openTidied(options: ClipStoreOptions): Promise<ClipStore> {
  const store = await ClipStore.open(options);
  await store.tidy();
  return store;
}

interface ManifestOnDisk {
  readonly clips: readonly { readonly identity: string; readonly segment: number | null }[];
}

/** Makes an empty folder for each test of a suite, in which the clips of `talk.md` will lie. */
export function useClipFolder() {
  const scratch = useScratchFolder();
  const folder = (): string => join(scratch(), "talk.speech");
  const inFolder = (name: string): string => join(folder(), name);
  const open = (
    documentName = "talk.md",
    options: Partial<ClipStoreOptions> = {},
  ): Promise<ClipStore> => openTidied({ folder: folder(), documentName, ...options });
  /** Opens it with clips of these identities, by segment. */
  const openWith = async (...identities: readonly string[]): Promise<ClipStore> => {
    const store = await open();
    for (const [at, identity] of identities.entries()) await store.save(newClip(at, identity));
    return store;
  };
  const readManifest = async (): Promise<ManifestOnDisk> =>
    JSON.parse(await readFile(inFolder("manifest.json"), "utf8"));
  return { scratch, folder, inFolder, open, openWith, readManifest };
}

/** Each clip's identity and its segment; `undefined` where it is a take. */
export function placesOf(clips: readonly Clip[]): [string, number | undefined][] {
  return clips.map(({ identity, segment }) => [identity, segment]);
}

/** What segments want whose texts are those of `newClip`; `undefined` for one that has nothing to say. */
export function wanted(...identities: readonly (string | undefined)[]): (WantedClip | undefined)[] {
  return identities.map((identity) =>
    identity === undefined ? undefined : { identity, transcript: transcriptOf(identity) },
  );
}

function transcriptOf(identity: string): string {
  return `Said as ${identity}.`;
}

/** What is known of a clip, whatever its container and its place are. */
export function withoutPlace(clip: Clip): object {
  const ofPlace = ["path", "segment", "version", "container", "checksum"];
  return Object.fromEntries(Object.entries(clip).filter(([key]) => !ofPlace.includes(key)));
}

/** The sound of an identity: of its own for each. */
export function soundOf(identity: string): Uint8Array {
  const seed = Buffer.from(identity).reduce((sum, byte) => sum * 31 + byte, 7);
  return Uint8Array.from({ length: 200 }, (_, at) => (seed + at * (1 + (seed % 13))) & 255);
}

/** A clip of an identity, to be saved for a segment. */
export function newClip(segment: number, identity: string, facts: Partial<NewClip> = {}): NewClip {
  return {
    segment,
    identity,
    transcript: transcriptOf(identity),
    format: { encoding: "pcm_s16le", sampleRate: 8000 },
    samples: soundOf(identity),
    words: [{ text: identity, start: 0, end: 0.01 }],
    service: "local",
    model: "sonic-3",
    voice: "slt",
    characters: 12,
    flushIds: [segment],
    timeToFirstByteMs: 41.5,
    timeToFirstAudibleMs: 60,
    synthesisMs: 80.25,
    audible: { start: 0.0005, end: 0.0125 },
    spokenAt: "2026-01-31T12:00:00.000Z",
    ...facts,
  };
}

/** What a WAV file says: its sound, and its identity. */
export async function listen(path: string): Promise<Wav & { readonly identity: unknown }> {
  const wav = readWav(await readFile(path));
  const said: unknown = JSON.parse(wav.info.comment ?? "{}");
  return { ...wav, identity: (said as { readonly identity?: unknown }).identity };
}

/** The names of all files in a folder, and from there of those in its folder of takes, sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const takes = await readdir(join(folder, "takes")).catch(() => []);
  return [
    ...entries.filter((entry) => entry.name !== "takes").map(({ name }) => name),
    ...takes.map((name) => `takes/${name}`),
  ].sort();
}
