import assert from "node:assert/strict";
import fc from "fast-check";
import type { Word } from "../../../src/protocol/serverMessage.ts";
import { ContextAudio } from "../../../src/session/context/contextAudio.ts";
import type { AudioEvent } from "../../../src/session/context/audioEvent.ts";

/** One sample of one byte for each millisecond. */
const format = { encoding: "pcm_mulaw", sampleRate: 1000 } as const;
const sent = 10;
/** Nothing that words could be compared with. */
const transcripts: readonly string[] = Array.from({ length: sent }, () => "");

const word = (text: string, start: number, end: number): Word => ({ text, start, end });
const rounded = (words: readonly Word[]): string[] =>
  words.map(({ text, start, end }) => `${text} ${start.toFixed(2)}–${end.toFixed(2)}`);

/** A context, and what is told of its words. */
class Listener {
  readonly audio = new ContextAudio(format, transcripts);
  readonly events: AudioEvent[] = [];
  /** By position, the words told last, as who heeds all events knows them. */
  readonly told = new Map<number, readonly Word[]>();
  /** By position, the words of what is spoken. */
  readonly spoken = new Map<number, readonly Word[]>();

  chunk(milliseconds: number, flushId?: number | null): void {
    const chunk = { bytes: new Uint8Array(milliseconds), id: flushId ?? null, at: 0 };
    this.#note(this.audio.chunk(chunk, sent));
  }

  words(words: readonly Word[], flushId?: number): void {
    this.#note(this.audio.words(words, flushId, sent));
  }

  flushDone(flushId?: number): void {
    this.#note(this.audio.flushDone(flushId, sent));
  }

  end(): void {
    this.#note(this.audio.end(sent, "early"));
  }

  at(position: number): string[] {
    return rounded(this.told.get(position) ?? []);
  }

  #note(events: Iterable<AudioEvent>): void {
    for (const event of events) {
      this.events.push(event);
      if (event.type === "words") this.told.set(event.position, event.words);
      if (event.type === "void") for (const at of event.positions) this.told.delete(at);
      if (event.type === "spoken") this.spoken.set(event.position, event.segment.words);
    }
  }
}

describe("The words of a segment while its audio comes", () => {
  it("are told as far as the audio has come, where they come before it", () => {
    const heard = new Listener();
    heard.words([word("Stay", 0.1, 0.4), word("hungry", 0.5, 0.9)], 0);
    assert.deepEqual(heard.events, []);
    heard.chunk(450, 0);
    assert.deepEqual(heard.at(0), ["Stay 0.10–0.40"]);
    heard.chunk(550, 0);
    assert.deepEqual(heard.at(0), ["Stay 0.10–0.40", "hungry 0.50–0.90"]);
  });

  it("are told at once, where they come between the audio or behind it", () => {
    const heard = new Listener();
    heard.chunk(500, 0);
    heard.words([word("Stay", 0.1, 0.4)], 0);
    assert.deepEqual(heard.at(0), ["Stay 0.10–0.40"]);
    heard.chunk(500, 0);
    heard.words([word("hungry", 0.5, 0.9)], 0);
    assert.deepEqual(heard.at(0), ["Stay 0.10–0.40", "hungry 0.50–0.90"]);
  });

  it("are told once, not again while they are the same", () => {
    const heard = new Listener();
    heard.words([word("Stay", 0.1, 0.4)], 0);
    for (let count = 0; count < 5; count++) heard.chunk(400, 0);
    assert.equal(heard.events.filter(({ type }) => type === "words").length, 1);
  });

  for (const base of [0, 1, undefined]) {
    const ids = base === undefined ? "without flush ids" : `with flush ids from ${base}`;
    const id = (position: number): number | undefined =>
      base === undefined ? undefined : base + position;
    for (const origin of ["context", "segment"] as const) {
      it(`count from their segment's start, ${ids} and times from the ${origin}'s`, () => {
        const heard = new Listener();
        const flush = (position: number): void => heard.flushDone(id(position));
        const shift = origin === "context" ? 1 : 0;
        heard.words([word("One", 0.5, 0.9)], id(0));
        heard.chunk(1000, id(0));
        flush(0);
        heard.chunk(300, id(1));
        heard.words([word("Two", shift + 0.1, shift + 0.25)], id(1));
        heard.chunk(700, id(1));
        heard.words([word("too", shift + 0.45, shift + 0.9)], id(1));
        flush(1);
        heard.words([word("Three", 2 * shift + 0.2, 2 * shift + 0.4)], id(2));
        heard.chunk(500, id(2));
        assert.deepEqual(heard.at(0), ["One 0.50–0.90"]);
        assert.deepEqual(heard.at(1), ["Two 0.10–0.25", "too 0.45–0.90"]);
        assert.deepEqual(heard.at(2), ["Three 0.20–0.40"]);
      });
    }
  }

  it("are told for each of the segments that a frame has words for", () => {
    const heard = new Listener();
    for (const position of [0, 1, 2]) {
      heard.chunk(1000);
      heard.flushDone();
      assert.equal(heard.spoken.has(position), false); // without ids, only the end proves
    }
    heard.words([word("One", 0.2, 0.8), word("Two", 1.2, 1.8), word("Three", 2.2, 2.8)]);
    assert.deepEqual(
      [0, 1, 2].flatMap((position) => heard.at(position)),
      ["One 0.20–0.80", "Two 0.20–0.80", "Three 0.20–0.80"],
    );
  });

  it("are void with the audio that turns out to be another segment's, and are told for that", () => {
    const heard = new Listener();
    heard.flushDone(4); // had no audio, as the first id then shows
    heard.chunk(500);
    heard.words([word("One", 0.1, 0.4)], 0);
    assert.deepEqual(heard.at(1), ["One 0.10–0.40"]);
    heard.chunk(500, 1);
    assert.deepEqual(heard.at(0), ["One 0.10–0.40"]);
    assert.equal(heard.told.has(1), false);
  });

  it("are told no more when nothing of the context can be trusted", () => {
    const heard = new Listener();
    heard.chunk(500, 0);
    heard.words([word("One", 0.1, 0.4)], 0);
    heard.chunk(500, 99);
    heard.words([word("more", 0.5, 0.9)], 0);
    assert.equal(heard.told.size, 0);
  });

  it("end as those of the segment that is spoken, however words and audio are mixed", () => {
    const steps = fc.array(fc.constantFrom("chunk", "words"), { minLength: 1, maxLength: 40 });
    const how = fc.record({
      base: fc.integer({ min: 0, max: 2 }),
      fromContext: fc.boolean(),
      wordIds: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 5 }), how, (segments, habit) => {
        const heard = new Listener();
        let before = 0;
        segments.forEach((kinds, position) => {
          const flushId = habit.base + position;
          let words = 0;
          heard.chunk(10, flushId);
          for (const kind of kinds) {
            if (kind === "chunk") heard.chunk(100, flushId);
            else {
              const start = (habit.fromContext ? before : 0) + words / 10 + 0.02;
              const next = word(`${position}.${words++}`, start, start + 0.05);
              heard.words([next], habit.wordIds ? flushId : undefined);
            }
          }
          before += 0.01 + kinds.filter((kind) => kind === "chunk").length / 10;
        });
        heard.chunk(1, habit.base + segments.length);
        for (const [position, words] of heard.spoken) {
          if (habit.wordIds) assert.deepEqual(heard.at(position), rounded(words));
        }
        for (const words of heard.told.values()) {
          for (const { start, end } of words) assert.ok(start >= 0 && end >= start);
        }
      }),
    );
  });

  it("cost no more than in proportion to their number, in a segment with thousands of them", () => {
    const count = 20_000;
    for (const order of ["words first", "one by one"]) {
      const heard = new Listener();
      const all = Array.from({ length: count }, (_, at) => word("a", at / 10, at / 10 + 0.05));
      if (order === "words first") heard.words(all, 0);
      for (const one of all) {
        heard.chunk(100, 0);
        if (order === "one by one") heard.words([one], 0);
      }
      const told = heard.events.flatMap((event) =>
        event.type === "words" ? event.words.length : [],
      );
      assert.ok((told.at(-1) ?? 0) > 0.9 * count);
      assert.ok(told.reduce((sum, words) => sum + words, 0) < 60 * count, order);
    }
  });
});

describe("When a segment's audio came", () => {
  const at = (audio: ContextAudio, time: number, id: number): AudioEvent[] => [
    ...audio.chunk({ bytes: new Uint8Array(10), id, at: time }, sent),
  ];

  it("is told with it, and when that of the one before it was whole", () => {
    const audio = new ContextAudio(format, transcripts);
    const events = [
      at(audio, 100, 0),
      at(audio, 130, 0),
      at(audio, 150, 1),
      at(audio, 190, 2),
    ].flat();
    assert.deepEqual(
      events.flatMap((event) =>
        event.type === "spoken" ? [[event.segment.heard, event.segment.previousHeard]] : [],
      ),
      [
        [{ first: 100, last: 130 }, undefined],
        [{ first: 150, last: 150 }, 130],
      ],
    );
  });
});
