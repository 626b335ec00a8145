import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { readClientMessage } from "../../../src/localVoice/server/readClientMessage.ts";
import type { GenerationRequest } from "../../../src/localVoice/server/readClientMessage.ts";
import type { Phone } from "../../../src/localVoice/synthesis/flite.ts";
import type { Refusal } from "../../../src/localVoice/server/serverRefusal.ts";
import { SpeechContext } from "../../../src/localVoice/server/speechContext.ts";
import type { AlignmentJob, SpeechJob } from "../../../src/localVoice/synthesis/speechJob.ts";
import { generation } from "./voiceClient.ts";
import type { Frame } from "./voiceClient.ts";

/** A client's message as a context takes it; `fields` go over those that are required. */
export function request(fields: object): GenerationRequest {
  const message = readClientMessage(JSON.stringify(generation({ continue: true, ...fields })));
  assert.ok(message.kind === "generate");
  return message.request;
}

/** A context on a connection that says a text as 40,000 bytes at once, and that may hold its frames up. */
export class Stage {
  readonly frames: Frame[] = [];
  readonly jobs: SpeechJob[] = [];
  readonly events = new EventEmitter();
  readonly context: SpeechContext;
  failure: Refusal | undefined;
  /** What each frame waits for. */
  readerKeepsUp: Promise<void> = Promise.resolve();
  broken = false;
  /** What is heard in each utterance. */
  phones: readonly Phone[] = [];
  deaf = false;
  readonly alignments: AlignmentJob[] = [];

  constructor(settings: object = {}) {
    this.context = new SpeechContext("ctx-1", request(settings).settings, {
      speak: async (job, signal) => {
        this.jobs.push(job);
        await new Promise(setImmediate);
        signal.throwIfAborted();
        if (this.broken) throw new Error("out of breath");
        return { bytes: new Uint8Array(40_000), phones: this.phones };
      },
      align: async (job) => {
        this.alignments.push(job);
        await new Promise(setImmediate);
        if (this.deaf) throw new Error("hard of hearing");
        return job.words.map((_, index) => ({ start: index / 100, end: index / 100 + 0.01 }));
      },
      send: (frame) => {
        this.frames.push(frame as Frame);
        this.events.emit("frame");
        return this.readerKeepsUp;
      },
      ended: (failure) => {
        this.failure = failure;
        this.events.emit("ended");
      },
    });
  }

  get story(): string[] {
    return this.frames.map(({ type, flush_id }) => `${type}${flush_id ?? ""}`);
  }

  get said(): string[] {
    return this.jobs.map(({ text }) => text);
  }

  accept(...inputs: readonly object[]): void {
    for (const fields of inputs) assert.equal(this.context.accept(request(fields)), undefined);
  }

  ended(): Promise<unknown> {
    return once(this.events, "ended");
  }

  async frame(type: string): Promise<void> {
    while (!this.frames.some((frame) => frame.type === type)) await once(this.events, "frame");
  }
}

/** Lets everything happen that does not wait for a timer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}
