import assert from "node:assert/strict";
import type { Clip } from "../../../../src/clips/model/clip.ts";
import { setLocks } from "../../../../src/clips/files/clipLocks.ts";
import { listedName } from "../../../../src/clips/model/fileName.ts";
import {
  decodeManifest,
  encodeManifest,
  manifestOf,
} from "../../../../src/clips/files/manifest.ts";
import type { FoundManifest } from "../../../../src/clips/files/manifest.ts";
import { newClip, useClipFolder } from "../scratch.ts";

describe("A manifest", () => {
  const { open } = useClipFolder();
  const makeClips = async (): Promise<readonly Clip[]> => {
    const store = await open();
    await store.save(newClip(0, "a"));
    await store.saveTake(newClip(0, "b", { transcript: 'Quoted: "x"\n  \\ and $& and “…” [] {}' }));
    const raw = await open("talk.md", { container: "raw" });
    await raw.save(newClip(1, "c"));
    await raw.saveTake(newClip(1, "d", { words: [] }));
    await raw.setLocked(1, true);
    return raw.clips();
  };

  it("is laid out as JSON.stringify lays it out", async () => {
    for (const clips of [[], await makeClips()]) {
      const text = encodeManifest("talk “$&” [].md", clips);
      assert.equal(text, `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`);
      assert.equal(encodeManifest("talk “$&” [].md", clips), text);
    }
  });

  it("is known after it is written as if it were read", async () => {
    const clips = await makeClips();
    const told = (found: FoundManifest): unknown => {
      assert.ok(found.kind === "ours");
      const { document, files, records, locks } = found;
      const unlocked = setLocks(clips, () => false);
      return {
        document,
        files,
        locked: locks.applyTo(unlocked).map(({ locked }) => locked),
        records: clips.map(({ path, version, checksum = "", bytes }) => {
          const record = records.unchanged(listedName(path), version);
          const other = records.ofSamples(checksum, "", "");
          return [
            records.hasLength(bytes),
            record?.checksum,
            record?.facts.transcript,
            other?.file,
          ];
        }),
      };
    };
    assert.equal(clips.length, 4);
    assert.deepEqual(
      told(manifestOf("talk.md", clips)),
      told(decodeManifest(encodeManifest("talk.md", clips))),
    );
  });

  it("is damaged where it is nested deeper than can be written again", () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const text = `{"version":1,"document":"talk.md","clips":[],"more":${deep}}`;
    assert.deepEqual(decodeManifest(text), { kind: "damaged", document: "talk.md" });
  });

  it("says of words only as much as can be read again", async () => {
    const [clip] = await makeClips();
    assert.ok(clip);
    const words = Array.from({ length: 70 }, () => ({
      text: "x".repeat(1e6),
      start: 0,
      end: 0.01,
    }));
    const text = encodeManifest("talk.md", [{ ...clip, words }]);
    assert.ok(text.length < 64 << 20);
    assert.equal(decodeManifest(text).kind, "ours");
  });

  it("drops a fact that can't be, and keeps the others", async () => {
    const clips = await makeClips();
    const said = JSON.parse(encodeManifest("talk.md", clips)) as {
      clips: Record<string, unknown>[];
    };
    const wrong = {
      timeToFirstByteMs: -1,
      timeToFirstAudibleMs: 1e300,
      synthesisMs: Infinity,
      audible: { start: 3, end: 1 },
    };
    const words = [
      { text: "second", start: 0.002, end: 0.003 },
      { text: "first", start: 0.001, end: 0.002 },
      { text: "never", start: -1, end: 0.001 },
      { text: "beyond", start: 99, end: 100 },
      { text: 7, start: 0, end: 0 },
      null,
    ];
    const raw = said.clips.find((clip) => typeof clip["sha256"] === "string");
    assert.ok(raw);
    Object.assign(raw, wrong, { words });
    const found = decodeManifest(JSON.stringify(said));
    assert.ok(found.kind === "ours");
    const facts = found.records.ofSamples(String(raw["sha256"]), String(raw["file"]), "")?.facts;
    assert.ok(facts);
    assert.equal(facts.timeToFirstByteMs, null);
    assert.equal(facts.timeToFirstAudibleMs, null);
    assert.equal(facts.synthesisMs, null);
    assert.equal(facts.audible, null);
    assert.equal(facts.transcript, raw["transcript"]);
    assert.deepEqual(
      facts.words.map(({ text }) => text),
      ["first", "second"],
    );
  });

  describe("of a version that told by the clock what was chosen", () => {
    it("is read in that order, but for what was said again after it", async () => {
      const clips = await makeClips();
      const said = JSON.parse(encodeManifest("talk.md", clips)) as {
        clips: Record<string, unknown>[];
      };
      const dates = ["2026-02-03T00:00:00.000Z", "2026-02-01T00:00:00.000Z"];
      const later = "2026-02-02T00:00:00.000Z";
      const [first, second, third, fourth] = said.clips;
      assert.ok(first && second && third && fourth);
      Object.assign(first, { chosenAt: dates[0] });
      Object.assign(second, { chosenAt: dates[1] });
      // The last two are one sound, and the one that nobody chose was said after the choice.
      Object.assign(third, { chosenAt: dates[1] });
      Object.assign(fourth, { identity: third["identity"], spokenAt: later });
      const found = decodeManifest(JSON.stringify(said));
      assert.ok(found.kind === "ours");
      const chosen = found.locks.applyTo(clips.slice(0, 3)).map((clip) => clip.chosen);
      assert.deepEqual([chosen, found.decisions], [[2, 1, undefined], 2]);
    });
  });
});
