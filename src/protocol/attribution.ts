/**
 * Decides which chunk of a context belongs to which of its segments.
 *
 * The service numbers flushes, but from 0, 1 or 2, on chunks or on `flush_done` only, and not always (Cartesia TTS
 * WebSocket reference, flush_id semantics: its sources disagree). The rule that holds for all habits seen:
 *
 * - If any chunk of the context carries an id, ids decide alone. A missing id means 0. The first id seen is the first
 *   segment, plus the number of flushes already done if all their ids are smaller (those had no audio). After that,
 *   segment = id − first.
 * - If no chunk carries one, boundaries are counted: each `flush_done` is one, but not one with an id already seen, nor
 *   one without an id and without audio since the last.
 *
 * Positions count the context's segments from 0. They are provisional until an id is seen, or the context is done.
 */
export class Attribution {
  /** Until ids decide, each chunk's id and the position counted for it. */
  readonly #undecided: { readonly id: number | undefined; readonly counted: number }[] = [];
  readonly #flushesDone = new Set<number>();
  #boundaries = 0;
  #audioSinceBoundary = false;
  /** The flush id of the segment at position 0, once a chunk carried an id. */
  #base: number | undefined;
  /** The ids of the flushes done before the first audio, and whether one of them had none. */
  readonly #idsBeforeAudio = new Set<number>();
  #anonymousBeforeAudio = false;

  /** Whether ids decide: then positions are final. */
  get byId(): boolean {
    return this.#base !== undefined;
  }

  /**
   * Takes a chunk with audio.
   * @returns its position; negative, or beyond the last segment, where it belongs to none.
   */
  chunk(flushId: number | undefined): number {
    this.#audioSinceBoundary = true;
    if (this.#base === undefined) {
      this.#undecided.push({ id: flushId, counted: this.#boundaries });
      if (flushId === undefined) return this.#boundaries;
      this.#base = this.#findBase(this.#undecided[0]?.id ?? 0);
    }
    return (flushId ?? 0) - this.#base;
  }

  /** Takes a `flush_done`. */
  flushDone(flushId: number | undefined): void {
    if (this.#base === undefined && this.#undecided.length === 0) {
      if (flushId === undefined) this.#anonymousBeforeAudio = true;
      else this.#idsBeforeAudio.add(flushId);
    }
    const isBoundary =
      flushId === undefined ? this.#audioSinceBoundary : !this.#flushesDone.has(flushId);
    if (flushId !== undefined) this.#flushesDone.add(flushId);
    if (!isBoundary) return;
    this.#boundaries++;
    this.#audioSinceBoundary = false;
  }

  /** The flush id of a position; `undefined` as long as ids do not decide. */
  flushIdOf(position: number): number | undefined {
    return this.#base === undefined ? undefined : this.#base + position;
  }

  /** The position of a flush id; `undefined` as long as ids do not decide. */
  positionOf(flushId: number): number | undefined {
    return this.#base === undefined ? undefined : flushId - this.#base;
  }

  /** The positions of the chunks up to the first with an id, by what is known now. */
  earlyPositions(): number[] {
    return this.#undecided.map(({ id, counted }) =>
      this.#base === undefined ? counted : (id ?? 0) - this.#base,
    );
  }

  #findBase(first: number): number {
    const allSmaller = [...this.#idsBeforeAudio].every((done) => done < first);
    const silent = !this.#anonymousBeforeAudio && allSmaller ? this.#idsBeforeAudio.size : 0;
    return first - silent;
  }
}
