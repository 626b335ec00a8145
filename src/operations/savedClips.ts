import * as disk from "node:fs/promises";
import type { Clip } from "../clips/model/clip.ts";
import { readClips } from "../clips/files/clipFile.ts";
import { findClipFolder } from "../clips/folder/clipFolder.ts";
import { kindOf } from "../clips/model/disk.ts";
import { clipIdentity } from "../clips/model/identity.ts";
import { readManifest } from "../clips/files/manifest.ts";
import { pairClips, type PairedClip, type WantedClip } from "../clips/pairing/pairClips.ts";
import { RawRecords } from "../clips/files/rawClip.ts";
import { shapeOf, soundOf, Sounds, type SoundSettings } from "../preview/plan/sound.ts";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import type { Script } from "../script/model/script.ts";
import { assertInOut, clipPlaceOf } from "./outFolder.ts";

/** The clips that lie on disk for a script, and what it wants of them. */
export interface SavedClips {
  /** The absolute path of their folder, whether it is there or not. */
  readonly folder: string;
  readonly clips: readonly Clip[];
  /** The files that the manifest lists, as `listedName` names them. */
  readonly listed: ReadonlySet<string>;
  /** What must have spoken. */
  readonly service: string;
  /** How a speaker must sound; without a name, what nobody in particular says. */
  readonly soundOf: (speaker: string | undefined) => VoiceOptions;
  /** For each segment what its clip must be; `undefined` where it has nothing to say. */
  readonly wanted: readonly (WantedClip | undefined)[];
  /** For each segment the clip that it has, wherever that lies. */
  readonly pairs: readonly (PairedClip | undefined)[];
}

/** What finding a script's clips depends on. */
export interface SavedClipsOptions {
  readonly settings: SoundSettings;
  /** What must have spoken; what most clips name, where it is `undefined`. */
  readonly service: string | undefined;
  /** As `--out` names it. */
  readonly out: string | undefined;
  readonly cwd: string;
}

/**
 * Reads the clips that lie on disk for a script. Only reads: a store that is opened puts right what is amiss.
 * @throws ClipError where they can't be read; UsageError for a place that can't be.
 */
export async function readSavedClips(
  path: string,
  script: Script,
  { settings, service: asked, out, cwd }: SavedClipsOptions,
): Promise<SavedClips> {
  const { folder } = await findClipFolder({ path, ...clipPlaceOf(path, out, cwd) });
  await assertInOut(folder, out, cwd);
  const { clips, listed } = await readFolder(folder);
  const service = asked ?? mostNamed(clips) ?? "local";
  const sounds = new Sounds(soundOf(script.options, settings), script.options.cast);
  const wanted = script.segments.map(({ transcript, speakable, speaker }) =>
    speakable
      ? { identity: clipIdentity(shapeOf(transcript, sounds.of(speaker), service)), transcript }
      : undefined,
  );
  const pairs = pairClips(clips, wanted);
  return { folder, clips, listed, service, soundOf: (name) => sounds.of(name), wanted, pairs };
}

async function readFolder(folder: string): Promise<Pick<SavedClips, "clips" | "listed">> {
  if ((await kindOf(disk, folder)) === "absent") return { clips: [], listed: new Set() };
  const manifest = await readManifest(disk, folder);
  const known = manifest.kind === "ours" ? manifest : undefined;
  const records = known?.records ?? new RawRecords([]);
  const clips = await readClips({ disk, records }, folder);
  return { clips: known?.locks.applyTo(clips) ?? clips, listed: known?.files ?? new Set() };
}

function mostNamed(clips: readonly Clip[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { service } of clips) counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
