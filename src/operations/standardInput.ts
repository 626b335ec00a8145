import { mostForeignBytes } from "../clips/model/foreignFile.ts";
import { UsageError } from "./exitCodes.ts";

/** What standard input and output are called on the command line. A file of this name is written `./-`. */
export const standard = "-";

/** Where what is named on the command line is read from. */
export interface Inputs {
  /** The working folder. */
  readonly cwd: string;
  readonly standardInput: StandardInput;
}

/** Standard input, which can be read but once, and to its end. */
export class StandardInput {
  readonly #open: () => AsyncIterable<Uint8Array>;
  #isRead = false;

  /** `open` gives what comes; it throws where the wait for it was given up. */
  constructor(open: () => AsyncIterable<Uint8Array>) {
    this.#open = open;
  }

  /** @throws UsageError where it can't be read, is too long for a text, or was read already; what `open` throws when aborted. */
  async read(): Promise<Uint8Array> {
    if (this.#isRead)
      throw new UsageError("Standard input can be read only once. Name a file, too.");
    this.#isRead = true;
    const parts: Uint8Array[] = [];
    let length = 0;
    try {
      for await (const part of this.#open()) {
        parts.push(part);
        length += part.length;
        if (length > mostForeignBytes) break; // which closes it
      }
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name === "AbortError") throw cause;
      throw new UsageError(`Standard input can't be read: ${cause.message}.`, { cause });
    }
    if (length <= mostForeignBytes) return Buffer.concat(parts);
    throw new UsageError(
      `Standard input is longer than ${mostForeignBytes / 2 ** 20} MB, which nobody writes by hand. Divide it.`,
    );
  }
}
