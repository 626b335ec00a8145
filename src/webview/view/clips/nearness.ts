/** Rows that only pass by while the user scrolls are told of at most this often, in milliseconds. */
const passingMilliseconds = 100;

/** Knows which rows of a list are in its view, or within the height of one above and below. */
export class Nearness {
  readonly #near = new WeakSet<Element>();
  readonly #observer: IntersectionObserver;
  readonly #changed: (row: HTMLElement) => void;
  /** Rows that are to be told of; one that has come and gone has nothing to tell. */
  readonly #pending = new Set<HTMLElement>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed a row came near, or is no longer */
  constructor(list: Element, changed: (row: HTMLElement) => void) {
    this.#changed = changed;
    const note = (entries: readonly IntersectionObserverEntry[]): void => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#near.add(target);
        else this.#near.delete(target);
        this.#pending.add(target as HTMLElement);
      }
      if (!this.#timer) this.#tell();
    };
    this.#observer = new IntersectionObserver(note, { root: list, rootMargin: "100% 0px" });
  }

  has(row: Element): boolean {
    return this.#near.has(row);
  }

  observe(row: Element): void {
    this.#observer.observe(row);
  }

  unobserve(row: Element): void {
    this.#observer.unobserve(row);
    this.#near.delete(row);
    this.#pending.delete(row as HTMLElement);
  }

  #tell(): void {
    this.#timer = undefined;
    if (this.#pending.size === 0) return;
    const rows = [...this.#pending];
    this.#pending.clear();
    for (const row of rows) this.#changed(row);
    this.#timer = setTimeout(() => this.#tell(), passingMilliseconds);
  }
}
