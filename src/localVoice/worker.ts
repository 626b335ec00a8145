import { parentPort, workerData } from "node:worker_threads";
import { Flite } from "./flite.ts";
import type { SpeechJob, SpeechResult, WorkerOptions } from "./speechJob.ts";
import { SpeechRenderer } from "./speechRenderer.ts";

// The entry point of the local voice's worker. It answers jobs one by one; a failure to start ends it with its error.

async function answerJobs({ wasmPath }: WorkerOptions): Promise<void> {
  const renderer = new SpeechRenderer(await Flite.load(wasmPath));
  parentPort?.on("message", (job: SpeechJob) => {
    const result = render(renderer, job);
    parentPort?.postMessage(result, "bytes" in result ? [result.bytes.buffer] : []);
  });
}

function render(renderer: SpeechRenderer, job: SpeechJob): SpeechResult {
  try {
    return { bytes: renderer.render(job) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

void answerJobs(workerData as WorkerOptions);
