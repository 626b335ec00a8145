import assert from "node:assert/strict";
import { checkClips } from "../../faults/checkClips.ts";
import { atTheStart, sendError, sendRaw } from "../../faults/interfere.ts";
import { Stage, type Staging } from "../../faults/stage.ts";
import { audioOf } from "../../support/fakes/scriptedService.ts";

describe("Segments that say the same", () => {
  const texts = ["Refrain.", "One.", "Refrain.", "Two.", "Refrain."];
  let stage: Stage;
  const start = async (staging: Partial<Staging> = {}): Promise<void> => {
    stage = await Stage.set({ texts, ...staging });
    await stage.open();
  };
  afterEach(() => stage.clear());

  it("are sent once, and each has its clip", async () => {
    await start();
    const { characters } = stage.preview.plan({ kind: "script" });
    assert.equal(stage.preview.plan({ kind: "script" }).characters, characters);
    const ending = await stage.run();
    assert.deepEqual(stage.asked, ["Refrain.", "One.", "Two."]);
    assert.deepEqual(stage.states(), Array(5).fill("ready"));
    assert.equal(ending.characters, characters, "what the plan said");
    assert.equal(characters, "Refrain. One.Two.".length);
    await checkClips(stage);
    const sent = stage.preview.segments().map(({ clip }) => clip?.characters);
    assert.deepEqual(sent, [9, 4, 0, 4, 0], "nothing was sent for the copies");
  });

  it("wait for it: they are queued while it is spoken, and ready before the run ends", async () => {
    const states = new Set<string>();
    let beforeTheEnd: string[] = [];
    await start({
      watch: ({ type }, at) => {
        if (type === "audio") states.add(at.states()[4] ?? "");
        if (type === "runEnded") beforeTheEnd = at.states();
      },
    });
    await stage.run();
    assert.ok(states.has("queued"));
    assert.deepEqual(
      [...states].filter((state) => state !== "queued" && state !== "ready"),
      [],
    );
    assert.deepEqual(beforeTheEnd, Array(5).fill("ready"));
    const [started] = stage.events.filter((event) => event.type === "runStarted");
    assert.deepEqual(started?.type === "runStarted" && started.play, [0, 1, 2, 3, 4]);
  });

  it("fail together, and say why", async () => {
    const refused = Buffer.from(audioOf("Refrain.")).toString("base64");
    await start({
      interfere: (frame, { socket }) => {
        if (frame["data"] !== refused) return true;
        sendError({ status_code: 400, message: "No." })({ socket, contextId: frame["context_id"] });
        return false;
      },
    });
    const ending = await stage.run();
    assert.deepEqual(stage.states(), ["failed", "ready", "failed", "ready", "failed"]);
    assert.equal(ending.missing, 3);
  });

  it("are as before after a break and a stop", async () => {
    await start({ interfere: atTheStart(sendRaw("{")) });
    await stage.run();
    assert.deepEqual(stage.states(), Array(5).fill("ready"));
    await checkClips(stage);
  });

  it("stay as they were after a stop", async () => {
    await start({
      interfere: () => false,
      watch: ({ type }, { preview }) => {
        if (type === "runStarted") void preview.stop();
      },
    });
    const ending = await stage.run();
    assert.ok(ending.stopped);
    assert.deepEqual(stage.states(), Array(5).fill("not spoken"));
  });

  it("are one take where they are said with another voice", async () => {
    await start();
    await stage.run();
    await stage.run({ kind: "script", voice: "W" });
    assert.equal(stage.asked.filter((text) => text === "Refrain.").length, 2);
    assert.equal(stage.preview.segments([2])[0]?.takes.length, 1);
    assert.deepEqual(stage.states(), Array(5).fill("ready"));
  });
});
