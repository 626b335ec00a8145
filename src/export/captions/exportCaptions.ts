import * as fileSystem from "node:fs/promises";
import type { Disk } from "../../clips/model/disk.ts";
import { makeCaptions } from "./captions.ts";
import { captionText, type CaptionFormat } from "./captionText.ts";
import { chooseSegments, type ExportScript, type Unready } from "../common/exportScript.ts";
import { layOut } from "../common/timeline.ts";
import { writeFiles, writeParts } from "../common/writeFiles.ts";

/** Which captions to export, and where to. */
export interface CaptionExport extends Unready {
  readonly format: CaptionFormat;
  /** Whether WebVTT names the speakers; SubRip can't. */
  readonly named?: boolean;
  /** Absolute. */
  readonly file: string;
  /** Silence between two segments of the sound that they go with. */
  readonly gapSeconds?: number;
  /** Samples per second of that sound; where it is not given, as for exported sound. */
  readonly sampleRate?: number | undefined;
  /** Whether a file that is there may be replaced. */
  readonly overwrite?: boolean;
}

/**
 * The captions of a script as the text of a file, in step with the sound that is exported with the same gap.
 * @throws {ExportError} `not-spoken`, `changed` or `nothing`.
 */
export function writeCaptions(
  script: ExportScript,
  request: Omit<CaptionExport, "file" | "overwrite">,
): string {
  const { gapSeconds = 0, sampleRate, format, named } = request;
  const timeline = layOut(chooseSegments(script, request), { gapSeconds, sampleRate });
  return captionText(makeCaptions(timeline), format, named);
}

/**
 * Writes the captions of a script to a file.
 * @throws {ExportError} `not-spoken`, `changed`, `nothing`, `exists` or `disk`; then nothing of it is left.
 */
export async function exportCaptions(
  script: ExportScript,
  request: CaptionExport,
  disk: Disk = fileSystem,
): Promise<void> {
  const text = writeCaptions(script, request);
  const write = (aside: string): Promise<void> => writeParts(disk, aside, [Buffer.from(text)]);
  const { file, overwrite = false } = request;
  await writeFiles(disk, [{ path: file, write }], { overwrite });
}
