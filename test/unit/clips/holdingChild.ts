import * as fileSystem from "node:fs/promises";
import { FolderLock } from "../../../src/clips/folder/folderLock.ts";

/** A process that holds the lock of the folder `argv[2]`, until it is killed. */
const [, , folder = ""] = process.argv;
await new FolderLock(folder, fileSystem, 10_000).hold(folder, async () => {
  process.stdout.write("held\n");
  await new Promise(() => setInterval(() => {}, 60_000));
});
