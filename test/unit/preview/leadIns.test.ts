import assert from "node:assert/strict";
import type { Frame } from "../../support/fakes/scriptedService.ts";
import { checkAll, speak } from "./speakThem.ts";

describe("speakGroups, with lead-ins", () => {
  it("says them first, and tells nothing of them but their characters", async () => {
    const groups = [
      ["(One.)", "(Two.)", "Three."],
      ["(Four.)", "Five."],
    ];
    const outcome = await speak(groups, {
      maxConcurrency: 2,
      habits: { words: "from the context" },
    });
    checkAll(outcome, groups);
    assert.deepEqual(outcome.contexts, [
      ["One. ", "Two. ", "Three."],
      ["Four. ", "Five."],
    ]);
    const leadIns = outcome.events.filter(({ type }) => type === "leadIn");
    assert.deepEqual(
      leadIns.map((event) => event.type === "leadIn" && event.characters).sort(),
      [5, 5, 6],
    );
    for (const event of outcome.events) if ("segment" in event) assert.ok(event.segment < 2);
  });

  it("says no lead-in again where a segment is said again alone", async () => {
    const groups = [["(One.)", "Two."]];
    const outcome = await speak(groups, { habits: { chunkIds: "none", flushDone: "never" } });
    checkAll(outcome, groups);
    assert.deepEqual(outcome.contexts, [["One. ", "Two."], ["Two."]]);
  });

  it("asks nothing of a lead-in that gets no audio", async () => {
    const groups = [["(One.)", "Two.", "Three."]];
    const outcome = await speak(groups, { habits: { mute: ["One."] } });
    checkAll(outcome, groups);
    assert.equal(outcome.contexts.length, 1);
  });

  it("says it again on a new connection, where what follows it is not complete", async () => {
    const groups = [["(One.)", "Two.", "Three."]];
    const breakAt = async (
      isMoment: (frame: Frame) => boolean,
    ): Promise<readonly (readonly string[])[]> => {
      const outcome = await speak(groups, {
        interfere: (frame, { socket, connection }) => {
          if (connection === 0 && isMoment(frame)) socket.terminate();
          return true;
        },
      });
      checkAll(outcome, groups);
      return outcome.contexts.slice(1);
    };
    const atTwo = await breakAt(({ flush_id: id }) => id === 1);
    assert.deepEqual(atTwo, [["One. ", "Two. ", "Three."]]);
    assert.deepEqual(await breakAt(({ type }) => type === "done"), [["Three."]]);
  });
});
