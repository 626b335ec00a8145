/**
 * The word that somebody meant: the one of `words` that takes the fewest changes (a letter put in, left out, changed, or
 * two swapped), if these are few for its length. Case does not count.
 */
export function nearest(written: string, words: readonly string[]): string | undefined {
  const word = written.toLowerCase();
  if (word.length > 40) return undefined;
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of words) {
    const most = candidate.length <= 3 ? 1 : candidate.length <= 7 ? 2 : 3;
    const distance = distanceOf(word, candidate.toLowerCase());
    if (distance <= most && distance < least && distance < candidate.length) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** The optimal string alignment distance. */
function distanceOf(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[other.length] ?? Infinity;
}
