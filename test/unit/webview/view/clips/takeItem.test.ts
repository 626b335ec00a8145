import assert from "node:assert/strict";
import fc from "fast-check";
import {
  describeTake,
  formatAgo,
  formatMoment,
  tellTake,
} from "../../../../../src/webview/view/clips/takeItem.ts";

const now = Date.parse("2026-07-20T12:00:00Z");
const [minute, hour, day] = [60, 3600, 86_400];

describe("formatAgo", () => {
  for (const { seconds, text } of [
    { seconds: 0, text: "just now" },
    { seconds: -30, text: "just now" },
    { seconds: 59.9, text: "just now" },
    { seconds: minute, text: "1 minute ago" },
    { seconds: 5.9 * minute, text: "5 minutes ago" },
    { seconds: 59.9 * minute, text: "59 minutes ago" },
    { seconds: hour, text: "1 hour ago" },
    { seconds: 23.9 * hour, text: "23 hours ago" },
    { seconds: day, text: "yesterday" },
    { seconds: 3.5 * day, text: "3 days ago" },
    { seconds: 31 * day, text: "last month" },
    { seconds: 800 * day, text: "2 years ago" },
  ]) {
    it(`tells ${seconds} seconds as "${text}"`, () => {
      assert.equal(formatAgo(now - seconds * 1000, now), text);
    });
  }

  it("has a word for every time", () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true }), (at) => !!formatAgo(+at, now)));
  });
});

describe("A take", () => {
  const take = {
    id: "1",
    src: "1.wav",
    seconds: 3.44,
    spokenAt: new Date(now - 5 * minute * 1000).toISOString(),
    voice: "Katie",
  };

  it("is named by its place, when it was said, by whom, and its length", () => {
    assert.equal(describeTake(take, 2, now), "Take 2, 5 minutes ago, Katie, 3.4 seconds");
  });

  it("tells the very moment to who looks closer", () => {
    const moment = formatMoment(Date.parse(take.spokenAt));
    assert.match(moment, /2026/);
    assert.equal(tellTake(take), `${moment}, Katie, 3.4 s`);
  });
});
