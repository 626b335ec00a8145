import type { ScanOptions } from "../scanner/scan.ts";
import { Scanner, type Cuts } from "../scanner/scanner.ts";
import { firstTurn, isSameTurn } from "../scanner/speakerTurns.ts";
import { lengthOf, moved, type Stretch } from "./stretch.ts";

/** Old stretches behind the change: those from `next` on, of which the first begins at `start` now. */
interface Rest<Read> {
  readonly old: readonly Read[];
  next: number;
  start: number;
}

interface CuttingPlace<Read> {
  readonly from: number;
  /** The stretches before `from`; the last ones are taken away where they have to be read with what follows. */
  readonly front: Read[];
  /** UTF-16 units that a stretch has at least, where it need not end before. */
  readonly least: number;
  /** Moves on to what is left of them when all is cut. */
  readonly rest: Rest<Read>;
  make(cuts: Cuts): Read;
}

/** One pass over a changed text, from the first stretch that is not kept to the first that fits again. */
export class Cutting<Read extends Stretch> {
  readonly fresh: Read[] = [];
  readonly #end: number;
  readonly #scanner: Scanner;
  readonly #place: CuttingPlace<Read>;
  /** What can't be read alone, and how long it has to become. */
  #pending: Cuts | undefined;
  #least: number;

  constructor(text: string, options: ScanOptions, place: CuttingPlace<Read>) {
    this.#end = text.length;
    const turn = place.front.at(-1)?.nextTurn ?? firstTurn;
    this.#scanner = new Scanner(text, options, place.from, turn);
    this.#place = place;
    this.#least = place.least;
  }

  run(): void {
    const { rest } = this.#place;
    while (this.#scanner.at < this.#end) {
      const cuts = this.#next();
      const stretch = this.#read(cuts);
      if (!stretch) continue;
      this.fresh.push(stretch);
      this.#pending = undefined;
      this.#least = this.#place.least;
      this.#passRest(cuts.end);
      if (rest.start === cuts.end && fits(rest.old[rest.next], stretch)) return;
    }
    rest.next = rest.old.length;
  }

  /** Scans on: what is pending, or a new stretch. One ends where an old one begins, however short. */
  #next(): Cuts {
    const pending = this.#pending;
    const start = pending?.start ?? this.#scanner.at;
    const cuts = this.#scanner.next((line) => {
      if (line - start >= this.#least) return true;
      this.#passRest(line);
      return !pending && line === this.#place.rest.start;
    });
    return pending ? join([pending, cuts]) : cuts;
  }

  #read(cuts: Cuts): Read | undefined {
    const isLast = cuts.end === this.#end;
    let whole = cuts;
    let stretch = this.#place.make(whole);
    if (stretch.leans && this.#before() > 0) {
      whole = this.#withBefore(whole);
      if (!isLast) return this.#wait(whole);
      stretch = this.#place.make(whole);
    }
    return stretch.close(isLast) ? stretch : this.#wait(whole);
  }

  #wait(cuts: Cuts): undefined {
    this.#pending = cuts;
    this.#least = 2 * (cuts.end - cuts.start);
  }

  #before(): number {
    return this.fresh.length + this.#place.front.length;
  }

  /** With the stretches before that it leans on: with one that is not blank, if there is one. */
  #withBefore(cuts: Cuts): Cuts {
    const parts = [cuts];
    let { start } = cuts;
    for (let blank = true; blank && this.#before() > 0;) {
      const before = this.fresh.pop() ?? this.#place.front.pop();
      if (!before) break;
      blank = before.blank;
      start -= lengthOf(before);
      parts.unshift(cutsOf(before, start));
    }
    return join(parts);
  }

  #passRest(to: number): void {
    const { rest } = this.#place;
    while (rest.next < rest.old.length && rest.start < to) {
      rest.start += lengthOf(rest.old[rest.next++]);
    }
  }
}

/** Whether an old stretch is read behind this one as it was. */
function fits(old: Stretch | undefined, { nextTurn }: Stretch): boolean {
  return old !== undefined && !old.leans && isSameTurn(old.turn, nextTurn);
}

function cutsOf(stretch: Stretch, start: number): Cuts {
  const { markers, spells, silent, names, leads, turn, nextTurn } = stretch;
  return {
    start,
    end: start + lengthOf(stretch),
    markers: moved(markers, start),
    spells: moved(spells, start),
    silent: moved(silent, start),
    names: moved(names, start),
    leads: moved(leads, start),
    turn,
    nextTurn,
  };
}

/** One stretch of several that follow one another. */
function join(parts: readonly Cuts[]): Cuts {
  return {
    start: parts[0]?.start ?? 0,
    end: parts.at(-1)?.end ?? 0,
    markers: parts.flatMap(({ markers }) => markers),
    spells: parts.flatMap(({ spells }) => spells),
    silent: parts.flatMap(({ silent }) => silent),
    names: parts.flatMap(({ names }) => names),
    leads: parts.flatMap(({ leads }) => leads),
    turn: parts[0]?.turn ?? firstTurn,
    nextTurn: parts.at(-1)?.nextTurn ?? firstTurn,
  };
}
