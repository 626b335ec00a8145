import * as l10n from "@vscode/l10n";
/** Runs something once, later; the answer cancels it. */
export type SetTimer = (run: () => void, milliseconds: number) => () => void;

export interface SoundContextOptions {
  /** Throws where no sound can be made at all. */
  readonly createContext: (sampleRate: number) => AudioContext;
  readonly setTimer: SetTimer;
  /** The clock began or ceased to run, or `refused` changed. */
  readonly changed: () => void;
  /** The sound device failed, in one sentence. */
  readonly failed: (reason: string) => void;
}

/** A context that may run does so within this time, in milliseconds. */
const startMilliseconds = 300;
/** The same after the click that permits it; then it is the device that does not start. */
const permittedStartMilliseconds = 3000;
/** Silent for this long, the sound device is given back. */
const idleMilliseconds = 5000;
/** Twice in a row the clock has not moved for this long: the device has gone away without a word. */
const watchMilliseconds = 2000;
/** A context is closed when what sounded through it has been faded out. */
const closeMilliseconds = 50;

/**
 * The AudioContext of the page: of the sample rate asked for, so that nothing is resampled before the device, and running
 * only while something is to sound. It knows when the browser refuses sound until there is a click inside the page.
 */
export class SoundContext {
  readonly #options: SoundContextOptions;
  #context: AudioContext | undefined;
  #rate = 0;
  #wanted = false;
  #cancelStart: (() => void) | undefined;
  #cancelIdle: (() => void) | undefined;
  #cancelWatch: (() => void) | undefined;
  #isRefused = false;

  constructor(options: SoundContextOptions) {
    this.#options = options;
  }

  /** Whether something is to sound and the browser does not let it. */
  get refused(): boolean {
    return this.#isRefused;
  }

  /** The rate last asked for, in Hz. */
  get sampleRate(): number {
    return this.#rate;
  }

  /** The context of this rate; one of another rate is closed. Throws where none can be made. */
  open(sampleRate: number): AudioContext {
    if (this.#context && this.#rate === sampleRate) return this.#context;
    const context = this.#options.createContext(sampleRate);
    this.#closeSoon();
    this.#context = context;
    this.#rate = sampleRate;
    context.addEventListener("statechange", () => this.#onStateChange(context));
    context.addEventListener("error", () => this.#onError(context));
    return context;
  }

  /** Lets the clock run. */
  run(): void {
    this.#wanted = true;
    this.#cancelIdle?.();
    this.#resume(startMilliseconds, () => this.#setRefused(true));
    this.#cancelWatch ??= this.#watch(this.#context?.currentTime, 0);
  }

  /** Nothing is to sound for now; soon the device is given back. */
  idle(): void {
    this.#rest();
    this.#cancelIdle = this.#options.setTimer(() => this.#suspend(), idleMilliseconds);
  }

  /** Stops the clock at once, keeping its position. */
  pause(): void {
    this.#rest();
    this.#suspend();
  }

  /** To be called in a click, which is what the browser waits for. */
  permit(): void {
    if (!this.#wanted) return;
    this.#resume(permittedStartMilliseconds, () =>
      this.#fail(l10n.t("The sound device does not start. Is one connected?")),
    );
  }

  #rest(): void {
    this.#wanted = false;
    this.#cancelStart?.();
    this.#cancelIdle?.();
    this.#cancelWatch?.();
    this.#cancelWatch = undefined;
    this.#setRefused(false);
  }

  #watch(time: number | undefined, stalls: number): () => void {
    return this.#options.setTimer(() => {
      const context = this.#context;
      const stalled = context?.state === "running" && context.currentTime === time;
      this.#cancelWatch = this.#watch(context?.currentTime, stalled ? stalls + 1 : 0);
      if (stalled && stalls > 0) this.#onError(context);
    }, watchMilliseconds);
  }

  #resume(milliseconds: number, orElse: () => void): void {
    // Refused, the promise stays open until a click; the timer below notices.
    void this.#context?.resume().catch(ignore);
    this.#cancelStart?.();
    this.#cancelStart = this.#options.setTimer(() => {
      if (this.#wanted && this.#context?.state !== "running") orElse();
    }, milliseconds);
  }

  #suspend(): void {
    void this.#context?.suspend().catch(ignore);
  }

  #onStateChange(context: AudioContext): void {
    if (context !== this.#context) return;
    if (context.state === "closed") return this.#onError(context);
    if (context.state === "running") this.#setRefused(false);
    else if (this.#wanted) this.run();
    this.#options.changed();
  }

  /** The context is of no use any more: the next sound opens another. */
  #onError(context: AudioContext): void {
    if (context !== this.#context) return;
    this.#closeSoon();
    this.#fail(l10n.t("The sound device failed."));
  }

  #closeSoon(): void {
    const context = this.#context;
    this.#context = undefined;
    if (context)
      this.#options.setTimer(() => void context.close().catch(ignore), closeMilliseconds);
  }

  #setRefused(refused: boolean): void {
    if (this.#isRefused === refused) return;
    this.#isRefused = refused;
    this.#options.changed();
  }

  #fail(reason: string): void {
    if (this.#wanted) this.#options.failed(reason);
  }
}

/** A context closed meanwhile refuses what is asked of it, which then no longer matters. */
function ignore(): void {}

/** An AudioContext of this rate, in Hz. Throws a sentence where no sound can be made at all. */
export function createContext(sampleRate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(l10n.t("No sound device can be opened ({0}).", detail), { cause });
  }
}
