/**
 * How far a context may be sent ahead of its audio: by the audio that has come, not by acknowledgements, which may come long
 * before it.
 */
export class SendAhead {
  readonly #segments: number;
  /** Whether chunks carry ids: then these tell whose the audio is. */
  #byId = false;
  /** Where they do not: how many segments' audio was heard to its end, and whether `flush_done` tells an end at all. */
  #ended = 0;
  #isEndTold = true;
  #lastDone: number | undefined;
  /** Whether there was a `flush_done`; and whether audio came since the last, and since more was sent because of silence. */
  #wasEnd = false;
  #audioSinceEnd = false;
  #audioSinceMore = false;
  #heard = false;
  #more = 0;
  /** The furthest segment when more was sent because of silence. */
  #furthestThen = -1;

  /** `segments`: how many may be sent without having got audio yet. */
  constructor(segments: number) {
    this.#segments = segments;
  }

  /** Takes note of a chunk with audio. */
  chunk(flushId: number | undefined): void {
    this.#byId ||= flushId !== undefined;
    this.#heard = true;
    this.#audioSinceEnd = true;
    this.#audioSinceMore = true;
  }

  /** Takes note of a `flush_done`: one before all audio says that a flush was received, and so may the others. */
  flushDone(flushId: number | undefined): void {
    this.#wasEnd = true;
    this.#isEndTold &&= this.#heard;
    const isNew = flushId === undefined ? this.#audioSinceEnd : flushId !== this.#lastDone;
    if (this.#isEndTold && isNew) this.#ended++;
    this.#lastDone = flushId;
    this.#audioSinceEnd = false;
  }

  /**
   * How many segments may have been sent by now.
   * @param furthest the last position that has got audio by its id, −1 before the first.
   */
  most(furthest: number): number {
    const more = this.#byId && furthest > this.#furthestThen ? 0 : this.#more;
    const ahead = this.#heard ? this.#segments : Math.max(2, this.#segments); // the first may have no audio
    return this.#lastHeard(furthest) + 1 + ahead + more;
  }

  /**
   * Whether one more may be sent where nothing comes any more: all that was sent may have been said, without a word of that, and
   * the context ends where it gets no more to say. Not in the middle of a segment, as far as that shows. So much again may be
   * sent when audio has come after it.
   */
  mayGrow(furthest: number): boolean {
    if (!this.#byId) return this.#audioSinceMore;
    return furthest > this.#furthestThen && this.#wasEnd && !this.#audioSinceEnd;
  }

  /** One more may be sent. */
  grow(furthest: number): void {
    this.#more = this.#byId ? 1 : this.#more + 1;
    this.#furthestThen = furthest;
    this.#audioSinceMore = false;
  }

  #lastHeard(furthest: number): number {
    if (this.#byId) return furthest;
    return this.#heard ? Math.max(0, this.#ended - (this.#audioSinceEnd ? 0 : 1)) : -1;
  }
}
