/** Something that a page began to play, as the page tells of it. */
export interface Beginning {
  /** Which one it is of all that this page has begun, from 1; numbers may be left out. */
  readonly begun: number;
  /** The turn that it was given, where it was not the page that began it. */
  readonly turn?: number | undefined;
}

/** What a page is not to play any more, if it does: what it was told to play by turns up to this, or has begun itself. */
export interface Outdone {
  readonly begun: number;
  readonly turn: number;
}

/**
 * Decides which of several pages is heard: two voices at once are none. Of those that sound, it is the one that was begun
 * last, by a press or in the page, whichever sounded first. Reports of a page are late: what it says of something that was
 * silenced meanwhile does not count.
 */
export class SoundTurns {
  readonly #pages = new Set<SoundTurn>();
  #last = 0;

  /** Takes a page in; `outdo` is called where another one is heard in its stead. */
  join(outdo: (outdone: Outdone) => void): SoundTurn {
    const page: SoundTurn = new SoundTurn({
      next: () => ++this.#last,
      isOutdone: (turn) => [...this.#pages].some((other) => other.sounding > turn),
      sounds: (turn) => {
        for (const other of this.#pages) if (other !== page) other.giveWay(turn);
      },
      outdo,
      leave: () => this.#pages.delete(page),
    });
    this.#pages.add(page);
    return page;
  }
}

interface Turns {
  readonly next: () => number;
  /** Whether something sounds that was begun later. */
  readonly isOutdone: (turn: number) => boolean;
  readonly sounds: (turn: number) => void;
  readonly outdo: (outdone: Outdone) => void;
  readonly leave: () => void;
}

/** What one page plays, among the others. */
export class SoundTurn {
  readonly #turns: Turns;
  /** The turn that it was last told to play by. */
  #given = 0;
  /** What it was last heard to have begun, and the turn of that. */
  #begun = 0;
  #turn = 0;
  #sounds = false;
  /** What was silenced: nothing that is said of it counts. */
  #outdone: Outdone = { begun: 0, turn: 0 };

  /** Made by `SoundTurns.join`. */
  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** The turn of what sounds; 0 where nothing does. */
  get sounding(): number {
    return this.#sounds ? this.#turn : 0;
  }

  /** The page is about to be told to play something. @returns the turn, to be said back by the page */
  begin(): number {
    return (this.#given = this.#turns.next());
  }

  /** The page tells that this sounds, or no more. @returns whether that counts */
  tell({ begun, turn }: Beginning, sounds: boolean): boolean {
    const isLate = begun <= this.#outdone.begun || (turn ?? Infinity) <= this.#outdone.turn;
    if (isLate) return false;
    const isNew = begun !== this.#begun;
    if (isNew) this.#turn = turn ?? this.#turns.next();
    this.#begun = begun;
    const begins = sounds && (isNew || !this.#sounds);
    this.#sounds = sounds;
    if (!begins) return true;
    if (this.#turns.isOutdone(this.#turn)) {
      this.#silence(this.#turn);
      return false;
    }
    this.#turns.sounds(this.#turn);
    return true;
  }

  /** What was begun later sounds in another page. */
  giveWay(turn: number): void {
    const waits = this.#given > this.#outdone.turn && this.#given < turn;
    if (this.#sounds || waits) this.#silence(turn);
  }

  /** The page is told to be silent, whatever it plays. */
  stop(): void {
    this.#outdone = { begun: this.#begun, turn: this.#given };
    this.#sounds = false;
  }

  /** The page is a new one, and plays nothing yet. */
  renew(): void {
    this.#begun = 0;
    this.#outdone = { begun: 0, turn: this.#given };
    this.#sounds = false;
  }

  /** The page is gone for good. */
  leave(): void {
    this.#turns.leave();
  }

  #silence(turn: number): void {
    this.#outdone = { begun: this.#begun, turn };
    this.#sounds = false;
    this.#turns.outdo(this.#outdone);
  }
}
