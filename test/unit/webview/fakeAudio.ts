/** A buffer that was scheduled: `end` is when it ended to sound, at the latest when it was stopped. */
export interface ScheduledBuffer {
  /** In frames of the audio clock. */
  readonly frame: number;
  readonly samples: Float32Array;
  stopTime: number;
  ended: boolean;
}

class FakeSource extends EventTarget implements ScheduledBuffer {
  buffer: { samples: Float32Array } | undefined;
  frame = Infinity;
  stopTime = Infinity;
  ended = false;
  readonly #context: FakeContext;

  constructor(context: FakeContext) {
    super();
    this.#context = context;
  }

  get samples(): Float32Array {
    return this.buffer?.samples ?? new Float32Array();
  }

  connect(): void {}

  disconnect(): void {}

  start(when: number): void {
    this.frame = Math.round(when * this.#context.sampleRate);
    this.#context.scheduled.push(this);
  }

  stop(when = 0): void {
    this.stopTime = Math.max(when, this.#context.currentTime);
  }
}

class FakeBus {
  readonly ramps: { readonly value: number; readonly time: number }[] = [];
  disconnected = false;
  readonly gain = {
    setValueAtTime: (value: number, time: number) => this.ramps.push({ value, time }),
    linearRampToValueAtTime: (value: number, time: number) => this.ramps.push({ value, time }),
  };

  connect(): void {}

  disconnect(): void {
    this.disconnected = true;
  }
}

/** As much of an AudioContext as the scheduler uses, with a clock that the test moves. */
export class FakeContext extends EventTarget {
  readonly sampleRate: number;
  readonly baseLatency = 0.01;
  readonly destination = {};
  readonly scheduled: FakeSource[] = [];
  readonly buses: FakeBus[] = [];
  currentTime = 0;
  state: "suspended" | "running" | "closed" = "suspended";
  #nextState: FakeContext["state"] = "suspended";
  /** Whether the browser lets it run. */
  permitted: boolean;

  constructor(sampleRate: number, permitted: boolean) {
    super();
    this.sampleRate = sampleRate;
    this.permitted = permitted;
  }

  createBuffer(_channels: number, length: number): object {
    const samples = new Float32Array(length);
    return { samples, copyToChannel: (from: Float32Array) => samples.set(from) };
  }

  createBufferSource(): FakeSource {
    return new FakeSource(this);
  }

  createGain(): FakeBus {
    const bus = new FakeBus();
    this.buses.push(bus);
    return bus;
  }

  resume(): Promise<void> {
    if (this.permitted) this.#become("running");
    return Promise.resolve();
  }

  suspend(): Promise<void> {
    this.#become("suspended");
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#become("closed");
    return Promise.resolve();
  }

  /** Moves the clock, if it runs, to this many milliseconds further. */
  advance(milliseconds: number): void {
    if (this.state !== this.#nextState) {
      this.state = this.#nextState;
      this.dispatchEvent(new Event("statechange"));
    }
    if (this.state === "running") this.currentTime += milliseconds / 1000;
    for (const source of this.scheduled) {
      const end = (source.frame + source.samples.length) / this.sampleRate;
      if (source.ended || Math.min(end, source.stopTime) > this.currentTime + 1e-9) continue;
      source.ended = true;
      source.dispatchEvent(new Event("ended"));
    }
  }

  /** As in a browser, not at once. */
  #become(state: FakeContext["state"]): void {
    if (this.#nextState !== "closed") this.#nextState = state;
  }
}

/** Audio and timers for the scheduler, in a time that passes only when the test says so. */
export class FakeAudio {
  readonly contexts: FakeContext[] = [];
  permitted = true;
  readonly #timers = new Set<{ due: number; run: () => void }>();
  #now = 0;

  get context(): FakeContext {
    return this.contexts.at(-1)!;
  }

  readonly createContext = (sampleRate: number): AudioContext => {
    const context = new FakeContext(sampleRate, this.permitted);
    this.contexts.push(context);
    return context as unknown as AudioContext;
  };

  readonly setTimer = (run: () => void, milliseconds: number): (() => void) => {
    const timer = { due: this.#now + milliseconds, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** Lets this much time pass, millisecond by millisecond. */
  advance(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed++) {
      this.#now++;
      for (const context of this.contexts) context.advance(1);
      for (const timer of [...this.#timers]) {
        if (timer.due > this.#now || !this.#timers.delete(timer)) continue;
        timer.run();
      }
    }
  }
}
