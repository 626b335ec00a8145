import { mkdtemp, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClipStore } from "../../src/clips/clipStore.ts";
import { encodeClip } from "../../src/clips/files/wavClip.ts";
import { measure, printFigures, type Figure } from "./figures.ts";
import { clipOf, writeScriptWithClips } from "./scriptWithClips.ts";

const clips = 500;

/** How long it takes to open a folder of clips, and to save one more. */
export async function benchClips(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "bench-clips-"));
  try {
    await writeScriptWithClips(scratch, "talk", { segments: clips });
    const folder = join(scratch, "talk.speech");
    const figures = [...(await measureOpening(folder)), ...(await measureSaving(folder, scratch))];
    printFigures(`clips: a folder of ${clips}`, figures);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const openStore = (folder: string): Promise<ClipStore> =>
  ClipStore.open({ folder, documentName: "talk.md" });

async function measureOpening(folder: string): Promise<Figure[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".wav"));
  const read = await measure(10, async () => {
    for (const name of names) await readFile(join(folder, name));
  });
  const opened = await measure(10, () => openStore(folder));
  const store = await openStore(folder);
  const refreshed = await measure(10, () => store.refresh());
  const against = { name: "reading its files", samples: read };
  return [
    { name: "reading its files, one after the other", samples: read, unit: "ms" },
    { name: "ClipStore.open", samples: opened, unit: "ms", against },
    { name: "ClipStore.refresh, nothing changed", samples: refreshed, unit: "ms", against },
  ];
}

async function measureSaving(folder: string, scratch: string): Promise<Figure[]> {
  const bytes = encodeClip(clipOf(0, "A sentence that is saved.", { seconds: 2 }));
  const target = join(scratch, "plain.wav");
  const write = async (synced: boolean): Promise<void> => {
    const file = await open(`${target}.aside`, "w");
    await file.writeFile(bytes);
    if (synced) await file.sync();
    await file.close();
    await rename(`${target}.aside`, target);
  };
  const plain = await measure(30, async () => {
    await writeFile(`${target}.aside`, bytes);
    await rename(`${target}.aside`, target);
  });
  const synced = await measure(30, () => write(true));
  const store = await openStore(folder);
  let next = 0;
  const saved = await measure(30, () =>
    store.save(clipOf(next, `A sentence that is saved, ${next++}.`, { seconds: 2 })),
  );
  const against = { name: "writeFile, rename", samples: plain };
  const kilobytes = Math.round(bytes.length / 1024);
  return [
    { name: `writeFile, rename of ${kilobytes} kB`, samples: plain, unit: "ms" },
    { name: "writeFile, fsync, rename of the same", samples: synced, unit: "ms", against },
    { name: "ClipStore.save of the same", samples: saved, unit: "ms", against },
  ];
}
