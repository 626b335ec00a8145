import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import type { Clip } from "../../../src/clips/model/clip.ts";
import { ClipStore } from "../../../src/clips/clipStore.ts";
import { isAlike } from "../../../src/clips/pairing/likeness.ts";
import type { WantedClip } from "../../../src/clips/pairing/pairClips.ts";
import { makeScratchFolder, newClip, soundOf } from "./scratch.ts";

/** What a writer may do, with two windows on one script. Numbers choose among what there is. */
type Step =
  | { readonly do: "edit"; readonly how: Edit; readonly at: number; readonly to: number }
  | { readonly do: "undo" | "switch branch" | "switch window" | "speak" | "reopen" | "revoice" }
  | { readonly do: "say again" | "unlock"; readonly at: number }
  | { readonly do: "lock" | "restore"; readonly at: number; readonly take: number };
type Edit = "insert" | "delete" | "move" | "reword" | "rewrite" | "silence";

const at = fc.nat(7);
const how = fc.constantFrom<Edit>("insert", "delete", "move", "reword", "rewrite", "silence");
const alone = (...what: (Step & { readonly at?: never })["do"][]): fc.Arbitrary<Step> =>
  fc.constantFrom(...what).map((what) => ({ do: what }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("edit" as const), how, at, to: at }) },
  { weight: 6, arbitrary: alone("undo", "speak", "switch branch", "switch window") },
  { weight: 1, arbitrary: alone("reopen", "revoice") },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("lock" as const, "restore" as const),
      at,
      take: at,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom("say again" as const, "unlock" as const), at }),
  },
);

/** Which of all clips that were ever said this is. */
const numberOf = ({ characters }: Clip): number => characters;

/** One window: a store, and the script as it stands there, with what undo goes back to. */
interface Window {
  store: ClipStore;
  texts: readonly string[];
  readonly before: (readonly string[])[];
  /** It is on another machine, whose clock is so many milliseconds ahead. */
  readonly clockMs: number;
  /** The script on the branch that is not checked out. */
  other: readonly string[];
}

/** A script whose texts are each there once, and what must be known of its clips. Every change of it is saved at once. */
class Desk {
  readonly #folder: string;
  readonly #windows: Window[] = [];
  /** By identity, all that was ever paid for, oldest first. */
  readonly #paid = new Map<string, number[]>();
  /** By identity, the clip that was said or chosen last. */
  readonly #wanted = new Map<string, number>();
  /** The clips that are locked, by number. */
  readonly #locked = new Set<number>();
  #voice = "";
  #names = 0;
  #count = 0;
  #saidAt = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async open(): Promise<void> {
    for (let nth = 0; nth < 2; nth++) {
      const texts = ["Alpha beta gamma", "Delta epsilon zeta", "Eta theta iota"];
      const store = await this.#openStore();
      this.#windows.push({ store, texts, before: [], clockMs: nth * 3_600_000, other: texts });
    }
    await this.#speak();
  }

  async take(step: Step): Promise<void> {
    const window = this.#window;
    switch (step.do) {
      case "edit":
        window.before.push(window.texts);
        return this.#show(this.#edited(window.texts, step));
      case "undo":
        return this.#show(window.before.pop() ?? window.texts);
      case "switch branch": {
        const { other } = window;
        window.other = window.texts;
        return this.#show(other);
      }
      case "switch window":
        this.#windows.reverse();
        await this.#window.store.refresh();
        return this.#settle();
      case "reopen":
        window.store = await this.#openStore();
        return;
      case "revoice":
        this.#voice = this.#voice === "" ? ", another voice" : "";
        return this.#settle();
      case "speak":
        return this.#speak();
      case "say again":
        return this.#say(step.at % Math.max(1, window.texts.length));
      case "lock":
      case "unlock":
        return this.#lock(step.at % Math.max(1, window.texts.length), step.do === "lock");
      case "restore":
        return this.#restore(step.at % Math.max(1, window.texts.length), step.take);
    }
  }

  /** Nothing is lost, and all that was decided holds. */
  check(): void {
    const { store, texts } = this.#window;
    const clips = store.clips();
    const there = new Set(clips.map(numberOf));
    for (const [identity, numbers] of this.#paid) {
      assert.ok(there.has(numbers.at(-1) ?? 0), `the newest of “${identity}” is lost`);
    }
    for (const number of this.#locked) {
      const clip = clips.find((other) => numberOf(other) === number);
      assert.ok(clip?.locked, `lock ${number} is lost`);
      if (clip.segment !== undefined) {
        assert.ok(isAlike(clip, texts[clip.segment] ?? ""), `lock ${number} hopped`);
      }
      const own = texts.indexOf(clip.transcript);
      if (own >= 0) assert.ok(store.at(own)?.locked, `lock ${number} does not hold its text`);
    }
    for (const [segment, text] of texts.entries()) {
      const clip = store.at(segment);
      assert.ok(!clip || isAlike(clip, text), `segment ${segment} has a clip of another text`);
      if (clip?.locked) continue;
      const wanted = this.#wanted.get(this.#identityOf(text));
      if (wanted !== undefined) {
        assert.equal(clip && numberOf(clip), wanted, `“${text}” has not what it had`);
      }
    }
    assert.equal(clips.filter(({ locked }) => locked).length, this.#locked.size, "locks");
  }

  get #window(): Window {
    const [window] = this.#windows;
    return window ?? assert.fail("there is no window");
  }

  #openStore(): Promise<ClipStore> {
    return ClipStore.open({ folder: this.#folder, documentName: "talk.md", takesKeep: () => 0 });
  }

  #identityOf(text: string): string {
    return `${text}${this.#voice}`;
  }

  #edited(texts: readonly string[], { how, at, to }: Step & { do: "edit" }): readonly string[] {
    const result = [...texts];
    const from = at % Math.max(1, texts.length);
    const name = `new${this.#names++}`;
    const text = result[from] ?? name;
    if (how === "insert") result.splice(from, 0, `${name}a ${name}b ${name}c`);
    else if (how === "delete") result.splice(from, 1);
    else if (how === "move") result.splice(to % texts.length, 0, ...result.splice(from, 1));
    else if (how === "reword") result[from] = text.replace(/(^|\w+$)/, name);
    else result[from] = how === "silence" ? "" : `${name}a ${name}b ${name}c`;
    return result;
  }

  /** The script is this one now, and is saved. */
  async #show(texts: readonly string[]): Promise<void> {
    this.#window.texts = texts;
    await this.#settle();
  }

  async #settle(): Promise<void> {
    const { store, texts } = this.#window;
    await store.refresh();
    await store.arrange(
      texts.map((transcript): WantedClip | undefined =>
        transcript === "" ? undefined : { identity: this.#identityOf(transcript), transcript },
      ),
    );
  }

  async #speak(): Promise<void> {
    await this.#settle();
    for (const [segment, text] of this.#window.texts.entries()) {
      const clip = this.#window.store.at(segment);
      if (clip?.identity !== this.#identityOf(text)) await this.#say(segment);
    }
  }

  async #say(segment: number): Promise<void> {
    const { store, texts } = this.#window;
    await this.#settle();
    const transcript = texts[segment] ?? "";
    if (transcript === "" || store.at(segment)?.locked) return;
    const since = store.decisions;
    const spokenAt = this.#nextInstant();
    const number = ++this.#count;
    const identity = this.#identityOf(transcript);
    const facts = { transcript, spokenAt, characters: number, samples: soundOf(`${number}`) };
    await store.saveUnlessDecided(newClip(segment, identity, facts), since);
    this.#paid.set(identity, [...(this.#paid.get(identity) ?? []), number]);
    this.#wanted.set(identity, number);
  }

  async #lock(segment: number, locked: boolean): Promise<void> {
    await this.#settle();
    const clip = this.#window.store.at(segment);
    if (!clip) return;
    if (!locked) this.#letGo(clip.transcript);
    await this.#window.store.setLocked(segment, locked);
    if (locked) this.#locked.add(numberOf(clip));
    else this.#locked.delete(numberOf(clip));
    await this.#settle();
  }

  async #restore(segment: number, nth: number): Promise<void> {
    await this.#settle();
    const { store, texts } = this.#window;
    const takes = store.takes(texts[segment] ?? "");
    const take = takes[nth % Math.max(1, takes.length)];
    if (!take) return;
    const former = store.at(segment);
    const isOther = take.identity !== this.#identityOf(take.transcript);
    const locked = isOther || (former?.locked ?? false);
    if (!locked) this.#letGo(take.transcript);
    await store.restore(take, segment, locked);
    if (former) this.#locked.delete(numberOf(former));
    if (locked) this.#locked.add(numberOf(take));
    this.#wanted.set(take.identity, numberOf(take));
    await this.#settle();
  }

  /** The locks of this text that wait are given up. */
  #letGo(text: string): void {
    for (const take of this.#window.store.takes(text)) this.#locked.delete(numberOf(take));
  }

  /** A time that is later than any before it on this machine. */
  #nextInstant(): string {
    return new Date(Date.UTC(2026, 0, 31) + this.#window.clockMs + ++this.#saidAt).toISOString();
  }
}

describe("Clips, locks and takes that were chosen", () => {
  it("are there whenever their text is, whatever was edited, undone, spoken or switched", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const scratch = await makeScratchFolder();
        try {
          const desk = new Desk(join(scratch, "talk.speech"));
          await desk.open();
          desk.check();
          for (const next of steps) {
            await desk.take(next);
            desk.check();
          }
        } finally {
          await rm(scratch, { recursive: true });
        }
      }),
      { numRuns: 40, seed: 20261130 },
    );
  });
});
