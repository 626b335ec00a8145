import assert from "node:assert/strict";
import fc from "fast-check";
import { sampleFileNames } from "../../../../src/script/frontMatter/sampleFiles.ts";
import { readSamples } from "../../../../src/script/frontMatter/samples.ts";

describe("readSamples", () => {
  const read = (text: string): unknown => {
    const { sets, faults } = readSamples(text);
    return { sets: Object.fromEntries(sets), faults };
  };

  it("reads sets by name, numbers as they are written", () => {
    assert.deepEqual(
      read("default:\n  name: Anna\n  price: 1.50\nlong names:\n  name: 'Ann: a'\n"),
      {
        sets: { default: { name: "Anna", price: "1.50" }, "long names": { name: "Ann: a" } },
        faults: [],
      },
    );
  });

  it("reads JSON alike", () => {
    const text = JSON.stringify({ default: { name: "Anna", count: 3, open: true } });
    assert.deepEqual(read(text), {
      sets: { default: { name: "Anna", count: "3", open: "true" } },
      faults: [],
    });
  });

  it("leaves out what will not do, and says so", () => {
    const { sets, faults } = readSamples("a: 1\nb:\n  x: [1]\n  y: {}\n  'n m': z\n  ok: fine");
    assert.deepEqual([...sets], [["b", { ok: "fine" }]]);
    assert.equal(faults.length, 4);
    for (const text of ["- a", "a: [", "x", "[".repeat(20_000), "a".repeat(300_000)]) {
      const { sets, faults } = readSamples(text);
      assert.deepEqual([sets.size, faults.length], [0, 1], text.slice(0, 9));
    }
  });

  it("takes an empty file for one without sets", () => {
    assert.deepEqual(read("\uFEFF# none yet\n"), { sets: {}, faults: [] });
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), (text) => void readSamples(text)));
  });
});

describe("sampleFileNames", () => {
  it("names them after the script, as its folder of clips is named", () => {
    const names = ["talk.samples.yaml", "talk.samples.yml", "talk.samples.json"];
    assert.deepEqual(sampleFileNames("talk.md"), names);
    assert.deepEqual(sampleFileNames("talk.speech.md"), names);
  });
});
