import { readdirSync } from "node:fs";

/** What a process holds at one moment. */
export interface Sample {
  /** Since the soak began. */
  readonly seconds: number;
  readonly runs: number;
  /** Mebibytes after a garbage collection. */
  readonly heap: number;
  readonly outsideHeap: number;
  readonly resident: number;
  /** Open files and sockets. */
  readonly handles: number;
  /** What keeps the process alive: timers, sockets, workers. */
  readonly resources: number;
  /** In the one folder of clips that stays. */
  readonly files: number;
}

/**
 * How much each may grow from the first third of the samples to the last: the least of the one is compared with the least of
 * the other, since what is held for a moment is no growth. Resident memory is the allocator's, and grows by its own rules.
 */
const bounds: { readonly [Key in keyof Sample]?: number } = {
  heap: 4,
  outsideHeap: 8,
  resident: 64,
  handles: 0,
  resources: 0,
};

/** Clips that no segment wants are kept up to a hundred; with three segments, the manifest and a lock. */
const mostFiles = 105;

/** Takes a sample; collects garbage first where Node was started with `--expose-gc`. */
export function takeSample(known: Pick<Sample, "seconds" | "runs" | "files">): Sample {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    ...known,
    heap: heapUsed / 2 ** 20,
    outsideHeap: external / 2 ** 20,
    resident: rss / 2 ** 20,
    handles: countHandles(),
    resources: process.getActiveResourcesInfo().length,
  };
}

/** Linux alone lists them. */
function countHandles(): number {
  return process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0;
}

/** Lines of a table. */
export function table(samples: readonly Sample[], withHead: boolean): string {
  const head = "seconds    runs  heap MiB  outside  resident  handles  resources  files";
  const widths = [7, 8, 10, 9, 10, 9, 11, 7];
  const lines = samples.map(
    ({ seconds, runs, heap, outsideHeap, resident, handles, resources, files }) =>
      [seconds, runs, heap, outsideHeap, resident, handles, resources, files]
        .map((value, at) => value.toFixed(at >= 2 && at <= 4 ? 1 : 0).padStart(widths[at] ?? 0))
        .join(""),
  );
  return [...(withHead ? [head] : []), ...lines].join("\n");
}

/** Whether what was held has grown, in words. */
export function growthOf(samples: readonly Sample[]): { text: string; isWithin: boolean }[] {
  const third = Math.ceil(samples.length / 3);
  const least = (part: readonly Sample[], key: keyof Sample): number =>
    Math.min(...part.map((sample) => sample[key]));
  const grown = Object.entries(bounds).map(([key, bound]) => {
    const name = key as keyof Sample;
    const growth = least(samples.slice(-third), name) - least(samples.slice(0, third), name);
    const isWithin = samples.length >= 3 && growth <= bound;
    return { text: `${key}: grew by ${growth.toFixed(1)}, may grow by ${bound}`, isWithin };
  });
  const files = Math.max(...samples.map((sample) => sample.files));
  const all = [
    ...grown,
    { text: `files: ${files} at most, may be ${mostFiles}`, isWithin: files <= mostFiles },
  ];
  return all.map(({ text, isWithin }) => ({
    text: `${isWithin ? "ok  " : "FAIL"} ${text}`,
    isWithin,
  }));
}
