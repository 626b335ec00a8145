import * as disk from "node:fs/promises";
import { basename } from "node:path";
import type { Clip } from "../clips/clip.ts";
import { isSurplus, readClips } from "../clips/clipFile.ts";
import { findClipFolder } from "../clips/clipFolder.ts";
import { kindOf } from "../clips/disk.ts";
import { clipIdentity } from "../clips/identity.ts";
import { readManifest } from "../clips/manifest.ts";
import { RawRecords } from "../clips/rawClip.ts";
import { shapeOf, soundOf, type SoundSettings } from "../preview/sound.ts";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import type { Script } from "../script/script.ts";
import { clipPlaceOf } from "./clipPlace.ts";
import type { ScriptFile } from "./scriptFile.ts";

/** Something that does not match between a script and its clips. */
export interface Finding {
  readonly kind: "missing" | "changed" | "moved" | "surplus" | "manifest";
  /** The segment's index; `undefined` where it is about a file alone. */
  readonly segment?: number;
  /** The absolute path of the file that it is about. */
  readonly path?: string;
  /** A sentence: what does not match, and what to do. */
  readonly message: string;
}

/** What was found of a script's clips. */
export interface Freshness {
  /** The absolute path of the folder of clips. */
  readonly folder: string;
  /** What must have spoken. */
  readonly service: string;
  readonly findings: readonly Finding[];
}

/**
 * Compares a script with the clips that lie on disk for it. Only reads: a store that is opened puts right what is amiss.
 * @throws ClipError where the clips can't be read.
 */
export async function findStaleClips(
  file: ScriptFile,
  script: Script,
  how: {
    readonly settings: SoundSettings;
    /** What must have spoken; what most clips name, where it is `undefined`. */
    readonly service: string | undefined;
    readonly out: string | undefined;
    readonly cwd: string;
  },
): Promise<Freshness> {
  const place = { path: file.path, ...clipPlaceOf(file.path, how.out, how.cwd) };
  const { folder } = await findClipFolder(place);
  const { clips, listed } = await readFolder(folder);
  const service = how.service ?? mostNamed(clips) ?? "local";
  const sound = soundOf(script.options, how.settings);
  const findings = compare(script, clips, { sound, service });
  const names = clips.map(({ path }) => basename(path));
  const isListed = listed.size === names.length && names.every((name) => listed.has(name));
  if (findings.length === 0 && !isListed) findings.push(unlisted(folder));
  return { folder, service, findings };
}

async function readFolder(
  folder: string,
): Promise<{ readonly clips: readonly Clip[]; readonly listed: ReadonlySet<string> }> {
  if ((await kindOf(disk, folder)) === "absent") return { clips: [], listed: new Set() };
  const manifest = await readManifest(disk, folder);
  const known = manifest.kind === "ours" ? manifest : undefined;
  const records = known?.records ?? new RawRecords([]);
  return { clips: await readClips({ disk, records }, folder), listed: known?.files ?? new Set() };
}

function mostNamed(clips: readonly Clip[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { service } of clips) counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** How the segments must have been said. */
interface Wanted {
  readonly sound: VoiceOptions;
  readonly service: string;
}

function compare({ segments }: Script, clips: readonly Clip[], wanted: Wanted): Finding[] {
  const identities = segments.map(({ transcript, speakable }) =>
    speakable ? clipIdentity(shapeOf(transcript, wanted.sound, wanted.service)) : undefined,
  );
  const byPlace = new Map(clips.map((clip) => [clip.segment, clip]));
  const byIdentity = new Map(clips.map((clip) => [clip.identity, clip]));
  const isWanted = new Set(identities);
  const findings = segments.flatMap(({ index, transcript }): Finding[] => {
    const identity = identities[index];
    const clip = byPlace.get(index);
    if (identity === undefined || clip?.identity === identity) return [];
    const elsewhere = byIdentity.get(identity);
    if (elsewhere) return [moved(index, elsewhere)];
    if (!clip || isWanted.has(clip.identity)) return [missing(index)];
    return [changed(index, clip, whyChanged(clip, transcript, wanted))];
  });
  const surplus = clips.filter((clip) => {
    if (clip.segment === undefined) return isSurplus(clip);
    return identities[clip.segment] === undefined && !isWanted.has(clip.identity);
  });
  return [...findings, ...surplus.map(unwanted)];
}

function whyChanged(clip: Clip, transcript: string, { sound, service }: Wanted): string {
  const { encoding, sampleRate } = sound;
  const differs = (what: string, was: unknown, is: unknown): string =>
    was === is ? "" : `${what} was ${String(was)} and is ${String(is)}`;
  return (
    (clip.transcript !== transcript && "its text was another one") ||
    differs("the service", clip.service, service) ||
    differs("the voice", clip.voice, sound.voice) ||
    differs("the model", clip.model, sound.model) ||
    differs("the encoding", clip.format.encoding, encoding) ||
    differs("the sample rate", clip.format.sampleRate, sampleRate) ||
    "its language, speed, volume or emotion was another one"
  );
}

const renderAgain = "Run `scripted-speech render`.";

function missing(segment: number): Finding {
  const message = `segment ${segment + 1} is not spoken. ${renderAgain}`;
  return { kind: "missing", segment, message };
}

function changed(segment: number, { path }: Clip, why: string): Finding {
  const message = `segment ${segment + 1} has changed since its clip was spoken: ${why}. ${renderAgain}`;
  return { kind: "changed", segment, path, message };
}

function moved(segment: number, { path }: Clip): Finding {
  const message = `segment ${segment + 1} has its clip in another place, “${basename(path)}”. ${renderAgain}`;
  return { kind: "moved", segment, path, message };
}

function unwanted({ path }: Clip): Finding {
  return { kind: "surplus", path, message: `no segment has this clip. ${renderAgain}` };
}

function unlisted(folder: string): Finding {
  const message = `manifest.json does not list the clips that lie here. ${renderAgain}`;
  return { kind: "manifest", path: folder, message };
}
