import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkClips, checkFiles } from "../../faults/checkClips.ts";
import { Stage } from "../../faults/stage.ts";

/** Long enough for a clip to be written while the next one comes. */
const texts = ["One", "Two", "Three", "Four", "Five", "Six"].map((word) =>
  `${word} `.repeat(400).trim(),
);

/** At which frame of the service the process is killed, and how many milliseconds after it. */
const moments = Array.from({ length: 12 }, (_, at) => ({ frame: 1 + at * 10, afterMs: at % 4 }));

const processPath = new URL("../../faults/previewProcess.ts", import.meta.url).pathname;

describe("Killed in the middle of a run", () => {
  it("leaves whole clips only, and the next run speaks just what is missing", async () => {
    const left = new Set<number>();
    for (const moment of moments) left.add(await killAt(moment));
    assert.ok(
      left.size > 3,
      `it was killed at different points: ${[...left].join(" ")} clips were left`,
    );
  });
});

/** @returns how many clips the killed process left. */
async function killAt({ frame, afterMs }: { frame: number; afterMs: number }): Promise<number> {
  const moment = new EventEmitter();
  const reached = once(moment, "reached");
  const stage = await Stage.set({
    texts,
    habits: { chunkBytes: 16_384 },
    door: { everyMs: 8 }, // slow enough for a process that a busy machine makes wait
    interfere: (_frame, { connection, sent }) => {
      if (connection === 0 && sent === frame) moment.emit("reached");
      return true;
    },
    prepare: (home) => writeFile(join(home, "talk.txt"), texts.join("<flush/>")),
  });
  try {
    const args = [processPath, join(stage.home, "talk.txt"), stage.service.url];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
    const gone = once(child, "exit");
    await Promise.race([reached, gone]);
    await sleep(afterMs); // not to wait for something: to hit another moment
    child.kill("SIGKILL");
    await gone;
    return await checkAfterwards(stage);
  } finally {
    await stage.clear();
  }
}

async function checkAfterwards(stage: Stage): Promise<number> {
  const whole = await checkFiles(stage.folder, texts);
  await stage.open();
  const states = stage.states();
  await stage.preview.settle();
  assert.deepEqual(stage.states(), states, "what was left is seen as it is");
  await checkClips(stage);
  assert.ok(whole.every((segment) => states[segment] === "ready"));
  const missing = texts.filter((_text, at) => states[at] !== "ready");
  const askedBefore = stage.asked.length;
  const { characters } = stage.preview.plan({ kind: "script" });
  const ending = await stage.run();
  assert.equal(ending.failure, undefined);
  assert.equal(characters, missing.join(" ").length);
  assert.equal(ending.characters, characters, "just that is paid for");
  assert.deepEqual(stage.asked.slice(askedBefore), missing, "only what is missing is asked for");
  assert.ok(stage.states().every((state) => state === "ready"));
  await checkClips(stage);
  return whole.length;
}
