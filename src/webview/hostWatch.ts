import type { FromPanel, ToPanel } from "../panel/messages.ts";
import type { SetTimer } from "./sound/output/soundContext.ts";

export interface HostWatchOptions {
  readonly setTimer: SetTimer;
  /** Asks the host for an answer. */
  readonly ask: () => void;
  /** The host does not answer, or does again. */
  readonly changed: (isLost: boolean) => void;
}

/** How often is looked whether something has come from the host, in milliseconds. */
const lookMs = 5000;
/** After so many looks in vain it is asked for an answer, … */
const askAfter = 1;
/** … and after so many it is lost. A host may be busy for some seconds. */
const lostAfter = 3;

/**
 * Notices when the extension is gone: VS Code keeps the page of one that has died, and tells it nothing. Looks only while a
 * run is on, and after something was asked for.
 */
export class HostWatch {
  readonly #options: HostWatchOptions;
  #isRunning = false;
  #isLooking = false;
  #hasHeard = false;
  #misses = 0;

  constructor(options: HostWatchOptions) {
    this.#options = options;
  }

  /** Something was posted to the host. What is heard is told with each word, and answered by nothing. */
  posted({ type }: FromPanel): void {
    if (type !== "heard" && type !== "ping") this.#look();
  }

  /** Something came from the host. */
  received(message: ToPanel): void {
    if (message.type === "show") this.#isRunning = message.running;
    if (message.type === "runStarted") this.#isRunning = true;
    if (message.type === "runEnded") this.#isRunning = false;
    this.#hasHeard = true;
    const wasLost = this.#misses >= lostAfter;
    this.#misses = 0;
    if (wasLost) this.#options.changed(false);
    if (this.#isRunning) this.#look();
  }

  #look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    this.#hasHeard = false;
    this.#options.setTimer(() => this.#check(), lookMs);
  }

  #check(): void {
    this.#isLooking = false;
    if (this.#hasHeard) {
      if (this.#isRunning) this.#look();
      return;
    }
    this.#misses++;
    if (this.#misses === askAfter) this.#options.ask();
    if (this.#misses === lostAfter) this.#options.changed(true);
    if (this.#misses < lostAfter) this.#look();
  }
}
