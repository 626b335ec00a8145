import { parentPort } from "node:worker_threads";
import type { WorkerAnswer, WorkerJob } from "../../../src/localVoice/synthesis/speechJob.ts";

// A worker that says one byte per character, and that a text can tell to fail, to die or to hang.

parentPort?.on("message", ({ kind, job }: WorkerJob) => {
  if (kind === "align") return post({ result: job.words.map(() => ({ start: 0, end: 1 })) });
  const { text } = job;
  if (text.includes("exit")) process.exit(3);
  if (text.includes("throw")) throw new Error("out of breath");
  if (text.includes("hang")) return;
  if (text.includes("fail")) post({ failure: "no such word" });
  else post({ result: { bytes: new Uint8Array(text.length), phones: [] } });
});

function post(answer: WorkerAnswer): void {
  parentPort?.postMessage(answer);
}
