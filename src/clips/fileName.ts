import { createHash, randomBytes } from "node:crypto";

/** The name of the manifest in a folder of clips. */
export const manifestName = "manifest.json";

/** The name of the clip that has a segment's place: `flush_000.wav` for segment 0. */
export function flushName(segment: number): string {
  return `flush_${String(segment).padStart(3, "0")}.wav`;
}

/** The name of a clip that is kept though no segment wants it now. Clips of one identity share it. */
export function keptName(identity: string): string {
  return `kept_${createHash("sha256").update(identity).digest("hex").slice(0, 16)}.wav`;
}

/** What place a file has by its name: that of a segment, or aside; `undefined` for names that we do not give. */
export function readFileName(name: string): { readonly segment: number | undefined } | undefined {
  if (/^kept_[0-9a-f]{16}\.wav$/.test(name)) return { segment: undefined };
  const segment = Number(/^flush_(\d{3,15})\.wav$/.exec(name)?.[1] ?? NaN);
  return flushName(segment) === name ? { segment } : undefined;
}

/** A new name for what is to replace `name` once it is whole. */
export function temporaryName(name: string): string {
  return `${name.replace(/\.\w+$/, "")}.${randomBytes(6).toString("hex")}.tmp`;
}

/** For which file a temporary one was meant; `undefined` for names that we do not give. */
export function readTemporaryName(name: string): string | undefined {
  const [, stem] = /^(flush_\d{3,15}|manifest)\.[0-9a-f]{12}\.tmp$/.exec(name) ?? [];
  return stem && (stem === "manifest" ? manifestName : `${stem}.wav`);
}

/** A name under which something damaged is put aside: `manifest.2026-01-31T12-00-00-000Z.bad.json`. */
export function asideName(name: string, now: Date): string {
  const time = now.toISOString().replace(/[:.]/g, "-");
  return name.replace(/(\.\w+)$/, `.${time}.bad$1`);
}
