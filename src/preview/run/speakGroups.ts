import * as l10n from "@vscode/l10n";
import { setTimeout as sleep } from "node:timers/promises";
import { TranscriptIndex } from "../../protocol/transcriptIndex.ts";
import { connect, type Connection } from "../../session/connection/connection.ts";
import { Failure, type FailureCode } from "../../session/connection/failure.ts";
import { ContextPool } from "./contextPool.ts";
import { GroupContext } from "./groupContext.ts";
import { spokenTasks, type SpeechTask } from "../plan/plan.ts";
import { asFailure } from "./runFailure.ts";
import type { Speech, SpeechEvent } from "./speechEvent.ts";

/** Failures of the way to the service, not of what was asked: the same may go well a moment later. */
const passing: ReadonlySet<FailureCode> = new Set(["offline", "stalled", "protocol"]);

/**
 * Speaks groups of neighbouring segments, each over a context of its own, several at a time over one connection. They begin in
 * their order; what has to be said again goes before what has not begun.
 *
 * What a context leaves unproved is said again, one context per segment; so is all that follows where it proved nothing, until one of
 * those has no audio, which was the reason then. Where a text is refused, or nothing is said, that
 * concerns what had been sent by then: the rest stays together. A connection that breaks is made anew, and says
 * only what is not yet spoken; how often that is tried is counted from the last segment that was spoken. A context that fails alone, beside others that go well, is said again when there is one less of
 * them. What still fails is reported as `failed`; the run goes on with the others unless they would fail alike: those of
 * another sound do not where a voice is refused.
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

/** Something that befell all contexts, and those of them that have ended by it so far. */
interface Trouble {
  readonly failure: Failure;
  readonly contexts: GroupContext[];
}

class SpeechRun {
  readonly #speech: Speech;
  readonly #pool = new ContextPool();
  /** All that is to be said, for what is heard in one context may be another's. */
  readonly #script: TranscriptIndex;
  /** What has not begun, or is to be said again, in the script's order. */
  #waiting: (readonly SpeechTask[])[];
  /** Segments that had a context of their own: after that there is no other way to try. */
  readonly #alone = new Set<number>();
  /** How many contexts may be open at a time: fewer than at first where that did not go well. */
  #most: number;
  #trouble: Trouble | undefined;
  #connection: Connection | undefined;
  /** Whether the service could be reached in this run: then a failure to reach it may pass. */
  #wasConnected = false;
  /** How often it broke, or was at its limit, since a segment was spoken. */
  #breaks = 0;
  #wasLimited = false;
  /** All segments that were ever spoken: one that is called back is no progress when it comes again. */
  readonly #spoken = new Set<number>();
  /** Whether a segment was left out because of silence, and none was spoken since. */
  #leftOut = false;
  /** Whether it ever broke in this run, whatever was spoken since: then less is sent ahead, for that is lost. */
  #hasBroken = false;
  /** Whether the service gave audio for each segment of a context, and nothing told whose it is: then each has a context of its own. */
  #isEachAlone = false;

  constructor(groups: readonly (readonly SpeechTask[])[], speech: Speech) {
    this.#speech = speech;
    this.#waiting = [...groups];
    this.#script = new TranscriptIndex(groups.flat().map(({ transcript }) => transcript));
    this.#most = speech.maxConcurrency;
  }

  async *speak(): AsyncGenerator<SpeechEvent, Failure | undefined, undefined> {
    for (;;) {
      try {
        await this.#begin();
      } catch (error) {
        this.#speech.tools.signal.throwIfAborted();
        this.#trouble = { failure: asFailure(error), contexts: [] };
      }
      if (this.#pool.size > 0) yield* this.#take();
      else if (this.#trouble) {
        const ending = yield* this.#recover(this.#trouble);
        if (ending) return ending;
      } else return undefined;
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.fail(new Failure("offline", "The run is over.")); // so that none of its contexts waits any more
    await this.#pool.close();
    await connection?.close(this.#speech.tools.limits.closeMs);
  }

  /** Begins as many contexts as may be. */
  async #begin(): Promise<void> {
    const { signal, characterLimit } = this.#speech.tools;
    while (!this.#trouble && this.#waiting.length > 0 && this.#pool.size < this.#most) {
      const isOver = signal.aborted || (this.#connection?.over ?? false);
      const isEnd = isOver || characterLimit?.isReached;
      if (isEnd && this.#pool.size > 0) return; // those that are open come to their end first
      if (characterLimit?.isReached) throw characterLimit.failure();
      const connection = await this.#connect();
      const group = this.#nextGroup();
      const context = new GroupContext(group);
      if (context.isAlone) for (const { segment } of group) this.#alone.add(segment);
      this.#pool.add(context, this.#speakMissing(context, connection));
    }
    if (this.#pool.size === 0) signal.throwIfAborted();
  }

  #nextGroup(): readonly SpeechTask[] {
    const group = this.#waiting.shift() ?? [];
    if (!this.#isEachAlone) return group;
    const [first, ...rest] = spokenTasks([group]);
    if (rest.length > 0) this.#waiting.unshift(rest);
    return first ? [first] : group;
  }

  /** Says what of a context nobody else has said by now. */
  async *#speakMissing(
    context: GroupContext,
    connection: Connection,
  ): AsyncGenerator<SpeechEvent, void, undefined> {
    const segments = context.open.map(({ segment }) => segment);
    const ready = (await this.#speech.readyNow?.(segments)) ?? new Set();
    if (ready.size > 0) this.#putBack(context.leaveOut(ready));
    for (const segment of ready) yield { type: "ready", segment };
    if (this.#trouble) throw this.#trouble.failure; // it has not begun, and does not begin
    if (context.open.length === 0) return;
    const { characterLimit } = this.#speech.tools;
    const maySend = (characters: number): boolean =>
      !this.#trouble && (characterLimit?.take(characters) ?? true);
    const { tools } = this.#speech;
    const limits = this.#hasBroken ? { ...tools.limits, segmentsAhead: 1 } : tools.limits;
    yield* context.speak(connection, this.#speech, { ...tools, limits, maySend }, this.#script);
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
      tools.trace,
    );
    this.#wasConnected = true;
    return this.#connection;
  }

  /** Takes what happens next in the contexts that are open. */
  async *#take(): AsyncGenerator<SpeechEvent> {
    const { context, event, error } = await this.#pool.next();
    if (event?.type === "spoken") this.#noteProgress(event.segment);
    if (event) yield event;
    else if (error === undefined) yield* this.#sayAgain(context);
    else if (!this.#speech.tools.signal.aborted) yield* this.#fail(context, asFailure(error));
  }

  #noteProgress(segment: number): void {
    if (this.#spoken.has(segment)) return;
    this.#spoken.add(segment);
    this.#breaks = 0;
    this.#wasLimited = false;
    this.#leftOut = false;
  }

  /** What was sent in vain is said again, each in a context of its own; what was not sent goes on in one together. */
  *#sayAgain(context: GroupContext): Generator<SpeechEvent> {
    if (context.unsent.length > 0) this.#putBack([context.unsent]);
    this.#isEachAlone ||= context.unproved.length > 1 && context.hasNone;
    for (const task of context.unproved) {
      yield { type: "void", segment: task.segment };
      if (!this.#alone.has(task.segment)) this.#putBack([[task]]);
      else {
        this.#isEachAlone = false; // it was this segment, not how the service numbers
        yield failed(task, "incomplete", context.wasHeard ? unproved() : silence());
      }
    }
  }

  /**
   * A context has failed: it alone, or what it failed by befell all of them. Where that is not the connection's end, the others
   * send no more, and are heard to their end: what they have sent is paid for.
   */
  *#fail(context: GroupContext, failure: Failure): Generator<SpeechEvent> {
    for (const { segment } of context.open) yield { type: "void", segment };
    const others = this.#pool.size;
    const isOneOfSeveral = others > 0 || this.#trouble !== undefined;
    if (failure.code === "bad-request" && !(failure.ofConnection && isOneOfSeveral)) {
      // One segment that the service refuses must not take the others with it: it is one of those that were sent.
      if (!context.isAlone) this.#putBack(context.apart());
      else for (const task of context.open) yield failed(task, "failed", failure);
    } else if (isOfSound(failure) && !this.#trouble && this.#hasOtherSound(context)) {
      const [alike, rest] = partition(this.#waiting, ([task]) => task?.sound === context.sound);
      this.#waiting = rest;
      for (const task of [...context.open, ...spokenTasks(alike)]) {
        yield failed(task, "failed", failure);
      }
    } else if (others > 0 && !this.#trouble && isOfOneSegment(failure)) {
      this.#most = others; // it goes well with those: it is said again when one of them has ended
      const isLast = failure.code !== "rate-limited" && this.#countBreak() === undefined;
      if (!isLast) this.#putBack(openAfter(failure, context));
      else for (const task of context.open) yield failed(task, "incomplete", failure);
    } else {
      this.#trouble ??= { failure, contexts: [] };
      this.#trouble.contexts.push(context);
      if (failure.ofConnection) this.#connection?.fail(failure); // the others take what has come before
    }
  }

  /** Whether there is something to say that does not sound as this does. */
  #hasOtherSound({ sound }: GroupContext): boolean {
    const others = [...this.#pool.contexts].some((other) => other.sound !== sound);
    return others || this.#waiting.some(([task]) => task?.sound !== sound);
  }

  /** All contexts have ended by the same. @returns the failure, where the run can't go on. */
  async *#recover({
    failure,
    contexts,
  }: Trouble): AsyncGenerator<SpeechEvent, Failure | undefined> {
    this.#trouble = undefined;
    const several = contexts.length > 1;
    if (failure.code === "bad-request" && several) {
      // Whose text was refused is not said: it shows when they are said one after the other.
      this.#most = 1;
      for (const context of contexts) this.#putBack(context.apart());
      return undefined;
    }
    const isPassing = passing.has(failure.code) && this.#wasConnected;
    const ms = this.#waitAfter(failure, several);
    await this.close();
    if (ms === undefined && this.#mayLeaveOut(failure, contexts)) {
      this.#leftOut = true;
      this.#breaks = Math.max(0, this.#speech.retryAfterMs.length - 1); // the next one is tried twice
      for (const task of contexts.flatMap(({ open }) => open)) {
        yield failed(task, "incomplete", failure);
      }
      return undefined;
    }
    for (const context of contexts) this.#putBack(openAfter(failure, context));
    if (ms === undefined) {
      const state = isPassing ? "incomplete" : "failed";
      for (const task of spokenTasks(this.#waiting)) yield failed(task, state, failure);
      return failure;
    }
    yield { type: "waiting", ms, failure };
    await sleep(ms, undefined, { signal: this.#speech.tools.signal });
    return undefined;
  }

  /** Whether it may be these segments that the service has nothing to say for, and not the service that is silent. */
  #mayLeaveOut({ code }: Failure, contexts: readonly GroupContext[]): boolean {
    const wasHeard = this.#spoken.size > 0 && !this.#leftOut;
    return code === "stalled" && wasHeard && contexts.every(({ isAlone }) => isAlone);
  }

  /** How long to wait before trying again, in milliseconds; `undefined` where trying again would not help. */
  #waitAfter({ code, service, retryAfterMs }: Failure, several: boolean): number | undefined {
    if (code === "rate-limited") {
      if (several) this.#most >>= 1;
      const mayPass = several || !this.#wasLimited; // with fewer contexts it may be another thing
      this.#wasLimited ||= !several;
      return mayPass ? (retryAfterMs ?? this.#speech.rateLimitMs) : undefined;
    }
    const serverError = (service?.status ?? 0) >= 500;
    if (!passing.has(code) || !(this.#wasConnected || serverError)) return undefined;
    if (this.#hasBroken) this.#most = 1; // it may be that several are what the way to the service does not bear
    const ms = this.#countBreak();
    return ms === undefined ? undefined : (retryAfterMs ?? ms);
  }

  /** @returns how long to wait before the next try, in milliseconds; `undefined` where there is none left. */
  #countBreak(): number | undefined {
    this.#hasBroken = true;
    return this.#speech.retryAfterMs[this.#breaks++];
  }

  #putBack(groups: readonly (readonly SpeechTask[])[]): void {
    this.#waiting = [...groups, ...this.#waiting].sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/** Failures that are about how a context sounds: what sounds otherwise may go well. */
const ofSound: ReadonlySet<FailureCode> = new Set([
  "voice-not-found",
  "model-mismatch",
  "language-not-supported",
  "plan-too-small",
]);

function isOfSound({ code, ofConnection }: Failure): boolean {
  return !ofConnection && ofSound.has(code);
}

function partition<Item>(
  items: readonly Item[],
  belongs: (item: Item) => boolean,
): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

/** Whether other contexts may go well although one has failed by this. */
function isOfOneSegment({ code, ofConnection }: Failure): boolean {
  return !ofConnection && (code === "rate-limited" || passing.has(code));
}

/**
 * How what is open is said again: over one context, but after silence each segment that was sent has one of its own. Where
 * the service has nothing to say for as many segments as are sent ahead, they would wait for their audio again.
 */
function openAfter({ code }: Failure, context: GroupContext): (readonly SpeechTask[])[] {
  return code === "stalled" ? context.apart() : context.together();
}

/** Where a group stands in the script. */
function placeOf(group: readonly SpeechTask[]): number {
  return spokenTasks([group])[0]?.segment ?? 0;
}

function failed(task: SpeechTask, state: "failed" | "incomplete", failure: Failure): SpeechEvent {
  return { type: "failed", segment: task.segment, state, failure };
}

function silence(): Failure {
  return new Failure("stalled", l10n.t("The speech service sent no audio for this segment."));
}

function unproved(): Failure {
  const sentence = l10n.t(
    "The speech service sent audio for this segment, but nothing shows that all of it came.",
  );
  return new Failure("protocol", sentence);
}

/** Waits for `work`, which need not heed the signal. @throws The signal's reason when aborted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
