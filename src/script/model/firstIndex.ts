/**
 * The first index below `count` for which something holds that holds for all behind it, too; `count` where it holds for none.
 * Takes as many steps as `count` has digits in binary.
 */
export function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
