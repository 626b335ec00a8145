/**
 * Measures in a process of its own how much longer the readings of scripts take that are so many times as long. Its
 * arguments are the name of a list of patterns and, where only one of them is meant, its name; it prints a line of JSON for
 * each reading that is begun, one for each that takes too long, and one when all are done.
 */
import { generated, known, type Pattern } from "./patterns.ts";
import { readings } from "./readings.ts";

/** UTF-16 units of the shorter one. */
const short = 1_000;
/** How many times as long the other one is. */
const times = 8;
/** Half of what it would be if work grew with the square. */
const mostGrowth = (times * times) / 2;
/** CPU time in milliseconds that is not told from nothing. */
const nothing = 40;
/** How often what seems too slow is measured again. */
const tries = 4;

/** CPU seconds that all may take: what takes its square takes many more. */
const mostSeconds = 240;

const lists: Readonly<Record<string, Readonly<Record<string, Pattern>>>> = {
  known,
  generated: generated(24, 11),
};

/** CPU milliseconds of this process. */
function cpuOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function isSquare(work: (length: number) => () => void): readonly [number, number] | undefined {
  let [least, most] = [Infinity, Infinity];
  for (let attempt = 0; attempt < tries; attempt++) {
    most = Math.min(most, cpuOf(work(short * times)));
    if (most <= nothing) return undefined;
    least = Math.min(least, cpuOf(work(short)));
    if (most <= nothing + mostGrowth * least) return undefined;
  }
  return [least, most];
}

const only = process.argv[3];
for (const [list, patterns] of Object.entries(lists)) {
  if (!process.argv.includes(list)) continue;
  for (const [name, pattern] of Object.entries(patterns)) {
    if (only !== undefined && name !== only) continue;
    for (const [reading, how] of Object.entries(readings)) {
      for (const language of how.languages) {
        const what = `${reading}, of ${name}, in ${language}`;
        console.log(JSON.stringify({ what }));
        const square = isSquare((length) => {
          const growing = pattern(length);
          return () => how.read(growing, language);
        });
        if (square) console.log(JSON.stringify({ what, square }));
        if (process.cpuUsage().user / 1e6 > mostSeconds) throw new Error(`${what} is without end`);
      }
    }
  }
}
console.log(JSON.stringify({ done: true }));
