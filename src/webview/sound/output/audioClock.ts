interface Frames {
  readonly played: number;
  readonly heard: number;
}

/** The clock of an AudioContext in frames, and how far the sound has come by it. */
export class AudioClock {
  #context: AudioContext | undefined;
  #held: Frames | undefined;

  get context(): AudioContext | undefined {
    return this.#context;
  }

  /** From now on by this context. */
  follow(context: AudioContext): void {
    this.#context = context;
    if (this.#held) this.#held = { played: 0, heard: 0 };
  }

  /** The frame that is rendered next. */
  get now(): number {
    return this.#framesOf(this.#context?.currentTime ?? 0);
  }

  /** The frame up to which the sound has left for the device. */
  get played(): number {
    return this.#held?.played ?? this.now;
  }

  /** The frame that is at the ear, as far as the browser knows the device's delay. */
  get heard(): number {
    return this.#held?.heard ?? this.now - this.#framesOf(this.#context?.outputLatency ?? 0);
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** From now on the sound comes no further, though the clock may go on for a moment. */
  hold(): void {
    this.#held ??= { played: this.played, heard: this.heard };
  }

  release(): void {
    this.#held = undefined;
  }

  #framesOf(seconds: number): number {
    return this.#context ? Math.round(seconds * this.#context.sampleRate) : 0;
  }
}
