import assert from "node:assert/strict";
import { TextBuffer } from "../../../../src/localVoice/server/textBuffer.ts";

describe("TextBuffer", () => {
  it("joins transcripts verbatim: a word or a tag may be cut between two", () => {
    const buffer = new TextBuffer();
    buffer.push("Hel", {});
    buffer.push("lo <break ti", {});
    buffer.push('me="1s"/>there', {});
    assert.deepEqual(
      buffer.takeAll().map(({ text, pauseSeconds }) => [text, pauseSeconds]),
      [
        ["Hello", 1],
        ["there", 0],
      ],
    );
    assert.ok(buffer.isEmpty);
  });

  it("gives out whole sentences and keeps the rest", () => {
    const buffer = new TextBuffer();
    buffer.push("One. Two. Thr", {});
    assert.deepEqual(
      buffer.takeComplete().map(({ text }) => text),
      ["One.", "Two."],
    );
    buffer.push("ee.", {});
    assert.deepEqual(
      buffer.endSegment().map(({ text }) => text),
      ["Three."],
    );
  });

  it("says in the new style only what is pushed with it, and in the last one what is pushed without", () => {
    const buffer = new TextBuffer();
    buffer.push("slow ", { speed: 0.8 });
    const parted = buffer.push("fast ", { speed: 1.2 });
    assert.deepEqual(
      parted.map(({ text, speed }) => [text, speed]),
      [["slow", 0.8]],
    );
    buffer.push("still fast", {});
    assert.deepEqual(
      buffer.takeAll().map(({ text, speed }) => [text, speed]),
      [["fast still fast", 1.2]],
    );
  });

  it("lets a tag hold to its segment's end, and no further", () => {
    const buffer = new TextBuffer();
    buffer.push('<volume ratio="2"/>One. Two', { volume: 0.5 });
    assert.deepEqual(
      [...buffer.takeComplete(), ...buffer.endSegment()].map(({ volume }) => volume),
      [2, 2],
    );
    buffer.push("three", { volume: 0.5 });
    assert.deepEqual(
      buffer.takeAll().map(({ volume }) => volume),
      [0.5],
    );
  });
});
