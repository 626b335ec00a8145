import assert from "node:assert/strict";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clip, Container, NewClip } from "../../../src/clips/model/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { isAlike } from "../../../src/clips/pairing/likeness.ts";
import { encodeManifest } from "../../../src/clips/files/manifest.ts";
import { pairClips } from "../../../src/clips/pairing/pairClips.ts";
import type { WantedClip } from "../../../src/clips/pairing/pairClips.ts";
import { listen, namesIn, newClip, openTidied, soundOf } from "./scratch.ts";

/** What may happen to a folder of clips. */
export type Step =
  | { readonly do: "save" | "save a take"; readonly segment: number; readonly identity: string }
  | { readonly do: "arrange"; readonly wanted: readonly (string | undefined)[] }
  | {
      readonly do: "restore";
      readonly segment: number;
      readonly take: number;
      readonly lock: boolean;
    }
  | { readonly do: "delete a take"; readonly take: number }
  | { readonly do: "lock"; readonly segment: number; readonly lock: boolean }
  | { readonly do: "reopen"; readonly container: Container }
  | { readonly do: "look in another window" }
  | { readonly do: "lose the manifest" }
  | { readonly do: "damage the manifest" }
  | { readonly do: "rename a file"; readonly from: number; readonly to: number };

/** So many takes of a text are kept. */
export const keep = 1;

/** What a clip of an identity says: several sounds say one text, and `a'` says one like that of `a`. */
const textOf = (identity: string): string => {
  const [letter] = identity;
  const last = identity.includes("'") ? "else" : "more";
  return `${letter}one ${letter}two ${letter}three ${letter}${last}`;
};
const wantedOf = (identity: string | undefined): WantedClip | undefined =>
  identity === undefined ? undefined : { identity, transcript: textOf(identity) };
/** Which of all clips that were ever saved this is: copies are the same. */
const numberOf = ({ characters }: Clip): number => characters;

/** A folder of clips, and what must be in it. */
export class ClipWorld {
  readonly #place: { readonly folder: string; readonly documentName: string };
  /** What was ever saved, but what was deleted or was too much, by number: none of it may get lost. */
  readonly #saved = new Map<number, { readonly text: string; readonly identity: string }>();
  /** The numbers of the clips that are locked. */
  #locked: number[] = [];
  #count = 0;
  #container: Container = "wav";
  #store: ClipStore;
  /** Another window on the same folder. */
  #other: ClipStore | undefined;

  constructor(folder: string, store: ClipStore) {
    this.#place = { folder, documentName: "talk.md" };
    this.#store = store;
  }

  async take(step: Step): Promise<void> {
    const manifest = join(this.#place.folder, "manifest.json");
    switch (step.do) {
      case "save":
      case "save a take":
        return this.#save(step);
      case "arrange":
        return this.#arrange(step.wanted.map(wantedOf));
      case "restore":
        return this.#restore(step);
      case "delete a take":
        return this.#delete(step.take);
      case "lock":
        return this.#lock(step);
      case "reopen":
        this.#container = step.container;
        return this.#reopen();
      case "look in another window": {
        const other = this.#other ?? (await this.#open());
        this.#other = this.#store;
        this.#store = other;
        return this.#store.refresh();
      }
      case "lose the manifest":
        await rm(manifest, { force: true });
        this.#locked = [];
        return this.#reopen();
      case "damage the manifest":
        if (this.#store.clips().length > 0) await writeFile(manifest, "{");
        this.#locked = [];
        return this.#reopen();
      case "rename a file":
        await this.#rename(step.from, step.to);
        return this.#reopen();
    }
  }

  async #save({
    do: how,
    segment,
    identity,
  }: Step & { do: "save" | "save a take" }): Promise<void> {
    const number = ++this.#count;
    const at = new Date(Date.UTC(2026, 0, 31, 12, 0, number)).toISOString();
    const samples = soundOf(`${identity} ${number}`);
    const facts: Partial<NewClip> = {
      transcript: textOf(identity),
      characters: number,
      spokenAt: at,
    };
    const clip = newClip(segment, identity, { ...facts, samples });
    const isTake = how === "save a take";
    const before = this.#store.at(segment);
    const saved = await (isTake ? this.#store.saveTake(clip) : this.#store.save(clip));
    assert.deepEqual([numberOf(saved), saved.segment], [number, isTake ? undefined : segment]);
    assert.equal(this.#store.at(segment)?.path, isTake ? before?.path : saved.path);
    if (!isTake && before?.locked) this.#unlock(before);
    this.#saved.set(number, { text: clip.transcript, identity });
    this.#forgetSpare();
  }

  /** What is gone must be a take with enough newer ones of its text, and one of its very sound. */
  #forgetSpare(): void {
    const clips = this.#store.clips();
    const there = new Set(clips.map(numberOf));
    for (const [number, { text, identity }] of this.#saved) {
      if (there.has(number)) continue;
      const isOrphan = !clips.some(
        (clip) => clip.segment !== undefined && clip.transcript === text,
      );
      const newer = this.#store.takes(text).filter((clip) => numberOf(clip) > number);
      assert.ok(newer.length >= keep + (isOrphan ? 1 : 0), `${number} is lost`);
      const isNewest = !clips.some((clip) => clip.identity === identity && numberOf(clip) > number);
      assert.ok(!isNewest, `${number} is lost, the newest of ${identity}`);
      this.#saved.delete(number);
    }
  }

  async #arrange(wanted: readonly (WantedClip | undefined)[]): Promise<void> {
    const before = this.#store.clips();
    const pairs = pairClips(before, wanted);
    await this.#store.arrange(wanted);
    for (const [at, want] of wanted.entries()) {
      const clip = this.#store.at(at);
      const pair = pairs[at];
      assert.equal(clip && numberOf(clip), pair && numberOf(pair.clip), `segment ${at}`);
      if (!want || !before.some(({ identity }) => identity === want.identity)) continue;
      const isItsClip = clip?.locked ? clip.transcript === want.transcript : false;
      assert.ok(isItsClip || clip?.identity === want.identity, `segment ${at} has its sound`);
    }
    for (const { segment } of this.#store.clips()) {
      assert.ok(segment === undefined || segment < wanted.length, "a clip beyond the script");
    }
    this.#checkLocks(wanted);
    const arranged = this.#store.clips();
    await this.#store.arrange(wanted);
    assert.equal(this.#store.clips(), arranged, "arranged twice");
  }

  /** No locked clip has a text that is nothing like its own, or waits while a segment of its text has one that is not locked. */
  #checkLocks(wanted: readonly (WantedClip | undefined)[]): void {
    for (const clip of this.#store.clips().filter(({ locked }) => locked)) {
      const { segment, transcript } = clip;
      if (segment !== undefined) {
        assert.ok(isAlike(clip, wanted[segment]?.transcript ?? ""), `${segment} is locked`);
        if (wanted[segment]?.transcript === transcript) continue;
      }
      for (const [at, want] of wanted.entries()) {
        if (want?.transcript !== transcript) continue;
        const there = this.#store.at(at);
        const isSound = there?.identity === want.identity;
        assert.ok(there?.locked || (isSound && segment === undefined), `${at} is not locked`);
      }
    }
  }

  /** The locks that wait for a text are not waited for any more. */
  #letGo(text: string): void {
    for (const clip of this.#store.takes(text)) if (clip.locked) this.#unlock(clip);
  }

  async #restore({ segment, take, lock }: Step & { do: "restore" }): Promise<void> {
    const found = this.#takeAt(take);
    if (!found) return;
    const before = this.#store.at(segment);
    if (!lock) this.#letGo(found.transcript);
    else if (found.locked) this.#unlock(found);
    const clip = await this.#store.restore(found, segment, lock);
    assert.deepEqual([numberOf(clip), clip.locked], [numberOf(found), lock]);
    if (before?.locked) this.#unlock(before);
    if (lock) this.#locked.push(numberOf(clip));
  }

  async #delete(take: number): Promise<void> {
    const found = this.#takeAt(take);
    if (!found) return;
    await this.#store.deleteTake(found);
    if (found.locked) this.#unlock(found);
    const isThere = this.#store.clips().some((clip) => numberOf(clip) === numberOf(found));
    if (!isThere) this.#saved.delete(numberOf(found));
  }

  async #lock({ segment, lock }: Step & { do: "lock" }): Promise<void> {
    const clip = this.#store.at(segment);
    if (!clip) return;
    if (!lock) this.#letGo(clip.transcript);
    await this.#store.setLocked(segment, lock);
    if (clip.locked) this.#unlock(clip);
    if (lock) this.#locked.push(numberOf(clip));
  }

  #unlock(clip: Clip): void {
    this.#locked.splice(this.#locked.indexOf(numberOf(clip)), 1);
  }

  #takeAt(take: number): Clip | undefined {
    const takes = this.#store.clips().filter(({ segment }) => segment === undefined);
    return takes[take % takes.length];
  }

  async #reopen(): Promise<void> {
    this.#store = await this.#open();
  }

  #open(): Promise<ClipStore> {
    const container = this.#container;
    return openTidied({ ...this.#place, container, takesKeep: () => keep });
  }

  /** As a user might, in a file manager; onto another clip only where that one is there twice. */
  async #rename(from: number, to: number): Promise<void> {
    const copies = (clip: Clip): number =>
      this.#store.clips().filter((other) => numberOf(other) === numberOf(clip)).length;
    const source = this.#store.at(from);
    const target = this.#store.at(to);
    if (from === to || !source || copies(source) > 1) return;
    if (target && (copies(target) === 1 || target.locked)) return;
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
      assert.deepEqual(await heardAt(clip), soundOf(`${clip.identity} ${numberOf(clip)}`));
    }
    const places = clips.flatMap(({ segment }) => segment ?? []);
    assert.equal(new Set(places).size, places.length, "two clips of one segment");
    const there = new Set(clips.map(numberOf));
    for (const number of this.#saved.keys()) assert.ok(there.has(number), `${number} is lost`);
    const locked = clips.filter((clip) => clip.locked).map(numberOf);
    assert.deepEqual(locked.sort(), this.#locked.sort(), "the locked clips");
    if (clips.length > 0) {
      const manifest = await readFile(join(folder, "manifest.json"), "utf8");
      assert.equal(manifest, encodeManifest("talk.md", clips, this.#store.decisions));
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
