import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { RunRequest } from "../../../../src/preview/plan/plan.ts";
import type { SegmentView } from "../../../../src/preview/scriptPreview.ts";
import { Stage } from "../../../faults/stage.ts";

const texts = ["One.", "Two.", "Three."];

describe("Takes and locks of a script", () => {
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
  const takeOf = (segment: number, nth = 0): string =>
    basename(
      view(segment).takes[nth]?.path ?? assert.fail(`segment ${segment} has no take ${nth}`),
    );
  const states = (): string[] =>
    stage.preview.segments().map(({ state, locked }) => (locked ? `${state}, locked` : state));
  /** The transcripts that a press sends. */
  const sentBy = async (request: RunRequest): Promise<string[]> => {
    const before = stage.service.frames.length;
    await stage.run(request);
    const sent = stage.service.frames.slice(before).map(({ transcript }) => transcript);
    return sent.filter((text): text is string => typeof text === "string" && text !== "");
  };
  const again: RunRequest = { kind: "segment", segment: 1, again: true };

  it("keeps the former take of a segment that is said again, in a folder of their own", async () => {
    const former = view(1).clip?.spokenAt;
    assert.deepEqual(await sentBy(again), ["Two."]);
    assert.deepEqual(
      view(1).takes.map(({ spokenAt }) => spokenAt),
      [former],
    );
    assert.notEqual(view(1).clip?.spokenAt, former);
    assert.deepEqual(await readdir(join(stage.folder, "takes")), [takeOf(1)]);
  });

  it("restores a take for nothing, and takes that back", async () => {
    const first = view(1).clip?.spokenAt;
    await stage.run(again);
    const second = view(1).clip?.spokenAt;
    const undo = await stage.preview.takes.restore(1, takeOf(1));
    assert.equal(view(1).clip?.spokenAt, first);
    assert.deepEqual(states(), ["ready", "ready", "ready"]);
    assert.deepEqual(await sentBy({ kind: "script" }), []);
    await undo();
    assert.equal(view(1).clip?.spokenAt, second);
    assert.equal(view(1).takes[0]?.spokenAt, first);
  });

  it("says a segment with another voice as a take, and locks the segment when that is restored", async () => {
    const own = view(1).clip?.identity;
    assert.deepEqual(await sentBy({ kind: "segment", segment: 1, voice: "W" }), ["Two."]);
    assert.equal(view(1).clip?.identity, own);
    assert.equal(view(1).takes[0]?.voice, "W");
    const undo = await stage.preview.takes.restore(1, takeOf(1));
    assert.deepEqual(states(), ["ready", "ready, locked", "ready"]);
    assert.equal(view(1).clip?.voice, "W");
    assert.deepEqual(await sentBy({ kind: "script" }), []);
    await undo();
    assert.deepEqual(states(), ["ready", "ready", "ready"]);
    assert.equal(view(1).clip?.identity, own);
  });

  it("takes back what was restored where there was nothing, and where the segment is by then", async () => {
    stage.read([...texts, "Four."]);
    await stage.run({ kind: "segment", segment: 3, voice: "W" });
    const undo = await stage.preview.takes.restore(3, takeOf(3));
    assert.deepEqual(states().at(3), "ready, locked");
    stage.read(["Zero.", ...texts, "Four."]);
    await undo();
    assert.deepEqual(states(), ["not spoken", "ready", "ready", "ready", "not spoken"]);
    assert.equal(view(4).takes.length, 1);
  });

  it("restores a take of a locked segment, which stays locked", async () => {
    await stage.run(again);
    await stage.preview.takes.setLocked(1, true);
    const undo = await stage.preview.takes.restore(1, takeOf(1));
    assert.deepEqual(states(), ["ready", "ready, locked", "ready"]);
    await undo();
    assert.deepEqual(states(), ["ready", "ready, locked", "ready"]);
  });

  it("leaves a locked segment alone, whatever is pressed, until it is unlocked", async () => {
    await stage.preview.takes.setLocked(1, true);
    stage.read(["One.", "Two, but different.", "Three."]);
    assert.deepEqual(states(), ["ready", "changed, locked", "ready"]);
    assert.deepEqual(await sentBy({ kind: "script" }), []);
    assert.deepEqual(await sentBy(again), []);
    assert.equal(stage.preview.plan({ kind: "script" }).characters, 0);
    assert.equal(view(1).clip?.transcript, "Two.", "what is locked is heard");
    await stage.preview.takes.setLocked(1, false);
    assert.equal(view(1).clip, undefined);
    assert.deepEqual(await sentBy({ kind: "script" }), ["Two, but different."]);
  });

  it("leaves a clip in its place that is locked while its segment is said again", async () => {
    const former = view(1).clip?.spokenAt;
    await stage.preview.run(again, async () => {
      await stage.preview.takes.setLocked(1, true); // what is to be said is settled by then
      return stage.endpoint;
    });
    assert.equal(view(1).clip?.spokenAt, former);
    assert.equal(view(1).takes.length, 1);
  });

  it("keeps a lock with its segment when that is moved and edited", async () => {
    await stage.preview.takes.setLocked(1, true);
    stage.read(["Zero.", "One.", "Two, edited.", "Three."]);
    assert.deepEqual(states(), ["not spoken", "ready", "changed, locked", "ready"]);
    assert.deepEqual(await sentBy({ kind: "script" }), ["Zero."]);
    assert.deepEqual(states(), ["ready", "ready", "changed, locked", "ready"]);
  });

  it("deletes a take and its file, and says so where it is gone already", async () => {
    await stage.run(again);
    const take = takeOf(1);
    await stage.preview.takes.delete(1, take);
    assert.deepEqual(view(1).takes, []);
    assert.deepEqual(await readdir(join(stage.folder, "takes")), []);
    await assert.rejects(stage.preview.takes.restore(1, take), /no longer in the folder/);
  });

  it("shows the takes of a text at every segment that says it, wherever they are moved", async () => {
    await stage.run(again);
    stage.read(["Two.", "Three.", "Two."]);
    assert.deepEqual(
      stage.preview.segments().map(({ takes }) => takes.length),
      [1, 0, 1],
    );
    assert.deepEqual(states(), ["ready", "ready", "ready"]);
  });
});
