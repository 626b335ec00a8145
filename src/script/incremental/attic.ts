/** UTF-16 units of text that are kept at most. */
const most = 2_000_000;

/**
 * What was read of text that is gone for now: an undone edit, or a fence that is opened and closed again, brings it back.
 * What was put in first goes first when there is no more room.
 */
export class Attic<Read extends { readonly text: string }> {
  readonly #byText = new Map<string, Read>();
  #size = 0;

  find(text: string): Read | undefined {
    return this.#byText.get(text);
  }

  store(reads: readonly Read[]): void {
    for (const read of reads) {
      const { text } = read;
      if (this.#byText.delete(text)) this.#size -= text.length;
      this.#byText.set(text, read);
      this.#size += text.length;
    }
    for (const text of this.#byText.keys()) {
      if (this.#size <= most) return;
      this.#byText.delete(text);
      this.#size -= text.length;
    }
  }
}
