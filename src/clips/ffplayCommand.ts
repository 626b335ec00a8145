import type { Encoding, PcmFormat } from "../audio/pcm.ts";
import type { Clip } from "./clip.ts";

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
 * @param platform for Windows, the path is quoted as PowerShell has it; elsewhere as a POSIX shell has it.
 */
export function ffplayCommand(clip: Clip, platform: NodeJS.Platform = process.platform): string {
  const { container, format, path } = clip;
  const raw = container === "raw" ? `${ffplayInput(format)} ` : "";
  return `ffplay -hide_banner -nodisp -autoexit ${raw}-i ${quoteForShell(path, platform)}`;
}

/** The options that tell FFmpeg how to read headerless samples of this format. */
export function ffplayInput({ encoding, sampleRate }: PcmFormat): string {
  return `-f ${rawFormats[encoding]} -sample_rate ${sampleRate}`;
}

/**
 * Within single quotes nothing means anything to either shell but the quote itself. PowerShell takes typographic ones for
 * the same. `cmd.exe` knows double quotes only, which a path without anything special gets on Windows, for both.
 */
export function quoteForShell(path: string, platform: NodeJS.Platform): string {
  if (platform !== "win32") return `'${path.replaceAll("'", String.raw`'\''`)}'`;
  if (!/[$`%!^"\u201c-\u201e]/.test(path)) return `"${path}"`;
  return `'${path.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
