import assert from "node:assert/strict";
import { speakerLabels } from "../../../../src/editor/display/speakerLabels.ts";

const names: Readonly<Record<string, string>> = { a: "Tessa", b: "Jameson", c: "$(x) ".repeat(9) };
const cast = {
  ANNA: { voice: "a" },
  BERT: { voice: "b", speed: 1.1 },
  CARL: { voice: "c" },
  DORA: { voice: "unknown" },
  ["A name that is longer than a look takes"]: { voice: "b" },
};

const labels = (speakers: readonly (string | undefined)[], own = "a"): unknown[] => {
  const found = speakerLabels(speakers, { own, cast, nameOf: (voice) => names[voice] });
  return speakers.map((speaker) => found.get(speaker));
};

describe("speakerLabels", () => {
  it("name the voices of a script that is said in several", () => {
    assert.deepEqual(labels(["ANNA", "BERT", "ANNA"]), [
      "ANNA, Tessa",
      "BERT, Jameson",
      "ANNA, Tessa",
    ]);
    assert.deepEqual(labels([undefined, "BERT"]), ["Tessa", "BERT, Jameson"]);
  });

  it("name none where all is said in one", () => {
    assert.deepEqual(labels(["ANNA", "ANNA"]), ["ANNA", "ANNA"]);
    assert.deepEqual(labels([undefined, "ANNA"]), [undefined, "ANNA"]);
    assert.deepEqual(labels([undefined, undefined]), [undefined, undefined]);
  });

  it("show no ids", () => {
    assert.deepEqual(labels(["ANNA", "DORA"]), ["ANNA, Tessa", "DORA"]);
    assert.deepEqual(labels([undefined, "ANNA"], "unknown"), [undefined, "ANNA, Tessa"]);
  });

  it("are short, and no signs", () => {
    assert.deepEqual(labels(["A name that is longer than a look takes", "CARL"]), [
      "A name that is longer t…, Jameson",
      "CARL, $ (x) $ (x) $ (x) $ (x)…",
    ]);
  });
});
