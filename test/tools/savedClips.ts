import { readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import type { SegmentItem } from "./segmentList.ts";

/** The bytes of a WAV file's header: a clip has more. */
const HEADER = 44;

/** A clip on disk, as its manifest and its file tell. */
export interface SavedClip {
  /** The index of its segment; null where no segment wants it now. */
  readonly segment: number | null;
  readonly file: string;
  readonly transcript: string;
  readonly seconds: number;
  readonly timeToFirstAudibleMs: number | null;
  /** 0 where the file is missing. */
  readonly bytesOnDisk: number;
}

/** The clips that lie beside a script, by the manifest of their folder; none where there is none. */
export async function readSavedClips(script: string): Promise<SavedClip[]> {
  const stem = basename(script, extname(script)).replace(/\.speech$/, "");
  for (const name of [stem, basename(script)]) {
    const folder = join(dirname(script), `${name}.speech`);
    const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => undefined);
    if (text === undefined) continue;
    const manifest = JSON.parse(text) as { document: string; clips: SavedClip[] };
    if (manifest.document !== basename(script)) continue;
    return Promise.all(
      manifest.clips.map(async (clip) => {
        const found = await stat(join(folder, clip.file)).catch(() => undefined);
        return { ...clip, file: join(folder, clip.file), bytesOnDisk: found?.size ?? 0 };
      }),
    );
  }
  return [];
}

/** What is missing for a run to count as whole, one sentence each. */
export function findLacking(
  segments: readonly SegmentItem[],
  saved: readonly SavedClip[],
): string[] {
  const spoken = segments.filter(({ state }) => state !== "nothing to say");
  if (spoken.length === 0) return ["No segment was spoken."];
  return spoken.flatMap(({ segment, state }) => {
    const clip = saved.find((one) => one.segment === segment);
    if (state !== "ready") return [`Segment ${segment + 1} is ${state}.`];
    if (!clip) return [`Segment ${segment + 1} is ready, but the manifest does not list it.`];
    if (clip.bytesOnDisk <= HEADER) return [`Segment ${segment + 1} has no sound in ${clip.file}.`];
    return [];
  });
}

/** The clips as a table, paths as seen from `folder`. */
export function tableOfClips(saved: readonly SavedClip[], folder: string): string {
  const rows = saved.map((clip) => [
    clip.file.startsWith(folder) ? clip.file.slice(folder.length + 1) : clip.file,
    `${clip.seconds.toFixed(2)} s`,
    clip.timeToFirstAudibleMs === null ? "" : `${Math.round(clip.timeToFirstAudibleMs)} ms`,
    shorten(clip.transcript.trim().replace(/\s+/g, " "), 70),
  ]);
  const table = [["file", "seconds", "first sound", "transcript"], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .join("\n");
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
