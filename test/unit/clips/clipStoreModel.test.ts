import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import type { Clip, Container } from "../../../src/clips/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { encodeManifest } from "../../../src/clips/manifest.ts";
import {
  listen,
  makeScratchFolder,
  namesIn,
  newClip,
  soundOf,
  wanted as wantedClips,
} from "./scratch.ts";

/** What may happen to a folder of clips. */
type Step =
  | { readonly do: "save"; readonly segment: number; readonly identity: string }
  | { readonly do: "arrange"; readonly wanted: readonly (string | undefined)[] }
  | { readonly do: "reopen"; readonly container: Container }
  | { readonly do: "lose the manifest" }
  | { readonly do: "damage the manifest" }
  | { readonly do: "rename a file"; readonly from: number; readonly to: number };

const identity = fc.constantFrom("a", "b", "c", "d", "e");
const segment = fc.nat(5);
const wanted = fc.array(fc.option(identity, { nil: undefined, freq: 4 }), { maxLength: 6 });
const steps: readonly fc.Arbitrary<Step>[] = [
  fc.record({ do: fc.constant("save" as const), segment, identity }),
  fc.record({ do: fc.constant("save" as const), segment, identity }),
  fc.record({ do: fc.constant("arrange" as const), wanted }),
  fc.record({ do: fc.constant("arrange" as const), wanted }),
  fc.record({ do: fc.constant("rename a file" as const), from: segment, to: segment }),
];
const reopen = (...containers: readonly Container[]): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant("reopen" as const), container: fc.constantFrom(...containers) });
/** Whatever WAV files bear. */
const wavStep = fc.oneof(
  ...steps,
  reopen("wav"),
  fc.record({ do: fc.constant("lose the manifest" as const) }),
  fc.record({ do: fc.constant("damage the manifest" as const) }),
);
/** Whatever raw clips bear too, which nobody knows without their manifest. */
const mixedStep = fc.oneof(...steps, reopen("wav", "raw"));

/** A folder of clips, and what must be in it. */
class World {
  readonly #place: { readonly folder: string; readonly documentName: string };
  /** All that was ever saved: none of it may get lost. */
  readonly #saved = new Set<string>();
  #container: Container = "wav";
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
        this.#container = step.container;
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
    await this.#store.arrange(wantedClips(...wanted));
    for (const [at, identity] of wanted.entries()) {
      if (identity === undefined || !this.#saved.has(identity)) continue;
      const placed = this.#store.clips().filter((clip) => clip.segment === at);
      assert.deepEqual(
        placed.map((clip) => clip.identity),
        [identity],
        `segment ${at}`,
      );
    }
    for (const { segment } of this.#store.clips()) {
      assert.ok(segment === undefined || segment < wanted.length, "a clip beyond the script");
    }
    const arranged = this.#store.clips();
    await this.#store.arrange(wantedClips(...wanted));
    assert.equal(this.#store.clips(), arranged, "arranged twice");
  }

  async #reopen(): Promise<void> {
    this.#store = await ClipStore.open({ ...this.#place, container: this.#container });
  }

  /** As a user might, in a file manager; onto another clip only where that one is there twice. */
  async #rename(from: number, to: number): Promise<void> {
    const clips = this.#store.clips();
    const target = clips.find(({ segment }) => segment === to);
    const isSpare = !target || this.#store.find(target.identity).length > 1;
    const source = clips.find(({ segment }) => segment === from);
    if (from === to || !isSpare || !source) return;
    await rename(source.path, source.path.replace(/\d{3}(?=\.\w+$)/, `00${to}`));
  }

  async check(): Promise<void> {
    const { folder } = this.#place;
    const clips = this.#store.clips();
    const names = await namesIn(folder).catch(() => []);
    const files = names.filter((name) => /\.(wav|pcm)$/.test(name));
    assert.deepEqual(
      clips.map(({ path }) => path).sort(),
      files.map((name) => join(folder, name)),
    );
    for (const clip of clips) {
      assert.deepEqual(await heardAt(clip), soundOf(clip.identity));
    }
    const places = clips.flatMap(({ segment }) => segment ?? []);
    assert.equal(new Set(places).size, places.length, "two clips of one segment");
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
}

/** The samples of a clip; a WAV file must say that it is this one. */
async function heardAt(clip: Clip): Promise<Uint8Array> {
  if (clip.container === "raw") return Uint8Array.from(await readFile(clip.path));
  const wav = await listen(clip.path);
  assert.equal(wav.identity, clip.identity);
  assert.equal(wav.info.title, clip.transcript);
  return Uint8Array.from(wav.samples);
}

describe("ClipStore, whatever happens to its folder", () => {
  for (const [what, step] of [
    ["WAV files", wavStep],
    ["clips in both containers", mixedStep],
  ] as const) {
    it(`agrees with the disk, holds whole ${what} only, and loses none`, async function () {
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
  }
});
