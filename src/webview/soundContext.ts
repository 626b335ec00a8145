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
    void this.#context?.close().catch(ignore);
    this.#context = context;
    this.#rate = sampleRate;
    context.addEventListener("statechange", () => this.#onStateChange(context));
    context.addEventListener("error", () => this.#fail("The sound device failed."));
    return context;
  }

  /** Lets the clock run. */
  run(): void {
    this.#wanted = true;
    this.#cancelIdle?.();
    this.#resume(startMilliseconds, () => this.#setRefused(true));
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
      this.#fail("The sound device does not start. Is one connected?"),
    );
  }

  #rest(): void {
    this.#wanted = false;
    this.#cancelStart?.();
    this.#cancelIdle?.();
    this.#setRefused(false);
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
    if (context.state === "running") this.#setRefused(false);
    else if (this.#wanted && context.state !== "closed") this.run();
    this.#options.changed();
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
