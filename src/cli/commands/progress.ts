import { counted } from "../common/counted.ts";
import type { Terminal } from "../common/terminal.ts";

/** Cells of the bar. */
const barLength = 24;

/** In plain lines, after so many parts of the whole one is written. */
const plainParts = 10;

/** Shows how far the segments that are to be spoken have come. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #title: string;
  /** By segment, the characters that it has. */
  readonly #open: Map<number, number>;
  readonly #segments: number;
  readonly #characters: number;
  readonly #now: () => number;
  readonly #start: number;
  #told = 0;

  /** `segments`: by segment that is to be spoken, the characters that it has. `now` counts milliseconds. */
  constructor(
    terminal: Terminal,
    title: string,
    segments: ReadonlyMap<number, number>,
    now: () => number = () => performance.now(),
  ) {
    this.#terminal = terminal;
    this.#title = title;
    this.#open = new Map(segments);
    this.#segments = segments.size;
    this.#characters = sum(segments.values());
    this.#now = now;
    this.#start = now();
    if (this.#segments > 0) this.#draw();
  }

  /** This segment is spoken and saved. */
  done(segment: number): void {
    if (this.#open.delete(segment)) this.#draw();
  }

  /** Takes the bar away. */
  end(): void {
    this.#terminal.status("");
  }

  #draw(): void {
    const done = this.#segments - this.#open.size;
    const share = done / this.#segments;
    const count = `${done} of ${counted(this.#segments, "segment")}`;
    if (this.#terminal.isLive) {
      const full = Math.floor(share * barLength);
      const bar = "█".repeat(full) + "░".repeat(barLength - full);
      this.#terminal.status(`${bar} ${count}${this.#timeLeft()}  ${this.#title}`);
      return;
    }
    const part = Math.floor(share * plainParts);
    if (part <= this.#told) return;
    this.#told = part;
    this.#terminal.note(`${this.#title}: ${count}${this.#timeLeft()}`);
  }

  /** By the characters, for segments differ in length. */
  #timeLeft(): string {
    const left = sum(this.#open.values());
    const said = this.#characters - left;
    if (said === 0 || left === 0) return "";
    const seconds = Math.ceil((((this.#now() - this.#start) / said) * left) / 1000);
    return seconds < 100 ? `, ${seconds} s left` : `, ${Math.ceil(seconds / 60)} min left`;
  }
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
