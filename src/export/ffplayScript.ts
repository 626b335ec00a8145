import type { Clip } from "../clips/model/clip.ts";
import { quoteForShell } from "../clips/commandLine.ts";
import { ffmpegFile, ffplayCommand, rawFormats } from "../clips/ffplayCommand.ts";

/**
 * The line for a terminal that plays clips one behind the other with `ffplay`, and ends with the last. FFmpeg's own filters
 * join them, since a pipe between two programs is not the same in all shells.
 * @param gapSeconds silence between two clips.
 * @throws {ClipError} `unsafe`, as `ffplayCommand`.
 */
export function ffplayScriptCommand(
  clips: readonly Clip[],
  gapSeconds = 0,
  platform: NodeJS.Platform = process.platform,
): string {
  const [only] = clips;
  if (only && clips.length === 1) return ffplayCommand(only, platform);
  const paths = clips.map(({ path }) => path);
  const graph = quoteForShell(joinClips(clips, gapSeconds, platform), paths, platform);
  return `ffplay -hide_banner -nodisp -autoexit -f lavfi -i ${graph}`;
}

/** The filter graph. Source: FFmpeg Filters, `amovie`, `apad`, `concat`. */
function joinClips(clips: readonly Clip[], gapSeconds: number, platform: NodeJS.Platform): string {
  const sources = clips.map(({ container, format, path }, at) => {
    const { encoding, sampleRate } = format;
    const raw =
      container === "raw" ? `:f=${rawFormats[encoding]}:format_opts=sample_rate=${sampleRate}` : "";
    const gap = Math.round(gapSeconds * sampleRate);
    const pad = at < clips.length - 1 && gap > 0 ? `,apad=pad_len=${gap}` : "";
    return `amovie=filename=${escape(ffmpegFile(path, platform), platform)}${raw}${pad}[a${at}]`;
  });
  const inputs = clips.map((_, at) => `[a${at}]`).join("");
  return `${sources.join(";")};${inputs}concat=n=${clips.length}:v=0:a=1[out0]`;
}

/** Escaped twice: as a filter's option, then in the graph. Source: FFmpeg Filters, "Notes on filtergraph escaping". */
function escape(path: string, platform: NodeJS.Platform): string {
  const plain = platform === "win32" ? path.replaceAll("\\", "/") : path;
  return plain.replace(/[\\':]/g, String.raw`\$&`).replace(/[\\'[\],;]/g, String.raw`\$&`);
}
