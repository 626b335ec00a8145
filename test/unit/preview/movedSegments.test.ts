import assert from "node:assert/strict";
import type { PreviewEvent } from "../../../src/preview/scriptPreview.ts";
import { Stage } from "../../faults/stage.ts";

const texts = ["One.", "Two.", "Three."];

describe("A segment that is moved while it is spoken", () => {
  let stage: Stage;
  /** Done when the second segment is heard first. */
  let meanwhile: () => void;

  beforeEach(async () => {
    let isDone = false;
    stage = await Stage.set({
      texts,
      habits: { words: "from the segment", chunkBytes: 64 },
      watch: (event) => {
        if (isDone || event.type !== "audio" || event.segment !== 1) return;
        isDone = true;
        meanwhile();
      },
    });
    await stage.open();
    stage.read(texts);
  });

  afterEach(() => stage.clear());

  const segmentsOf = (type: PreviewEvent["type"]): unknown[] => [
    ...new Set(
      stage.events
        .flatMap((event) => (event.type === type ? [event] : []))
        .map((event) => ("segment" in event ? event.segment : undefined)),
    ),
  ];

  it("is told of by its id, and where it is then", async () => {
    const places: (number | undefined)[] = [];
    meanwhile = () => {
      stage.read(["Zero.", ...texts]);
      places.push(stage.preview.indexOf(1), stage.preview.placeNow(1));
    };
    await stage.run();
    assert.deepEqual(places, [2, 2]);
    for (const type of ["audio", "words", "audioEnded"] as const) {
      assert.deepEqual(segmentsOf(type), [0, 1, 2], type);
    }
    const views = stage.preview.segments();
    assert.deepEqual(
      views.map(({ id, state }) => [id, state]),
      [
        [3, "not spoken"],
        [0, "ready"],
        [1, "ready"],
        [2, "ready"],
      ],
    );
  });

  it("is shown as spoken in its new place as soon as it is", async () => {
    let begun = 0;
    meanwhile = () => {
      stage.read(["Zero.", ...texts]);
      begun = stage.events.length;
    };
    await stage.run();
    const ended = stage.events.findIndex(({ type }) => type === "runEnded");
    const told = stage.events
      .slice(begun, ended)
      .flatMap((event) => (event.type === "changed" ? (event.segments ?? []) : []));
    assert.ok(told.includes(2) && told.includes(3), `${told.join()}`);
  });

  it("is nowhere once its text is gone, and where it is put then", async () => {
    const places: (number | undefined)[] = [];
    const put = (...now: string[]): void => {
      stage.read(now);
      places.push(stage.preview.placeNow(1));
    };
    meanwhile = () => {
      put("One.", "Two, otherwise.", "Three.");
      put("One.", "Three.");
      put("One.", "Three.", "Two.");
    };
    await stage.run();
    assert.deepEqual(places, [undefined, undefined, 2]);
  });
});
