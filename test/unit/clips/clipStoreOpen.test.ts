import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import {
  copyFile,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { encodeWav } from "../../../src/audio/wav.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { listen, namesIn, newClip, placesOf, useClipFolder, wanted } from "./scratch.ts";

describe("ClipStore, opened", () => {
  const { scratch, folder, inFolder, open, openWith, readManifest } = useClipFolder();

  it("finds what was saved, and writes nothing", async () => {
    const store = await openWith("a", "b");
    await store.save(newClip(1, "c"));
    const { mtimeMs } = await fileSystem.stat(folder());
    const again = await open();
    assert.deepEqual(again.clips(), store.clips());
    assert.equal((await fileSystem.stat(folder())).mtimeMs, mtimeMs);
    assert.deepEqual(again.notices, []);
  });

  it("leaves a manifest alone that is laid out another way", async () => {
    await openWith("a");
    const text = `\uFEFF${JSON.stringify(await readManifest())}\r\n`;
    await writeFile(inFolder("manifest.json"), text);
    await open();
    assert.equal(await readFile(inFolder("manifest.json"), "utf8"), text);
  });

  for (const container of ["wav", "raw"] as const) {
    it(`reads a ${container} clip from before its making was measured, and leaves its manifest alone`, async () => {
      const store = await open("talk.md", { container });
      const unmeasured = { synthesisMs: null, audible: null };
      const clip = await store.save(newClip(0, "a", unmeasured));
      if (container === "wav") {
        const { comment = "", ...info } = (await listen(clip.path)).info;
        const said = JSON.parse(comment) as Record<string, unknown>;
        delete said["synthesisMs"];
        delete said["audible"];
        const { format, samples, cues } = await listen(clip.path);
        const old = encodeWav({
          format,
          samples,
          cues,
          info: { ...info, comment: JSON.stringify(said) },
        });
        await writeFile(clip.path, old);
      }
      const before = await readFile(inFolder("manifest.json"), "utf8");
      assert.doesNotMatch(before, /synthesisMs|audible"/);
      const [again] = (await open("talk.md", { container })).clips();
      assert.deepEqual([again?.synthesisMs, again?.audible], [null, null]);
      assert.equal(await readFile(inFolder("manifest.json"), "utf8"), before);
    });
  }

  it("believes no audible stretch that the sound can't have", async () => {
    const store = await open();
    for (const audible of [
      { start: 0, end: 99 },
      { start: 0.01, end: 0.001 },
      { start: -1, end: 0.001 },
      { start: NaN, end: 0.001 },
    ]) {
      assert.equal((await store.save(newClip(0, "a", { audible }))).audible, null);
    }
  });

  it("makes a missing manifest anew from the files", async () => {
    const store = await openWith("a", "b");
    const before = await readManifest();
    await rm(inFolder("manifest.json"));
    assert.deepEqual((await open()).clips(), store.clips());
    assert.deepEqual(await readManifest(), before);
  });

  it("believes the files before the manifest", async () => {
    await openWith("a", "b", "c");
    await rm(inFolder("flush_000.wav"));
    await rename(inFolder("flush_001.wav"), inFolder("flush_009.wav"));
    await copyFile(inFolder("flush_002.wav"), inFolder("flush_003.wav"));
    const places = [
      ["c", 2],
      ["c", 3],
      ["b", 9],
    ];
    assert.deepEqual(placesOf((await open()).clips()), places);
    assert.deepEqual(
      (await readManifest()).clips.map((clip) => [clip.identity, clip.segment]),
      places,
    );
  });

  it("shows no clip that is cut off, wherever", async () => {
    await openWith("a", "b");
    const { size } = await fileSystem.stat(inFolder("flush_000.wav"));
    for (const length of [size - 1, size - 30, 300, 244, 100, 20, 0]) {
      await truncate(inFolder("flush_000.wav"), length);
      assert.deepEqual(
        (await open()).clips().map(({ identity }) => identity),
        ["b"],
      );
    }
  });

  const damaged: readonly (readonly [what: string, text: string])[] = [
    ["no JSON", '{ "version": 1, "clips": ['],
    ["not an object", "[1]"],
    ["without a version", '{ "document": "talk.md", "clips": [] }'],
    ["of no version", '{ "version": 0, "document": "talk.md", "clips": [] }'],
    ["without a document", '{ "version": 1, "clips": [] }'],
    ["without clips", '{ "version": 1, "document": "talk.md" }'],
    ["with odd clips", '{ "version": 1, "document": "talk.md", "clips": [{ "file": 3 }] }'],
  ];
  for (const [what, text] of damaged) {
    it(`sets aside a manifest that is ${what}, and says so`, async () => {
      const before = await openWith("a");
      await writeFile(inFolder("manifest.json"), text);
      const store = await open();
      assert.deepEqual(store.clips(), before.clips());
      const aside = (await namesIn(folder())).find((name) =>
        /^manifest\..*\.bad\.json$/.test(name),
      );
      assert.equal(await readFile(inFolder(aside ?? ""), "utf8"), text);
      assert.equal(store.notices.length, 1);
      assert.match(store.notices[0] ?? "", /manifest\.json.*could not be read/);
      assert.equal((await readManifest()).clips.length, 1);
    });
  }

  it("plays, but does not touch, what a newer version wrote", async () => {
    await openWith("a", "b");
    const text = '{ "version": 2, "document": "talk.md", "segments": {} }';
    await writeFile(inFolder("manifest.json"), text);
    await writeFile(inFolder("flush_000.0123456789ab.tmp"), "half");
    const before = await namesIn(folder());
    const store = await open();
    assert.deepEqual(
      store.clips().map(({ identity }) => identity),
      ["a", "b"],
    );
    assert.match(store.notices.join(), /newer version/);
    const refused = { code: "newer", message: /manifest\.json.*Update/ };
    await assert.rejects(store.save(newClip(0, "c")), refused);
    await assert.rejects(store.arrange(wanted("b", "a")), refused);
    assert.equal(await readFile(inFolder("manifest.json"), "utf8"), text);
    assert.deepEqual(await namesIn(folder()), before);
  });

  it("refuses another document's folder, also one that became another's meanwhile", async () => {
    const early = await open("talk.txt");
    await openWith("a");
    const refused = { code: "not-ours", message: /talk\.md/ };
    await assert.rejects(open("talk.txt"), refused);
    await assert.rejects(early.save(newClip(0, "b")), refused);
    assert.equal((await listen(inFolder("flush_000.wav"))).identity, "a");
  });

  it("refuses a file in the folder's place", async () => {
    await writeFile(folder(), "mine");
    await assert.rejects(open(), { code: "not-ours", message: /talk\.speech/ });
  });

  it("refuses a folder that is a link out, also one that became it meanwhile", async () => {
    const store = await open();
    await mkdir(join(scratch(), "work"));
    await mkdir(join(scratch(), "elsewhere"));
    const link = join(scratch(), "work", "talk.speech");
    const inWork = { folder: link, documentName: "talk.md" };
    const early = await ClipStore.open(inWork);
    await symlink(join(scratch(), "elsewhere"), link);
    await assert.rejects(ClipStore.open(inWork), { code: "outside" });
    await assert.rejects(early.save(newClip(0, "a")), { code: "outside" });
    assert.deepEqual(await namesIn(join(scratch(), "elsewhere")), []);
    assert.deepEqual(store.clips(), []);
  });

  it("removes what a crash left half-written, and adopts what is whole", async () => {
    await openWith("a", "b");
    await copyFile(inFolder("flush_001.wav"), inFolder("flush_007.0123456789ab.tmp"));
    await rename(inFolder("flush_000.wav"), inFolder("flush_001.0123456789ab.tmp"));
    await writeFile(inFolder("flush_002.0123456789ab.tmp"), "half");
    await writeFile(inFolder("manifest.0123456789ab.tmp"), "half");
    const store = await open();
    assert.deepEqual(placesOf(store.clips()), [
      ["b", 1],
      ["b", 7],
      ["a", undefined],
    ]);
    assert.ok((await namesIn(folder())).every((name) => !name.endsWith(".tmp")));
  });
});
