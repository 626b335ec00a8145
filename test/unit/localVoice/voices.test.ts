import assert from "node:assert/strict";
import { chooseVoice, gainOf } from "../../../src/localVoice/voices.ts";

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

describe("gainOf", () => {
  it("brings both voices to one level, times the volume", () => {
    assert.ok(Math.abs(20 * Math.log10(gainOf("rms", 1)) - 1) < 1e-9);
    assert.ok(Math.abs(20 * Math.log10(gainOf("slt", 1)) + 4.5) < 1e-9);
    assert.equal(gainOf("slt", 2), 2 * gainOf("slt", 1));
  });
});
