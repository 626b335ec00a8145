/** A phone that a word is expected to have. */
export interface ExpectedPhone {
  readonly name: string;
  /** The index of its word. */
  readonly word: number;
  /** Whether its word is always said alike. */
  readonly isPlain: boolean;
}

/**
 * What it costs to begin to leave phones out or to say new ones, and to go on with it: whole parts are left out, new or
 * moved (`$5 million` is “five million dollars”). New ones in the midst of a plain word cost more.
 */
const gapCosts = { begin: 1, beginWithin: 1.2, goOn: 0.2 } as const;

/** Flite's names of the vowels. */
const vowels = new Set("aa ae ah ao aw ax axr ay eh er ey ih iy ow oy uh uw".split(" "));

/** The steps of a match: an expected phone is said, perhaps as another; it is left out; a new one is said. */
const steps = { said: 0, leftOut: 1, isNew: 2 } as const;
type Step = (typeof steps)[keyof typeof steps];
const stepCount = 3;

/**
 * Matches what was expected to what was said, in order and at the least cost.
 * @returns for each phone that was said the expected one's word; undefined for a new one
 */
export function matchPhones(
  expected: readonly ExpectedPhone[],
  said: readonly string[],
): (number | undefined)[] {
  const lattice = new Lattice(expected.length, said.length);
  for (let row = 0; row <= expected.length; row++) {
    const beginNew = costOfNew(expected[row - 1], expected[row]);
    for (let column = 0; column <= said.length; column++) {
      const difference = costOf(expected[row - 1]?.name, said[column - 1]);
      if (row > 0 && column > 0) lattice.go(steps.said, row, column, [difference, difference]);
      if (row > 0) lattice.go(steps.leftOut, row, column, [gapCosts.begin, gapCosts.goOn]);
      if (column > 0) lattice.go(steps.isNew, row, column, [beginNew, gapCosts.goOn]);
    }
  }
  return lattice.matches().map((row) => (row === undefined ? row : expected[row]?.word));
}

function costOf(expected = "", said = ""): number {
  if (expected === said) return 0;
  return vowels.has(expected) === vowels.has(said) ? 0.7 : 1.6;
}

/** What it costs to begin with new phones between two expected ones. */
function costOfNew(before: ExpectedPhone | undefined, after: ExpectedPhone | undefined): number {
  const isWithin = before !== undefined && before.word === after?.word && before.isPlain;
  return isWithin ? gapCosts.beginWithin : gapCosts.begin;
}

/** The least cost of every beginning of a match, by its length on both sides and its last step. */
class Lattice {
  readonly #rows: number;
  readonly #columns: number;
  readonly #costs: Float64Array;
  /** The step before the last one. */
  readonly #before: Uint8Array;

  constructor(rows: number, columns: number) {
    this.#rows = rows;
    this.#columns = columns;
    this.#costs = new Float64Array((rows + 1) * (columns + 1) * stepCount).fill(Infinity);
    this.#costs[0] = 0;
    this.#before = new Uint8Array(this.#costs.length);
  }

  /** Takes a step to a place. The costs are for the first of its kind, and for one that goes on with it. */
  go(step: Step, row: number, column: number, [begin, goOn]: readonly [number, number]): void {
    const to = this.#place(row, column) + step;
    const from = this.#placeBefore(step, row, column);
    for (let last = 0; last < stepCount; last++) {
      const cost = (this.#costs[from + last] ?? Infinity) + (last === step ? goOn : begin);
      if (cost >= (this.#costs[to] ?? Infinity)) continue;
      this.#costs[to] = cost;
      this.#before[to] = last;
    }
  }

  /** For each column the row that it is matched to on the cheapest way; undefined where it is new. */
  matches(): (number | undefined)[] {
    const matches = new Array<number | undefined>(this.#columns).fill(undefined);
    let row = this.#rows;
    let column = this.#columns;
    const end = this.#place(row, column);
    const last = this.#costs.subarray(end, end + stepCount);
    let step = last.indexOf(last.reduce((least, cost) => Math.min(least, cost)));
    while (row > 0 || column > 0) {
      const before = this.#before[this.#place(row, column) + step] ?? 0;
      if (step !== steps.isNew) row--;
      if (step !== steps.leftOut) column--;
      if (step === steps.said) matches[column] = row;
      step = before;
    }
    return matches;
  }

  #place(row: number, column: number): number {
    return (row * (this.#columns + 1) + column) * stepCount;
  }

  #placeBefore(step: Step, row: number, column: number): number {
    return this.#place(
      step === steps.isNew ? row : row - 1,
      step === steps.leftOut ? column : column - 1,
    );
  }
}
