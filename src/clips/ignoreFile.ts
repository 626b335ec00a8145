import * as l10n from "@vscode/l10n";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { ClipError, onDisk } from "./model/clipError.ts";
import { mostForeignBytes, readForeignFile } from "./model/foreignFile.ts";

/** What keeps folders of clips out of a repository. */
export const ignorePattern = "*.speech/";

/**
 * Whether the `.gitignore` in a folder speaks of clips. One that is not read, as `ignoreClips` would refuse it, does not.
 * @throws {ClipError} `disk`
 */
export async function ignoresClips(folder: string): Promise<boolean> {
  const path = join(folder, ".gitignore");
  const found = await onDisk(path, () => readForeignFile(path, [folder]));
  if (typeof found === "string") return false;
  const lines = new TextDecoder().decode(found.bytes).split(/\r?\n/);
  return lines.some((line) => line.includes(".speech"));
}

/**
 * Adds a line for clips to the `.gitignore` in a folder, which is made where there is none; what it holds stays as it is.
 * @throws {ClipError} `outside` where it is a link that leads out of the folder; `not-ours` where it is no file, or longer than
 *   any is; `disk`. Nothing is written then.
 */
export async function ignoreClips(folder: string): Promise<void> {
  const path = join(folder, ".gitignore");
  const found = await onDisk(path, () => readForeignFile(path, [folder]));
  if (found === "absent") {
    // Fails where something has come there since, a link to nowhere included.
    return onDisk(path, () =>
      append(path, constants.O_CREAT | constants.O_EXCL, `${ignorePattern}\n`),
    );
  }
  if (typeof found === "string") throw notWritten(path, found);
  const isEnded = found.bytes.length === 0 || found.bytes.at(-1) === 0x0a;
  await onDisk(path, () => append(found.path, 0, `${isEnded ? "" : "\n"}${ignorePattern}\n`));
}

/** Windows knows neither of the last two. */
const appendFlags =
  constants.O_WRONLY |
  constants.O_APPEND |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0);

async function append(path: string, flags: number, text: string): Promise<void> {
  const file = await open(path, appendFlags | flags);
  try {
    if (!(await file.stat()).isFile()) throw notWritten(path, "no-file");
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

function notWritten(path: string, why: "folder" | "no-file" | "link-out" | "too-long"): ClipError {
  switch (why) {
    case "link-out":
      return new ClipError(
        "outside",
        l10n.t(
          "“{0}” is a link that leads out of its folder, so nothing was written. Add “{1}” where you want it.",
          path,
          ignorePattern,
        ),
      );
    case "too-long":
      return new ClipError(
        "not-ours",
        l10n.t(
          "“{0}” is longer than {1} MB, so nothing was written. Add “{2}” where you want it.",
          path,
          mostForeignBytes / 2 ** 20,
          ignorePattern,
        ),
      );
    default:
      return new ClipError("not-ours", l10n.t("“{0}” is not a file. Move or rename it.", path));
  }
}
