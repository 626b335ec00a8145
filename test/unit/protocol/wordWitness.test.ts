import assert from "node:assert/strict";
import type { Word } from "../../../src/protocol/serverMessage.ts";
import { TranscriptIndex } from "../../../src/protocol/transcriptIndex.ts";
import { WordWitness } from "../../../src/protocol/wordWitness.ts";

const transcripts = [
  "It was late. ",
  "Nobody came at 9. ",
  'The lamp <emotion value="sad"/>burned on. ',
  "Yes. ",
  "Yes. ",
  "Good night.",
];
const witness = new WordWitness(transcripts);

/** Words of half a second each. */
const said = (text: string): Word[] =>
  text.split(" ").map((word, at) => ({ text: word, start: at / 2, end: at / 2 + 0.5 }));

function judge(position: number, text: string, seconds?: number): unknown {
  const words = said(text);
  const verdict = witness.judge(position, words, seconds ?? words.length / 2, { mayBeLate: false });
  if (verdict?.type !== "refuted") return verdict?.type;
  return verdict.isOthers ? `fits ${verdict.fits}` : "refuted";
}

describe("What words say of a segment's audio", () => {
  it("confirms what has its words, in order and to its end, and audio for them", () => {
    assert.equal(judge(0, "It was late."), "confirmed");
    assert.equal(judge(0, "it WAS late", 4), "confirmed");
  });

  it("takes no notice of tags, wherever they stand", () => {
    assert.equal(judge(2, "The lamp burned on."), "confirmed");
    assert.equal(judge(2, "The lamp <b>burned</b> on."), "confirmed");
  });

  it("refutes what has another's words, and tells whose where that is sure", () => {
    assert.equal(judge(0, "The lamp burned on."), "fits 2");
    assert.equal(judge(0, "Yes."), "fits undefined");
    assert.equal(judge(0, "The lamp burned on.", 1), "fits undefined");
  });

  it("refutes what has a neighbour's words beside its own", () => {
    assert.equal(judge(0, "It was late. Nobody came at 9."), "refuted");
    assert.equal(judge(5, "Yes. Good night."), "refuted");
    assert.equal(judge(3, "Yes. Yes."), "refuted");
  });

  it("refutes what has the words of another context's segment", () => {
    const script = new TranscriptIndex([...transcripts, "He opened the door. ", "Good evening."]);
    const beside = new WordWitness(transcripts, script);
    const how = { mayBeLate: false };
    for (const [position, text] of [
      [0, "He opened the door."],
      [5, "Good evening."],
    ] as const) {
      const words = said(text);
      assert.notEqual(witness.judge(position, words, words.length / 2, how)?.type, "refuted");
      assert.equal(beside.judge(position, words, words.length / 2, how)?.type, "refuted");
    }
    const own = said("It was late.");
    assert.equal(beside.judge(0, own, 1.5, how)?.type, "confirmed");
  });

  it("goes by the times of words that were told out of order", () => {
    const words = said("The lamp burned on.").reverse();
    assert.equal(witness.judge(2, words, 2, { mayBeLate: false })?.type, "confirmed");
  });

  it("refutes audio that ends where its words break off, or within the last", () => {
    assert.equal(judge(0, "It was"), "refuted");
    assert.equal(judge(0, "It was late.", 1.2), "refuted");
  });

  it("refutes audio that begins with a later word", () => {
    assert.equal(judge(5, "night."), "refuted");
  });

  it("can't tell where audio goes on for as long as the missing words take", () => {
    assert.equal(judge(0, "It was", 1.5), undefined);
  });

  it("can't tell where numbers are read out, in another writing, or without words", () => {
    assert.equal(judge(1, "Nobody came at nine."), undefined);
    assert.equal(judge(0, "Ит уоз лейт"), undefined);
    assert.equal(witness.judge(0, [], 1, { mayBeLate: false }), undefined);
  });

  it("can't confirm one of two that are the same", () => {
    assert.equal(judge(3, "Yes."), undefined);
  });

  it("compares writings without spaces by their characters, however they are timed", () => {
    const chinese = new WordWitness(["今天天气很好。", "我们去公园。"]);
    const verdict = chinese.judge(0, said("今天 天气很 好"), 1.5, { mayBeLate: false });
    assert.deepEqual(verdict, { type: "confirmed" });
  });

  it("costs no more than in proportion to the words, in whatever order they are", () => {
    const count = 20_000;
    const words = Array.from({ length: count }, (_, at) => `w${(at * 7919) % count}`);
    let read = 0;
    const counted = new Proxy(said(words.join(" ")), {
      get: (target, key, receiver): unknown => {
        read++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    const long = new WordWitness([[...words].reverse().join(" "), "Another."]);
    long.judge(0, counted, count / 2, { mayBeLate: false });
    assert.ok(read < 40 * count, `${read}`);
  });
});
