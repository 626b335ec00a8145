interface Span {
  readonly frame: number;
  /** Samples scheduled before it. */
  readonly before: number;
  length: number;
}

/** When which of a part's samples sound: those that came late begin behind a gap. In samples, and frames of the audio clock. */
export class Timeline {
  readonly #spans: Span[] = [];
  #length = 0;

  /** The frame of the first sample; undefined until there is one. */
  get start(): number | undefined {
    return this.#spans[0]?.frame;
  }

  /** How many samples there are. */
  get length(): number {
    return this.#length;
  }

  /** The next samples sound from this frame on. */
  add(frame: number, length: number): void {
    const last = this.#spans.at(-1);
    if (last && last.frame + last.length === frame) last.length += length;
    else this.#spans.push({ frame, before: this.#length, length });
    this.#length += length;
  }

  /** How many samples have sounded by this frame. */
  soundedBy(frame: number): number {
    const span = this.#spans.filter((one) => one.frame <= frame).at(-1);
    return span ? span.before + Math.min(frame - span.frame, span.length) : 0;
  }
}
