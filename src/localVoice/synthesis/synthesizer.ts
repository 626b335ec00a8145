import { Worker } from "node:worker_threads";
import type {
  Alignment,
  AlignmentJob,
  Speech,
  SpeechJob,
  WorkerAnswer,
  WorkerJob,
  WorkerOptions,
} from "./speechJob.ts";

/** Where the synthesiser's parts lie. */
export interface SynthesizerOptions extends WorkerOptions {
  /** The worker's entry point: a file URL, or an absolute path. */
  readonly workerPath: string | URL;
  /** Hears of the worker's start and end, one line each. */
  readonly log?: (line: string) => void;
}

interface PendingJob {
  readonly job: WorkerJob;
  readonly resolve: (result: Speech | Alignment) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Says utterances, and finds their words, in a worker thread, one job at a time, in the order asked. The worker is
 * started by the first job and replaced when it dies; only the job that it was at fails with it.
 */
export class Synthesizer {
  readonly #options: SynthesizerOptions;
  readonly #waiting: PendingJob[] = [];
  /** The one that the worker is at; it stays here when its asker no longer wants it. */
  #current: PendingJob | undefined;
  #worker: Worker | undefined;
  #closed = false;

  constructor(options: SynthesizerOptions) {
    this.#options = options;
  }

  /**
   * Says one utterance.
   * @param signal drops the job: it is not begun, or its sound is thrown away
   * @throws the signal's reason when it aborts, and an Error where there is no sound, with a sentence that says why
   */
  async speak(job: SpeechJob, signal: AbortSignal): Promise<Speech> {
    return (await this.#do({ kind: "speak", job }, signal)) as Speech;
  }

  /**
   * Finds when each word of an utterance was said.
   * @param signal drops the job
   * @throws as `speak`
   */
  async align(job: AlignmentJob, signal: AbortSignal): Promise<Alignment> {
    return (await this.#do({ kind: "align", job }, signal)) as Alignment;
  }

  /** Ends the worker and fails what waits. */
  async close(): Promise<void> {
    this.#closed = true;
    const closed = new Error("The local voice is closed.");
    for (const pending of this.#waiting.splice(0)) pending.reject(closed);
    this.#current?.reject(closed);
    await this.#worker?.terminate();
  }

  async #do(job: WorkerJob, signal: AbortSignal): Promise<Speech | Alignment> {
    signal.throwIfAborted();
    if (this.#closed) throw new Error("The local voice is closed.");
    let drop = (): void => {};
    try {
      return await new Promise((resolve, reject) => {
        const pending: PendingJob = { job, resolve, reject };
        drop = () => {
          const index = this.#waiting.indexOf(pending);
          if (index >= 0) this.#waiting.splice(index, 1);
          reject(signal.reason as Error);
        };
        signal.addEventListener("abort", drop);
        this.#waiting.push(pending);
        this.#startNext();
      });
    } finally {
      signal.removeEventListener("abort", drop);
    }
  }

  #startNext(): void {
    if (this.#closed || this.#current) return;
    this.#current = this.#waiting.shift();
    if (!this.#current) return;
    try {
      this.#worker ??= this.#startWorker();
      this.#worker.postMessage(this.#current.job);
    } catch (cause) {
      const error = new Error("The local voice could not be started.", { cause });
      this.#finish(({ reject }) => reject(error));
    }
  }

  #finish(settle: (pending: PendingJob) => void): void {
    const pending = this.#current;
    this.#current = undefined;
    if (pending) settle(pending);
    this.#startNext();
  }

  #startWorker(): Worker {
    const workerData: WorkerOptions = { wasmPath: this.#options.wasmPath };
    const worker = new Worker(this.#options.workerPath, { workerData });
    this.#options.log?.("local voice: worker started");
    let death = "";
    worker.on("error", (error) => (death = error.message));
    worker.on("message", (answer: WorkerAnswer) =>
      this.#finish(({ resolve, reject }) => {
        if ("result" in answer) resolve(answer.result);
        else reject(new Error(`The local voice could not say this: ${answer.failure}`));
      }),
    );
    worker.on("exit", (code) => {
      this.#worker = undefined;
      const reason = this.#closed ? "closed" : death || `exit code ${code}`;
      this.#options.log?.(`local voice: worker ended (${reason})`);
      this.#finish(({ reject }) => reject(new Error(`The local voice broke off: ${reason}`)));
    });
    return worker;
  }
}
