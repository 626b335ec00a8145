import type { AudioSpy } from "./spyOnAudio.ts";

/**
 * Runs in the page, before its script, in place of `spyOnAudio`: gives it as much of Web Audio as it uses, whose clock is that of
 * the page's timers. Where these stand still, so does the sound, and what is marked at which moment is the same on each machine.
 */
export function clockAudio(): void {
  const contexts: FakeContext[] = [];
  const audio: AudioSpy = {
    scheduled: [],
    output: [],
    noted: 0,
    now: () => contexts.at(-1)?.currentTime ?? 0,
  };

  class FakeNode {
    connect(): void {}
    disconnect(): void {}
  }

  class FakeSource extends EventTarget {
    buffer: { readonly samples: Float32Array } | undefined;
    readonly #context: FakeContext;
    #timer: ReturnType<typeof setTimeout> | undefined;
    #end = 0;

    constructor(context: FakeContext) {
      super();
      this.#context = context;
    }

    connect(): void {}
    disconnect(): void {}

    start(when = 0): void {
      const samples = this.buffer?.samples ?? new Float32Array();
      const { currentTime, sampleRate } = this.#context;
      audio.scheduled.push({ start: when, contextTime: currentTime, samples: [...samples] });
      this.#end = Math.max(when, currentTime) + samples.length / sampleRate;
      this.#endLater();
    }

    stop(when = 0): void {
      this.#end = Math.min(this.#end, Math.max(when, this.#context.currentTime));
      this.#endLater();
    }

    /** The context's clock may have stood still meanwhile. */
    #endLater(): void {
      clearTimeout(this.#timer);
      const left = this.#end - this.#context.currentTime;
      if (left <= 0) this.dispatchEvent(new Event("ended"));
      else this.#timer = setTimeout(() => this.#endLater(), Math.ceil(left * 1000));
    }
  }

  class FakeContext extends EventTarget {
    readonly sampleRate: number;
    readonly baseLatency = 0.01;
    readonly outputLatency = 0;
    readonly destination = {};
    state: AudioContextState = "suspended";
    #before = 0;
    #since = 0;

    constructor({ sampleRate }: { readonly sampleRate: number }) {
      super();
      this.sampleRate = sampleRate;
      contexts.push(this);
    }

    get currentTime(): number {
      const running = this.state === "running" ? (performance.now() - this.#since) / 1000 : 0;
      return this.#before + running;
    }

    createBuffer(_channels: number, length: number): object {
      const samples = new Float32Array(length);
      return { samples, copyToChannel: (from: Float32Array) => samples.set(from) };
    }

    createBufferSource(): FakeSource {
      return new FakeSource(this);
    }

    createGain(): object {
      const gain = {
        value: 1,
        cancelScheduledValues: () => {},
        setValueAtTime: (value: number) => (gain.value = value),
        linearRampToValueAtTime: (value: number) => (gain.value = value),
      };
      return Object.assign(new FakeNode(), { gain });
    }

    resume = (): Promise<void> => this.#become("running");
    suspend = (): Promise<void> => this.#become("suspended");
    close = (): Promise<void> => this.#become("closed");

    async #become(state: AudioContextState): Promise<void> {
      await Promise.resolve(); // as in a browser, not at once
      if (this.state === state || this.state === "closed") return;
      this.#before = this.currentTime;
      this.#since = performance.now();
      this.state = state;
      this.dispatchEvent(new Event("statechange"));
    }
  }

  Object.assign(window, { audio, AudioContext: FakeContext });
}
