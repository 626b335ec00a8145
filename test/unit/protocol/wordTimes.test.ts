import assert from "node:assert/strict";
import fc from "fast-check";
import { WordTimes } from "../../../src/protocol/wordTimes.ts";

const word = (text: string, start: number, end: number) => ({ text, start, end });
const first = { index: 0, start: 0, seconds: 1 };
const second = { index: 1, start: 1, seconds: 2 };

describe("which words belong to which segment", () => {
  it("by flush id, in the context's time", () => {
    const times = new WordTimes();
    times.add([word("stay", 0.1, 0.4), word("hungry", 0.5, 0.9)], 1);
    times.add([word("stay", 1.1, 1.4), word("foolish", 1.5, 2.8)], 2);
    assert.deepEqual(times.of(first, 1), [word("stay", 0.1, 0.4), word("hungry", 0.5, 0.9)]);
    assert.equal(times.origin, "context");
    assert.deepEqual(
      times.of(second, 2).map(({ text, start }) => [text, start.toFixed(1)]),
      [
        ["stay", "0.1"],
        ["foolish", "0.5"],
      ],
    );
  });

  it("by flush id, in the segment's own time", () => {
    const times = new WordTimes();
    times.add([word("stay", 0.1, 0.4), word("foolish", 0.5, 1.8)], 2);
    assert.deepEqual(times.of(second, 2), [word("stay", 0.1, 0.4), word("foolish", 0.5, 1.8)]);
    assert.equal(times.origin, "segment");
  });

  it("by flush id, in the context's time, where a long silence makes room for either reading", () => {
    const times = new WordTimes();
    times.add([word("wait", 0.1, 0.5)], 0);
    times.add([word("here", 1.25, 1.5)], 1);
    assert.deepEqual(times.of({ index: 1, start: 1, seconds: 5 }, 1), [word("here", 0.25, 0.5)]);
  });

  it("by flush id, in the segment's own time, where times run back although either reading has room", () => {
    const times = new WordTimes();
    times.add([word("wait", 2.5, 2.9)], 0);
    times.add([word("here", 1.25, 1.5)], 1);
    assert.deepEqual(times.of({ index: 1, start: 1, seconds: 5 }, 1), [word("here", 1.25, 1.5)]);
  });

  it("by time alone, where they have no flush id", () => {
    const times = new WordTimes();
    times.add([word("a", 0.2, 0.4), word("b", 1.2, 1.4)], undefined);
    assert.deepEqual(
      times.of(first, undefined).map(({ text }) => text),
      ["a"],
    );
    assert.deepEqual(
      times.of(second, undefined).map(({ text }) => text),
      ["b"],
    );
  });

  it("by the steps back of time, where each segment begins at 0", () => {
    const times = new WordTimes();
    times.add([word("a", 0.2, 0.4)], undefined);
    times.add([word("b", 0.1, 0.4), word("c", 0.5, 0.9)], undefined);
    assert.deepEqual(times.of(second, undefined), [word("b", 0.1, 0.4), word("c", 0.5, 0.9)]);
  });

  it("by time, whatever their ids, where flush ids decide nothing", () => {
    const times = new WordTimes();
    times.add([word("a", 0.2, 0.4)], 7);
    times.add([word("b", 1.2, 1.4)], undefined);
    times.add([word("c", 1.5, 1.9)], 7);
    assert.deepEqual(
      times.of(second, undefined).map(({ text }) => text),
      ["b", "c"],
    );
    assert.equal(times.restarts, 1);
  });

  it("by time, where those with an id are another's", () => {
    const times = new WordTimes();
    times.add([word("a", 0.2, 0.4)], 0);
    times.add([word("b", 1.2, 1.4)], undefined);
    assert.deepEqual(
      times.of(second, 1).map(({ text }) => text),
      ["b"],
    );
  });

  it("by time alone, each exactly once, wherever segments are cut", () => {
    const durations = fc.array(fc.double({ min: 0.01, max: 3, noNaN: true }), { minLength: 1 });
    const gaps = fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(durations, gaps, (lengths, steps) => {
        const times = new WordTimes();
        let at = 0;
        steps.forEach((step, index) => {
          times.add([word(`${index}`, at + step, at + step + 0.01)], undefined);
          at += step + 0.01;
        });
        let start = 0;
        const heard = lengths.flatMap((seconds, index) => {
          const words = times.of({ index, start, seconds }, undefined);
          start += seconds;
          return words.map(({ text }) => text);
        });
        const all = steps.map((_, index) => `${index}`);
        assert.deepEqual(heard, all.slice(0, heard.length));
        assert.equal(new Set(heard).size, heard.length);
      }),
    );
  });

  it("never outside the segment's audio", () => {
    const times = new WordTimes();
    times.add([word("a", 0.2, 0.4), word("b", 7, 8)], 0);
    assert.deepEqual(times.of(first, 0), [word("a", 0.2, 0.4)]);
  });
});
