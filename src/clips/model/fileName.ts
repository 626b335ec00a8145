import { createHash, randomBytes } from "node:crypto";
import { basename } from "node:path";
import type { Container } from "./clip.ts";

/** The name of the manifest in a folder of clips. */
export const manifestName = "manifest.json";

/** The name of the file beside it that says what raw clips are which it does not list yet. */
export const journalName = "manifest.journal";

/** The name of the file that says who changes a folder of clips at this moment. */
export const lockName = ".lock";

const endings: Readonly<Record<Container, string>> = { wav: ".wav", raw: ".pcm" };

/** The name of the clip that has a segment's place: `flush_000.wav`, or `flush_000.pcm`, for segment 0. */
export function flushName(segment: number, container: Container): string {
  return `flush_${String(segment).padStart(3, "0")}${endings[container]}`;
}

/** The name of the folder, in that of the clips, in which takes lie: clips that have no segment's place. */
export const takesName = "takes";

/**
 * The name of a take: `take_0123456789abcdef_20260131T120000000Z.wav`, with the start of its identity and when it was said.
 * @param nth 2 and more where others have that name already.
 */
export function takeName(
  { identity, spokenAt }: { readonly identity: string; readonly spokenAt: string },
  container: Container,
  nth = 1,
): string {
  const digest = createHash("sha256").update(identity).digest("hex");
  const [start] = /^[0-9a-f]{16}/.exec(identity) ?? [digest.slice(0, 16)];
  const isDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(spokenAt);
  const when = isDate ? spokenAt.replace(/[-:.]/g, "") : "undated";
  return `take_${start}_${when}${nth > 1 ? `-${nth}` : ""}${endings[container]}`;
}

/** The name of the file at `path` as manifests have it: from the clips' folder, parts divided by "/". */
export function listedName(path: string): string {
  const name = basename(path);
  return isTakeName(name) ? `${takesName}/${name}` : name;
}

/** Whether a file with this name, whole or temporary, belongs in the folder of takes. */
export function isTakeName(name: string): boolean {
  return name.startsWith("take_");
}

/** What place a file has by its name: that of a segment, or a take's; `undefined` for names that we do not give. */
export function readFileName(
  name: string,
): { readonly segment: number | undefined; readonly container: Container } | undefined {
  const container = name.endsWith(endings.raw) ? "raw" : "wav";
  if (/^take_[0-9a-f]{16}_(\d{8}T\d{9}Z|undated)(-\d{1,9})?\.(wav|pcm)$/.test(name)) {
    return { segment: undefined, container };
  }
  const [, digits] = /^flush_(\d{3,15})\.(wav|pcm)$/.exec(name) ?? [];
  const segment = Number(digits);
  return flushName(segment, container) === name && digits ? { segment, container } : undefined;
}

/** A new name for what is to replace `name` once it is whole. Headerless samples show that they are such by it. */
export function temporaryName(name: string): string {
  const stem = name.replace(/\.\w+$/, "");
  const ending = name.endsWith(endings.raw) ? endings.raw : "";
  return `${stem}.${randomBytes(6).toString("hex")}${ending}.tmp`;
}

/** For which file a temporary one was meant; `undefined` for names that we do not give. */
export function readTemporaryName(name: string): string | undefined {
  if (/^manifest\.[0-9a-f]{12}\.tmp$/.test(name)) return manifestName;
  const [, stem, raw] = /^((?:flush|take)_[\w-]+)\.[0-9a-f]{12}(\.pcm)?\.tmp$/.exec(name) ?? [];
  const meantFor = `${stem}${raw ?? endings.wav}`;
  return readFileName(meantFor) && meantFor;
}

/** The name of the file that gives the right to remove one left-over lock. */
export function takeoverName(mark: string): string {
  return `${lockName}.${mark}.tmp`;
}

/** Whether a file has a name that `takeoverName` gives. */
export function isTakeoverName(name: string): boolean {
  return /^\.lock\.[0-9a-f]{12}\.tmp$/.test(name);
}

/** A name under which something damaged is put aside: `manifest.2026-01-31T12-00-00-000Z.bad.json`. */
export function asideName(name: string, now: Date): string {
  const time = now.toISOString().replace(/[:.]/g, "-");
  return name.replace(/(\.\w+)$/, `.${time}.bad$1`);
}
