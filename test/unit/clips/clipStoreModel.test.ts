import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { encodeManifest } from "../../../src/clips/manifest.ts";
import { listen, makeScratchFolder, namesIn, newClip, soundOf } from "./scratch.ts";

/** What may happen to a folder of clips. */
type Step =
  | { readonly do: "save"; readonly segment: number; readonly identity: string }
  | { readonly do: "arrange"; readonly wanted: readonly (string | undefined)[] }
  | { readonly do: "reopen" }
  | { readonly do: "lose the manifest" }
  | { readonly do: "damage the manifest" }
  | { readonly do: "rename a file"; readonly from: number; readonly to: number };

const identity = fc.constantFrom("a", "b", "c", "d", "e");
const segment = fc.nat(5);
const wanted = fc.array(fc.option(identity, { nil: undefined, freq: 4 }), { maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("save" as const), segment, identity }),
  fc.record({ do: fc.constant("save" as const), segment, identity }),
  fc.record({ do: fc.constant("arrange" as const), wanted }),
  fc.record({ do: fc.constant("arrange" as const), wanted }),
  fc.record({ do: fc.constant("reopen" as const) }),
  fc.record({ do: fc.constant("lose the manifest" as const) }),
  fc.record({ do: fc.constant("damage the manifest" as const) }),
  fc.record({ do: fc.constant("rename a file" as const), from: segment, to: segment }),
);

/** A folder of clips, and what must be in it. */
class World {
  readonly #place: { readonly folder: string; readonly documentName: string };
  /** All that was ever saved: none of it may get lost. */
  readonly #saved = new Set<string>();
  #store: ClipStore;

  constructor(folder: string, store: ClipStore) {
    this.#place = { folder, documentName: "talk.md" };
    this.#store = store;
  }

  async take(step: Step): Promise<void> {
    const manifest = join(this.#place.folder, "manifest.json");
    switch (step.do) {
      case "save": {
        const clip = await this.#store.save(newClip(step.segment, step.identity));
        this.#saved.add(step.identity);
        assert.deepEqual([clip.segment, clip.identity], [step.segment, step.identity]);
        return;
      }
      case "arrange":
        return this.#arrange(step.wanted);
      case "reopen":
        return this.#reopen();
      case "lose the manifest":
        await rm(manifest, { force: true });
        return this.#reopen();
      case "damage the manifest":
        if (this.#saved.size > 0) await writeFile(manifest, "{");
        return this.#reopen();
      case "rename a file":
        await this.#rename(step.from, step.to);
        return this.#reopen();
    }
  }

  async #arrange(wanted: readonly (string | undefined)[]): Promise<void> {
    await this.#store.arrange(wanted);
    for (const [at, identity] of wanted.entries()) {
      if (identity === undefined || !this.#saved.has(identity)) continue;
      assert.equal((await listen(this.#flush(at))).identity, identity, `segment ${at}`);
    }
    for (const { segment } of this.#store.clips()) {
      assert.ok(segment === undefined || segment < wanted.length, "a clip beyond the script");
    }
    const arranged = this.#store.clips();
    await this.#store.arrange(wanted);
    assert.equal(this.#store.clips(), arranged, "arranged twice");
  }

  async #reopen(): Promise<void> {
    this.#store = await ClipStore.open(this.#place);
  }

  /** As a user might, in a file manager; onto another clip only where that one is there twice. */
  async #rename(from: number, to: number): Promise<void> {
    const clips = this.#store.clips();
    const target = clips.find(({ segment }) => segment === to);
    const isSpare = !target || this.#store.find(target.identity).length > 1;
    if (from === to || !isSpare || !clips.some(({ segment }) => segment === from)) return;
    await rename(this.#flush(from), this.#flush(to));
  }

  async check(): Promise<void> {
    const { folder } = this.#place;
    const clips = this.#store.clips();
    const names = await namesIn(folder).catch(() => []);
    const files = names.filter((name) => name.endsWith(".wav"));
    assert.deepEqual(
      clips.map(({ path }) => path).sort(),
      files.map((name) => join(folder, name)),
    );
    for (const clip of clips) {
      const wav = await listen(clip.path);
      assert.equal(wav.identity, clip.identity);
      assert.equal(wav.info.title, clip.transcript);
      assert.deepEqual(Uint8Array.from(wav.samples), soundOf(clip.identity));
    }
    for (const identity of this.#saved) assert.notEqual(this.#store.find(identity).length, 0);
    if (clips.length > 0) {
      const manifest = await readFile(join(folder, "manifest.json"), "utf8");
      assert.equal(manifest, encodeManifest("talk.md", clips));
    }
    assert.deepEqual((await ClipStore.open(this.#place)).clips(), clips);
    assert.deepEqual(
      names.filter((name) => name.endsWith(".tmp")),
      [],
    );
  }

  #flush(segment: number): string {
    return join(this.#place.folder, `flush_00${segment}.wav`);
  }
}

describe("ClipStore, whatever happens to its folder", () => {
  it("agrees with the disk, holds whole clips only, and loses none", async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const scratch = await makeScratchFolder();
        try {
          const folder = join(scratch, "talk.speech");
          const store = await ClipStore.open({ folder, documentName: "talk.md" });
          const world = new World(folder, store);
          for (const next of steps) {
            await world.take(next);
            await world.check();
          }
        } finally {
          await rm(scratch, { recursive: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});
