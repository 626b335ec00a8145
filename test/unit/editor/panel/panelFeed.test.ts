import assert from "node:assert/strict";
import type { Clip } from "../../../../src/clips/model/clip.ts";
import type { ShownWith } from "../../../../src/editor/panel/clipView.ts";
import { PanelFeed, type PanelHead } from "../../../../src/editor/panel/panelFeed.ts";
import type { PreviewPanel } from "../../../../src/editor/panel/previewPanel.ts";
import type { ToPanel } from "../../../../src/panel/messages.ts";
import type { SegmentView } from "../../../../src/preview/segments/segmentView.ts";

const head: PanelHead = { title: "talk.md", service: "Fake", unmarked: false, keyless: false };

const viewOf = (index: number, state: SegmentView["state"]): SegmentView => ({
  id: index,
  index,
  start: index,
  end: index + 1,
  transcript: `Text ${index}.`,
  speaker: undefined,
  state,
  reason: undefined,
  clip: undefined,
  locked: false,
  placed: false,
  unfilled: false,
  takes: [],
  words: [],
});

describe("What a panel is told", () => {
  let posted: ToPanel[];
  let costs: number[];
  let inContext: number[];
  let feed: PanelFeed;

  beforeEach(() => {
    posted = [];
    costs = [7, 7, 7];
    inContext = [7, 15, 23];
    const panel = { post: (message: ToPanel) => posted.push(message) } as unknown as PreviewPanel;
    const shown = (): ShownWith => ({
      source: () => "",
      nameOf: () => "",
      voiceOf: () => "V",
      sends: (request) => {
        assert.ok(request.kind === "segment");
        if (request.inContext) return inContext[request.segment] ?? 0;
        return request.again ? 7 : (costs[request.segment] ?? 0);
      },
      cost: { characters: costs.reduce((sum, cost) => sum + cost, 0) },
    });
    feed = new PanelFeed(panel, shown);
    const views = [0, 1, 2].map((index) => viewOf(index, "not spoken"));
    feed.showAll(head, views, false);
    posted.length = 0;
  });

  const told = (): unknown[] =>
    posted.map((message) =>
      message.type === "clip"
        ? [message.clip.segment, message.clip.state, message.clip.toSend]
        : message,
    );

  it("is the segment that has another state, and what the script costs now", () => {
    costs[1] = 0;
    feed.show([viewOf(1, "ready")]);
    assert.deepEqual(told(), [[1, "ready", undefined], { type: "cost", characters: 14 }]);
  });

  it("is the newest takes only, where a stranger's folder has more than anybody keeps", () => {
    const takes = Array.from({ length: 5000 }, (_, at) => {
      return { path: `/talk.speech/takes/take_${at}.wav`, seconds: 1, spokenAt: "" } as Clip;
    });
    feed.show([{ ...viewOf(0, "not spoken"), takes }]);
    const [message] = posted;
    assert.ok(message?.type === "clip");
    const ids = message.clip.takes?.map(({ id }) => id) ?? [];
    assert.deepEqual([ids.length, ids[0]], [51, "take_0.wav"]);
  });

  it("is a script to the letter, and of a stranger's other texts what is read of them", () => {
    const transcript = "\u202EHello\u202C [a](command:b).";
    const view = {
      ...viewOf(0, "failed"),
      transcript,
      speaker: "\u202Eאנה",
      reason: "x".repeat(5e6),
    };
    feed.show([view]);
    const [message] = posted;
    assert.ok(message?.type === "clip");
    const { clip } = message;
    assert.equal(clip.transcript, transcript);
    assert.equal(clip.speaker, "\u2068אנה\u2069"); // its letters turn nothing beside them
    assert.ok((clip.reason ?? "").length <= 1000);
  });

  it("is what others cost, too, where that has changed: their lead-in was edited, or a setting was", () => {
    costs = [7, 9, 0];
    feed.show([]);
    assert.deepEqual(told(), [
      [1, "not spoken", 9],
      [2, "not spoken", undefined],
      { type: "cost", characters: 16 },
    ]);
    posted.length = 0;
    feed.show([]);
    assert.deepEqual(told(), []);
  });

  it("is what saying others again in context costs, where what is said before them was edited", () => {
    const clip = { path: "/talk.speech/flush_002.wav", seconds: 1, spokenAt: "" } as Clip;
    feed.show([{ ...viewOf(2, "ready"), clip, takes: [clip] }]);
    posted.length = 0;
    inContext = [7, 15, 30];
    feed.show([]);
    const [message] = posted;
    assert.ok(message?.type === "clip" && posted.length === 1);
    const { segment, again, inContext: characters } = message.clip;
    assert.deepEqual([segment, again, characters], [2, 7, 30]);
  });

  it("is all of it where segments were put in, or have changed places", () => {
    const [first, second, third] = [0, 1, 2].map((index) => viewOf(index, "not spoken"));
    assert.ok(first && second && third);
    const moved = [
      { ...second, index: 0 },
      { ...first, index: 1 },
    ];
    for (const views of [
      [...moved, third],
      [...moved, { ...viewOf(3, "not spoken"), index: 2 }],
    ]) {
      posted.length = 0;
      feed.showAll(head, views, false);
      const [message] = posted;
      assert.ok(message?.type === "show" && posted.length === 1);
      assert.deepEqual(
        message.clips.map(({ segment, index }) => [segment, index]),
        views.map(({ id, index }) => [id, index]),
      );
    }
  });
});
