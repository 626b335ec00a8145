import assert from "node:assert/strict";
import { basename } from "node:path";
import type { SegmentView } from "../../../src/preview/scriptPreview.ts";
import { previewInput, Stage } from "../../faults/stage.ts";

const texts = ["One and all.", "Two by two.", "Three times."];

describe("What a user decided on a segment's clip", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.set({ texts });
    await stage.open();
    await stage.run();
  });

  afterEach(() => stage.clear());

  const view = (segment: number): SegmentView => {
    const [found] = stage.preview.segments([segment]);
    return found ?? assert.fail(`there is no segment ${segment}`);
  };
  const states = (): string[] =>
    stage.preview.segments().map(({ state, locked }) => (locked ? `${state}, locked` : state));
  /** Reads the document so, and saves it. */
  const save = async (...now: string[]): Promise<void> => {
    stage.read(now);
    await stage.preview.settle();
  };
  const sayAgain = (segment: number) => stage.run({ kind: "segment", segment, again: true });
  const takeOf = (segment: number): string => basename(view(segment).takes[0]?.path ?? "");

  const ways: readonly (readonly [what: string, leave: () => Promise<void>])[] = [
    ["cut and saved", () => save("One and all.", "Three times.")],
    ["another branch", () => save("Nothing", "of that")],
    ["a text with nothing to say", () => save("One and all.", "…", "Three times.")],
    [
      "spoken on another branch",
      async () => {
        await save("Nothing", "of that");
        await stage.run();
      },
    ],
  ];
  for (const [what, leave] of ways) {
    it(`is kept while its text is gone: ${what}`, async () => {
      const kept = view(1).clip?.spokenAt;
      await stage.preview.takes.setLocked(1, true);
      await leave();
      assert.ok(!states().includes("ready, locked"));
      await save(...texts);
      assert.deepEqual(states(), ["ready", "ready, locked", "ready"]);
      assert.equal(view(1).clip?.spokenAt, kept);
      await stage.open();
      assert.deepEqual(states(), ["ready", "ready, locked", "ready"]);
    });

    it(`is the take that was restored, whatever is newer: ${what}`, async () => {
      const chosen = view(1).clip?.spokenAt;
      await sayAgain(1);
      await stage.preview.takes.restore(1, takeOf(1));
      assert.equal(view(1).clip?.spokenAt, chosen);
      await leave();
      await save(...texts);
      assert.deepEqual(states(), ["ready", "ready", "ready"]);
      assert.equal(view(1).clip?.spokenAt, chosen);
      await sayAgain(1);
      const newest = view(1).clip?.spokenAt;
      await leave();
      await save(...texts);
      assert.equal(view(1).clip?.spokenAt, newest, "what was said since");
    });
  }

  it("is kept with an edited text, too", async () => {
    await stage.preview.takes.setLocked(1, true);
    const edited = ["One and all.", "Two by two, edited.", "Three times."];
    await save(...edited);
    assert.deepEqual(states(), ["ready", "changed, locked", "ready"]);
    await save("One and all.", "Three times.");
    await save(...edited);
    assert.deepEqual(states(), ["ready", "changed, locked", "ready"]);
  });

  it("is no other text's, where an empty line makes the front matter text and cuts it anew", async () => {
    const script =
      '---\nspeech:\n  flush: ["***"]\n---\n\nAlpha.\n\n***\n\nBeta.\n\n***\n\nGamma.\n';
    const read = async (text: string): Promise<void> => {
      stage.preview.read({ ...previewInput(text), language: "markdown" });
      await stage.preview.settle();
    };
    await read(script);
    await stage.run();
    await stage.preview.takes.setLocked(1, true);
    await read(`\n${script}`);
    assert.ok(stage.preview.segments().every(({ locked, clip }) => !locked && !clip));
    await read(script);
    assert.deepEqual(states(), ["ready", "ready, locked", "ready"]);
    assert.equal(view(1).clip?.transcript, "Beta.");
  });

  it("wins over what is being said meanwhile", async () => {
    const first = view(1).clip?.spokenAt;
    await sayAgain(1);
    await stage.preview.run({ kind: "segment", segment: 1, again: true }, async () => {
      await stage.preview.takes.restore(1, takeOf(1));
      return stage.endpoint;
    });
    assert.equal(view(1).clip?.spokenAt, first);
    assert.equal(view(1).takes.length, 2);
    await save("One and all.", "Three times.");
    await save(...texts);
    assert.equal(view(1).clip?.spokenAt, first, "also when its text comes back");
    await sayAgain(1);
    assert.notEqual(view(1).clip?.spokenAt, first, "what is asked for afterwards replaces it");
  });
});
