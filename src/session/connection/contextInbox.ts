import type { ServerMessage } from "../../protocol/serverMessage.ts";
import type { Failure } from "./failure.ts";

/** A message that came. */
export type ReceivedMessage = ServerMessage & {
  /** When it came, which may be long before it is taken; in milliseconds of the performance clock. */
  readonly at: number;
};

/** The messages of one context queue here until they are asked for, so that none is lost between two waits. */
export class ContextInbox {
  readonly #closed: () => void;
  /** Those from `#next` on wait: to take the first one of many off a list is to move all others. */
  #messages: ReceivedMessage[] = [];
  #next = 0;
  #failure: Failure | undefined;
  #wake: (() => void) | undefined;

  /** `closed` is called when nothing is to come in any more. */
  constructor(closed: () => void) {
    this.#closed = closed;
  }

  /** Whether nothing will come in but what is there. */
  get hasEnded(): boolean {
    return this.#failure !== undefined;
  }

  add(message: ReceivedMessage): void {
    if (this.#failure) return;
    this.#messages.push(message);
    this.#wake?.();
  }

  /** Nothing will come behind what is there, for this reason; the first one counts. */
  end(failure: Failure): void {
    this.#failure ??= failure;
    this.#wake?.();
  }

  /** What comes is dropped. */
  close(): void {
    this.#closed();
  }

  /**
   * The next message.
   * @returns `undefined` where none came within `timeoutMs` milliseconds.
   * @throws Failure what ended it, when all that came before has been taken; the signal's reason when aborted.
   */
  async next(timeoutMs: number, signal: AbortSignal): Promise<ReceivedMessage | undefined> {
    signal.throwIfAborted();
    if (this.#next === this.#messages.length && !this.#failure) await this.#wait(timeoutMs, signal);
    signal.throwIfAborted();
    const message = this.#take();
    if (!message && this.#failure) throw this.#failure;
    return message;
  }

  #take(): ReceivedMessage | undefined {
    const message = this.#messages[this.#next];
    if (message) this.#next++;
    if (this.#next < 1000 && this.#next < this.#messages.length) return message;
    this.#messages = this.#messages.slice(this.#next);
    this.#next = 0;
    return message;
  }

  #wait(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        if (this.#wake !== end) return; // it has ended, and another wait may have begun
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        this.#wake = undefined;
        resolve();
      };
      // Where this process was busy for as long, frames are there, and not read: they come before this.
      const timer = setTimeout(() => setImmediate(end), timeoutMs);
      signal.addEventListener("abort", end, { once: true });
      this.#wake = end;
    });
  }
}
