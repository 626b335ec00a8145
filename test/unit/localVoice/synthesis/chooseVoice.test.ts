import assert from "node:assert/strict";
import { chooseVoice, gainOf, toneOf } from "../../../../src/localVoice/synthesis/chooseVoice.ts";

describe("chooseVoice", () => {
  it("speaks for a documented voice with one of the same gender", () => {
    assert.equal(chooseVoice("6ccbfb76-1fc6-48f7-b71d-91ac6298247b"), "slt");
    assert.equal(chooseVoice("6CCBFB76-1FC6-48F7-B71D-91AC6298247B"), "slt");
    assert.equal(chooseVoice("a5136bf9-224c-4d76-b823-52bd5efcffcc"), "rms");
  });

  it("takes its own names", () => {
    assert.equal(chooseVoice("rms"), "rms");
    assert.equal(chooseVoice("slt"), "slt");
  });

  it("gives any other id one of its voices, always the same, and uses both", () => {
    const ids = Array.from({ length: 200 }, (_, k) => `voice ${k} é`);
    const voices = ids.map(chooseVoice);
    assert.deepEqual(ids.map(chooseVoice), voices);
    const count = voices.filter((voice) => voice === "slt").length;
    assert.ok(count > 60 && count < 140, `slt ${count} times of 200`);
    // These must never change: the same id sounds the same in every version.
    assert.deepEqual(["a", "b", "narrator"].map(chooseVoice), ["slt", "slt", "rms"]);
  });
});

describe("toneOf", () => {
  it("is the voice's own for its name and for the first documented voice of each", () => {
    const ids = [
      "rms",
      "slt",
      "6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
      "A5136BF9-224c-4d76-b823-52bd5efcffcc",
    ];
    assert.deepEqual(ids.map(toneOf), [1, 1, 1, 1]);
  });

  it("parts documented voices that one of ours speaks for", () => {
    const men = [
      "a5136bf9-224c-4d76-b823-52bd5efcffcc",
      "0834f3df-e650-4766-a20c-5a93a43aa6e3",
      "6776173b-fd72-460d-89b3-d85812ee518d",
      "c961b81c-a935-4c17-bfb3-ba2239de8c2f",
      "f4a3a8e4-694c-4c45-9ca0-27caf97901b5",
    ];
    assert.equal(new Set(men.map(toneOf)).size, men.length);
  });

  it("is always the same for any other id, and uses all there are", () => {
    const ids = Array.from({ length: 200 }, (_, at) => `voice ${at} é`);
    assert.deepEqual(ids.map(toneOf), ids.map(toneOf));
    assert.equal(new Set(ids.map((id) => `${chooseVoice(id)} ${toneOf(id)}`)).size, 14);
  });
});

describe("gainOf", () => {
  it("brings both voices to one level, times the volume", () => {
    assert.ok(Math.abs(20 * Math.log10(gainOf("rms", 1)) - 1) < 1e-9);
    assert.ok(Math.abs(20 * Math.log10(gainOf("slt", 1)) + 4.5) < 1e-9);
    assert.equal(gainOf("slt", 2), 2 * gainOf("slt", 1));
  });
});
