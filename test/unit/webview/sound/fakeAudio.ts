import assert from "node:assert/strict";

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

class FakeGain {
  readonly ramps: { readonly value: number; readonly time: number }[] = [];
  disconnected = false;
  readonly gain = {
    value: 1,
    cancelScheduledValues: () => {},
    setValueAtTime: (value: number, time: number) => this.#set(value, time),
    linearRampToValueAtTime: (value: number, time: number) => this.#set(value, time),
  };
  readonly #context: FakeContext;

  constructor(context: FakeContext) {
    this.#context = context;
  }

  connect(to: object): void {
    if (to instanceof FakeGain) this.#context.buses.push(this);
    else this.#context.volumes.push(this);
  }

  disconnect(): void {
    this.disconnected = true;
  }

  #set(value: number, time: number): void {
    this.ramps.push({ value, time });
    this.gain.value = value;
  }
}

/** As much of an AudioContext as the scheduler uses, with a clock that the test moves. */
export class FakeContext extends EventTarget {
  readonly sampleRate: number;
  readonly baseLatency = 0.01;
  readonly destination = {};
  readonly scheduled: FakeSource[] = [];
  /** What leads into the volume, and can be faded out. */
  readonly buses: FakeGain[] = [];
  /** What leads to the destination. */
  readonly volumes: FakeGain[] = [];
  outputLatency = 0;
  currentTime = 0;
  state: "suspended" | "running" | "closed" = "suspended";
  #nextState: FakeContext["state"] = "suspended";
  /** Whether the browser lets it run. */
  permitted: boolean;
  /** It runs, as it says, but its clock does not. */
  stands = false;

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

  createGain(): FakeGain {
    return new FakeGain(this);
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

  /** The system takes the device away. */
  interrupt(): void {
    this.permitted = false;
    this.#become("suspended");
  }

  /** Moves the clock, if it runs, to this many milliseconds further. */
  advance(milliseconds: number): void {
    if (this.state !== this.#nextState) {
      this.state = this.#nextState;
      this.dispatchEvent(new Event("statechange"));
    }
    if (this.state === "running" && !this.stands) this.currentTime += milliseconds / 1000;
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

/** The buffer that sounds at this frame, if one does. Fails where more than one do. */
export function findSounding(context: FakeContext, frame: number): ScheduledBuffer | undefined {
  const sounding = context.scheduled.filter(
    (buffer) =>
      buffer.frame <= frame &&
      frame < buffer.frame + buffer.samples.length &&
      frame < buffer.stopTime * context.sampleRate,
  );
  assert.ok(sounding.length <= 1, "two buffers sound at once");
  return sounding[0];
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
