import { setTimeout as sleep } from "node:timers/promises";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import { connect, type Connection, type Endpoint } from "../session/connection.ts";
import type { SpokenSegment } from "../session/contextAudio.ts";
import { Failure, isFailure } from "../session/failure.ts";
import { speakContext, type SessionTools } from "../session/speakContext.ts";
import { transcriptsOf, type SpeechTask } from "./plan.ts";

/** What happens while segments are spoken. `segment` is the index in the script. */
export type SpeechEvent =
  | {
      readonly type: "sent";
      readonly segment: number;
      readonly characters: number;
      /** Milliseconds of the performance clock. */
      readonly at: number;
    }
  | {
      readonly type: "audio";
      readonly segment: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** What came for this segment so far, whole or not, is not to be used. */
  | { readonly type: "void"; readonly segment: number }
  | { readonly type: "spoken"; readonly segment: number; readonly spoken: SpokenSegment }
  /** Nothing more will come for this segment in this run. */
  | {
      readonly type: "failed";
      readonly segment: number;
      readonly state: "failed" | "incomplete";
      readonly failure: Failure;
    };

/** What a run speaks with. */
export interface Speech {
  /** Asked each time: the key may change. */
  readonly endpoint: (signal: AbortSignal) => Promise<Endpoint>;
  readonly options: VoiceOptions;
  /** Makes a new context id; one is never used twice. */
  readonly newContextId: () => string;
  /** How long to wait before a broken connection is made anew: one wait in milliseconds for each try. */
  readonly retryAfterMs: readonly number[];
  readonly tools: SessionTools;
}

/** Failures after which the rest of the script would fail alike. */
const fatal: ReadonlySet<string> = new Set([
  "no-key",
  "key-rejected",
  "out-of-credits",
  "rate-limited",
  "voice-not-found",
  "model-not-found",
  "disk",
]);

/**
 * Speaks groups of neighbouring segments, each group over one context of one connection.
 *
 * What a context leaves unproved is said again, one context per segment. A connection that breaks is made anew, and says
 * only what is not yet spoken. What still fails is reported as `failed`; the run goes on with the others unless they
 * would fail alike.
 * @returns the failure that ended it early, if one did. Throws nothing but the signal's reason.
 */
export async function* speakGroups(
  groups: readonly (readonly SpeechTask[])[],
  speech: Speech,
): AsyncGenerator<SpeechEvent, Failure | undefined, undefined> {
  const run = new SpeechRun(groups, speech);
  try {
    return yield* run.speak();
  } finally {
    await run.close();
  }
}

class SpeechRun {
  readonly #speech: Speech;
  readonly #waiting: (readonly SpeechTask[])[];
  /** Segments that had a context of their own: after that there is no other way to try. */
  readonly #alone = new Set<number>();
  readonly #spoken = new Set<number>();
  #connection: Connection | undefined;
  #breaks = 0;

  constructor(groups: readonly (readonly SpeechTask[])[], speech: Speech) {
    this.#speech = speech;
    this.#waiting = [...groups];
  }

  async *speak(): AsyncGenerator<SpeechEvent, Failure | undefined, undefined> {
    for (let group = this.#waiting.shift(); group; group = this.#waiting.shift()) {
      if (group.length === 1) for (const { segment } of group) this.#alone.add(segment);
      try {
        yield* this.#speakGroup(group);
      } catch (error) {
        this.#speech.tools.signal.throwIfAborted();
        const failure = isFailure(error) ? error : unexpected(error);
        const ending = yield* this.#recover(group, failure);
        if (ending) return ending;
      }
    }
    return undefined;
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close(this.#speech.tools.limits.closeMs);
  }

  async *#speakGroup(group: readonly SpeechTask[]): AsyncGenerator<SpeechEvent> {
    const { options, tools, newContextId, endpoint } = this.#speech;
    this.#connection ??= await connect(
      await endpoint(tools.signal),
      tools.limits.connectMs,
      tools.signal,
    );
    const request = { contextId: newContextId(), options, transcripts: transcriptsOf(group) };
    let unproved: readonly number[] = [];
    let sent = 0;
    for await (const event of speakContext(this.#connection, request, tools)) {
      switch (event.type) {
        case "ended":
          unproved = event.unproved;
          break;
        case "void":
          for (const at of event.positions) yield* this.#void(group[at]);
          break;
        default: {
          const task = group[event.position];
          if (!task) break; // audio beyond the last segment: the end will show that nothing is proved
          if (event.type === "sent") sent++;
          if (event.type === "spoken") this.#spoken.add(task.segment);
          yield event.type === "spoken"
            ? { type: "spoken", segment: task.segment, spoken: event.segment }
            : { ...event, segment: task.segment };
        }
      }
    }
    yield* this.#sayAgain(group, unproved, sent);
  }

  /** What was sent in vain is said again, each in a context of its own; what was not sent goes on in one together. */
  *#sayAgain(
    group: readonly SpeechTask[],
    unproved: readonly number[],
    sent: number,
  ): Generator<SpeechEvent> {
    const rest = group.slice(sent);
    if (rest.length > 0) this.#waiting.unshift(rest);
    const again = unproved.flatMap((at) => group[at] ?? []);
    for (const task of again.reverse()) {
      yield* this.#void(task);
      if (!this.#alone.has(task.segment)) this.#waiting.unshift([task]);
      else yield failed(task, "incomplete", silence());
    }
  }

  /** @returns the failure, where the run can't go on. */
  async *#recover(
    group: readonly SpeechTask[],
    failure: Failure,
  ): AsyncGenerator<SpeechEvent, Failure | undefined> {
    const open = group.filter(({ segment }) => !this.#spoken.has(segment));
    for (const task of open) yield* this.#void(task);
    const wasConnected = this.#connection !== undefined;
    if (failure.code === "bad-request" && wasConnected) {
      // One segment that the service refuses must not take the others with it.
      if (group.length === 1) for (const task of open) yield failed(task, "failed", failure);
      else this.#waiting.unshift(...open.map((task) => [task]));
      return undefined;
    }
    await this.close();
    const wait = this.#speech.retryAfterMs[this.#breaks];
    if (wasConnected && !fatal.has(failure.code) && wait !== undefined) {
      this.#breaks++;
      await sleep(wait, undefined, { signal: this.#speech.tools.signal });
      if (open.length > 0) this.#waiting.unshift(open);
      return undefined;
    }
    const state = wasConnected && !fatal.has(failure.code) ? "incomplete" : "failed";
    for (const task of [...open, ...this.#waiting.flat()]) yield failed(task, state, failure);
    return failure;
  }

  *#void(task: SpeechTask | undefined): Generator<SpeechEvent> {
    if (!task) return;
    this.#spoken.delete(task.segment);
    yield { type: "void", segment: task.segment };
  }
}

function failed(task: SpeechTask, state: "failed" | "incomplete", failure: Failure): SpeechEvent {
  return { type: "failed", segment: task.segment, state, failure };
}

function silence(): Failure {
  return new Failure("stalled", "The speech service sent no audio for this segment.");
}

function unexpected(cause: unknown): Failure {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new Failure("protocol", `Speaking failed: ${message}`, { cause });
}
