import * as l10n from "@vscode/l10n";
import { isDiskError } from "../../clips/model/clipError.ts";

/**
 * Why nothing was exported:
 * - `not-spoken`, `changed`: segments have no clip, or one of something else;
 * - `nothing`: there is no sound at all;
 * - `exists`: a file is there that was not to be replaced;
 * - `pattern`: the names that files shall get can't be had;
 * - `no-ffmpeg`: the format needs ffmpeg, which is not there;
 * - `ffmpeg`: ffmpeg failed;
 * - `clip`: a clip has vanished, or is not what it was;
 * - `disk`: the file system refused.
 */
export type ExportErrorCode =
  | "not-spoken"
  | "changed"
  | "nothing"
  | "exists"
  | "pattern"
  | "no-ffmpeg"
  | "ffmpeg"
  | "clip"
  | "disk";

/** An export that did not come about; nothing of it is left. Its message is for the user: what is wrong, and what to do. */
export class ExportError extends Error {
  override readonly name = "ExportError";
  readonly code: ExportErrorCode;

  constructor(code: ExportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Does `work`, which writes the file or folder at `path`.
 * @throws {ExportError} `disk`, naming the path, where the file system refuses.
 */
export async function writing<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (!isDiskError(cause)) throw cause;
    throw new ExportError("disk", explain(cause, path), { cause });
  }
}

function explain({ code, message }: NodeJS.ErrnoException, path: string): string {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return l10n.t(
        "The disk is full: “{0}” can't be written. Make room, or export to another disk.",
        path,
      );
    case "EFBIG":
      return l10n.t(
        "“{0}” would be too large for its disk. Export to another disk, or in a smaller format.",
        path,
      );
    case "EACCES":
    case "EPERM":
    case "EBUSY":
      return l10n.t(
        "There is no permission for “{0}”, or another program uses it. Change that, or export to another place.",
        path,
      );
    case "EROFS":
      return l10n.t("“{0}” lies on a disk that can only be read. Export to another place.", path);
    case "ENOENT":
    case "ENOTDIR":
      return l10n.t("The folder of “{0}” is not there. Make it, or export to another place.", path);
    case "EEXIST":
    case "EISDIR":
      return l10n.t(
        "Something else has the name “{0}”. Move or rename it, or export to another place.",
        path,
      );
    case "ENAMETOOLONG":
      return l10n.t("The name “{0}” is too long for the disk. Choose a shorter one.", path);
    default:
      return l10n.t(
        "The disk refused “{0}” ({1}). Try again, or export to another place.",
        path,
        message,
      );
  }
}
