import { setTimeout as sleep } from "node:timers/promises";
import type { ClipStore } from "../../clips/clipStore.ts";

/** So long, in milliseconds, it is waited for the disk before something is sent that may be there by now. */
const patienceMs = 500;

/** What another window, or process, has spoken of a script while a run of this one is on. */
export class ClipsOfOthers {
  readonly #store: Pick<ClipStore, "clips" | "find" | "refresh">;
  readonly #changed: () => void;
  readonly #trace: (line: string) => void;
  /** When to look again at the earliest, on the performance clock. */
  #from = 0;
  /** The look that is under way. */
  #looking: Promise<void> | undefined;

  /**
   * @param changed called when the folder has other clips now.
   * @param trace takes a line for the log.
   */
  constructor(
    store: Pick<ClipStore, "clips" | "find" | "refresh">,
    { changed, trace }: { changed: () => void; trace: (line: string) => void },
  ) {
    this.#store = store;
    this.#changed = changed;
    this.#trace = trace;
  }

  /** Looks at the folder again, and says which of these identities have a clip. Never throws; a slow disk holds up nothing. */
  async readyNow(identities: readonly string[]): Promise<ReadonlySet<string>> {
    if (performance.now() >= this.#from) await (this.#looking ??= this.#look());
    return new Set(identities.filter((identity) => this.#store.find(identity).length > 0));
  }

  async #look(): Promise<void> {
    const begun = performance.now();
    const before = this.#store.clips();
    const looking = this.#store.refresh().catch((error: unknown) => {
      this.#trace(`clips: ${error instanceof Error ? error.message : String(error)}`);
    });
    await Promise.race([looking, sleep(patienceMs, undefined, { ref: false })]);
    if (this.#store.clips() !== before) this.#changed();
    this.#looking = undefined;
    const now = performance.now();
    this.#from = now + 4 * (now - begun); // where a run has many contexts, and there are many clips, it does not look all the time
  }
}
