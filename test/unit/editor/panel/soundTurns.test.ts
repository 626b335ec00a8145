import assert from "node:assert/strict";
import fc from "fast-check";
import {
  SoundTurns,
  type Beginning,
  type SoundTurn,
} from "../../../../src/editor/panel/soundTurns.ts";

/** What happens later, by a clock of its own, in milliseconds. */
class Clock {
  now = 0;
  readonly #events: { readonly at: number; readonly run: () => void }[] = [];

  after(ms: number, run: () => void): void {
    this.#events.push({ at: this.now + ms, run });
  }

  /** Lets everything happen that is to come. */
  run(): void {
    for (;;) {
      this.#events.sort((one, other) => one.at - other.at);
      const next = this.#events.shift();
      if (!next) return;
      this.now = Math.max(this.now, next.at);
      next.run();
    }
  }
}

/** A way from one program to another, on which nothing overtakes what went before. */
class Channel {
  readonly #clock: Clock;
  readonly #delay: () => number;
  #last = 0;

  constructor(clock: Clock, delay: () => number) {
    this.#clock = clock;
    this.#delay = delay;
  }

  send(arrive: () => void): void {
    this.#last = Math.max(this.#last, this.#clock.now + this.#delay());
    this.#clock.after(this.#last - this.#clock.now, arrive);
  }
}

interface Playing extends Beginning {
  readonly name: string;
  /** When its last word is over; nothing before it sounds. */
  end?: number;
}

/** A document with its page, which tells each word that it says, and hears of nothing at once. */
class Document {
  readonly turn: SoundTurn;
  /** What was heard to its end. */
  readonly heard: string[] = [];
  readonly #clock: Clock;
  readonly #toPage: Channel;
  readonly #toHost: Channel;
  #playing: Playing | undefined;
  #count = 0;

  constructor(clock: Clock, turns: SoundTurns, delay: () => number) {
    this.#clock = clock;
    this.#toPage = new Channel(clock, delay);
    this.#toHost = new Channel(clock, delay);
    this.turn = turns.join(({ begun, turn }) =>
      this.#toPage.send(() => {
        const { playing } = this;
        if (!playing) return;
        if (playing.turn === undefined ? playing.begun <= begun : playing.turn <= turn) this.#end();
      }),
    );
  }

  get playing(): Playing | undefined {
    return this.#playing;
  }

  get sounds(): boolean {
    return this.#playing?.end !== undefined;
  }

  /** Preview is pressed: the first sound comes so many milliseconds after the page has heard of it. */
  press(name: string, soundAfter: number, length = 2000): void {
    const turn = this.turn.begin();
    this.#toPage.send(() => this.#play({ name, turn, begun: ++this.#count }, soundAfter, length));
  }

  /** *Play* is pressed in the page. */
  play(name: string, length = 2000): void {
    this.#play({ name, begun: ++this.#count }, 0, length);
  }

  stop(): void {
    this.turn.stop();
    this.#toPage.send(() => this.#end());
  }

  #play(playing: Playing, soundAfter: number, length: number): void {
    this.#end();
    this.#playing = playing;
    this.#clock.after(soundAfter, () => {
      if (this.#playing !== playing) return;
      playing.end = this.#clock.now + length;
      this.#word(playing);
    });
  }

  #word(playing: Playing): void {
    if (this.#playing !== playing) return;
    if (this.#clock.now >= (playing.end ?? Infinity)) {
      this.heard.push(playing.name);
      return this.#end();
    }
    this.#tell(playing, true);
    this.#clock.after(100, () => this.#word(playing));
  }

  #end(): void {
    const playing = this.#playing;
    this.#playing = undefined;
    if (playing?.end !== undefined) this.#tell(playing, false);
  }

  #tell({ begun, turn }: Playing, sounds: boolean): void {
    this.#toHost.send(() => this.turn.tell({ begun, turn }, sounds));
  }
}

/** As many documents, with pages that hear and are heard after so many milliseconds. */
function open(count: number, delay: () => number = () => 40) {
  const clock = new Clock();
  const turns = new SoundTurns();
  const documents = Array.from({ length: count }, () => new Document(clock, turns, delay));
  return { clock, documents };
}

describe("Of several documents that are pressed one after the other", () => {
  for (const delay of [0, 10, 40, 99, 100, 101, 500, 1500]) {
    it(`the second is heard to its end, five times, where pages are ${delay} ms late`, () => {
      const { clock, documents } = open(2, () => delay);
      const [first, second] = documents as [Document, Document];
      for (let round = 0; round < 5; round++) {
        const at = round * 20_000;
        clock.after(at, () => first.press(`${round}`, 300));
        clock.after(at + 1000, () => second.press(`${round}`, 300));
      }
      clock.run();
      assert.deepEqual(second.heard, ["0", "1", "2", "3", "4"]);
      // Only a page that is later than it sounds goes on to its end.
      if (delay < 100) assert.deepEqual(first.heard, []);
    });
  }

  it("the one that was pressed last is heard, though the other sounds later", () => {
    const { clock, documents } = open(2);
    const [first, second] = documents as [Document, Document];
    first.press("slow", 1500);
    clock.after(100, () => second.press("quick", 100));
    clock.run();
    assert.deepEqual([first.heard, second.heard], [[], ["quick"]]);
  });

  it("the first goes on where the second never sounds", () => {
    const { clock, documents } = open(2);
    const [first, second] = documents as [Document, Document];
    first.press("one", 300);
    clock.after(500, () => second.press("none", 1e9));
    clock.after(5000, () => second.stop());
    clock.run();
    assert.deepEqual(first.heard, ["one"]);
  });

  it("what is begun in a page counts as well as a press", () => {
    const { clock, documents } = open(2);
    const [first, second] = documents as [Document, Document];
    first.press("one", 300);
    clock.after(1000, () => second.play("two"));
    clock.after(2000, () => first.play("three"));
    clock.run();
    assert.deepEqual([first.heard, second.heard], [["three"], []]);
  });

  it("what a page begins while it is told to give way is heard", () => {
    const { clock, documents } = open(2);
    const [first, second] = documents as [Document, Document];
    first.press("one", 0);
    clock.after(500, () => second.press("two", 0));
    // The second sounds from 540 on, which the first hears of at 620.
    clock.after(600, () => first.play("three"));
    clock.run();
    assert.deepEqual([first.heard, second.heard], [["three"], []]);
  });

  it("what a page says of what was silenced does not count, though nothing else sounds", () => {
    const turns = new SoundTurns();
    const [first, second] = [turns.join(() => {}), turns.join(() => {})];
    const [one, two] = [
      { begun: 1, turn: first.begin() },
      { begun: 1, turn: second.begin() },
    ];
    assert.ok(first.tell(one, true));
    assert.ok(second.tell(two, true));
    assert.ok(second.tell(two, false));
    assert.equal(first.tell(one, true), false);
    second.stop();
    assert.equal(second.tell(two, true), false);
    assert.deepEqual([first.sounding, second.sounding], [0, 0]);
    assert.ok(first.tell({ begun: 2 }, true), "but of what it begins itself after that");
  });

  it("a new page of a document is listened to like the one before", () => {
    const { clock, documents } = open(1);
    const [only] = documents as [Document];
    only.press("one", 0);
    clock.run();
    only.turn.renew();
    assert.equal(only.turn.tell({ begun: 1 }, true), true);
    assert.ok(only.turn.sounding > 0);
  });

  it("no two sound in the end, and the last one does, whatever was done and however late it is told", () => {
    const deed = fc.record({
      at: fc.nat(5000),
      who: fc.nat(2),
      what: fc.constantFrom("press", "play", "stop"),
      soundAfter: fc.nat(1200),
    });
    const delays = fc.infiniteStream(fc.nat(300));
    fc.assert(
      fc.property(fc.array(deed, { minLength: 1, maxLength: 12 }), delays, (deeds, late) => {
        const { clock, documents } = open(3, () => late.next().value as number);
        const long = 1e5; // so that all are still heard when it is looked
        const last = { at: 6000, who: 0, what: "press", soundAfter: 500 };
        for (const { at, who, what, soundAfter } of [...deeds, last]) {
          clock.after(at, () => {
            const document = documents[who];
            if (what === "press") document?.press(what, soundAfter, long);
            else if (what === "play") document?.play(what, long);
            else document?.stop();
          });
        }
        let sounding: boolean[] = [];
        clock.after(20_000, () => (sounding = documents.map(({ sounds }) => sounds)));
        clock.run();
        assert.deepEqual(sounding, [true, false, false]);
      }),
    );
  });
});
