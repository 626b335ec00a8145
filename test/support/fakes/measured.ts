import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What a piece of work came to, and what it took. */
export interface Measured {
  /** What it returned, as JSON has it. */
  readonly result: unknown;
  /** CPU time of its process, in milliseconds. */
  readonly cpuMs: number;
  /** The most memory that its process has had so far, in MiB, all of it. */
  readonly peakMiB: number;
}

/** A process that does one piece of work after the other, in little memory: where that is too little, it dies. */
export class MeasuredProcess {
  readonly #child: ChildProcess;
  readonly #died: Promise<never>;

  /** @param module whose `work` is done: a function of JSON that returns such, or a promise of it. */
  constructor(module: string, { heapMiB }: { readonly heapMiB: number }) {
    this.#child = fork(import.meta.filename, [module], {
      execArgv: [`--max-old-space-size=${heapMiB}`, "--expose-gc"],
      stdio: ["ignore", "inherit", "pipe", "ipc"],
    });
    let said = "";
    this.#child.stderr?.on(
      "data",
      (data: Buffer) => (said = (said + data.toString()).slice(-2000)),
    );
    this.#died = once(this.#child, "exit").then(([code, signal]) => {
      throw new Error(`The process died (${String(code ?? signal)}): ${said}`);
    });
    this.#died.catch(() => {}); // whoever waits for its answer hears of it
  }

  /** Has the work done for this input. @throws Error where the process dies of it, with the end of what it said. */
  async measure(input: unknown): Promise<Measured> {
    const answered = once(this.#child, "message");
    this.#child.send({ input });
    const [answer] = (await Promise.race([answered, this.#died])) as [
      Measured | { readonly error: string },
    ];
    if ("error" in answer) throw new Error(answer.error);
    return answer;
  }

  /** The least CPU time that the work takes for this input, of several times, in milliseconds. */
  async leastMs(input: unknown, times = 3): Promise<number> {
    let least = Infinity;
    for (let time = 0; time < times; time++) {
      least = Math.min(least, (await this.measure(input)).cpuMs);
    }
    return least;
  }

  end(): void {
    this.#child.kill();
  }
}

/** In the process itself: does what it is sent. */
async function serve(module: string): Promise<void> {
  const { work } = (await import(module)) as { work: (input: unknown) => unknown };
  process.on("message", ({ input }: { readonly input: unknown }) => {
    void (async () => {
      globalThis.gc?.();
      const before = process.cpuUsage();
      const result = await work(input);
      const { user, system } = process.cpuUsage(before);
      const peakMiB = process.resourceUsage().maxRSS / 1024;
      return { result, cpuMs: (user + system) / 1000, peakMiB };
    })().then(
      (measured) => process.send?.(measured),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
    );
  });
}

const [, script, module] = process.argv;
if (script === import.meta.filename && module !== undefined) await serve(module);
