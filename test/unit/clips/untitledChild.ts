import { noteOpen } from "../../../src/clips/folder/storageFolder.ts";

/** A process that has the document `argv[3]` open, whose clips lie in the storage `argv[2]`, until it is killed. */
const [, , storage = "", uri = ""] = process.argv;
await noteOpen(storage, uri);
process.stdout.write("open\n");
setInterval(() => {}, 60_000);
