/** Measurements of one thing, and what they are to be compared with. */
export interface Figure {
  readonly name: string;
  readonly samples: readonly number[];
  /** Of the samples: "ms", "MiB", … */
  readonly unit: string;
  /** What is measured beside it, in the same run: machines differ, ratios less. */
  readonly against?: Pick<Figure, "name" | "samples">;
  /** What a reader must know to understand it; printed in place of a ratio where there is none. */
  readonly remark?: string;
}

/** The value in the middle; NaN where there is none. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(at)] ?? NaN) + (sorted[Math.ceil(at)] ?? NaN)) / 2;
}

/** The smallest value that 95 % of the samples do not exceed; NaN where there is none. */
export function p95(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? NaN;
}

/** Prints a heading, and one line for each figure. */
export function printFigures(heading: string, figures: readonly Figure[]): void {
  console.log(`\n${heading}`);
  console.log(`  ${lineOf(["", "median", "p95", "n", "unit", "compared with"])}`);
  for (const { name, samples, unit, against, remark = "" } of figures) {
    const values = [median(samples), p95(samples)].map(numberOf);
    const ratio = against ? median(samples) / median(against.samples) : NaN;
    const compared = Number.isFinite(ratio) ? `${numberOf(ratio)} × ${against?.name}` : remark;
    console.log(`  ${lineOf([name, ...values, String(samples.length), unit, compared])}`);
  }
}

/** Times `work`, in milliseconds, `times` times after `warmUps` that do not count. */
export async function measure(
  times: number,
  work: () => unknown,
  { warmUps = 2 } = {},
): Promise<number[]> {
  const samples: number[] = [];
  for (let run = -warmUps; run < times; run++) {
    const start = performance.now();
    await work();
    if (run >= 0) samples.push(performance.now() - start);
  }
  return samples;
}

const widths = [-52, 9, 9, 5, -5, 0] as const;

function lineOf(cells: readonly string[]): string {
  const padded = cells.map((cell, at) => {
    const width = widths[at] ?? 0;
    return width < 0 ? cell.padEnd(-width) : cell.padStart(width);
  });
  return padded.join("  ").trimEnd();
}

/** Three digits that count. */
function numberOf(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(digits, 3));
}
