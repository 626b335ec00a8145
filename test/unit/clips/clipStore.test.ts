import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import type { Disk } from "../../../src/clips/model/disk.ts";
import { listen, namesIn, newClip, placesOf, soundOf, useClipFolder, wanted } from "./scratch.ts";

describe("ClipStore", () => {
  const { scratch, folder, inFolder, open, openWith, readManifest } = useClipFolder();

  it("makes nothing before the first clip is saved", async () => {
    const store = await open();
    await store.arrange(wanted("a", undefined));
    assert.deepEqual(store.clips(), []);
    assert.deepEqual(await namesIn(scratch()), []);
  });

  describe("takeBack", () => {
    const at = (second: number) => ({ spokenAt: `2026-01-31T12:00:0${second}.000Z` });

    it("removes what was saved, from the manifest too", async () => {
      const store = await openWith("b");
      const saved = await store.save(newClip(1, "a"));
      await store.takeBack(saved);
      assert.deepEqual(placesOf(store.clips()), [["b", 0]]);
      assert.deepEqual(await namesIn(folder()), ["flush_000.wav", "manifest.json"]);
      assert.equal(((await readManifest()) as { clips: unknown[] }).clips.length, 1);
      await store.takeBack(saved);
      assert.equal(store.clips().length, 1);
    });

    it("finds it where it was moved, locked, copied, or became a take", async () => {
      const ways: readonly ((store: ClipStore) => Promise<unknown>)[] = [
        (store) => store.arrange(wanted("b", "a")),
        (store) => store.arrange(wanted("a", "b", "a")),
        (store) => store.arrange(wanted("b")),
        (store) => store.setLocked(0, true),
        (store) => store.save(newClip(0, "c")),
      ];
      for (const [nth, change] of ways.entries()) {
        const store = await openWith();
        await store.save(newClip(1, "b"));
        const saved = await store.save(newClip(0, "a", at(nth)));
        await change(await open());
        await store.takeBack(saved);
        assert.deepEqual(store.find("a"), [], `way ${nth}`);
        assert.equal(store.find("b").length, 1);
        await rm(folder(), { recursive: true });
      }
    });

    it("leaves a take of the same sound alone that was restored in its place", async () => {
      const store = await open();
      await store.save(newClip(0, "a", at(1)));
      const saved = await store.save(newClip(0, "a", at(2)));
      const [former] = store.takes("Said as a.");
      assert.ok(former);
      await store.restore(former, 0, false);
      await store.takeBack(saved);
      assert.deepEqual(
        store.clips().map(({ spokenAt, segment }) => [spokenAt, segment]),
        [[at(1).spokenAt, 0]],
      );
    });

    it("tells two apart that were said at once", async () => {
      const store = await open();
      await store.save(newClip(0, "a", { flushIds: [0] }));
      const saved = await store.save(newClip(1, "a", { flushIds: [1] }));
      await store.takeBack(saved);
      assert.deepEqual(placesOf(store.clips()), [["a", 0]]);
    });
  });

  describe("saveUnlessDecided", () => {
    it("leaves the manifest of many clips for the end: what a run writes grows with its clips", async () => {
      const transcript = "A long text. ".repeat(400);
      const writtenFor = async (count: number): Promise<number> => {
        let written = 0;
        const open: Disk["open"] = async (path, flags, mode) => {
          const file = await fileSystem.open(path, flags, mode);
          const write = file.writeFile.bind(file);
          file.writeFile = async (data) => {
            const isLong = (data as Uint8Array).length > 100_000;
            if (isLong && basename(String(path)).startsWith("manifest.")) written++;
            return write(data);
          };
          return file;
        };
        const place = { folder: join(scratch(), `${count}.speech`), documentName: "talk.md" };
        const store = await ClipStore.open({ ...place, disk: { ...fileSystem, open } });
        await store.claim();
        const began = performance.now();
        for (let at = 0; at < count; at++) {
          await store.saveUnlessDecided(newClip(at, `clip ${at}`, { transcript }), 0);
        }
        const seconds = Math.floor((performance.now() - began) / 1000);
        await store.finish();
        const text = await readFile(join(place.folder, "manifest.json"), "utf8");
        assert.equal((JSON.parse(text) as { clips: unknown[] }).clips.length, count);
        return written - seconds;
      };
      assert.ok((await writtenFor(60)) <= 3, "once a second, and at the end");
    });

    it("has its clips found where the manifest was never written", async () => {
      const store = await open();
      await store.claim();
      const transcript = "A very long text. ".repeat(4000);
      for (const at of [0, 1, 2]) {
        await store.saveUnlessDecided(newClip(at, `clip ${at}`, { transcript }), 0);
      }
      const other = await open();
      assert.deepEqual(other.clips(), store.clips());
      assert.deepEqual(other.notices, []);
      await other.save(newClip(3, "clip 3"));
      assert.equal((await readManifest()).clips.length, 4);
    });
  });

  describe("refresh", () => {
    it("notices a clip that was deleted by hand", async () => {
      const store = await openWith("a", "b");
      await rm(inFolder("flush_000.wav"));
      await store.refresh();
      assert.deepEqual(
        store.clips().map(({ identity }) => identity),
        ["b"],
      );
    });
  });

  describe("save", () => {
    it("writes the samples to the byte, in a file that says what it is", async () => {
      const store = await open();
      await store.save(newClip(2, "a", { transcript: "Grüß dich,\n你好!" }));
      const wav = await listen(inFolder("flush_002.wav"));
      assert.deepEqual(Uint8Array.from(wav.samples), soundOf("a"));
      assert.deepEqual(wav.format, { encoding: "pcm_s16le", sampleRate: 8000 });
      assert.equal(wav.info.title, "Grüß dich,\n你好!");
      assert.equal(wav.info.software, "Scripted Speech Preview");
      assert.equal(wav.identity, "a");
      assert.deepEqual(wav.cues, [{ sample: 0, length: 80, label: "a" }]);
    });

    it("gives the clip as it lies on disk", async () => {
      const store = await open();
      const { version, ...clip } = await store.save(newClip(0, "a", { flushIds: [null, 3] }));
      const { samples, ...facts } = newClip(0, "a", { flushIds: [null, 3] });
      const path = inFolder("flush_000.wav");
      const lies = {
        path,
        container: "wav",
        locked: false,
        seconds: 0.0125,
        bytes: samples.length,
      };
      assert.deepEqual(clip, { ...facts, ...lies });
      assert.match(version, /^[\w.-]+$/);
      assert.deepEqual(store.clips(), [{ ...clip, version }]);
    });

    it("numbers files with three digits, and with more where it takes more", async () => {
      const store = await open();
      for (const segment of [1000, 7, 999]) await store.save(newClip(segment, `clip ${segment}`));
      assert.deepEqual(
        store.clips().map(({ path }) => path),
        ["flush_007.wav", "flush_999.wav", "flush_1000.wav"].map(inFolder),
      );
    });

    it("writes a manifest that other tools can read", async () => {
      await openWith("a");
      assert.deepEqual(await readManifest(), {
        version: 1,
        document: "talk.md",
        generator: "Scripted Speech Preview",
        clips: [
          {
            file: "flush_000.wav",
            segment: 0,
            identity: "a",
            transcript: "Said as a.",
            service: "local",
            model: "sonic-3",
            voice: "slt",
            encoding: "pcm_s16le",
            sampleRate: 8000,
            seconds: 0.0125,
            bytes: 200,
            characters: 12,
            flushIds: [0],
            timeToFirstByteMs: 41.5,
            timeToFirstAudibleMs: 60,
            synthesisMs: 80.25,
            audible: { start: 0.0005, end: 0.0125 },
            spokenAt: "2026-01-31T12:00:00.000Z",
            words: [{ text: "a", start: 0, end: 0.01 }],
          },
        ],
      });
      const text = await readFile(inFolder("manifest.json"), "utf8");
      assert.match(text, /^\{\n {2}"version": 1,\n {2}"document": "talk.md",\n[^]*\}\n$/);
    });

    it("puts word times to the nearest sample, in order and inside the sound", async () => {
      const store = await open();
      const words = [
        { text: "late", start: 0.01, end: 99 },
        { text: "odd", start: 0.00101, end: 0.0049 },
        { text: "broken", start: NaN, end: -1 },
      ];
      const clip = await store.save(newClip(0, "a", { words }));
      assert.deepEqual(clip.words, [
        { text: "broken", start: 0, end: 0 },
        { text: "odd", start: 0.001, end: 0.004875 },
        { text: "late", start: 0.01, end: 0.0125 },
      ]);
    });

    it("takes the samples as they are at the call", async () => {
      const store = await open();
      const samples = soundOf("a");
      const saving = store.save(newClip(0, "a", { samples }));
      samples.fill(0);
      await saving;
      assert.deepEqual(
        Uint8Array.from((await listen(inFolder("flush_000.wav"))).samples),
        soundOf("a"),
      );
    });

    it("makes a clip of the same identity a take", async () => {
      const store = await openWith("a");
      const again = await store.save(newClip(0, "a", { samples: soundOf("another take") }));
      const [take] = store.takes("Said as a.");
      assert.deepEqual(store.clips(), [again, take]);
      assert.deepEqual(store.at(0), again);
      const { samples } = await listen(take?.path ?? "");
      assert.deepEqual(Uint8Array.from(samples), soundOf("a"));
    });

    it("makes a clip of another identity a take, which is found again", async () => {
      const store = await openWith("a");
      await store.save(newClip(0, "b"));
      const [take] = store.find("a");
      assert.equal(take?.segment, undefined);
      assert.equal(
        take?.path,
        inFolder(join("takes", "take_ca978112ca1bbdca_20260131T120000000Z.wav")),
      );
      assert.equal((await readManifest()).clips[1]?.segment, null);
      await store.arrange(wanted("a"));
      assert.deepEqual(
        store.find("a").map(({ segment }) => segment),
        [0],
      );
      assert.deepEqual(
        store.find("b").map(({ segment }) => segment),
        [undefined],
      );
    });

    it("keeps the clips of all texts that are gone, however many: each may come back", async () => {
      const store = await open();
      const texts = Array.from({ length: 130 }, (_, at) => `edit ${at}`);
      for (const [at, text] of texts.entries()) {
        const spokenAt = new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString();
        await store.save(newClip(0, text, { spokenAt }));
      }
      assert.equal(store.clips().length, texts.length);
      await store.arrange(wanted(...texts));
      assert.deepEqual(
        placesOf(store.clips()),
        texts.map((text, at) => [text, at]),
      );
    });

    it("saves one after the other what is asked at once", async () => {
      const store = await open();
      const segments = Array.from({ length: 20 }, (_, segment) => segment);
      await Promise.all(segments.map((segment) => store.save(newClip(segment, `clip ${segment}`))));
      assert.deepEqual(
        store.clips().map(({ segment }) => segment),
        segments,
      );
      assert.equal((await readManifest()).clips.length, 20);
    });

    it("makes the folder again when it was removed meanwhile", async () => {
      const store = await openWith("a");
      await rm(folder(), { recursive: true });
      await store.save(newClip(1, "b"));
      await store.refresh();
      assert.deepEqual(
        store.clips().map(({ identity }) => identity),
        ["b"],
      );
      assert.equal((await readManifest()).clips.length, 1);
    });

    it("refuses a segment that is no index", async () => {
      const store = await open();
      for (const segment of [-1, 1.5, NaN]) {
        await assert.rejects(store.save(newClip(segment, "a")), RangeError);
      }
    });

    it("goes on after a failure", async () => {
      const store = await open();
      await mkdir(folder());
      await writeFile(inFolder("flush_000.wav"), "mine");
      await assert.rejects(store.save(newClip(0, "a")));
      await store.save(newClip(1, "b"));
      assert.equal(store.clips().length, 1);
    });
  });

  describe("arrange", () => {
    it("gives moved segments' clips their new numbers", async () => {
      const store = await openWith("a", "b", "c");
      await store.arrange(wanted("c", "a", "b"));
      for (const [segment, identity] of ["c", "a", "b"].entries()) {
        const wav = await listen(inFolder(`flush_00${segment}.wav`));
        assert.equal(wav.identity, identity);
        assert.deepEqual(Uint8Array.from(wav.samples), soundOf(identity));
      }
      assert.deepEqual(
        (await readManifest()).clips.map((clip) => clip.identity),
        ["c", "a", "b"],
      );
      assert.deepEqual(await namesIn(folder()), [
        "flush_000.wav",
        "flush_001.wav",
        "flush_002.wav",
        "manifest.json",
      ]);
    });

    it("copies a clip that two segments want", async () => {
      const store = await openWith("a");
      await store.arrange(wanted("a", "a"));
      assert.deepEqual(
        store.find("a").map(({ segment }) => segment),
        [0, 1],
      );
      assert.deepEqual(
        await readFile(inFolder("flush_000.wav")),
        await readFile(inFolder("flush_001.wav")),
      );
    });

    it("finds the clips again when an edit is undone, however large", async () => {
      const identities = Array.from({ length: 12 }, (_, at) => `clip ${at}`);
      const store = await openWith(...identities);
      await store.arrange([]);
      assert.ok((await namesIn(folder())).every((name) => !name.startsWith("flush_")));
      await store.arrange(wanted(...identities));
      assert.deepEqual(
        store.clips().map(({ identity }) => identity),
        identities,
      );
    });

    it("does not touch the disk where everything is in its place", async () => {
      const store = await openWith("a", "b");
      await rm(folder(), { recursive: true });
      await store.arrange(wanted("a", "changed"));
      assert.deepEqual(await namesIn(scratch()), []);
    });

    it("goes by what lies on disk now", async () => {
      const store = await openWith("a", "b");
      await rm(inFolder("flush_001.wav"));
      await store.arrange(wanted("b", "a"));
      assert.deepEqual(placesOf(store.clips()), [["a", 1]]);
    });
  });
});
