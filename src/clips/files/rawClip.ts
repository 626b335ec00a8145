import { createHash } from "node:crypto";
import { basename } from "node:path";
import { bytesPerSample, encodings, secondsOf } from "../../audio/pcm.ts";
import type { PcmFormat } from "../../audio/pcm.ts";
import type { Clip, ClipFacts, NewClip } from "../model/clip.ts";
import { audibleWithin, readSaid, readWords, saidOf } from "../model/clipFacts.ts";
import { readFlags, versionOf } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { listedName, readFileName } from "../model/fileName.ts";
import { settleWords } from "./wavClip.ts";

/** What a manifest, or its journal, says of a raw clip, whose file says nothing. */
export interface RawRecord {
  readonly facts: ClipFacts;
  /** The name of its file, from the clips' folder. Only to be compared: a stranger may have written it. */
  readonly file: string;
  readonly bytes: number;
  /** The SHA-256 of its file, in hexadecimal digits. */
  readonly checksum: string;
  /** As `Clip.version`. */
  readonly version: string;
}

/**
 * What a manifest says of the raw clips in its folder. A file is known by its samples, so that it may be moved, and is never
 * taken for the one that had its name before. Where name and version are still the same it need not be read for that.
 */
export class RawRecords {
  readonly #byVersion = new Map<string, RawRecord[]>();
  readonly #byChecksum = new Map<string, RawRecord[]>();
  readonly #lengths = new Set<number>();

  constructor(records: readonly RawRecord[]) {
    for (const record of records) this.add(record);
  }

  add(record: RawRecord): void {
    push(this.#byVersion, record.version, record);
    push(this.#byChecksum, record.checksum, record);
    this.#lengths.add(record.bytes);
  }

  /** The record of a file that has not changed since it was written. */
  unchanged(name: string, version: string): RawRecord | undefined {
    const [record, another] = this.#byVersion.get(version) ?? [];
    // On a disk with coarse times two files may look alike from outside.
    return record?.file === name && !another ? record : undefined;
  }

  /** Whether any clip has this length. */
  hasLength(bytes: number): boolean {
    return this.#lengths.has(bytes);
  }

  /** The record of these very samples; where several clips sound alike, that of this version or name. */
  ofSamples(checksum: string, name: string, version: string): RawRecord | undefined {
    const alike = this.#byChecksum.get(checksum) ?? [];
    return (
      alike.find((record) => record.version === version) ??
      alike.find(({ file }) => file === name) ??
      alike[0]
    );
  }
}

/**
 * Reads what its manifest says of the headerless file at `path`.
 * @returns nothing where the manifest does not know it as it is.
 * @throws what the file system throws.
 */
export async function readRawClip(
  disk: Disk,
  path: string,
  records: RawRecords,
): Promise<Clip | undefined> {
  const found = await disk.lstat(path);
  const name = listedName(path);
  const version = versionOf(found);
  let record = records.unchanged(name, version);
  if (!record && records.hasLength(found.size)) {
    record = records.ofSamples(await checksumOfFile(disk, path), name, version);
  }
  if (record?.bytes !== found.size) return undefined;
  return clipOf(record, path, version);
}

/** The clip that lies at `path` in this version, and has this record. */
export function clipOf(record: RawRecord, path: string, version: string): Clip {
  const { facts, bytes, checksum } = record;
  const seconds = secondsOf(bytes, facts.format);
  return {
    ...facts,
    audible: audibleWithin(facts.audible, seconds),
    bytes,
    checksum,
    segment: readFileName(basename(path))?.segment,
    path,
    container: "raw",
    locked: false,
    seconds,
    version,
  };
}

/**
 * A copy of a clip's samples without a part of one at the end: all that a raw clip's file holds.
 * @throws {RangeError} where the sample rate is no positive whole number: nobody could read them again.
 */
export function wholeSamples({ samples, format }: NewClip): Uint8Array<ArrayBuffer> {
  if (!isSampleRate(format.sampleRate)) {
    throw new RangeError(`Samples can't have a rate of ${String(format.sampleRate)} Hz.`);
  }
  return samples.slice(0, samples.length - (samples.length % bytesPerSample(format.encoding)));
}

/** What is to be known of a new raw clip, whose samples lie in `file`. */
export function recordOf(
  clip: NewClip,
  { file, version }: { readonly file: string; readonly version: string },
): RawRecord {
  const { transcript, format, samples } = clip;
  return {
    facts: {
      ...saidOf(clip),
      transcript,
      format,
      words: settleWords(clip),
    },
    file,
    bytes: samples.length,
    checksum: checksumOf(samples),
    version,
  };
}

/** What a manifest says of a raw clip on disk; nothing of a WAV file. */
export function recordOfClip(clip: Clip, file: string): RawRecord | undefined {
  const { bytes, checksum, version } = clip;
  return checksum === undefined ? undefined : { facts: clip, file, bytes, checksum, version };
}

/** Reads a manifest's entry of a raw clip; nothing where it is none, or can't be believed. */
export function readRecord(entry: Readonly<Record<string, unknown>>): RawRecord | undefined {
  const said = readSaid(entry);
  const format = readFormat(entry);
  const { file, bytes, sha256, version, transcript: text, words } = entry;
  if (!said || !format || typeof file !== "string" || !isCount(bytes)) return undefined;
  if (typeof sha256 !== "string" || typeof version !== "string") return undefined;
  const transcript = typeof text === "string" ? text : "";
  const seconds = secondsOf(bytes, format);
  return {
    facts: {
      ...said,
      transcript,
      format,
      words: Array.isArray(words) ? readWords(words, { transcript, seconds }) : [],
    },
    file,
    bytes,
    checksum: sha256,
    version,
  };
}

function readFormat(entry: Readonly<Record<string, unknown>>): PcmFormat | undefined {
  const encoding = encodings.find((known) => known === entry.encoding);
  const { sampleRate } = entry;
  return encoding && isSampleRate(sampleRate) ? { encoding, sampleRate } : undefined;
}

function isSampleRate(value: unknown): value is number {
  return isCount(value) && value > 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function checksumOf(samples: Uint8Array): string {
  return createHash("sha256").update(samples).digest("hex");
}

/** As `checksumOf`, without holding all of the file. */
async function checksumOfFile(disk: Disk, path: string): Promise<string> {
  const file = await disk.open(path, readFlags);
  try {
    const hash = createHash("sha256");
    const block = Buffer.alloc(1 << 18);
    for (;;) {
      const { bytesRead } = await file.read(block, 0, block.length);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(block.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
