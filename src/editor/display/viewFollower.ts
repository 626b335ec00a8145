/**
 * Decides whether an editor is scrolled to what is heard: it is, until its user scrolls away, and again from when that is in
 * view once more. An editor's view is known late, by seconds on a busy machine: a view without what is heard does not come
 * from the user while one that we have scrolled is on its way.
 */
export class ViewFollower {
  #hasLeft = false;
  #awaitsView = false;

  /**
   * What is heard is at another place now.
   * @param place `isFirst`: nothing was heard before; `isInView`: as far as is known
   * @returns whether to scroll to it
   */
  moved({ isFirst, isInView }: { readonly isFirst: boolean; readonly isInView: boolean }): boolean {
    if (isFirst) this.#hasLeft = false;
    if (isInView) this.viewed(true);
    else if (!this.#hasLeft) this.#awaitsView = true;
    return !isInView && !this.#hasLeft;
  }

  /** The editor shows another part of its document; `isInView` says whether what is heard is in it. */
  viewed(isInView: boolean): void {
    if (isInView) this.#awaitsView = this.#hasLeft = false;
    else if (!this.#awaitsView) this.#hasLeft = true;
  }
}
