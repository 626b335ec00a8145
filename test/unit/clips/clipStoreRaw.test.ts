import assert from "node:assert/strict";
import { copyFile, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import type { ClipStore } from "../../../src/clips/clipStore.ts";
import {
  namesIn,
  newClip,
  placesOf,
  soundOf,
  useClipFolder,
  withoutPlace,
  wanted,
} from "./scratch.ts";

describe("ClipStore, with raw clips", () => {
  const { folder, inFolder, open, openWith, readManifest } = useClipFolder();
  const openRaw = (): Promise<ClipStore> => open("talk.md", { container: "raw" });
  const openRawWith = async (...identities: readonly string[]): Promise<ClipStore> => {
    const store = await openRaw();
    for (const [at, identity] of identities.entries()) await store.save(newClip(at, identity));
    return store;
  };

  it("writes exactly the samples", async () => {
    const store = await openRaw();
    const clip = await store.save(newClip(2, "a"));
    assert.deepEqual(Uint8Array.from(await readFile(inFolder("flush_002.pcm"))), soundOf("a"));
    assert.deepEqual(await namesIn(folder()), ["flush_002.pcm", "manifest.json"]);
    assert.deepEqual([clip.container, clip.path], ["raw", inFolder("flush_002.pcm")]);
  });

  it("leaves out a part of a sample at the end", async () => {
    const store = await openRaw();
    const { bytes } = await store.save(newClip(0, "a", { samples: new Uint8Array(7) }));
    assert.equal(bytes, 6);
    assert.equal((await stat(inFolder("flush_000.pcm"))).size, 6);
  });

  it("takes the samples as they are at the call", async () => {
    const store = await openRaw();
    const samples = soundOf("a");
    const saving = store.save(newClip(0, "a", { samples }));
    samples.fill(0);
    await saving;
    assert.deepEqual(Uint8Array.from(await readFile(inFolder("flush_000.pcm"))), soundOf("a"));
  });

  it("knows of a raw clip all that a WAV file would say", async () => {
    const words = [
      { text: "late", start: 0.01, end: 99 },
      { text: "odd", start: 0.00101, end: 0.0049 },
      { text: "broken", start: NaN, end: -1 },
    ];
    const facts = { words, flushIds: [null, 3], transcript: "Grüß dich,\n你好!" };
    await (await openRaw()).save(newClip(0, "a", facts));
    await (await open()).save(newClip(1, "a", facts));
    const [raw, wav] = (await openRaw()).clips();
    assert.ok(raw && wav);
    assert.deepEqual(withoutPlace(raw), withoutPlace(wav));
    assert.equal(raw.words.length, 3);
  });

  it("finds what was saved, and writes nothing", async () => {
    const store = await openRawWith("a", "b");
    await store.save(newClip(1, "c"));
    const { mtimeMs } = await stat(folder());
    const again = await openRaw();
    assert.deepEqual(again.clips(), store.clips());
    assert.equal((await stat(folder())).mtimeMs, mtimeMs);
    assert.deepEqual(again.notices, []);
  });

  it("makes a clip of another identity a take, which is found again", async () => {
    const store = await openRawWith("a");
    await store.save(newClip(0, "b"));
    assert.match(store.find("a")[0]?.path ?? "", /take_[0-9a-f]{16}_20260131T120000000Z\.pcm$/);
    await store.arrange(wanted("a"));
    assert.deepEqual(placesOf(store.clips()), [
      ["a", 0],
      ["b", undefined],
    ]);
  });

  it("knows clips by their samples, wherever they were moved", async () => {
    await openRawWith("a", "b");
    await rename(inFolder("flush_000.pcm"), inFolder("flush_007.pcm"));
    await rename(inFolder("flush_001.pcm"), inFolder("flush_000.pcm"));
    await copyFile(inFolder("flush_000.pcm"), inFolder("flush_003.pcm"));
    assert.deepEqual(placesOf((await openRaw()).clips()), [
      ["b", 0],
      ["b", 3],
      ["a", 7],
    ]);
  });

  it("knows clips whose times something changed, as a copy of the folder does", async () => {
    await openRawWith("a", "b");
    for (const name of ["flush_000.pcm", "flush_001.pcm"]) await utimes(inFolder(name), 1, 1);
    const store = await openRaw();
    assert.deepEqual(placesOf(store.clips()), [
      ["a", 0],
      ["b", 1],
    ]);
    assert.deepEqual((await openRaw()).clips(), store.clips());
  });

  describe("meeting files that the manifest does not know", () => {
    it("never overwrites one", async () => {
      const store = await openRawWith("a");
      await writeFile(inFolder("flush_001.pcm"), soundOf("mine"));
      await assert.rejects(store.save(newClip(1, "b")), { code: "not-ours" });
      assert.deepEqual(Uint8Array.from(await readFile(inFolder("flush_001.pcm"))), soundOf("mine"));
      assert.deepEqual(placesOf((await openRaw()).clips()), [["a", 0]]);
      assert.deepEqual(await namesIn(folder()), [
        "flush_000.pcm",
        "flush_001.pcm",
        "manifest.json",
      ]);
    });

    it("takes all for such where there is no manifest", async () => {
      await openRawWith("a");
      await rm(inFolder("manifest.json"));
      const store = await openRaw();
      assert.deepEqual(store.clips(), []);
      await assert.rejects(store.save(newClip(0, "b")), { code: "not-ours" });
      assert.deepEqual(Uint8Array.from(await readFile(inFolder("flush_000.pcm"))), soundOf("a"));
    });

    for (const [what, content] of [
      ["cut off", soundOf("a").subarray(0, 100)],
      ["changed", soundOf("mine")],
    ] as const) {
      it(`shows no clip that was ${what}`, async () => {
        const store = await openRawWith("a");
        await writeFile(inFolder("flush_000.pcm"), content);
        await store.refresh();
        assert.deepEqual(store.clips(), []);
      });

      it(`sets a clip aside that was ${what}, instead of overwriting it`, async () => {
        const store = await openRawWith("a");
        await writeFile(inFolder("flush_000.pcm"), content);
        await store.save(newClip(0, "b"));
        const names = await namesIn(folder());
        const aside = names.find((name) => /^flush_000\..*\.bad\.pcm$/.test(name));
        assert.deepEqual(Uint8Array.from(await readFile(inFolder(aside ?? ""))), content);
        assert.match(store.notices.join(), /flush_000\.pcm/);
      });
    }

    it("sets all aside, and says so, where the manifest can't be read", async () => {
      await openRawWith("a");
      await writeFile(inFolder("manifest.json"), "{");
      const store = await openRaw();
      assert.deepEqual(store.clips(), []);
      assert.match(store.notices.join("\n"), /manifest\.json.*could not be read/);
      assert.match(store.notices.join("\n"), /flush_000\..*\.bad\.pcm/);
      await store.save(newClip(0, "b"));
      const names = await namesIn(folder());
      assert.equal(names.filter((name) => name.endsWith(".bad.pcm")).length, 1);
      assert.deepEqual(placesOf((await openRaw()).clips()), [["b", 0]]);
    });

    const lies: readonly (readonly [what: string, lie: object])[] = [
      ["an unknown encoding", { encoding: "mp3" }],
      ["no sample rate", { sampleRate: 0 }],
      ["no checksum", { sha256: undefined }],
      ["another checksum", { sha256: "00", version: "1-200" }],
      ["another length", { bytes: 198 }],
    ];
    for (const [what, lie] of lies) {
      it(`believes no entry with ${what}`, async () => {
        await openRawWith("a");
        const manifest = (await readManifest()) as { readonly clips: readonly object[] };
        const clips = manifest.clips.map((clip) => ({ ...clip, ...lie }));
        await writeFile(inFolder("manifest.json"), JSON.stringify({ ...manifest, clips }));
        assert.deepEqual((await openRaw()).clips(), []);
      });
    }
  });

  describe("beside WAV files", () => {
    for (const [before, now] of [
      ["wav", "raw"],
      ["raw", "wav"],
    ] as const) {
      it(`makes a ${before} clip a take, as it is, for another one as ${now}`, async () => {
        await (await open("talk.md", { container: before })).save(newClip(0, "a"));
        const store = await open("talk.md", { container: now });
        assert.deepEqual(placesOf(store.clips()), [["a", 0]]);
        await store.save(newClip(0, "a"));
        assert.deepEqual(
          store.clips().map(({ container }) => container),
          [now, before],
        );
        assert.equal((await namesIn(folder())).length, 3);
      });

      it(`finds a ${before} take again, as it is, beside clips as ${now}`, async () => {
        await (await open("talk.md", { container: before })).save(newClip(0, "a"));
        const store = await open("talk.md", { container: now });
        await store.save(newClip(0, "b"));
        await store.arrange(wanted("b", "a", "a"));
        assert.deepEqual(
          store.clips().map(({ identity, container }) => [identity, container]),
          [
            ["b", now],
            ["a", before],
            ["a", before],
          ],
        );
      });
    }

    it("gives the newer of a segment's two clips the place, and makes the other a take", async () => {
      await openWith("a", "b");
      await (await openRaw()).save(newClip(2, "c"));
      await rename(inFolder("flush_002.pcm"), inFolder("flush_001.pcm"));
      const store = await open();
      assert.deepEqual(placesOf(store.clips()), [
        ["a", 0],
        ["c", 1],
        ["b", undefined],
      ]);
      assert.deepEqual(
        (await namesIn(folder())).filter((name) => name.startsWith("flush")),
        ["flush_000.wav", "flush_001.pcm"],
      );
    });
  });
});
