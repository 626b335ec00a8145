import assert from "node:assert/strict";
import type { Clip } from "../../../src/clips/clip.ts";
import { setLocks } from "../../../src/clips/clipLocks.ts";
import { listedName } from "../../../src/clips/fileName.ts";
import { decodeManifest, encodeManifest, manifestOf } from "../../../src/clips/manifest.ts";
import type { FoundManifest } from "../../../src/clips/manifest.ts";
import { newClip, useClipFolder } from "./scratch.ts";

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
});
