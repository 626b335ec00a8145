/**
 * `npm run soak [minutes]`: runs with random faults, one after the other, over the scripted service and over the real local
 * voice, and fails where memory, handles or files grow, or a clip is not what it should be. Three minutes, unless told otherwise.
 */
import { existsSync, readdirSync } from "node:fs";
import fc from "fast-check";
import type { LocalVoice } from "../../src/localVoice/localVoice.ts";
import { checkClips } from "../faults/checkClips.ts";
import { interfereWith, randomCase, type RandomCase } from "../faults/randomFault.ts";
import { patientLimits, Stage } from "../faults/stage.ts";
import { startTestVoice } from "../support/fakes/localVoice.ts";
import type { Endpoint } from "../../src/session/connection/connection.ts";
import { growthOf, table, takeSample, type Sample } from "./samples.ts";

const minutes = Number(process.argv[2] ?? 3);

/** The first part of the time fills caches and lets the compiler work: what is measured begins after it. */
const warmUpPart = 0.25;

const sampleEveryMs = 5_000;

process.exitCode = await soak(minutes * 60_000);

async function soak(forMs: number): Promise<number> {
  const voice = await startTestVoice();
  const endpoint = (): Promise<Endpoint> => Promise.resolve(endpointOf(voice));
  const stage = await Stage.set({ texts: [], endpoint, limits: patientLimits });
  await stage.open();
  const samples: Sample[] = [];
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  for (let runs = 0; elapsed() < forMs; runs++) {
    if (runs % 4 === 0) await speakReally(stage, runs);
    else await tryCase(caseOf(runs));
    if (elapsed() < samples.length * sampleEveryMs) continue;
    samples.push(takeSample({ seconds: elapsed() / 1000, runs, files: filesOf(stage) }));
    console.log(table(samples.slice(-1), samples.length === 1));
  }
  await stage.clear();
  await voice.close();
  const measured = samples.filter(({ seconds }) => seconds * 1000 >= forMs * warmUpPart);
  const growth = growthOf(measured);
  for (const line of growth) console.log(line.text);
  return growth.every(({ isWithin }) => isWithin) ? 0 : 1;
}

function caseOf(seed: number): RandomCase {
  const [random] = fc.sample(randomCase, { seed, numRuns: 1 });
  if (!random) throw new Error("There is no case.");
  return random;
}

/** A run with a fault, in a folder of its own. */
async function tryCase({ texts, habits, fault }: RandomCase): Promise<void> {
  const { interfere, mute } = interfereWith(fault, texts);
  const stage = await Stage.set({ texts, habits: { ...habits, mute }, interfere });
  try {
    await stage.open();
    const running = stage.run();
    if (fault.at % 5 === 0) await stage.stop();
    await running;
    await checkClips(stage);
  } finally {
    await stage.clear();
  }
}

/** A run of one preview that stays open, over the local voice: a segment changes, and every third run is stopped. */
async function speakReally(stage: Stage, run: number): Promise<void> {
  stage.events.length = 0;
  stage.log.length = 0;
  stage.read(["Stay hungry,", `stay foolish, ${run} times.`, "And good night."]);
  const running = stage.run();
  if (run % 3 === 0) await stage.stop();
  const { stopped, missing, failure } = await running;
  if (!stopped && missing > 0) throw failure ?? new Error(`${missing} segments are missing.`);
}

function endpointOf({ url, token }: LocalVoice): Endpoint {
  const headers = { Authorization: `Bearer ${token}`, "Cartesia-Version": "2026-08-14" };
  return { url: `${url}/tts/websocket`, headers, version: "2026-08-14" };
}

function filesOf({ folder }: Stage): number {
  return existsSync(folder) ? readdirSync(folder).length : 0;
}
