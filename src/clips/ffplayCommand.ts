import { posix, win32 } from "node:path";
import type { Encoding, PcmFormat } from "../audio/pcm.ts";
import type { Clip } from "./model/clip.ts";
import { quoteForShell } from "./commandLine.ts";

/** The names that FFmpeg gives to headerless samples. Source: `ffmpeg -formats`. */
export const rawFormats: Readonly<Record<Encoding, string>> = {
  pcm_f32le: "f32le",
  pcm_s16le: "s16le",
  pcm_mulaw: "mulaw",
  pcm_alaw: "alaw",
};

/**
 * The line for a terminal that plays a clip with `ffplay`, and ends with it.
 *
 * Headerless samples are mono without being told so: FFmpeg up to 5.0 has `-ac 1` for that, from 5.1 `-ch_layout mono`, and
 * 7.0 no longer the first; all take one channel where neither is given.
 * @throws {ClipError} `unsafe`, where a shell might act on something in the path.
 */
export function ffplayCommand(clip: Clip, platform: NodeJS.Platform = process.platform): string {
  const { container, format, path } = clip;
  const raw = container === "raw" ? `${ffplayInput(format)} ` : "";
  return `ffplay -hide_banner -nodisp -autoexit ${raw}-i ${quoteForShell(ffmpegFile(path, platform), [path], platform)}`;
}

/**
 * A path as FFmpeg takes it for that of a file, and for nothing else: a name that begins as `-i` or `concat:` does would be an
 * option or a protocol. Source: FFmpeg Protocols, `file`.
 */
export function ffmpegFile(path: string, platform: NodeJS.Platform): string {
  const paths = platform === "win32" ? win32 : posix;
  return paths.isAbsolute(path) ? path : `file:${path}`;
}

/** The options that tell FFmpeg how to read headerless samples of this format. */
export function ffplayInput({ encoding, sampleRate }: PcmFormat): string {
  return `-f ${rawFormats[encoding]} -sample_rate ${sampleRate}`;
}
