import type { SetTimer } from "./soundContext.ts";

/** A cut in full sound would click. */
const fadeSeconds = 0.012;
/** So would a sudden change of the volume. */
const rampSeconds = 0.01;
/** A bus that has been faded out is let go after this time, in milliseconds. */
const fadedMilliseconds = 100;

/** The way from the sounds of one context to its destination. At the volume 1 it leaves every sample as it is. */
export class SoundBus {
  readonly #context: AudioContext;
  readonly #setTimer: SetTimer;
  readonly #volume: GainNode;
  /** What is scheduled sounds through it; fading it out silences all at once. */
  #bus: GainNode | undefined;

  constructor(context: AudioContext, volume: number, setTimer: SetTimer) {
    this.#context = context;
    this.#setTimer = setTimer;
    this.#volume = context.createGain();
    this.#volume.gain.value = volume;
    this.#volume.connect(context.destination);
  }

  connect(source: AudioNode): void {
    if (!this.#bus) {
      this.#bus = this.#context.createGain();
      this.#bus.connect(this.#volume);
    }
    source.connect(this.#bus);
  }

  /** 0 to 1. */
  setVolume(volume: number): void {
    const { gain } = this.#volume;
    const { currentTime } = this.#context;
    const before = gain.value;
    gain.cancelScheduledValues(currentTime);
    gain.setValueAtTime(before, currentTime);
    gain.linearRampToValueAtTime(volume, currentTime + rampSeconds);
  }

  /** Fades out what is connected; what is connected next is not faded. @returns when it is silent, on the context's clock. */
  fadeOut(): number {
    const bus = this.#bus;
    this.#bus = undefined;
    const { currentTime, state } = this.#context;
    const end = currentTime + fadeSeconds;
    bus?.gain.setValueAtTime(1, currentTime);
    bus?.gain.linearRampToValueAtTime(0, end);
    if (state === "running") this.#setTimer(() => bus?.disconnect(), fadedMilliseconds);
    else bus?.disconnect();
    return end;
  }
}
