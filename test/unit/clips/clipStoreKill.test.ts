import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listen, namesIn, newClip, openTidied, soundOf, useScratchFolder } from "./scratch.ts";

const child = join(process.cwd(), "test", "unit", "clips", "savingChild.ts");
const kills = 12;
const identities = ["a", "b", "c", "d", "e"];

/** Lets a process save clips, and kills it at some moment. */
async function saveAndKill(folder: string, container: string): Promise<void> {
  const saving = spawn(process.execPath, [child, folder, container], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(saving, "exit");
  await Promise.race([once(saving.stdout, "data"), ended]);
  await sleep(Math.random() * 40);
  assert.equal(saving.exitCode, null, "it ended before it was killed");
  saving.kill("SIGKILL");
  await ended;
}

describe("ClipStore, in a process that is killed", () => {
  const scratch = useScratchFolder();

  it(`has every clip whole or absent, ${kills} times over, and goes on`, async () => {
    const folder = join(scratch(), "talk.speech");
    for (let kill = 0; kill < kills; kill++) {
      const container = kill % 2 === 0 ? "wav" : "raw";
      await saveAndKill(folder, container);

      const sounds = new Set(identities.map((identity) => String(soundOf(identity))));
      for (const name of await namesIn(folder)) {
        if (!/^(flush|takes\/take)_.*\.(wav|pcm)$/.test(name)) continue;
        const path = join(folder, name);
        const sound = name.endsWith(".wav") ? (await listen(path)).samples : await readFile(path);
        assert.ok(sounds.has(String(Uint8Array.from(sound))), `${name} is not whole`);
      }

      const store = await openTidied({ folder, documentName: "talk.md", container });
      assert.deepEqual(store.notices, []);
      for (const clip of store.clips()) {
        const { path } = clip;
        const isWav = clip.container === "wav";
        const sound = isWav ? (await listen(path)).samples : await readFile(path);
        assert.deepEqual(Uint8Array.from(sound), soundOf(clip.identity), path);
      }
      await store.save(newClip(kill % 5, "a"));
      const paths = store.clips().map(({ path }) => path);
      assert.deepEqual(
        (await namesIn(folder)).map((name) => join(folder, name)),
        [...paths, join(folder, "manifest.json")].sort(),
      );
    }
  });
});
