import assert from "node:assert/strict";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import type { PreviewEvent } from "../../../src/preview/scriptPreview.ts";
import { Stage } from "../../faults/stage.ts";

const texts = ["One.", "Two.", "Three."];

describe("A run of what has changed, while another one is on", () => {
  let stage: Stage;
  /** What is done, once, when the first audio of the first run comes. */
  let meanwhile: () => void;

  beforeEach(async () => {
    let isDone = false;
    const watch = ({ type }: PreviewEvent): void => {
      if (type !== "audio" || isDone) return;
      isDone = true;
      meanwhile();
    };
    stage = await Stage.set({ texts, watch });
    await stage.open();
  });

  afterEach(() => stage.clear());

  const runs = (): unknown[] =>
    stage.events.flatMap((event) =>
      event.type === "runStarted" ? [[event.play, event.byItself]] : [],
    );

  /** Presses Preview Script. @returns how all the runs ended that were begun meanwhile. */
  async function during(begin: () => Promise<RunEnding>[]): Promise<[RunEnding, ...RunEnding[]]> {
    let others: Promise<RunEnding>[] = [];
    meanwhile = () => (others = begin());
    const first = await stage.run();
    return [first, ...(await Promise.all(others))];
  }

  it("waits for it, and sends nothing that it says", async () => {
    const save = (): Promise<RunEnding> => stage.run({ kind: "changed" });
    const [first, ...others] = await during(() => [save(), save()]);
    assert.deepEqual([first.stopped, first.saved], [false, 3]);
    assert.deepEqual(
      others.map(({ saved, characters }) => [saved, characters]),
      [
        [0, 0],
        [0, 0],
      ],
    );
    assert.deepEqual(stage.asked, texts);
    assert.deepEqual(
      runs(),
      [[[0, 1, 2], false]],
      "what has nothing to say does not silence others",
    );
  });

  it("says what was changed meanwhile, once, however often that is saved", async () => {
    const save = (): Promise<RunEnding> => stage.run({ kind: "changed" });
    const [first, ...others] = await during(() => {
      stage.read(["One.", "Two!", "Three."]);
      return [save(), save()];
    });
    assert.equal(first.stopped, false);
    assert.deepEqual(
      others.map(({ saved }) => saved),
      [1, 0],
    );
    assert.deepEqual(stage.asked, [...texts, "Two!"]);
    assert.deepEqual(runs(), [
      [[0, 1, 2], false],
      [[1], true],
    ]);
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
  });

  it("does not begin where the user stops, and asks for nothing then", async () => {
    let asked = 0;
    const confirm = (): Promise<boolean> => Promise.resolve(++asked > 0);
    const [first, second] = await during(() => {
      stage.read(["One.", "Two!", "Three."]);
      const endpoint = () => Promise.resolve(stage.endpoint);
      const waiting = stage.preview.run({ kind: "changed" }, endpoint, confirm);
      void stage.stop();
      return [waiting];
    });
    assert.deepEqual([first.stopped, second?.stopped, asked], [true, true, 0]);
    assert.ok(!stage.asked.includes("Two!"));
    assert.equal(runs().length, 1);
  });

  it("gives way to a press", async () => {
    const [first, waiting, pressed] = await during(() => {
      stage.read(["One.", "Two!", "Three."]);
      return [stage.run({ kind: "changed" }), stage.run()];
    });
    assert.deepEqual([first.stopped, waiting?.stopped, pressed?.stopped], [true, true, false]);
    assert.equal(stage.asked.filter((text) => text === "Two!").length, 1);
    assert.deepEqual(stage.states(), ["ready", "ready", "ready"]);
  });
});
