import assert from "node:assert/strict";
import { join } from "node:path";
import { openPreview } from "../../../src/preview/openPreview.ts";
import { previewInput, Stage } from "../../faults/stage.ts";
import { audioOf } from "../../support/fakes/scriptedService.ts";

const texts = ["One.", "Two.", "Three.", "Four.", "Five."];

describe("What is spoken again", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.set({ texts, maxConcurrency: 2 });
    await stage.open();
    await stage.run();
    stage.events.length = 0;
  });

  afterEach(() => stage.clear());

  /** The segments of the events of a type. */
  const segmentsOf = (type: "audio" | "audioVoid" | "audioEnded"): number[] =>
    stage.events.flatMap((event) => (event.type === type ? [event.segment] : []));

  it("is said regardless of what is ready, and saved in its place", async () => {
    const before = stage.preview.segments()[1]?.clip;
    const ending = await stage.run({ kind: "segment", segment: 1, again: true });
    assert.deepEqual(stage.asked.slice(5), ["Two."]);
    assert.equal(ending.saved, 1);
    const after = stage.preview.segments()[1]?.clip;
    assert.equal(after?.identity, before?.identity);
    assert.notEqual(after?.spokenAt, before?.spokenAt);
    assert.equal(after?.segment, 1);
  });

  it("is told to be queued before the run begins: what was there must not be heard in its place", async () => {
    const states: string[] = [];
    stage = await restage((type) => {
      if (type === "changed" && stage.preview.running) states.push(...stage.states());
      if (type === "runStarted") states.push("begins");
    });
    await stage.run({ kind: "segment", segment: 1 });
    states.length = 0;
    await stage.run({ kind: "segment", segment: 1, again: true });
    assert.equal(states[1], "queued");
    assert.equal(states.indexOf("begins"), texts.length);
  });

  async function restage(note: (type: string) => void): Promise<Stage> {
    await stage.clear();
    const next = await Stage.set({ texts, watch: ({ type }) => note(type) });
    stage = next;
    await next.open();
    return next;
  }

  it("is said in context: what stands before is sent first, and nothing of it is heard or saved", async () => {
    const request = { kind: "segment", segment: 3, again: true, inContext: true } as const;
    const clips = stage.preview.segments().map(({ clip }) => clip?.version);
    const { characters } = stage.preview.plan(request);
    const ending = await stage.run(request);
    assert.deepEqual(stage.asked.slice(5), ["Two.", "Three.", "Four."]);
    assert.equal(characters, "Two. Three. Four.".length);
    assert.equal(ending.characters, characters);
    assert.equal(ending.saved, 1);
    assert.deepEqual(new Set(segmentsOf("audio")), new Set([3]));
    assert.deepEqual(new Set(segmentsOf("audioEnded")), new Set([3]));
    const changed = stage.events.flatMap((event) =>
      event.type === "changed" ? (event.segments ?? []) : [],
    );
    assert.deepEqual(new Set(changed), new Set([3]));
    const [, , , spoken] = stage.preview.segments();
    assert.equal(spoken?.clip?.characters, "Four.".length, "the clip's own");
    assert.equal(spoken?.clip?.bytes, audioOf("Four.").length);
    for (const [at, { clip }] of stage.preview.segments().entries()) {
      if (at !== 3) assert.equal(clip?.version, clips[at]);
    }
  });

  it("asks for the cost in characters and credits", async () => {
    const asked: object[] = [];
    const request = { kind: "segment", segment: 1, again: true, inContext: true } as const;
    await stage.preview.run(
      request,
      () => assert.fail("the service was asked"),
      ({ characters, credits }) => {
        asked.push({ characters, credits });
        return Promise.resolve(false);
      },
    );
    assert.deepEqual(asked, [{ characters: "One. Two.".length, credits: "One. Two.".length }]);
  });

  it("tells the price anew, where it is learnt meanwhile what a voice costs", async () => {
    const clones = new Set<string>();
    const document = {
      uri: "file:///talk.md",
      path: join(stage.home, "talk.md"),
      audioFolder: "",
      workspaceRoot: undefined,
      storage: undefined,
      container: "wav",
    } as const;
    const isPro = (_: string, voice: string): boolean => clones.has(voice);
    const { preview } = await openPreview(document, { report() {}, trace() {}, isPro });
    preview.read(previewInput("---\nspeech:\n  voice: ann\n---\nOne two."));
    const credits: number[] = [];
    await preview.run(
      { kind: "script" },
      () => assert.fail("the service was asked"),
      (cost, costNow) => {
        clones.add("ann");
        credits.push(cost.credits, costNow().credits);
        return Promise.resolve(false);
      },
    );
    assert.deepEqual(credits, [8, 12]);
  });

  it("asks for another voice, and does not blame the front matter where that is not known", async () => {
    await stage.clear();
    stage = await Stage.set({
      texts,
      interfere: ({ context_id: id }, { socket }) => {
        const error = { type: "error", context_id: id, done: true, error_code: "voice_not_found" };
        socket.send(JSON.stringify(error));
        return false;
      },
    });
    await stage.open();
    const text = "---\nspeech:\n  voice: known\n---\nOne.";
    stage.preview.read(previewInput(text));
    const { failure } = await stage.run({ kind: "segment", segment: 0, voice: "nobody" });
    assert.deepEqual(stage.service.frames[0]?.["voice"], { id: "nobody" });
    assert.equal(failure?.code, "voice-not-found");
    assert.deepEqual(stage.preview.problems, []);
  });
});
