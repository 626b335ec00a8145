import assert from "node:assert/strict";
import type { WordView } from "../../../../../src/panel/messages.ts";
import { WordClock } from "../../../../../src/webview/sound/player/wordClock.ts";
import { FakeAudio } from "../fakeAudio.ts";

/** The words begin so many tenths of a second after the segment's start, and last two of them. */
function wordsAt(...tenths: readonly number[]): WordView[] {
  return tenths.map((tenth, index) => {
    const [from, start] = [index * 10, tenth / 10];
    return { from, to: from + 5, start, end: start + 0.2 };
  });
}

describe("WordClock", () => {
  let time: FakeAudio;
  let clock: WordClock;
  let words: WordView[][];
  let segment: number | undefined;
  let seconds: number;
  let speed: number;
  let moves: boolean;
  /** Milliseconds since the beginning, and the word's place in its segment. */
  let told: [number, number | undefined][];
  let now: number;

  beforeEach(() => {
    time = new FakeAudio();
    words = [wordsAt(0, 2, 5, 7)];
    [segment, seconds, speed, moves, told, now] = [0, 0, 1, true, [], 0];
    clock = new WordClock({
      position: () => (segment === undefined ? undefined : { id: segment, seconds }),
      speed: () => speed,
      words: (of) => words[Number(of)] ?? [],
      setTimer: time.setTimer,
      changed: (word) => told.push([now, word && word.from / 10]),
    });
  });

  /** The sound goes on for so long, if it is heard. */
  function listen(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed++) {
      now++;
      if (moves) seconds += speed / 1000;
      time.advance(1);
    }
  }

  /** Each word, or none, was told in its turn, at most 3 ms after its moment. */
  function assertTold(...expected: [number, number | undefined][]): void {
    assert.deepEqual(
      told.map(([, word]) => word),
      expected.map(([, word]) => word),
    );
    for (const [index, [moment]] of expected.entries()) {
      const late = told[index]![0] - moment;
      assert.ok(late >= 0 && late <= 3, `${moment} ms: told at ${told[index]![0]}`);
    }
  }

  it("tells each word as it begins", () => {
    clock.update();
    listen(1000);
    assertTold([0, 0], [200, 1], [500, 2], [700, 3]);
  });

  it("tells each word as it begins at twice the speed, and at half of it", () => {
    speed = 2;
    clock.update();
    listen(450);
    assertTold([0, 0], [100, 1], [250, 2], [350, 3]);
    [told, seconds, now, speed] = [[], 0, 0, 0.5];
    clock.update();
    listen(1500);
    assertTold([0, 0], [400, 1], [1000, 2], [1400, 3]);
  });

  it("keeps a word for a short silence behind it, but not for a long one", () => {
    words = [wordsAt(1, 4, 20)];
    clock.update();
    listen(2100);
    assertTold([100, 0], [400, 1], [1000, undefined], [2000, 2]);
  });

  it("tells none before the first word", () => {
    words = [wordsAt(10)];
    clock.update();
    listen(900);
    assertTold();
  });

  it("waits with the sound, however long that is late", () => {
    clock.update();
    listen(190);
    moves = false;
    listen(5000);
    assertTold([0, 0]);
    moves = true;
    clock.update();
    listen(20);
    assertTold([0, 0], [5200, 1]);
  });

  it("finds out by itself that the sound was late, within 200 ms", () => {
    clock.update();
    listen(190);
    moves = false;
    listen(5000);
    moves = true;
    listen(220);
    assert.equal(told.at(-1)?.[1], 1);
  });

  it("follows a seek, forwards and backwards", () => {
    clock.update();
    listen(10);
    seconds = 0.75;
    clock.update();
    listen(10);
    seconds = 0.25;
    clock.update();
    listen(260);
    assertTold([0, 0], [10, 3], [20, 1], [270, 2]);
  });

  it("goes by another speed from where it is", () => {
    clock.update();
    listen(100);
    speed = 2;
    clock.update();
    listen(200);
    assertTold([0, 0], [150, 1], [300, 2]);
  });

  it("tells a word of the next segment, also where it stands at the same place", () => {
    words = [wordsAt(0), wordsAt(0)];
    clock.update();
    listen(200);
    [segment, seconds] = [1, 0];
    clock.update();
    assertTold([0, 0], [200, 0]);
  });

  it("tells a word once, though the words have come anew", () => {
    clock.update();
    words = [wordsAt(0, 2, 5, 7)];
    clock.update();
    assertTold([0, 0]);
  });

  it("tells words that come while the sound goes on", () => {
    words = [];
    clock.update();
    listen(300);
    words = [wordsAt(0, 2)];
    clock.update();
    assertTold([300, 1]);
  });

  it("tells that no word is heard any more, and then sleeps", () => {
    clock.update();
    listen(100);
    segment = undefined;
    clock.update();
    moves = false;
    segment = 0;
    listen(1000);
    assertTold([0, 0], [100, undefined]);
  });
});
