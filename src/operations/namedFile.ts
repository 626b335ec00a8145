import { dirname, resolve } from "node:path";
import { isInside } from "../clips/model/disk.ts";
import { mostForeignBytes, readForeignFile } from "../clips/model/foreignFile.ts";
import { UsageError } from "./exitCodes.ts";
import { standard, type Inputs } from "./standardInput.ts";

/**
 * Reads a file that was named on the command line, or standard input: a regular one of a few MB at most. A link is followed where it stays inside
 * the working folder or, of a file that is named outside of it, inside that file's own folder: what a stranger's repository
 * holds leads nowhere else.
 * @returns nothing where there is none.
 * @throws UsageError where it can't be read, or is not to be.
 */
export async function readNamedFile(
  name: string,
  { cwd, standardInput }: Inputs,
): Promise<Uint8Array | undefined> {
  if (name === standard) return standardInput.read();
  const path = resolve(cwd, name);
  const folders = isInside(path, cwd) ? [cwd] : [cwd, dirname(path)];
  const found = await readForeignFile(path, folders).catch((error: NodeJS.ErrnoException) => {
    if (isNoPath(error)) return "absent" as const;
    throw new UsageError(unreadable(name, error), { cause: error });
  });
  switch (found) {
    case "absent":
      return undefined;
    case "folder":
      throw new UsageError(`“${name}” is a folder. Name the scripts in it.`);
    case "no-file":
      throw new UsageError(`“${name}” is a device or a pipe. Name a file.`);
    case "link-out":
      throw new UsageError(
        `“${name}” is a link that leads out of “${folders.at(-1)}”. Name the file that it leads to, if that is meant.`,
      );
    case "too-long":
      throw new UsageError(
        `“${name}” is longer than ${mostForeignBytes / 2 ** 20} MB, which nobody writes by hand. Divide it, or name another file.`,
      );
    default:
      return found.bytes;
  }
}

function unreadable(name: string, { code, message }: NodeJS.ErrnoException): string {
  return code === "EACCES" || code === "EPERM"
    ? `“${name}” may not be read: there is no permission.`
    : `“${name}” can't be read: ${message}.`;
}

/** A name that no file has: below a file, too long, or with signs that the system does not take. */
function isNoPath({ code }: NodeJS.ErrnoException): boolean {
  return ["ENOTDIR", "ENAMETOOLONG", "EINVAL", "ERR_INVALID_ARG_VALUE"].includes(code ?? "");
}
