import type { Stretch } from "./audioStretch.ts";

interface OwnStretch extends Stretch {
  id: number | undefined;
  position: number;
  doubtful: boolean;
  closed: boolean;
  linked: boolean;
  /** Whether its `flush_done` came after audio of it, and none before. */
  done: boolean;
  /** Whether audio of it came after that. */
  wentOn: boolean;
  /** Whether its `flush_done` came before any audio of it. */
  readonly doneBefore: boolean;
  /** Whether it came once more after that. */
  doneAgain: boolean;
  endsWithoutId: boolean;
}

/**
 * Decides which chunk of a context belongs to which of its segments, and what of that the flush ids prove.
 *
 * The service numbers flushes, but from 0, 1 or 2, on chunks or on `flush_done` only, and not always (Cartesia TTS
 * WebSocket reference, flush_id semantics: its sources disagree). The rule that holds for all habits seen:
 *
 * - If any chunk of the context carries an id, ids decide alone: segment = id − base. The base is the first id of audio, less
 *   the `flush_done` ids before the first audio that are smaller: those segments had none. Chunks without an id before
 *   the first with one are of id 0, or of the `flush_done` that came behind them; later ones are of the last id. Where
 *   a `flush_done` says that this can't be, the stretches on both sides of it are doubtful.
 * - If no chunk carries one, boundaries are counted: each `flush_done` is one, but not one with an id already seen, nor
 *   one without an id and without audio since the last.
 *
 * Positions are provisional unless the context is `anchored`, or its end shows that they fit.
 */
export class Attribution {
  readonly #stretches: OwnStretch[] = [];
  readonly #byIdOf = new Map<number, OwnStretch>();
  /** All ids of `flush_done` so far, and whether one came twice. */
  readonly #done = new Set<number>();
  #doneTwice = false;
  readonly #idsOfWords = new Set<number>();
  /** Those before the first audio, and whether there was one without an id. */
  readonly #idsBeforeAudio = new Set<number>();
  #anonymousBeforeAudio = false;
  #byId = false;
  #boundaries = 0;
  #anonymousFlushes = 0;
  /** Since the last chunk: whether a `flush_done` came, and whether it begins the next segment. */
  #doneSinceAudio = false;
  #boundarySinceAudio = false;
  /** Where chunks have no ids: the last `flush_done`'s, as long as they are consecutive. */
  #lastDone: number | undefined;
  #consecutive = true;
  /** Whether some stretch had its `flush_done` at its end, and whether a chunk with an id came after its own. */
  #doneAtAnEnd = false;
  #doneIsNoEnd = false;
  /** Whether no chunk but the first of a stretch had an id so far. */
  #firstChunksOnly = true;
  /** Whether no segment before the first stretch can have been left out without a word. */
  #firstIsKnown = false;
  /** Whether the first chunks, which had no id, were taken for those of id 0 for no other reason. */
  #firstIsGuessed = false;
  /** Whether the stretch that begins next is doubtful, or may lie behind more segments than ids tell. */
  #nextDoubtful = false;
  #nextUnlinked = false;
  #consistent = true;

  /** Whether ids of chunks decide. */
  get byId(): boolean {
    return this.#byId;
  }

  /** Whether ids may tell positions: not where one stands for several flushes, or it is open which the first has. */
  get consistent(): boolean {
    return this.#consistent;
  }

  get stretches(): readonly Stretch[] {
    return this.#stretches;
  }

  /** Whether the flush of the last stretch is done, and nothing of it came after that. */
  get lastIsDone(): boolean {
    const last = this.#stretches.at(-1);
    return last !== undefined && last.done && !last.wentOn;
  }

  /** Whether the flush of each stretch was said to be done, at its end or no more than once: then each is one flush's. */
  get eachIsDone(): boolean {
    const isDone = ({ id, done, wentOn }: OwnStretch): boolean =>
      (done && !wentOn) || (id !== undefined && this.#done.has(id) && !this.#doneTwice);
    return this.#consistent && this.#stretches.every(isDone);
  }

  /** How many flushes were said to be done: by their ids or, where they have none, by the audio before each; 0 where that is wrong. */
  get flushesDone(): number {
    if (this.#done.size > 0) return this.#done.size;
    return this.#anonymousFlushes > this.#stretches.length ? 0 : this.#anonymousFlushes;
  }

  /** How many flushes were said to be done, by their ids, before the first audio. */
  get doneBeforeAudio(): number {
    return this.#idsBeforeAudio.size;
  }

  /** Whether flushes that are done show which of them had audio: not those that are done before it, and have no id. */
  get isWitnessed(): boolean {
    return (
      !this.#byId || this.#done.size > 0 || (this.flushesDone > 0 && !this.#anonymousBeforeAudio)
    );
  }

  /** Whether the first stretch's position is final: nothing before it can have been left out without a word. */
  get anchored(): boolean {
    const [first] = this.#stretches;
    if (!first) return false;
    const isDone = first.done && !first.wentOn && this.#done.has(first.id ?? 0);
    return this.#firstIsKnown || (isDone && this.#silentAreNext(first.id));
  }

  /**
   * Takes a chunk with audio.
   * @returns the stretch that it belongs to, by what is known now.
   */
  chunk(flushId: number | undefined): Stretch {
    if (flushId !== undefined && !this.#byId) this.#beginIds(flushId);
    const stretch = this.#byId ? this.#byIds(flushId) : this.#byBoundaries();
    this.#doneSinceAudio = false;
    this.#boundarySinceAudio = false;
    return stretch;
  }

  /** Takes a `flush_done`. */
  flushDone(flushId: number | undefined): void {
    const isNew = flushId !== undefined && !this.#done.has(flushId);
    const last = this.#stretches.at(-1);
    const isBoundary =
      flushId === undefined ? last !== undefined && !this.#boundarySinceAudio : isNew;
    if (!last && flushId === undefined) this.#anonymousBeforeAudio = true;
    if (!last && flushId !== undefined) this.#idsBeforeAudio.add(flushId);
    this.#doneTwice ||= flushId !== undefined && !isNew;
    if (flushId !== undefined) this.#done.add(flushId);
    this.#doneSinceAudio = true;
    if (isBoundary) {
      this.#boundaries++;
      this.#boundarySinceAudio = true;
    }
    if (isBoundary && flushId === undefined) this.#anonymousFlushes++;
    if (this.#byId && last) this.#noteDone(last, flushId ?? (isBoundary ? last.id : undefined));
    else if (isBoundary) this.#noteBoundary(flushId);
    else if (!this.#byId && last && !this.#boundarySinceAudio) {
      // The same id again, and audio between: this may be two segments.
      this.#breakChain(last);
      last.doubtful = true;
    }
  }

  /** Takes note that words of this flush came: it has audio. */
  words(flushId: number | undefined): void {
    if (flushId !== undefined) this.#idsOfWords.add(flushId);
  }

  /** Whether chunks without ids that were taken for this stretch's may be those of a flush that has words, and no chunk. */
  mayHaveOthers({ index, id, endsWithoutId }: Stretch): boolean {
    if (!endsWithoutId || id === undefined) return false;
    const next = this.#stretches[index + 1]?.id ?? Infinity;
    return [...this.#idsOfWords].some((of) => of > id && of < next);
  }

  /** Something else shows that this stretch and all after it lie so many positions further on. */
  shift(from: number, positions: number): void {
    for (const stretch of this.#stretches.slice(from)) stretch.position += positions;
    if (!this.#byId) this.#boundaries += positions;
    const first = this.#stretches[from];
    if (first && from > 0) first.linked = false;
  }

  /** Chunks carry ids from now on. */
  #beginIds(flushId: number): void {
    this.#byId = true;
    const [first, ...more] = this.#stretches;
    this.#firstIsKnown = flushId === 0;
    if (!first) return;
    const done = this.#firstDoneAfterAudio();
    const isDone = done !== undefined && done < flushId;
    first.id = isDone ? done : Math.min(0, flushId);
    first.position = first.id - this.#findBase(first.id);
    first.done = done === first.id;
    const isBounded = flushId === 0 || this.#doneSinceAudio;
    const noneGreater = [...this.#idsBeforeAudio].every((id) => id <= 0);
    this.#firstIsKnown = first.id === 0 && isBounded && noneGreater;
    this.#byIdOf.set(first.id, first);
    this.#firstIsGuessed = !isDone && !isBounded;
    const isNext = flushId <= first.id + 1 || this.#allDone(first.id + 1, flushId);
    const { id } = first;
    const isOther =
      !isDone &&
      !this.#idsBeforeAudio.has(id) &&
      [...this.#idsBeforeAudio].some((before) => before > id && before <= flushId);
    if (more.length > 0 || !isNext || isOther) {
      this.#doubtFirst(this.#stretches.length);
      this.#nextDoubtful = true;
    }
  }

  /** Which of the first chunks have which id is open, and so where these stretches begin and end. */
  #doubtFirst(count: number): void {
    this.#firstIsGuessed = false;
    for (const stretch of this.#stretches.slice(0, count)) stretch.doubtful = true;
    this.#nextUnlinked = true;
    this.#firstIsKnown = false;
    this.#consistent = false;
  }

  /** The first `flush_done` id that came after audio. */
  #firstDoneAfterAudio(): number | undefined {
    return [...this.#done].find((id) => !this.#idsBeforeAudio.has(id));
  }

  #byIds(flushId: number | undefined): OwnStretch {
    const last = this.#stretches.at(-1);
    if (last && flushId === undefined) {
      if (this.#doneSinceAudio && !this.#doneIsNoEnd) {
        last.doubtful = true;
        this.#nextDoubtful = true;
      }
      last.wentOn ||= last.done;
      last.endsWithoutId = true;
      if (this.#firstIsGuessed) this.#doubtFirst(2); // ids are left out elsewhere, too
      return last;
    }
    const id = flushId ?? 0;
    const known = this.#byIdOf.get(id);
    if (known) {
      if (known !== last) known.doubtful = true; // it was over
      if (known.done) this.#goOn(known);
      known.endsWithoutId = false;
      this.#firstChunksOnly = false;
      return known;
    }
    return this.#beginStretch(id, last);
  }

  /** A chunk with this stretch's id came after its `flush_done`. */
  #goOn(stretch: OwnStretch): void {
    if (this.#doneAtAnEnd && !this.#doneIsNoEnd && !stretch.wentOn) {
      // It was an end so far: this may be another segment with the same id.
      stretch.doubtful = true;
      this.#nextUnlinked = true;
    }
    stretch.wentOn = true;
    this.#doneIsNoEnd = true;
  }

  #beginStretch(id: number, last: OwnStretch | undefined): OwnStretch {
    const lastId = last?.id ?? id;
    if (last) {
      last.closed = true;
      if (last.done && !last.wentOn) this.#doneAtAnEnd = true;
      if (last.endsWithoutId && !this.#isBounded(last, id)) {
        // Chunks without ids before this one may be this segment's, or of one between.
        last.doubtful = true;
        this.#nextDoubtful = true;
      }
    }
    const position = last ? last.position + id - lastId : id - this.#findBase(id);
    const stretch = this.#add(id, position);
    this.#byIdOf.set(id, stretch);
    if (last) stretch.linked &&= id > lastId && this.#allDone(lastId + 1, id);
    if (id < lastId) stretch.doubtful = true;
    return stretch;
  }

  /** Whether the chunks without ids at the end of a stretch are its own, now that a chunk with this id comes. */
  #isBounded(last: OwnStretch, id: number): boolean {
    if (last.done && !last.wentOn && !this.#doneIsNoEnd) return true;
    return this.#firstChunksOnly && id === (last.id ?? id) + 1;
  }

  #byBoundaries(): OwnStretch {
    const last = this.#stretches.at(-1);
    if (last && !this.#boundarySinceAudio) return last;
    if (last) last.closed = true;
    const stretch = this.#add(undefined, this.#boundaries);
    stretch.linked = this.#consecutive;
    return stretch;
  }

  #add(id: number | undefined, position: number): OwnStretch {
    const stretch: OwnStretch = {
      index: this.#stretches.length,
      id,
      position,
      doubtful: this.#nextDoubtful,
      closed: false,
      linked: !this.#nextUnlinked,
      done: false,
      wentOn: false,
      doneBefore: id !== undefined && this.#done.has(id),
      doneAgain: false,
      endsWithoutId: false,
    };
    this.#nextDoubtful = false;
    this.#nextUnlinked = false;
    this.#stretches.push(stretch);
    return stretch;
  }

  /** A flush is done: that of the last stretch, if it has its id. */
  #noteDone(stretch: OwnStretch, flushId: number | undefined): void {
    if (flushId === undefined || stretch.id !== flushId) return;
    if (stretch.done && stretch.wentOn) {
      // Its id had been done, audio came, and it is done again: two flushes have one id.
      stretch.doubtful = true;
      this.#nextUnlinked = true;
      this.#consistent = false;
      for (const earlier of this.#stretches) earlier.doubtful ||= earlier.doneAgain;
    }
    stretch.doneAgain = stretch.doneBefore;
    if (stretch.done || stretch.doneBefore) return;
    stretch.done = true;
    if (this.#doneAtAnEnd && !this.#doneIsNoEnd) stretch.closed = true;
  }

  /** A `flush_done` ends what came before it, where chunks have no ids. */
  #noteBoundary(flushId: number | undefined): void {
    const last = this.#stretches.at(-1);
    const isNext = flushId !== undefined && (this.#lastDone ?? flushId - 1) === flushId - 1;
    // Ids that skip may stand for flushes of which nothing was said.
    if (flushId !== undefined && this.#lastDone !== undefined) this.#consistent &&= isNext;
    this.#lastDone = flushId;
    if (!isNext || this.#anonymousBeforeAudio) this.#breakChain(last);
    if (!last || !this.#consecutive) return;
    last.closed = true;
    // One that came before the first audio may be that of a segment without any, or come before each segment's audio.
    this.#firstIsKnown ||= this.#idsBeforeAudio.size === 0;
  }

  /** Ids of `flush_done` do not tell where this stretch ends, nor which the next one is. */
  #breakChain(last: OwnStretch | undefined): void {
    this.#consecutive = false;
    if (last && !last.closed) last.linked = false;
  }

  #findBase(first: number): number {
    return first - this.#silentBefore(first).length;
  }

  #silentBefore(first: number): number[] {
    return [...this.#idsBeforeAudio].filter((done) => done < first);
  }

  /** Whether the ids that had no audio before the first lie next to it. */
  #silentAreNext(first = 0): boolean {
    return this.#silentBefore(first).every((id) => id >= first - this.#silentBefore(first).length);
  }

  /** Whether all ids from `from` up to `to`, that one left out, are done. */
  #allDone(from: number, to: number): boolean {
    for (let id = from; id < to; id++) if (!this.#done.has(id)) return false;
    return true;
  }
}
