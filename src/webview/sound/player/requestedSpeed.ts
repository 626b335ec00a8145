import type { Output } from "../output/output.ts";

/** The speed that was asked of the output, which may take it later or not at all. */
export class RequestedSpeed {
  readonly #output: Output;
  readonly #settled: () => void;
  #taken: number;
  #failure: string | undefined;

  /** `settled`: the output has taken the speed, or can't. */
  constructor(output: Output, settled: () => void) {
    this.#output = output;
    this.#settled = settled;
    this.#taken = output.speed;
  }

  ask(speed: number): void {
    this.#failure = undefined;
    this.#output.setSpeed(speed).then(
      () => this.#settled(),
      (error: unknown) => {
        this.#failure = error instanceof Error ? error.message : String(error);
        this.#settled();
      },
    );
    this.#settled();
  }

  /** Whether the output's speed is another than when this was asked last. */
  takeChange(): boolean {
    const { speed } = this.#output;
    const changed = speed !== this.#taken;
    this.#taken = speed;
    return changed;
  }

  /** Why the speed is not the one asked for, once. */
  takeFailure(): string | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }
}
