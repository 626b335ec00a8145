import * as l10n from "@vscode/l10n";
import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import type { Writable } from "node:stream";
import type { AudioFormat } from "./audioFormat.ts";
import { ExportError, writing } from "../common/exportError.ts";

/** Where programs are looked for. */
export interface ProgramPlaces {
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  readonly platform?: NodeJS.Platform;
}

/**
 * The path of ffmpeg on the PATH. It is looked for here rather than by the system, for Windows would begin in the working
 * directory: a program in a stranger's folder is not run.
 */
export async function findFfmpeg(places: ProgramPlaces = {}): Promise<string | undefined> {
  const { env = process.env, platform = process.platform } = places;
  const isWindows = platform === "win32";
  const path = isWindows
    ? Object.entries(env).find(([name]) => name.toUpperCase() === "PATH")?.[1]
    : env["PATH"];
  for (const folder of (path ?? "").split(isWindows ? ";" : ":")) {
    if (!isAbsolute(folder)) continue;
    const file = join(folder, isWindows ? "ffmpeg.exe" : "ffmpeg");
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}

/** What the user can do to have ffmpeg. */
export function ffmpegIsMissing({ label }: AudioFormat): ExportError {
  return new ExportError(
    "no-ffmpeg",
    l10n.t(
      "{0} needs ffmpeg, which is not on the PATH. Install it (Debian and Ubuntu: “sudo apt install ffmpeg”, macOS: “brew install ffmpeg”, Windows: “winget install ffmpeg”) and start the editor again, or export WAV.",
      label(),
    ),
  );
}

/** What ffmpeg is to make of a WAV stream. */
export interface Encoding {
  /** The absolute path of ffmpeg. */
  readonly program: string;
  readonly format: AudioFormat;
  readonly title: string;
  /** What tells it of chapters, as a file of its format "ffmetadata"; nothing where there are none. */
  readonly chapters?: string | undefined;
  /** The absolute path of the file to be written; one that is there is replaced. */
  readonly path: string;
  /** Whether the samples are floating-point. */
  readonly float: boolean;
}

/**
 * Writes a file with ffmpeg, which is fed a WAV file in parts.
 * @throws {ExportError} `ffmpeg`, with what it said; what `bytes` throws; what the signal was aborted with. Then the file may
 * be there in part.
 */
export async function encodeWithFfmpeg(
  encoding: Encoding,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const { chapters } = encoding;
  if (chapters === undefined) return encode(encoding, undefined, bytes, signal);
  const place = tmpdir();
  const folder = await writing(place, () => mkdtemp(join(place, "scripted-speech-")));
  try {
    const file = join(folder, "chapters");
    await writeFile(file, chapters);
    await encode(encoding, file, bytes, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function encode(
  encoding: Encoding,
  chapterFile: string | undefined,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const child = spawn(encoding.program, argumentsFor(encoding, chapterFile), {
    stdio: ["pipe", "ignore", "pipe"],
    windowsHide: true,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  let broken = false;
  child.stdin.on("error", () => (broken = true)); // it ended early: its exit code tells
  const ended = new Promise<number | Error>((resolve) => {
    child.on("error", resolve).on("close", (code) => resolve(code ?? -1));
  });
  const abort = (): void => void child.kill("SIGKILL");
  signal.addEventListener("abort", abort, { once: true });
  try {
    for await (const part of bytes) {
      if (broken || child.exitCode !== null) break;
      if (!child.stdin.write(part)) await Promise.race([drained(child.stdin), ended]);
      signal.throwIfAborted();
    }
    child.stdin.end();
    const code = await ended;
    signal.throwIfAborted();
    if (code !== 0) throw failed(encoding.format, said, code);
  } finally {
    signal.removeEventListener("abort", abort);
    child.kill("SIGKILL");
    await ended;
  }
}

/** Waits until a stream takes more, or never will. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      for (const event of ["drain", "error", "close"]) stream.off(event, go);
      resolve();
    };
    for (const event of ["drain", "error", "close"]) stream.on(event, go);
  });
}

function argumentsFor(
  { format, title, path, float }: Encoding,
  chapterFile: string | undefined,
): string[] {
  const flac = format.id === "flac";
  return [
    ...["-hide_banner", "-nostdin", "-loglevel", "error", "-y", "-f", "wav", "-i", "pipe:0"],
    ...(chapterFile === undefined ? [] : ["-f", "ffmetadata", "-i", `file:${chapterFile}`]),
    ...(chapterFile === undefined
      ? ["-map_metadata", "-1"]
      : ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1"]),
    ...["-metadata", `title=${title.replaceAll("\0", "")}`],
    ...(format.arguments ?? []),
    ...(flac ? ["-sample_fmt", float ? "s32" : "s16"] : []),
    ...(flac && float ? ["-bits_per_raw_sample", "24"] : []),
    `file:${path}`,
  ];
}

function failed({ label }: AudioFormat, said: string, code: number | Error): ExportError {
  if (code instanceof Error) {
    return new ExportError("ffmpeg", l10n.t("ffmpeg did not start: {0}", code.message), {
      cause: code,
    });
  }
  const [, encoder] = /Unknown encoder '([^']+)'/.exec(said) ?? [];
  if (encoder) {
    return new ExportError(
      "ffmpeg",
      l10n.t(
        "This ffmpeg can't write {0}: it was built without “{1}”. Install a full build, or export another format.",
        label(),
        encoder,
      ),
    );
  }
  const reason = said.trim().split(/\r?\n/).at(-1) || l10n.t("exit code {0}", code);
  return new ExportError(
    "ffmpeg",
    l10n.t(
      "ffmpeg could not write {0} ({1}). Try again, or export another format.",
      label(),
      reason,
    ),
  );
}
