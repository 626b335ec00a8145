/** For this long after the user scrolled, the list does not scroll by itself. In milliseconds. */
const handsOffMilliseconds = 5000;

/** Scrolls a list to what is heard, but not against the user. */
export class Scrolling {
  #last = -Infinity;

  constructor(list: Element) {
    for (const type of ["wheel", "touchmove", "pointerdown"]) {
      list.addEventListener(type, () => this.note(), { passive: true });
    }
  }

  /** The user has chosen another place in the list. */
  note(): void {
    this.#last = Date.now();
  }

  /** Brings an element into view, unless the user has just been elsewhere. */
  reveal(element: Element): void {
    if (Date.now() - this.#last < handsOffMilliseconds) return;
    element.scrollIntoView({ block: "nearest" });
  }
}
