/** Knows which rows of a list are in its view, or within the height of one above and below. */
export class Nearness {
  readonly #near = new WeakSet<Element>();
  readonly #observer: IntersectionObserver;

  /** @param changed a row came near, or is no longer */
  constructor(list: Element, changed: (row: HTMLElement) => void) {
    const note = (entries: readonly IntersectionObserverEntry[]): void => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#near.add(target);
        else this.#near.delete(target);
        changed(target as HTMLElement);
      }
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
  }
}
