import type { LoadStretcher } from "./loadStretcher.ts";
import type { CreateStretcher, Stretcher } from "./stretcher.ts";

/** The speed that was asked for, as soon as what it needs has been loaded; 1 until then. */
export class SoundSpeed {
  readonly #load: LoadStretcher;
  #wanted = 1;
  #loading: Promise<void> | undefined;
  #create: CreateStretcher | undefined;

  constructor(load: LoadStretcher) {
    this.#load = load;
  }

  /** Seconds of audio in a second. */
  get current(): number {
    return this.#create ? this.#wanted : 1;
  }

  /** Resolves when it is the current one; rejects with a sentence where it can't be. */
  async set(speed: number): Promise<void> {
    this.#wanted = speed;
    if (speed === 1 || this.#create) return;
    this.#loading ??= this.#open();
    await this.#loading;
  }

  /** For samples of this rate; undefined where they stay as they are. Throws where there is no memory. */
  createStretcher(sampleRate: number): Stretcher | undefined {
    return this.current === 1 ? undefined : this.#create?.(sampleRate, this.current);
  }

  async #open(): Promise<void> {
    try {
      this.#create = await this.#load();
    } finally {
      this.#loading = undefined;
    }
  }
}
