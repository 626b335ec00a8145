import assert from "node:assert/strict";
import { copyFile, link, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { openPreview } from "../../../src/preview/openPreview.ts";
import { previewInput } from "../../faults/stage.ts";
import { namesIn, newClip, pictureOf, placesOf, useClipFolder } from "./scratch.ts";

describe("ClipStore, opened and looked at again", () => {
  const { scratch, folder, inFolder, openWith } = useClipFolder();

  /** What may be amiss in a folder of the clips a and b, and what is seen of it all the same. */
  const messes: readonly {
    readonly what: string;
    readonly make: () => Promise<unknown>;
    readonly seen?: readonly (readonly [string, number | undefined])[];
    readonly warns?: RegExp;
  }[] = [
    {
      what: "a damaged manifest",
      make: () => writeFile(inFolder("manifest.json"), "{"),
      warns:
        /manifest\.json” could not be read\. It is set aside when the script is next previewed/,
    },
    {
      what: "no manifest",
      make: () => rm(inFolder("manifest.json")),
      warns: /talk\.speech” is missing\. It is made anew .* when the script is next previewed/,
    },
    {
      what: "a manifest that says something else",
      make: () =>
        writeFile(inFolder("manifest.json"), '{"version":1,"document":"talk.md","clips":[]}'),
    },
    {
      what: "leftovers of a crash",
      make: async () => {
        await writeFile(inFolder("flush_002.0123456789ab.tmp"), "half");
        await writeFile(inFolder("manifest.0123456789ab.tmp"), "half");
        await writeFile(inFolder(".lock.0123456789ab.tmp"), "half");
        await writeFile(inFolder(".lock"), "");
      },
    },
    {
      what: "a whole clip under a temporary name",
      make: () => rename(inFolder("flush_001.wav"), inFolder("flush_001.0123456789ab.tmp")),
    },
    {
      what: "a whole clip under a temporary name whose place is taken",
      make: async () => {
        await copyFile(inFolder("flush_001.wav"), inFolder("flush_000.0123456789ab.tmp"));
        await rm(inFolder("flush_001.wav"));
      },
      seen: [
        ["a", 0],
        ["b", undefined],
      ],
    },
    {
      what: "two clips of one segment",
      make: async () => {
        const raw = await ClipStore.open({
          folder: join(scratch(), "raw.speech"),
          documentName: "talk.md",
          container: "raw",
        });
        await raw.save(newClip(0, "c"));
        await link(join(raw.folder, "flush_000.pcm"), inFolder("flush_000.pcm"));
        await copyFile(join(raw.folder, "manifest.json"), inFolder("manifest.json"));
        await rm(raw.folder, { recursive: true });
      },
      seen: [
        ["c", 0],
        ["b", 1],
        ["a", undefined],
      ],
    },
    {
      what: "links",
      make: async () => {
        await symlink(inFolder("flush_000.wav"), inFolder("flush_002.wav"));
        await symlink(inFolder("flush_000.wav"), inFolder("flush_003.0123456789ab.tmp"));
      },
    },
    { what: "an empty folder of takes", make: () => mkdir(inFolder("takes")) },
  ];

  for (const {
    what,
    make,
    seen = [
      ["a", 0],
      ["b", 1],
    ],
    warns,
  } of messes) {
    it(`changes nothing where there is ${what}, and shows what there is`, async () => {
      await openWith("a", "b");
      await make();
      const before = await pictureOf(scratch());
      const store = await ClipStore.open({ folder: folder(), documentName: "talk.md" });
      assert.deepEqual(placesOf(store.clips()), seen);
      if (warns) assert.match(store.notices.join(), warns);
      else assert.deepEqual(store.notices, []);
      await store.refresh();
      assert.deepEqual(await pictureOf(scratch()), before);

      await store.tidy();
      assert.deepEqual(placesOf(store.clips()), seen);
      const again = await ClipStore.open({ folder: folder(), documentName: "talk.md" });
      assert.deepEqual(again.notices, []);
      assert.deepEqual(again.clips(), store.clips());
    });
  }

  it("sets a damaged manifest aside at the first change, and says under which name", async () => {
    await openWith("a", "b");
    await writeFile(inFolder("manifest.json"), "{");
    const store = await ClipStore.open({ folder: folder(), documentName: "talk.md" });
    await store.setLocked(1, true);
    const aside = (await namesIn(folder())).find((name) => name.endsWith(".bad.json"));
    assert.equal(store.notices.length, 1);
    assert.ok(aside !== undefined && store.notices[0]?.includes(aside), store.notices[0]);
  });
});

describe("A preview that is opened and read", () => {
  const { scratch, inFolder, openWith } = useClipFolder();

  it("changes nothing on disk before it is settled, however damaged its clips are", async () => {
    await openWith("a", "b");
    await writeFile(inFolder("manifest.json"), "damaged");
    await writeFile(inFolder("flush_002.0123456789ab.tmp"), "half");
    const path = join(scratch(), "talk.md");
    await writeFile(path, "One.<flush/>Two.");
    const before = await pictureOf(scratch());
    const { preview, notices } = await openPreview(
      {
        uri: `file://${path}`,
        path,
        audioFolder: "",
        workspaceRoot: scratch(),
        storage: undefined,
        container: "wav",
      },
      { report: () => {}, trace: () => {} },
    );
    preview.read(previewInput("One.<flush/>Two."));
    assert.match(notices.join(), /is set aside when the script is next previewed/);
    assert.equal(preview.segments().length, 2);
    preview.plan({ kind: "script" });
    assert.deepEqual(await pictureOf(scratch()), before);

    await preview.settle();
    const names = await namesIn(join(scratch(), "talk.speech"));
    assert.ok(names.some((name) => name.endsWith(".bad.json")));
    assert.ok(names.every((name) => !name.endsWith(".tmp")));
  });
});
