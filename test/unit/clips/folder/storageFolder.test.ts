import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, readdir, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { ClipStore } from "../../../../src/clips/clipStore.ts";
import {
  cleanStorage,
  noteClosed,
  noteOpen,
  setStoredAside,
  storageFolder,
} from "../../../../src/clips/folder/storageFolder.ts";
import { newClip, useScratchFolder } from "../scratch.ts";

const untitled = "untitled:Untitled-1";
const otherWindow = join(process.cwd(), "test", "unit", "clips", "untitledChild.ts");
const day = 24 * 3_600_000;

describe("Clips in the extension's storage", () => {
  const scratch = useScratchFolder();
  const save = async (uri: string): Promise<ClipStore> => {
    const store = await ClipStore.open(storageFolder(scratch(), uri));
    await store.save(newClip(0, "a"));
    return store;
  };
  const folders = (): Promise<string[]> => readdir(join(scratch(), "clips"));
  /** As if what lies in a folder had been saved so long ago. */
  const age = async (folder: string, days: number): Promise<void> => {
    const then = (Date.now() - days * day) / 1000;
    for (const path of [join(folder, "manifest.json"), folder]) await utimes(path, then, then);
  };

  it("are not those of the next document of the same name", async () => {
    await save(untitled);
    const other = await save("untitled:Untitled-2");
    await setStoredAside(scratch(), untitled);
    const next = await ClipStore.open(storageFolder(scratch(), untitled));
    assert.deepEqual(next.clips(), []);
    await next.save(newClip(0, "b"));
    await other.refresh();
    assert.equal(other.clips().length, 1);
    await setStoredAside(scratch(), "untitled:Untitled-3");
  });

  it("are left to a document of the same name that another window has open", async () => {
    const store = await save(untitled);
    const other = spawn(process.execPath, [otherWindow, scratch(), untitled], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(other, "exit");
    await Promise.race([once(other.stdout, "data"), ended]);
    await setStoredAside(scratch(), untitled);
    await store.refresh();
    assert.equal(store.clips().length, 1);
    other.kill("SIGKILL");
    await ended;
    await noteOpen(scratch(), untitled); // this window's own hinders nothing
    await setStoredAside(scratch(), untitled);
    await store.refresh();
    assert.deepEqual(store.clips(), []);
    await cleanStorage(scratch(), Date.now());
    const marks = (await folders()).filter((name) => name.endsWith(".open"));
    assert.equal(marks.length, 1, "what the window left that ended is gone");
  });

  it("are kept while somebody may ask for them, and removed three months later", async () => {
    await save(untitled);
    await setStoredAside(scratch(), untitled);
    const old = await save(untitled);
    const path = join(scratch(), "talk.md");
    await writeFile(path, "One.");
    const ofFile = await save(pathToFileURL(path).href);
    const ofLostFile = await save(pathToFileURL(join(scratch(), "lost.md")).href);
    const before = await folders();
    for (const { folder } of [old, ofFile, ofLostFile]) await age(folder, 80);
    await cleanStorage(scratch(), Date.now());
    assert.deepEqual(await folders(), before);
    for (const { folder } of [old, ofFile, ofLostFile]) await age(folder, 100);
    await cleanStorage(scratch(), Date.now());
    const [former, file, ...others] = (await folders()).sort((a, b) => b.length - a.length);
    assert.match(former ?? "", /\.former$/);
    assert.deepEqual([file && join(scratch(), "clips", file), others], [ofFile.folder, []]);
    await cleanStorage(scratch(), Date.now() + 100 * day);
    assert.equal((await folders()).length, 1);
  });

  it("are kept while their document is open, for months if need be", async () => {
    const { folder } = await save(untitled);
    await noteOpen(scratch(), untitled);
    await age(folder, 100);
    await cleanStorage(scratch(), Date.now());
    assert.ok((await folders()).includes(basename(folder)));
  });

  it("are kept for a document that VS Code brings back, however long after the window ended", async () => {
    const store = await save(untitled);
    const other = spawn(process.execPath, [otherWindow, scratch(), untitled], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(other, "exit");
    await Promise.race([once(other.stdout, "data"), ended]);
    other.kill("SIGKILL");
    await ended;
    // A new document of this name begins in another window, and ends.
    await setStoredAside(scratch(), untitled);
    await noteClosed(scratch(), untitled);
    for (const folder of await folders()) {
      if (folder.endsWith(".former")) await age(join(scratch(), "clips", folder), 100);
    }
    for (const years of [0, 2]) await cleanStorage(scratch(), Date.now() + years * 365 * day);
    await noteOpen(scratch(), untitled);
    await store.refresh();
    assert.equal(store.clips().length, 1);
    await noteClosed(scratch(), untitled);
    await cleanStorage(scratch(), Date.now() + 100 * day);
    assert.deepEqual(await folders(), [], "it was closed, and does not come back");
  });

  it("are not kept for a process that has the number of one that ended", async () => {
    await save(untitled);
    await noteOpen(scratch(), untitled);
    const [mark = ""] = (await folders()).filter((name) => name.endsWith(".open"));
    const path = join(scratch(), "clips", mark);
    const said = JSON.parse(await readFile(path, "utf8")) as object;
    const reused = path.replace(`.${process.pid}.`, `.${process.ppid}.`);
    await writeFile(reused, JSON.stringify({ ...said, pid: process.ppid, began: "1" }));
    await noteClosed(scratch(), untitled);
    await setStoredAside(scratch(), untitled);
    const next = await ClipStore.open(storageFolder(scratch(), untitled));
    assert.deepEqual(next.clips(), []);
  });

  it("are all that is removed", async () => {
    await cleanStorage(scratch(), Date.now());
    await mkdir(join(scratch(), "clips", "mine"), { recursive: true });
    await cleanStorage(scratch(), Date.now() + 1000 * day);
    assert.deepEqual(await folders(), ["mine"]);
  });
});
