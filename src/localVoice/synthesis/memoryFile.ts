/** A file that grows in memory. */
export class MemoryFile {
  #buffer = new Uint8Array(0);
  #size = 0;

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  /** What the file holds, valid until it is next written to. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#size);
  }

  /** Writes `bytes` from the byte offset `position` on. What lies between the old end and `position` is zero. */
  write(position: number, bytes: Uint8Array): void {
    const end = position + bytes.length;
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#buffer.length, 4096));
      larger.set(this.bytes);
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, position);
    this.#size = Math.max(this.#size, end);
  }

  /** Empties the file. */
  truncate(): void {
    this.#buffer.fill(0, 0, this.#size);
    this.#size = 0;
  }
}
