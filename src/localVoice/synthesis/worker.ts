import { parentPort, workerData } from "node:worker_threads";
import { alignWords } from "./alignWords.ts";
import { Flite } from "./flite.ts";
import type { WorkerAnswer, WorkerJob, WorkerOptions } from "./speechJob.ts";
import { SpeechRenderer } from "./speechRenderer.ts";

// The entry point of the local voice's worker. It answers jobs one by one; a failure to start ends it with its error.

async function answerJobs({ wasmPath }: WorkerOptions): Promise<void> {
  const flite = await Flite.load(wasmPath);
  const renderer = new SpeechRenderer(flite);
  parentPort?.on("message", (job: WorkerJob) => {
    try {
      answer(flite, renderer, job);
    } catch (error) {
      post({ failure: error instanceof Error ? error.message : String(error) });
    }
  });
}

function answer(flite: Flite, renderer: SpeechRenderer, { kind, job }: WorkerJob): void {
  switch (kind) {
    case "speak": {
      const result = renderer.render(job);
      return post({ result }, [result.bytes.buffer]);
    }
    case "align":
      return post({ result: alignWords(job.words, flite.pronounce(job.words), job.phones) });
  }
}

function post(answer: WorkerAnswer, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(answer, transferred);
}

void answerJobs(workerData as WorkerOptions);
