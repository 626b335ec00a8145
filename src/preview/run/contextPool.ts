import type { GroupContext } from "./groupContext.ts";
import type { SpeechEvent } from "./speechEvent.ts";

type Events = AsyncGenerator<SpeechEvent, void, undefined>;

/** What came next of the contexts that are open. */
export type PoolStep =
  | { readonly context: GroupContext; readonly event: SpeechEvent; readonly error?: never }
  /** It is over; `error` is what it threw, if it did. */
  | { readonly context: GroupContext; readonly event: undefined; readonly error?: unknown };

/** The contexts that are open at a time, and what happens in them, in the order in which it happens. */
export class ContextPool {
  readonly #open = new Map<GroupContext, Events>();
  readonly #steps: PoolStep[] = [];
  #taken: GroupContext | undefined;
  #wake: (() => void) | undefined;

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }

  /** Those that are open. */
  get contexts(): Iterable<GroupContext> {
    return this.#open.keys();
  }

  /** Begins one at once. */
  add(context: GroupContext, events: Events): void {
    this.#open.set(context, events);
    this.#advance(context);
  }

  /** The next step; one of them has to be open. A context goes on when its step has been dealt with: by the next call. */
  async next(): Promise<PoolStep> {
    if (this.#taken) this.#advance(this.#taken);
    this.#taken = undefined;
    for (;;) {
      const step = this.#steps.shift();
      if (step?.event) this.#taken = step.context;
      else if (step) this.#open.delete(step.context);
      if (step) return step;
      await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  /** Ends all that are open; none may be waiting for something that does not come. */
  async close(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map((events) => events.return()));
  }

  #advance(context: GroupContext): void {
    void this.#open
      .get(context)
      ?.next()
      .then(
        ({ value }): PoolStep => ({ context, event: value ?? undefined }),
        (error: unknown): PoolStep => ({ context, event: undefined, error }),
      )
      .then((step) => {
        this.#steps.push(step);
        this.#wake?.();
      });
  }
}
