/**
 * The numbers by which the player knows segments. They stay while the script is edited, so that what sounds and what comes next
 * is what was asked for; rows move. At the start of a run, and in silence, a segment's number is its row.
 */
export class RowNumbers {
  /** By row; undefined where each row has its own number. */
  #numbers: readonly number[] | undefined;
  #next = 0;

  /** Each row has its own number again. */
  reset(): void {
    this.#numbers = undefined;
  }

  /** Whether a row's number may be another than the row. */
  get haveMoved(): boolean {
    return this.#numbers !== undefined;
  }

  numberOf(row: number): number {
    return this.#numbers?.[row] ?? row;
  }

  /** The row of a number; undefined where its segment is gone. */
  rowOf(number: number): number | undefined {
    if (!this.#numbers) return number;
    const row = this.#numbers.indexOf(number);
    return row < 0 ? undefined : row;
  }

  /**
   * The script has been edited: what was at the start and at the end, and is as it was, keeps its number; so does what lies
   * between, where as many segments lie there as before, or one of the same text. New segments get new numbers.
   */
  follow(before: readonly string[], after: readonly string[]): void {
    let head = 0;
    while (head < before.length && head < after.length && before[head] === after[head]) head++;
    if (head === before.length && head === after.length) return;
    let tail = 0;
    const most = Math.min(before.length, after.length) - head;
    while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
    const isSameCount = before.length === after.length;
    const between = before.slice(head, before.length - tail);
    const taken = new Set<number>();
    this.#next = Math.max(this.#next, before.length, after.length);
    this.#numbers = after.map((text, row) => {
      if (row < head || isSameCount) return this.numberOf(row);
      if (row >= after.length - tail) return this.numberOf(row - after.length + before.length);
      const at = between.findIndex((other, index) => other === text && !taken.has(index));
      if (at < 0) return this.#next++;
      taken.add(at);
      return this.numberOf(head + at);
    });
  }
}
