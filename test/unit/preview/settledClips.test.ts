import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { SegmentView } from "../../../src/preview/scriptPreview.ts";
import { Stage } from "../../faults/stage.ts";

describe("Clips of a script that get other places", () => {
  let stage: Stage;

  afterEach(() => stage.clear());

  async function speak(...texts: string[]): Promise<void> {
    stage = await Stage.set({ texts, habits: { words: "from the context" } });
    await stage.open();
    await stage.run();
  }

  const view = (segment: number): SegmentView =>
    stage.preview.segments([segment])[0] ?? assert.fail(`there is no segment ${segment}`);
  const changes = (): unknown[] =>
    stage.events.splice(0).map((event) => (event.type === "changed" ? event.segments : event.type));

  it("are told of where that is done without a press: their files have other names", async () => {
    await speak("One.", "Two.");
    stage.read(["Zero.", "One.", "Two."]);
    stage.preview.segments(); // whoever looks between must not keep others from being told
    changes();
    await stage.preview.settle();
    assert.deepEqual(changes(), [undefined]);
    const { path = "" } = view(2).clip ?? {};
    assert.equal(basename(path), "flush_002.wav");
    assert.ok((await readFile(path)).includes("Two."));
    await stage.preview.settle();
    assert.deepEqual(changes(), [], "nothing has changed");
  });

  it("are found for a lock when an edit was undone, before they are in place again", async () => {
    await speak("One.", "Two.");
    stage.read(["One.", "Two, but different."]);
    await stage.run();
    stage.read(["One.", "Two."]);
    assert.deepEqual([view(1).state, view(1).placed], ["ready", true]);
    await stage.preview.takes.setLocked(1, true);
    assert.deepEqual([view(1).state, view(1).locked], ["ready", true]);
  });

  it("have their words where the text of a locked one says them now", async () => {
    await speak("One two three.");
    await stage.preview.takes.setLocked(0, true);
    const wordsIn = (text: string): string[] => {
      stage.read([text]);
      return view(0).words.map(({ from, to }) => text.slice(from, to));
    };
    const before = wordsIn("One two three.");
    assert.ok(before.length > 1);
    assert.deepEqual(wordsIn("And now: One two three."), before);
    assert.deepEqual(wordsIn("One two three."), before);
  });

  it("are given back by an undo though another segment has the same clip", async () => {
    await speak("One.", "Two.", "One.");
    // Both have copies of one clip then.
    stage.read(["One.", "Two.", "One.", "Two."]);
    await stage.preview.settle();
    await stage.run({ kind: "segment", segment: 3, voice: "W" });
    const former = view(3).clip?.spokenAt;
    assert.equal(view(1).clip?.spokenAt, former);
    const take = view(3).takes[0]?.path ?? assert.fail("there is no take");
    const undo = await stage.preview.takes.restore(3, basename(take));
    assert.equal(view(3).clip?.voice, "W");
    await undo();
    assert.deepEqual([view(3).clip?.voice, view(3).locked], ["V", false]);
    assert.equal(view(3).clip?.spokenAt, former);
    assert.equal(view(1).clip?.spokenAt, former);
    assert.equal(view(3).takes[0]?.voice, "W");
  });

  it("are given back to the segment they were taken from, where others have the restored take too", async () => {
    await speak("One.", "Two.");
    await stage.run({ kind: "segment", segment: 1, again: true });
    const second = view(1).clip?.spokenAt;
    const undo = await stage.preview.takes.restore(1, basename(view(1).takes[0]?.path ?? ""));
    stage.read(["Two.", "One.", "Two."]);
    await stage.preview.settle();
    await undo();
    assert.ok([view(0), view(2)].some(({ clip }) => clip?.spokenAt === second));
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
  });
});
