import * as l10n from "@vscode/l10n";
import { join } from "node:path";
import type { Clip } from "../model/clip.ts";
import { ClipError, isLink, onDisk } from "../model/clipError.ts";
import { isRecord, parseJson } from "../model/clipFacts.ts";
import { ClipLocks } from "./clipLocks.ts";
import type { ListedClip } from "./clipLocks.ts";
import { kindOf, readFlags } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { journalName, listedName, manifestName } from "../model/fileName.ts";
import { clipLimits } from "../model/clipLimits.ts";
import { RawRecords, readRecord, recordOfClip } from "./rawClip.ts";
import type { RawRecord } from "./rawClip.ts";
import { generator } from "./wavClip.ts";

/** The version of manifests that we write. Entries may lack what was not measured when they were written. */
const version = 1;

/** What a folder's manifest is found to be. */
export type FoundManifest =
  | { readonly kind: "none" }
  | {
      readonly kind: "ours";
      /** The document that the clips belong to, as a path from beside their folder. */
      readonly document: string;
      /** The names of the files that it lists. Only to be compared: a stranger may have written them. */
      readonly files: ReadonlySet<string>;
      /** What it says of clips whose files say nothing. */
      readonly records: RawRecords;
      /** Which clips it says are locked. */
      readonly locks: ClipLocks;
      /** How many decisions were made on the clips' places: `Clip.chosen` counts them. */
      readonly decisions: number;
    }
  | { readonly kind: "newer"; readonly document: string | undefined }
  /** Where it can't be understood, whose clips they are may still be found in it. */
  | { readonly kind: "damaged"; readonly document: string | undefined };

/**
 * An index of clips: the text of a `manifest.json`. All that it says of WAV files they say too, but what users decided on them;
 * what raw clips are is said here alone. `media/manifest.schema.json` describes each part.
 * @param document the document's path from beside the clips' folder: its file name, where the folder lies beside it.
 * @param decisions how many were made.
 */
export function encodeManifest(document: string, clips: readonly Clip[], decisions = 0): string {
  const head = { version, document, generator, decisions: decisions || undefined };
  const whole = layOut(head, clips.map(encodeEntry));
  // UTF-16 units are 3 bytes at most.
  if (whole.length * 3 <= clipLimits.manifestBytes) return whole;
  if (Buffer.byteLength(whole) <= clipLimits.manifestBytes) return whole;
  return layOut(head, clips.map(encodeWithoutWords));
}

function layOut(head: object, entries: readonly string[]): string {
  const empty = `${JSON.stringify({ ...head, clips: [] }, undefined, 2)}\n`;
  if (entries.length === 0) return empty;
  const opening = empty.slice(0, -"]\n}\n".length);
  return `${opening}\n    ${entries.join(",\n    ")}\n  ]\n}\n`;
}

/** The entries of clips as a manifest has them: it is written anew after each clip, while the others are as they were. */
const encoded = new WeakMap<Clip, string>();

function encodeEntry(clip: Clip): string {
  let text = encoded.get(clip);
  if (text === undefined) {
    text = encode(entryOf(clip));
    encoded.set(clip, text);
  }
  return text;
}

/** For a manifest that would be too large to be read: a WAV file says its words itself. */
function encodeWithoutWords(clip: Clip): string {
  return encode({ ...entryOf(clip), words: [] });
}

function encode(entry: object): string {
  return JSON.stringify(entry, undefined, 2).replaceAll("\n", "\n    ");
}

/** A line of a journal: what a manifest will say of a clip. One that was cut off spoils no other: each begins anew. */
export function encodeJournalLine(clip: Clip): string {
  return `\n${JSON.stringify(entryOf(clip))}`;
}

function entryOf(clip: Clip): object {
  return {
    file: listedName(clip.path),
    segment: clip.segment ?? null,
    locked: (clip.locked && clip.segment !== undefined) || undefined,
    lockWaits: (clip.locked && clip.segment === undefined) || undefined,
    chosen: clip.chosen,
    identity: clip.identity,
    transcript: clip.transcript,
    service: clip.service,
    model: clip.model,
    voice: clip.voice,
    encoding: clip.format.encoding,
    sampleRate: clip.format.sampleRate,
    seconds: clip.seconds,
    bytes: clip.bytes,
    characters: clip.characters,
    flushIds: clip.flushIds,
    timeToFirstByteMs: clip.timeToFirstByteMs,
    timeToFirstAudibleMs: clip.timeToFirstAudibleMs,
    // Of clips from before these were measured nothing is said, so that their manifests need not be written anew.
    synthesisMs: clip.synthesisMs ?? undefined,
    audible: clip.audible ?? undefined,
    spokenAt: clip.spokenAt,
    words: clip.words,
    // By these it knows a raw clip again; for JSON, what is undefined is absent.
    sha256: clip.checksum,
    version: clip.checksum && clip.version,
  };
}

/** What `decodeManifest` finds in what `encodeManifest` makes of these clips, without reading it. */
export function manifestOf(
  document: string,
  clips: readonly Clip[],
  decisions = 0,
): FoundManifest & { readonly kind: "ours" } {
  const listed = clips.map(({ path, identity, spokenAt, locked, chosen }) => {
    return { file: listedName(path), identity, spokenAt, locked, chosen };
  });
  const records = clips.map((clip) => recordOfClip(clip, listedName(clip.path)));
  return foundManifest({ document, decisions }, listed, records);
}

/** The text of a manifest that can be understood, for another document. */
export function withDocument(text: string, document: string): string {
  const said = parseJson(text);
  return `${JSON.stringify({ ...(isRecord(said) && said), document }, undefined, 2)}\n`;
}

/** Whether two manifests say the same, however they are laid out. */
export function saysTheSame(text: string, other: string): boolean {
  if (text === other) return true;
  if (text.length > 4 * other.length || other.length > 4 * text.length) return false; // no layout makes as much of it
  try {
    return JSON.stringify(parseJson(text)) === JSON.stringify(parseJson(other));
  } catch {
    return false; // nested deeper than can be written: nothing that we wrote
  }
}

/** The texts of a manifest and of its journal; `undefined` where there is none, and no text where it is larger than any is. */
export interface ManifestTexts {
  readonly manifest: string | undefined;
  readonly journal: string | undefined;
}

/**
 * Reads a folder's manifest, and what its journal adds.
 * @throws {ClipError} `disk`, `outside` where one is a link, `not-ours` where it is no file.
 */
export async function readManifest(disk: Disk, folder: string): Promise<FoundManifest> {
  return foundIn(await readManifestTexts(disk, folder));
}

/**
 * Reads the texts of a folder's manifest and its journal.
 * @throws {ClipError} as `readManifest`.
 */
export async function readManifestTexts(disk: Disk, folder: string): Promise<ManifestTexts> {
  // The journal first: it goes when the manifest says what it said.
  const journal = await readTextFile(disk, join(folder, journalName));
  return { journal, manifest: await readTextFile(disk, join(folder, manifestName)) };
}

/** What these texts say. Never throws. */
export function foundIn({ manifest, journal = "" }: ManifestTexts): FoundManifest {
  const found: FoundManifest = manifest === undefined ? { kind: "none" } : decodeManifest(manifest);
  if (found.kind === "ours") for (const record of decodeJournal(journal)) found.records.add(record);
  return found;
}

/** Reads the text of a journal, as far as it can be believed. Never throws, whatever the text. */
export function decodeJournal(text: string): readonly RawRecord[] {
  if (hasManyValues(text)) return [];
  return text.split("\n").flatMap((line) => {
    const entry = parseJson(line);
    return (isRecord(entry) && readRecord(entry)) || [];
  });
}

async function readTextFile(disk: Disk, path: string): Promise<string | undefined> {
  switch (await kindOf(disk, path)) {
    case "absent":
      return undefined;
    case "file":
      return await onDisk(path, async () => {
        const { size } = await disk.lstat(path);
        if (size > clipLimits.manifestBytes) return "";
        return await disk.readFile(path, { encoding: "utf8", flag: readFlags });
      });
    case "link":
      throw isLink(path);
    default:
      throw new ClipError("not-ours", l10n.t("“{0}” is not a file. Move or rename it.", path));
  }
}

/** Reads the text of a manifest. Never throws, whatever the text. */
export function decodeManifest(text: string): Exclude<FoundManifest, { readonly kind: "none" }> {
  const damaged = { kind: "damaged", document: documentIn(text) } as const;
  const found = hasManyValues(text) ? undefined : parseJson(text);
  if (!isRecord(found) || !Number.isInteger(found.version)) return damaged;
  if (isDeeperThan(clipLimits.manifestDepth, found)) return damaged;
  const { document, clips } = found;
  if (Number(found.version) > version) {
    return { kind: "newer", document: typeof document === "string" ? document : undefined };
  }
  if (found.version !== version || typeof document !== "string" || !Array.isArray(clips)) {
    return damaged;
  }
  const listed: ListedClip[] = [];
  const dated: DatedClip[] = [];
  const records: (RawRecord | undefined)[] = [];
  for (const clip of clips as readonly unknown[]) {
    if (!isRecord(clip) || typeof clip.file !== "string") return damaged;
    if (typeof clip.identity !== "string") return damaged;
    const entry = readListed(clip, { file: clip.file, identity: clip.identity });
    listed.push(entry);
    if (typeof clip.chosenAt === "string") dated.push({ ...entry, chosenAt: clip.chosenAt });
    records.push(readRecord(clip));
  }
  const decisions = isDecision(found.decisions) ? found.decisions : 0;
  return foundManifest({ document, decisions }, countDated(listed, dated), records);
}

/** The document that a manifest names near its start, as those written here do, though the rest is cut off or overwritten. */
function documentIn(text: string): string | undefined {
  const [, quoted = ""] = /"document":\s*("(?:[^"\\]|\\.)*")/.exec(text.slice(0, 8192)) ?? [];
  const document = parseJson(quoted);
  return typeof document === "string" ? document : undefined;
}

/** Whether there are so many values in it that to read it would take many times its length. */
function hasManyValues(text: string): boolean {
  const { manifestValues } = clipLimits;
  return Object.entries(manifestValues).some(([sign, most]) => {
    let left: number = most;
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
      if (--left < 0) return true;
    }
    return false;
  });
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const inner of Object.values(value)) if (isDeeperThan(levels - 1, inner)) return true;
  return false;
}

/** A manifest's entry, as far as it bears on what users decided. A take is locked only where it says that its lock waits. */
function readListed(
  { segment, spokenAt, locked, lockWaits, chosen }: Readonly<Record<string, unknown>>,
  known: Pick<ListedClip, "file" | "identity">,
): ListedClip {
  return {
    ...known,
    spokenAt: typeof spokenAt === "string" ? spokenAt : "",
    locked: (locked === true && segment !== null) || lockWaits === true,
    chosen: isDecision(chosen) ? chosen : undefined,
  };
}

/** An entry as versions wrote it that told by the clock when a clip was chosen. */
type DatedClip = ListedClip & { readonly chosenAt: string };

/** These entries, in which what was chosen by the clock counts as decisions in that order, unless its sound was said after it. */
function countDated(
  listed: readonly ListedClip[],
  dated: readonly DatedClip[],
): readonly ListedClip[] {
  if (dated.length === 0) return listed;
  const saidAt = new Map<string, string>();
  for (const { identity, spokenAt } of listed) {
    if (spokenAt > (saidAt.get(identity) ?? "")) saidAt.set(identity, spokenAt);
  }
  const valid = dated.filter(
    ({ identity, chosenAt, chosen }) =>
      chosen === undefined && chosenAt >= (saidAt.get(identity) ?? ""),
  );
  const dates = [...new Set(valid.map(({ chosenAt }) => chosenAt))].sort();
  const chosen = new Map(valid.map(({ file, chosenAt }) => [file, dates.indexOf(chosenAt) + 1]));
  return listed.map((entry) => ({ ...entry, chosen: entry.chosen ?? chosen.get(entry.file) }));
}

function isDecision(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

function foundManifest(
  said: { readonly document: string; readonly decisions: number },
  listed: readonly ListedClip[],
  found: readonly (RawRecord | undefined)[],
): FoundManifest & { readonly kind: "ours" } {
  const { document } = said;
  const decisions = listed.reduce((most, { chosen = 0 }) => Math.max(most, chosen), said.decisions);
  const files = new Set(listed.map(({ file }) => file));
  const records = new RawRecords(found.filter((record) => record !== undefined));
  return { kind: "ours", document, files, records, locks: new ClipLocks(listed), decisions };
}

/** Whether two documents' paths name one document, on disks that do not tell cases apart too. */
export function isSameDocument(one: string, other: string): boolean {
  const blind = process.platform === "win32" || process.platform === "darwin";
  const plain = (path: string): string => (blind ? path.normalize().toLowerCase() : path);
  return plain(one) === plain(other);
}
