import * as disk from "node:fs/promises";
import { dirname, isAbsolute, parse, relative, resolve } from "node:path";
import { assertInside, isInside, kindOf } from "../clips/model/disk.ts";
import { UsageError } from "./exitCodes.ts";
import { standard } from "./standardInput.ts";

/** Where a script's folder of clips lies, as `findClipFolder` asks for it. */
export interface ClipPlace {
  /** From the script's folder. */
  readonly audioFolder: string;
  /** Clips may not leave this folder; the script's, where it is `undefined`. */
  readonly workspaceRoot: string | undefined;
}

/**
 * The place that `--out` names, as the extension's setting `audio.folder` would name it. Whoever writes it on the command line
 * may choose any folder.
 * @throws UsageError where no relative path leads there: to another drive.
 */
export function clipPlaceOf(path: string, out: string | undefined, cwd: string): ClipPlace {
  if (out === undefined) return { audioFolder: "", workspaceRoot: undefined };
  if (out === standard) {
    throw new UsageError(
      "--out is a folder, and - is standard output. Write ./- for a folder “-”.",
    );
  }
  const audioFolder = relative(dirname(path), resolve(cwd, out));
  if (!isAbsolute(audioFolder)) return { audioFolder, workspaceRoot: parse(path).root };
  throw new UsageError(
    `--out is “${out}”, on another drive than “${path}”. Choose one on the same.`,
  );
}

/**
 * Makes sure that no link leads a folder of clips out of the one that `--out` names or, where that lies in the working folder,
 * out of the working folder. Before anything is written there.
 * @throws ClipError `outside`, or `disk`.
 */
export async function assertInOut(
  folder: string,
  out: string | undefined,
  cwd: string,
): Promise<void> {
  if (out === undefined) return; // it lies beside the script, and was looked at for that
  const named = resolve(cwd, out);
  const within = isInside(named, cwd) ? cwd : named;
  if ((await kindOf(disk, within)) !== "absent") await assertInside(disk, folder, within);
}
