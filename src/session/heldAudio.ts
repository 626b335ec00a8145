import { secondsOf, type PcmFormat } from "../audio/pcm.ts";
import { ToldWords } from "./toldWords.ts";

/** A chunk of a context's audio, as it came. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The flush id as the service sent it. */
  readonly id: number | null;
  /** When it came, in milliseconds of the performance clock. */
  readonly at: number;
}

/** The audio that has come for one segment. */
export class HeldAudio {
  readonly told = new ToldWords();
  readonly #chunks: Chunk[] = [];
  #length = 0;

  add(chunk: Chunk): void {
    this.#chunks.push(chunk);
    this.#length += chunk.bytes.length;
  }

  /** When the first of it came, and the last, in milliseconds of the performance clock. */
  get heard(): { readonly first: number; readonly last: number } {
    return { first: this.#chunks[0]?.at ?? 0, last: this.#chunks.at(-1)?.at ?? 0 };
  }

  /** The flush ids as the service sent them, each once, `null` for a missing one. */
  get flushIds(): readonly (number | null)[] {
    return [...new Set(this.#chunks.map(({ id }) => id))];
  }

  /** How long it is so far, in seconds. */
  seconds(format: PcmFormat): number {
    return secondsOf(this.#length, format);
  }

  join(): Uint8Array<ArrayBuffer> {
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const { bytes } of this.#chunks) {
      joined.set(bytes, at);
      at += bytes.length;
    }
    return joined;
  }
}
