import * as l10n from "@vscode/l10n";

/**
 * Why clips could not be had or kept:
 * - `disk`: the file system refused;
 * - `busy`: another window or process writes there;
 * - `not-ours`: something that we did not make stands in the way;
 * - `newer`: the manifest is of a newer version than we know;
 * - `outside`: the place is not inside the folder where clips may lie;
 * - `unsafe`: its path can't be put into a terminal without something acting on it.
 */
export type ClipErrorCode = "disk" | "busy" | "not-ours" | "newer" | "outside" | "unsafe";

/** A failure with clips on disk. Its message is for the user: it names the path, and what to do. */
export class ClipError extends Error {
  override readonly name = "ClipError";
  readonly code: ClipErrorCode;

  constructor(code: ClipErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether `error` comes from the file system, with this code if one is given. */
export function isDiskError(error: unknown, code?: string): error is NodeJS.ErrnoException {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string")
    return false;
  return code === undefined ? /^E[A-Z0-9]+$/.test(error.code) : error.code === code;
}

/**
 * Does `work` on the file or folder at `path`.
 * @throws {ClipError} `disk`, naming the path, where the file system refuses.
 */
export async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isDiskError(cause)) throw cause;
    throw new ClipError("disk", explain(cause, path), { cause });
  }
}

/** What a link is refused by: it may lead anywhere. */
export function isLink(path: string): ClipError {
  return new ClipError(
    "outside",
    l10n.t("“{0}” is a link, which is not followed. Remove it.", path),
  );
}

/** Says that a file is gone that was there. */
export function vanished(path: string): string {
  return l10n.t("“{0}” has vanished. Preview the script again.", path);
}

function explain({ code, message }: NodeJS.ErrnoException, path: string): string {
  const elsewhere = "scriptedSpeech.audio.folder";
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return l10n.t("The disk is full: “{0}” can't be written. Make room and try again.", path);
    case "EACCES":
    case "EPERM":
    case "EBUSY":
      return l10n.t(
        "There is no permission for “{0}”, or another program uses it. Change that, or choose another place with the setting “{1}”.",
        path,
        elsewhere,
      );
    case "EROFS":
      return l10n.t(
        "“{0}” lies on a disk that can only be read. Save the document elsewhere, or choose another place with the setting “{1}”.",
        path,
        elsewhere,
      );
    case "ENOTDIR":
    case "EEXIST":
      return l10n.t(
        "A file stands where a folder is needed for “{0}”. Move or rename that file.",
        path,
      );
    case "ENAMETOOLONG":
      return l10n.t(
        "The name “{0}” is too long for the disk. Give the document a shorter name.",
        path,
      );
    case "ENOENT":
      return vanished(path);
    default:
      return l10n.t(
        "The disk refused “{0}” ({1}). Try again, or choose another place with the setting “{2}”.",
        path,
        message,
        elsewhere,
      );
  }
}
