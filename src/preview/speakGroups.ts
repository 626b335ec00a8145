import { setTimeout as sleep } from "node:timers/promises";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import type { Word } from "../protocol/serverMessage.ts";
import { connect, type Connection, type Endpoint } from "../session/connection.ts";
import type { SpokenSegment } from "../session/contextAudio.ts";
import { Failure, type FailureCode } from "../session/failure.ts";
import { speakContext, type SessionTools } from "../session/speakContext.ts";
import { transcriptsOf, type SpeechTask } from "./plan.ts";
import { asFailure } from "./runFailure.ts";

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
  /** The words of this segment as far as its audio has come; they replace those told before. */
  | { readonly type: "words"; readonly segment: number; readonly words: readonly Word[] }
  /** What came for this segment so far, whole or not, is not to be used. */
  | { readonly type: "void"; readonly segment: number }
  | { readonly type: "spoken"; readonly segment: number; readonly spoken: SpokenSegment }
  /** Nothing happens for so many milliseconds, because of this failure; then what is not yet spoken is tried again. */
  | { readonly type: "waiting"; readonly ms: number; readonly failure: Failure }
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
  /** How long to wait before a broken connection is made anew: one wait in milliseconds for each try of a run. */
  readonly retryAfterMs: readonly number[];
  /** How long to wait, once in a run, when the service is at its limit; in milliseconds. */
  readonly rateLimitMs: number;
  readonly tools: SessionTools;
}

/** Failures of the way to the service, not of what was asked: the same may go well a moment later. */
const passing: ReadonlySet<FailureCode> = new Set(["offline", "stalled", "protocol"]);

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
  /** How many segments of the group that is being spoken have been sent. */
  #sent = 0;
  /** Whether the service could be reached in this run: then a failure to reach it may pass. */
  #wasConnected = false;
  #breaks = 0;
  #wasLimited = false;

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
        const ending = yield* this.#recover(group, asFailure(error));
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

  /** The connection, made anew where it ended between two contexts: nothing is lost by that. */
  async #connect(): Promise<Connection> {
    const { endpoint, tools } = this.#speech;
    tools.signal.throwIfAborted();
    if (this.#connection?.over) await this.close();
    this.#connection ??= await connect(
      await unlessAborted(endpoint(tools.signal), tools.signal),
      tools.limits.connectMs,
      tools.signal,
    );
    this.#wasConnected = true;
    return this.#connection;
  }

  async *#speakGroup(group: readonly SpeechTask[]): AsyncGenerator<SpeechEvent> {
    const { options, tools, newContextId } = this.#speech;
    const connection = await this.#connect();
    const request = { contextId: newContextId(), options, transcripts: transcriptsOf(group) };
    let unproved: readonly number[] = [];
    this.#sent = 0;
    for await (const event of speakContext(connection, request, tools)) {
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
          if (event.type === "sent") this.#sent++;
          if (event.type === "spoken") this.#spoken.add(task.segment);
          yield event.type === "spoken"
            ? { type: "spoken", segment: task.segment, spoken: event.segment }
            : { ...event, segment: task.segment };
        }
      }
    }
    yield* this.#sayAgain(group, unproved);
  }

  /** What was sent in vain is said again, each in a context of its own; what was not sent goes on in one together. */
  *#sayAgain(group: readonly SpeechTask[], unproved: readonly number[]): Generator<SpeechEvent> {
    const rest = group.slice(this.#sent);
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
    if (failure.code === "bad-request" && this.#connection) {
      // One segment that the service refuses must not take the others with it.
      if (group.length === 1) for (const task of open) yield failed(task, "failed", failure);
      else this.#waiting.unshift(...open.map((task) => [task]));
      return undefined;
    }
    const ms = this.#waitAfter(failure);
    const isPassing = passing.has(failure.code) && this.#wasConnected;
    await this.close();
    if (ms === undefined) {
      const state = isPassing ? "incomplete" : "failed";
      for (const task of [...open, ...this.#waiting.flat()]) yield failed(task, state, failure);
      return failure;
    }
    this.#waiting.unshift(...this.#splitAfter(failure, group, open));
    yield { type: "waiting", ms, failure };
    await sleep(ms, undefined, { signal: this.#speech.tools.signal });
    return undefined;
  }

  /**
   * How what is open is said again: over one context, but after silence each segment that was sent has one of its own. Where
   * the service has nothing to say for as many segments as are sent ahead, they would wait for their audio again.
   */
  #splitAfter(
    { code }: Failure,
    group: readonly SpeechTask[],
    open: readonly SpeechTask[],
  ): (readonly SpeechTask[])[] {
    const sent = code === "stalled" ? group.slice(0, this.#sent) : [];
    const alone = open.filter((task) => sent.includes(task));
    const together = open.filter((task) => !sent.includes(task));
    return [...alone.map((task) => [task]), together].filter(({ length }) => length > 0);
  }

  /** How long to wait before trying again, in milliseconds; `undefined` where trying again would not help. */
  #waitAfter({ code, service }: Failure): number | undefined {
    const { retryAfterMs, rateLimitMs } = this.#speech;
    if (code === "rate-limited") {
      const first = !this.#wasLimited;
      this.#wasLimited = true;
      return first ? rateLimitMs : undefined;
    }
    const serverError = (service?.status ?? 0) >= 500;
    if (!passing.has(code) || !(this.#wasConnected || serverError)) return undefined;
    return retryAfterMs[this.#breaks++];
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

/** Waits for `work`, which need not heed the signal. @throws The signal's reason when aborted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
