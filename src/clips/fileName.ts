import { createHash, randomBytes } from "node:crypto";
import type { Container } from "./clip.ts";

/** The name of the manifest in a folder of clips. */
export const manifestName = "manifest.json";

/** The name of the file that says who changes a folder of clips at this moment. */
export const lockName = ".lock";

const endings: Readonly<Record<Container, string>> = { wav: ".wav", raw: ".pcm" };

/** The name of the clip that has a segment's place: `flush_000.wav`, or `flush_000.pcm`, for segment 0. */
export function flushName(segment: number, container: Container): string {
  return `flush_${String(segment).padStart(3, "0")}${endings[container]}`;
}

/** The name of a clip that is kept though no segment wants it now. Clips of one identity share it. */
export function keptName(identity: string, container: Container): string {
  const digest = createHash("sha256").update(identity).digest("hex");
  return `kept_${digest.slice(0, 16)}${endings[container]}`;
}

/** What place a file has by its name: that of a segment, or aside; `undefined` for names that we do not give. */
export function readFileName(
  name: string,
): { readonly segment: number | undefined; readonly container: Container } | undefined {
  const container = name.endsWith(endings.raw) ? "raw" : "wav";
  if (/^kept_[0-9a-f]{16}\.(wav|pcm)$/.test(name)) return { segment: undefined, container };
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
  const [, stem, raw] = /^(flush_\d{3,15})\.[0-9a-f]{12}(\.pcm)?\.tmp$/.exec(name) ?? [];
  return stem && `${stem}${raw ?? endings.wav}`;
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
