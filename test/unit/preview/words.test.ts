import assert from "node:assert/strict";
import { previewInput, Stage } from "../../faults/stage.ts";
import type { PreviewInput } from "../../../src/preview/scriptPreview.ts";

const text = [
  "Hello {{name}}.",
  "The SQL in your order {{ order }} is fine.",
  "Nothing else.",
].join("<flush/>");

describe("What is put in the place of what is written", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.set({ texts: [] });
    await stage.open();
  });

  afterEach(() => stage.clear());

  const read = (words: Partial<PreviewInput>): void =>
    stage.preview.read({ ...previewInput(text), ...words });

  it("is what is sent", async () => {
    read({ values: { name: "Anna", order: "7" }, pronunciations: { SQL: "sequel" } });
    await stage.run();
    assert.deepEqual(stage.asked, [
      "Hello Anna.",
      "The sequel in your order 7 is fine.",
      "Nothing else.",
    ]);
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
  });

  it("is never sent where a variable has no value: its segment says so, costs nothing, and the others are spoken", async () => {
    read({ values: { name: "Anna" } });
    const characters = "Hello Anna. Nothing else.".length;
    const plan = stage.preview.plan({ kind: "script" });
    assert.deepEqual(plan.play, [0, 2]);
    assert.deepEqual(plan.unfilled, [1]);
    assert.equal(plan.characters, characters);
    assert.equal(stage.preview.plan({ kind: "segment", segment: 1 }).characters, 0);
    const ending = await stage.run();
    assert.deepEqual([ending.saved, ending.missing, ending.failure], [2, 0, undefined]);
    assert.deepEqual(stage.asked, ["Hello Anna.", "Nothing else."]);
    assert.ok(!JSON.stringify(stage.service.frames).includes("{{"));
    assert.deepEqual(stage.states(), ["ready", "failed", "ready"]);
    assert.equal(stage.preview.segments()[1]?.reason, "The variable {{order}} has no value.");
    const [problem] = stage.preview.problems;
    assert.equal(text.slice(problem?.start, problem?.end), "{{ order }}");
  });

  it("is not asked for by a press for the segment alone, nor as a take", async () => {
    read({ values: { name: "Anna" } });
    for (const wishes of [{}, { again: true }, { voice: "other" }]) {
      const plan = stage.preview.plan({ kind: "segment", segment: 1, ...wishes });
      assert.deepEqual(plan.groups, []);
      assert.deepEqual(plan.unfilled, [1]);
      await stage.run({ kind: "segment", segment: 1, ...wishes });
    }
    assert.deepEqual(stage.asked, []);
  });

  it("makes the segments that hold it changed when it changes, and no others", async () => {
    read({ values: { name: "Anna", order: "7" } });
    await stage.run();
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
    read({ values: { name: "Ben", order: "7" } });
    assert.deepEqual(stage.states(), ["changed", "ready", "ready"]);
    const told = stage.events.filter(({ type }) => type === "changed").at(-1);
    assert.deepEqual(told, { type: "changed", segments: [0] });
    read({ values: { name: "Anna", order: "7" }, pronunciations: { SQL: "sequel" } });
    assert.deepEqual(stage.states(), ["ready", "changed", "ready"]);
  });

  it("finds its clip again when a value comes back", async () => {
    read({ values: { name: "Anna", order: "7" } });
    await stage.run();
    read({ values: { name: "Anna" } });
    assert.deepEqual(stage.states(), ["ready", "failed", "ready"]);
    await stage.preview.settle();
    read({ values: { name: "Anna", order: "7" } });
    await stage.preview.settle();
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
  });

  it("highlights what is written while it is heard", () => {
    read({ values: { name: "Anna Maria", order: "7" }, pronunciations: { SQL: "ess cue ell" } });
    const written = (segment: number, said: string): string => {
      const { transcript = "" } = stage.preview.segments()[segment] ?? {};
      const from = transcript.indexOf(said);
      const { start, end } = stage.preview.spanOf(segment, from, from + said.length) ?? {};
      return text.slice(start, end);
    };
    assert.equal(written(0, "Anna"), "{{name}}");
    assert.equal(written(0, "Maria"), "{{name}}");
    assert.equal(written(0, "Hello"), "Hello");
    assert.equal(written(1, "cue"), "SQL");
    assert.equal(written(1, "order"), "order");
    assert.equal(written(1, "7"), "{{ order }}");
  });

  it("is looked up by the service in a dictionary that the front matter names, in every frame", async () => {
    const named = (id: string): PreviewInput =>
      previewInput(`---\nspeech:\n  pronunciation_dict: ${id}\n---\nOne.<flush/>Two.`);
    stage.preview.read(named("pdict_1"));
    await stage.run();
    const frames = stage.service.frames.filter(({ cancel }) => cancel !== true);
    assert.ok(frames.length >= 4);
    for (const frame of frames) assert.equal(frame["pronunciation_dict_id"], "pdict_1");
    stage.preview.read(named("pdict_2"));
    assert.deepEqual(stage.states(), ["changed", "changed"]);
  });
});

describe("A segment that is said otherwise for once", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.set({ texts: ["One.", "The SQL here.", "Three."] });
    await stage.open();
    await stage.run();
  });

  afterEach(() => stage.clear());

  const said = (spelling: string) => ({
    segment: 1,
    transcript: stage.preview.reading?.saidWith(1, { SQL: spelling }) ?? "",
  });

  it("is said so alone, counted so, and saved as a take; its clip stays", async () => {
    const before = stage.preview.segments()[1]?.clip;
    const request = { kind: "segment", segment: 1, said: said("sequel") } as const;
    assert.equal(stage.preview.plan(request).characters, "The sequel here.".length);
    const ending = await stage.run(request);
    assert.equal(ending.saved, 1);
    assert.deepEqual(stage.asked.slice(3), ["The sequel here."]);
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
    assert.equal(stage.preview.segments()[1]?.clip?.identity, before?.identity);
    assert.deepEqual(
      stage.events.filter((event) => event.type === "words" && event.run === 2),
      [],
    );
  });

  it("has its clip already when that becomes how its word is pronounced", async () => {
    await stage.run({ kind: "segment", segment: 1, said: said("sequel") });
    const text = ["One.", "The SQL here.", "Three."].join("<flush/>");
    stage.preview.read({ ...previewInput(text), pronunciations: { SQL: "sequel" } });
    await stage.preview.settle();
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
    assert.equal(stage.preview.segments()[1]?.clip?.transcript, "The sequel here.");
    await stage.run();
    assert.equal(stage.asked.length, 4, "nothing was said again");
  });

  it("is said though it is locked, and not where nothing is left to say", async () => {
    await stage.preview.takes.setLocked(1, true);
    const request = { kind: "segment", segment: 1 } as const;
    assert.equal(stage.preview.plan({ ...request, said: said("x") }).groups.length, 1);
    const nothing = { segment: 1, transcript: "" };
    assert.deepEqual(stage.preview.plan({ ...request, said: nothing }).groups, []);
  });
});
