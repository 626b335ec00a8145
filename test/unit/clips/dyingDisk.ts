import * as fileSystem from "node:fs/promises";
import type { Disk } from "../../../src/clips/model/disk.ts";

/**
 * A disk of a process that is killed before its change number `steps`: a file that is being written then is left half,
 * and nothing else is done any more.
 */
export function dyingDisk(steps: number): { readonly disk: Disk; readonly isDead: () => boolean } {
  let left = steps;
  const die = (): never => {
    left = -1;
    throw Object.assign(new Error("EIO: killed"), { code: "EIO", syscall: "write" });
  };
  const live = (): void => {
    if (left < 0) die();
  };
  const change = (): void => {
    live();
    if (left-- === 0) die();
  };
  const guard =
    <A extends unknown[], R>(check: () => void, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      check();
      return work(...args);
    };
  const openFile: Disk["open"] = async (path, flags, mode) => {
    (flags === "wx" ? change : live)();
    const file = await fileSystem.open(path, flags, mode);
    const write = file.writeFile.bind(file);
    file.writeFile = async (data) => {
      if (left !== 0) return guard(change, write)(data);
      await write((data as Uint8Array).subarray(0, (data as Uint8Array).length / 2));
      return die();
    };
    file.sync = guard(change, file.sync.bind(file));
    return file; // its close stays as it is: the system closes the files of the dead
  };
  const disk = {
    lstat: guard(live, fileSystem.lstat),
    readdir: guard(live, fileSystem.readdir),
    readFile: guard(live, fileSystem.readFile),
    realpath: guard(live, fileSystem.realpath),
    mkdir: guard(change, fileSystem.mkdir),
    rename: guard(change, fileSystem.rename),
    rm: guard(change, fileSystem.rm),
    open: openFile,
  } as unknown as Disk;
  return { disk, isDead: () => left < 0 };
}
