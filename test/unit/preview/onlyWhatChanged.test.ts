import assert from "node:assert/strict";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import { previewInput, Stage } from "../../faults/stage.ts";

const count = 200;
const texts = Array.from({ length: count }, (_, at) => `This is the segment ${at} of the script.`);

/** UTF-16 units of these transcripts, said over one context. */
const lengthOf = (said: readonly string[]): number => said.join(" ").length;

/** The script with other segments in these places. */
const edited = (changes: Readonly<Record<number, string>>): string[] =>
  texts.map((text, at) => changes[at] ?? text);

describe("A script of 200 segments that was spoken", () => {
  let stage: Stage;

  before(async () => {
    stage = await Stage.set({ texts, maxConcurrency: 4 });
    await stage.open();
    await stage.run();
  });

  beforeEach(() => stage.read(texts));

  after(() => stage.clear());

  /** The characters that the service has got since `before`, of as many frames. */
  const characters = (before: number): number =>
    stage.service.frames
      .slice(before)
      .reduce(
        (sum, { transcript }) => sum + (typeof transcript === "string" ? transcript.length : 0),
        0,
      );

  /** Asserts that a press sends just so many characters, and says so beforehand and afterwards. */
  async function checkPress(expected: number): Promise<RunEnding> {
    const before = stage.service.frames.length;
    assert.equal(stage.preview.plan({ kind: "script" }).characters, expected);
    const ending = await stage.run();
    assert.equal(characters(before), expected);
    assert.equal(ending.characters, expected);
    assert.equal(ending.missing, 0);
    return ending;
  }

  it("has sent each character once, with the white space between", async () => {
    assert.equal(characters(0), lengthOf(texts));
  });

  it("sends nothing where nothing has changed", async () => {
    await checkPress(0);
  });

  it("sends one segment's characters where one was edited, and none where that is undone", async () => {
    const text = "This one was edited.";
    stage.read(edited({ 77: text }));
    await checkPress(text.length);
    stage.read(texts);
    await checkPress(0);
  });

  it("sends nothing where two were swapped", async () => {
    stage.read(edited({ 20: texts[130] ?? "", 130: texts[20] ?? "" }));
    await checkPress(0);
  });

  it("sends nothing where one was deleted, and one segment's where one was inserted", async () => {
    stage.read(texts.filter((_text, at) => at !== 50));
    await checkPress(0);
    stage.read(texts.flatMap((text, at) => (at === 10 ? ["Quite new.", text] : [text])));
    await checkPress("Quite new.".length);
  });

  it("sends each group without white space at its end, where several were edited", async () => {
    stage.read(edited({ 3: "New A.", 4: "New B.", 90: "New C." }));
    await checkPress("New A. New B.".length + "New C.".length);
  });

  it("sends all where the voice is another", async () => {
    const input = previewInput(texts.join("<flush/>"));
    stage.preview.read({ ...input, settings: { ...input.settings, voice: "W" } });
    await checkPress(lengthOf(texts));
  });

  it("sends just the rest after a stop in the middle", async () => {
    await stage.clear();
    stage = await Stage.set({
      texts,
      watch: (event, { preview }) => {
        if (event.type === "audioEnded" && event.segment === 99) void preview.stop();
      },
    });
    await stage.open();
    const { saved } = await stage.run();
    assert.ok(saved >= 100 && saved < count);
    const rest = texts.filter((_text, at) => stage.states()[at] !== "ready");
    await checkPress(lengthOf(rest));
  });
});
