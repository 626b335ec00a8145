import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { basename, join } from "node:path";
import type { NewClip } from "../../../src/clips/model/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { copyClips } from "../../../src/clips/copyClips.ts";
import type { Disk } from "../../../src/clips/model/disk.ts";
import { namesIn, newClip, useScratchFolder } from "./scratch.ts";

const count = 60;
/** So long that what is said of some clips is a long manifest. */
const transcript = "A long text. ".repeat(300);
/** Of the manifest that there is in the end: as much as a list takes that is written anew with each eighth. */
const most = 12;

describe("What is written of clips beside their sound", () => {
  const scratch = useScratchFolder();
  /** A disk that counts the bytes written to indexes. */
  const countingDisk = (): { disk: Disk; written: () => number } => {
    let written = 0;
    const open: Disk["open"] = async (path, flags, mode) => {
      const file = await fileSystem.open(path, flags, mode);
      const write = file.writeFile.bind(file);
      file.writeFile = async (data) => {
        if (basename(String(path)).startsWith("manifest.")) written += (data as Uint8Array).length;
        return write(data);
      };
      return file;
    };
    return { disk: { ...fileSystem, open }, written: () => written };
  };
  const place = (name: string) => ({
    folder: join(scratch(), name),
    documentName: "talk.md",
    within: scratch(),
    home: scratch(),
  });
  const assertBounded = async (store: ClipStore, written: number): Promise<void> => {
    const { length } = await fileSystem.readFile(join(store.folder, "manifest.json"));
    assert.ok(written <= most * length, `${written} bytes for ${length}`);
    assert.deepEqual(
      (await namesIn(store.folder)).filter((name) => name.startsWith("manifest")),
      ["manifest.json"],
    );
  };
  const clipAt = (at: number): NewClip => newClip(at, `clip ${at}`, { transcript });

  for (const container of ["wav", "raw"] as const) {
    for (const as of ["clips", "takes"] as const) {
      it(`grows with the ${as} of a run, not with their square (${container})`, async () => {
        const { disk, written } = countingDisk();
        const takesKeep = (): number => count;
        const options = { ...place("talk.speech"), container, disk, takesKeep };
        const store = await ClipStore.open(options);
        await store.claim();
        for (let at = 0; at < count; at++) {
          if (as === "takes") await store.saveTake(clipAt(at));
          else await store.saveUnlessDecided(clipAt(at), 0);
        }
        const before = await ClipStore.open(options);
        assert.equal(before.clips().length, count, "each is known at once");
        await store.finish();
        await assertBounded(store, written());
        assert.deepEqual((await ClipStore.open(options)).clips(), store.clips());
      });
    }

    it(`grows with the clips that are copied (${container})`, async () => {
      const from = await ClipStore.open({ ...place("talk.speech"), container });
      for (let at = 0; at < count; at++) await from.save(clipAt(at));
      const { disk, written } = countingDisk();
      const copy = await copyClips(from, place("copy.speech"), { container, disk });
      await assertBounded(copy, written());
      assert.equal(copy.clips().length, count);
    });
  }
});
