import * as l10n from "@vscode/l10n";
import type { Encoding } from "../../audio/pcm.ts";

/** How exported sound lies in a file. */
export interface AudioFormat {
  /** A name that does not change, for settings and command lines. */
  readonly id: string;
  /** What people call it. */
  readonly label: () => string;
  /** One more sentence or two for who has to choose. */
  readonly detail: () => string;
  /** The ending of its files, with the dot. */
  readonly ending: string;
  /** What wraps the samples; `ffmpeg` makes all but the first two. */
  readonly container: "wav" | "raw" | "ffmpeg";
  /** How samples are written; with ffmpeg, how they are handed to it at best. */
  readonly encoding: Encoding;
  /** The only rate that such files have where they are used. */
  readonly sampleRate?: number;
  /** What tells ffmpeg to write it. */
  readonly arguments?: readonly string[];
}

/** Telephone networks carry G.711 at this rate alone. Source: ITU-T G.711, 1. */
const telephoneRate = 8000;

/** All formats, those that need nothing first. */
export const audioFormats = [
  {
    id: "wav-s16",
    label: () => l10n.t("WAV, 16 bit"),
    detail: () => l10n.t("Opens everywhere."),
    ending: ".wav",
    container: "wav",
    encoding: "pcm_s16le",
  },
  {
    id: "wav-f32",
    label: () => l10n.t("WAV, 32-bit float"),
    detail: () => l10n.t("For an audio editor: no sample is rounded or clipped."),
    ending: ".wav",
    container: "wav",
    encoding: "pcm_f32le",
  },
  {
    id: "wav-mulaw",
    label: () => l10n.t("WAV, µ-law, 8 kHz"),
    detail: () => l10n.t("For telephone systems in North America and Japan."),
    ending: ".wav",
    container: "wav",
    encoding: "pcm_mulaw",
    sampleRate: telephoneRate,
  },
  {
    id: "wav-alaw",
    label: () => l10n.t("WAV, A-law, 8 kHz"),
    detail: () => l10n.t("For telephone systems in the rest of the world."),
    ending: ".wav",
    container: "wav",
    encoding: "pcm_alaw",
    sampleRate: telephoneRate,
  },
  {
    id: "ulaw",
    label: () => l10n.t("µ-law, headerless, 8 kHz"),
    detail: () => l10n.t("As Asterisk and other telephone systems take it."),
    ending: ".ulaw",
    container: "raw",
    encoding: "pcm_mulaw",
    sampleRate: telephoneRate,
  },
  {
    id: "alaw",
    label: () => l10n.t("A-law, headerless, 8 kHz"),
    detail: () => l10n.t("As Asterisk and other telephone systems take it."),
    ending: ".alaw",
    container: "raw",
    encoding: "pcm_alaw",
    sampleRate: telephoneRate,
  },
  {
    id: "s16le",
    label: () => l10n.t("PCM, 16 bit, headerless"),
    detail: () => l10n.t("Raw samples, no header."),
    ending: ".s16le",
    container: "raw",
    encoding: "pcm_s16le",
  },
  {
    id: "f32le",
    label: () => l10n.t("PCM, 32-bit float, headerless"),
    detail: () => l10n.t("Raw samples, no header."),
    ending: ".f32le",
    container: "raw",
    encoding: "pcm_f32le",
  },
  {
    id: "mp3",
    label: () => "MP3",
    detail: () => l10n.t("Needs ffmpeg."),
    ending: ".mp3",
    container: "ffmpeg",
    encoding: "pcm_f32le",
    arguments: ["-c:a", "libmp3lame", "-q:a", "2", "-f", "mp3"],
  },
  {
    id: "m4a",
    label: () => "AAC (M4A)",
    detail: () => l10n.t("Needs ffmpeg."),
    ending: ".m4a",
    container: "ffmpeg",
    encoding: "pcm_f32le",
    arguments: ["-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-f", "ipod"],
  },
  {
    id: "opus",
    label: () => "Opus (Ogg)",
    detail: () => l10n.t("Needs ffmpeg."),
    ending: ".opus",
    container: "ffmpeg",
    encoding: "pcm_f32le",
    arguments: ["-c:a", "libopus", "-b:a", "64k", "-f", "opus"],
  },
  {
    id: "flac",
    label: () => "FLAC",
    detail: () => l10n.t("Lossless, smaller than WAV; float samples become 24 bit. Needs ffmpeg."),
    ending: ".flac",
    container: "ffmpeg",
    encoding: "pcm_f32le",
    arguments: ["-c:a", "flac", "-f", "flac"],
  },
] as const satisfies readonly AudioFormat[];

export type AudioFormatId = (typeof audioFormats)[number]["id"];

/** The format that has this name; `undefined` for a name that none has. */
export function audioFormat(id: string): AudioFormat | undefined {
  return audioFormats.find((format) => format.id === id);
}
