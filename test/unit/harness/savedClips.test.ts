import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findLacking, readSavedClips, tableOfClips } from "../../tools/savedClips.ts";

describe("What npm start -- --once finds saved", () => {
  let folder: string;
  const clip = {
    segment: 0,
    transcript: "Hello\nthere.",
    seconds: 1.5,
    timeToFirstAudibleMs: 81.4,
  };
  const ready = [{ segment: 0, state: "ready" }];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "saved-clips-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** Saves a manifest with one clip, whose file has so many bytes. */
  async function save(name: string, document: string, bytes: number): Promise<void> {
    const clips = join(folder, name);
    await mkdir(clips);
    await writeFile(join(clips, "flush_000.wav"), Buffer.alloc(bytes));
    const manifest = { version: 1, document, clips: [{ ...clip, file: "flush_000.wav" }] };
    await writeFile(join(clips, "manifest.json"), JSON.stringify(manifest));
  }

  it("is printed as a table: file, seconds, time to first sound, transcript on one line", async () => {
    await save("talk.speech", "talk.speech.md", 1000);
    const saved = await readSavedClips(join(folder, "talk.speech.md"));
    assert.deepEqual(tableOfClips(saved, folder).split("\n"), [
      "file                       seconds  first sound  transcript",
      "talk.speech/flush_000.wav  1.50 s   81 ms        Hello there.",
    ]);
    assert.deepEqual(findLacking(ready, saved), []);
  });

  it("is not what another document of nearly the same name has saved", async () => {
    await save("talk.speech", "talk.txt", 1000);
    await save("talk.md.speech", "talk.md", 2000);
    const [saved] = await readSavedClips(join(folder, "talk.md"));
    assert.equal(saved?.bytesOnDisk, 2000);
  });

  it("lacks a segment that has failed, has no clip, or a clip without sound", async () => {
    await save("talk.speech", "talk.md", 44);
    const saved = await readSavedClips(join(folder, "talk.md"));
    assert.match(findLacking([{ segment: 0, state: "failed" }], saved).join(), /1 is failed/);
    assert.match(findLacking(ready, []).join(), /manifest does not list it/);
    assert.match(findLacking(ready, saved).join(), /no sound/);
    assert.deepEqual(findLacking([{ segment: 0, state: "nothing to say" }], saved), [
      "No segment was spoken.",
    ]);
  });
});
