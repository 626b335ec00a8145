import { basename } from "node:path";
import type { Clip } from "../clips/model/clip.ts";
import { isSurplus } from "../clips/files/clipFile.ts";
import { isTakeName, listedName } from "../clips/model/fileName.ts";
import type { Script, Segment } from "../script/model/script.ts";
import { readSavedClips, type SavedClips, type SavedClipsOptions } from "./savedClips.ts";
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
 * Compares a script with the clips that lie on disk for it, and changes nothing.
 * @throws as `readSavedClips`.
 */
export async function findStaleClips(
  { path }: ScriptFile,
  script: Script,
  options: SavedClipsOptions,
): Promise<Freshness> {
  const saved = await readSavedClips(path, script, options);
  const { folder, service, clips, listed } = saved;
  const findings = [...compareSegments(script, saved), ...findSurplus(saved).map(unwanted)];
  const names = inPlace(clips.map((clip) => listedName(clip.path)));
  const isListed =
    inPlace([...listed]).length === names.length && names.every((name) => listed.has(name));
  if (findings.length === 0 && !isListed) findings.push(unlisted(folder));
  return { folder, service, findings };
}

/** The names of those that are no takes: the script does not need takes, and they need not be committed. */
function inPlace(names: readonly string[]): readonly string[] {
  return names.filter((name) => !isTakeName(basename(name)));
}

function compareSegments({ segments }: Script, saved: SavedClips): Finding[] {
  return segments.flatMap((segment): Finding[] => {
    const { index } = segment;
    if (!saved.wanted[index]) return [];
    const pair = saved.pairs[index];
    if (!pair) return [missing(index)];
    const { clip, fit } = pair;
    if (fit === "former") return [changed(index, clip, whyChanged(clip, segment, saved))];
    return clip.segment === index ? [] : [moved(index, clip)];
  });
}

/** The clips that lie in a segment's place, and that no segment has. Takes may lie there. */
function findSurplus({ clips, pairs }: SavedClips): readonly Clip[] {
  const paired = new Set(pairs.map((pair) => pair?.clip));
  return clips.filter(
    (clip) => !paired.has(clip) && (clip.segment !== undefined || isSurplus(clip)),
  );
}

function whyChanged(
  clip: Clip,
  { transcript, speaker }: Segment,
  { soundOf, service }: SavedClips,
): string {
  const sound = soundOf(speaker);
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
    "its language, accent, normalization, speed, volume, emotion or dictionary was another one"
  );
}

const renderAgain = "Run `scripted-speech render`.";

function missing(segment: number): Finding {
  const message = `segment ${segment + 1} is not spoken. ${renderAgain}`;
  return { kind: "missing", segment, message };
}

function changed(segment: number, { path, locked }: Clip, why: string): Finding {
  const remedy = locked ? "Its clip is locked: unlock it in VS Code." : renderAgain;
  const message = `segment ${segment + 1} has changed since its clip was spoken: ${why}. ${remedy}`;
  return { kind: "changed", segment, path, message };
}

function moved(segment: number, { path }: Clip): Finding {
  const message = `segment ${segment + 1} has its clip in another place, “${listedName(path)}”. ${renderAgain}`;
  return { kind: "moved", segment, path, message };
}

function unwanted({ path }: Clip): Finding {
  return { kind: "surplus", path, message: `no segment has this clip. ${renderAgain}` };
}

function unlisted(folder: string): Finding {
  const message = `manifest.json does not list the clips that lie here. ${renderAgain}`;
  return { kind: "manifest", path: folder, message };
}
