import assert from "node:assert/strict";
import type { ClipView } from "../../../../src/panel/messages.ts";
import { describeScript, measureClip } from "../../../../src/webview/view/summary.ts";

function describeClips(...clips: readonly Partial<ClipView>[]): string {
  const numbers = clips.map((clip, segment) =>
    measureClip({
      segment,
      index: segment,
      transcript: "Some text.",
      state: "not spoken",
      ...clip,
    }),
  );
  return describeScript(numbers).join(" · ");
}

const ready = { state: "ready", seconds: 3, transcript: "One two three four." } as const;

describe("The summary of a script", () => {
  it("says how long it runs, how much it says and how quickly", () => {
    assert.equal(
      describeClips(ready, { ...ready, seconds: 201 }),
      "3:24 · all 2 segments ready · 38 characters · 2 words per minute",
    );
  });

  it("says how much of it is ready, and times that alone", () => {
    assert.equal(
      describeClips(ready, {}, { state: "changed", seconds: 9 }, { state: "failed" }),
      "3.0 s · 1 of 4 segments ready · 49 characters · 80 words per minute",
    );
  });

  it("leaves out what is not known", () => {
    assert.equal(describeClips(), "");
    assert.equal(describeClips({ state: "nothing to say", transcript: " " }), "");
    assert.equal(describeClips({}, {}), "2 segments · 20 characters");
    assert.equal(describeClips({ state: "ready" }), "1 segment · 10 characters");
    assert.equal(
      describeClips({ ...ready, transcript: "!" }),
      "3.0 s · 1 segment · 1 character",
      "there is no word in it",
    );
  });

  it("does not count a segment with nothing to say", () => {
    const silent = { state: "nothing to say", transcript: "***" } as const;
    assert.equal(
      describeClips(ready, silent, ready),
      "6.0 s · all 2 segments ready · 38 characters · 80 words per minute",
    );
  });

  it("counts the words that the service told of, where it did", () => {
    const words = [1, 2].map((at) => ({ from: at, to: at + 1, start: at, end: at + 1 }));
    assert.match(describeClips({ ...ready, words }), / 40 words per minute$/);
    assert.match(describeClips({ ...ready, words: [] }), / 80 words per minute$/);
  });

  it("counts words where no space is between them, and none in the service's tags", () => {
    const minute = { state: "ready", seconds: 60 } as const;
    const wordsIn = (transcript: string): string | undefined =>
      /(\d+) words? per minute/.exec(describeClips({ ...minute, transcript }))?.[1];
    assert.equal(wordsIn("Don't stop: well-known, 3.4 – yes!"), "5");
    assert.equal(wordsIn('Wait <break time="1s"/> here. [laughter] <spell>AB</spell>'), "3");
    assert.equal(wordsIn("我喜欢音乐。"), "3");
    assert.equal(wordsIn("สวัสดีครับ"), "2");
  });

  it("writes large numbers as they are read", () => {
    assert.equal(
      describeClips(...Array.from({ length: 1200 }, () => ({ ...ready, seconds: 3.1 }))),
      "1:02:00 · all 1,200 segments ready · 22,800 characters · 77 words per minute",
    );
    assert.match(describeClips({ ...ready, seconds: 3599.6 }), /^1:00:00 /);
  });
});
