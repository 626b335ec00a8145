import { tokensOf } from "./transcriptFit.ts";

/** So many of a token's positions are looked at: what is said more often tells nothing. */
const fewPlaces = 16;
/** So many tokens at either end of words are looked up. */
const lookedUp = 64;

/** Which transcripts have which words. Takes note of them when it is first asked. */
export class TranscriptIndex {
  readonly #transcripts: readonly string[];
  readonly #tokens: (readonly string[] | undefined)[];
  /** For each token, the positions that have it. */
  #places: Map<string, number[]> | undefined;
  /** How many transcripts have the same tokens. */
  readonly #alike = new Map<string, number>();

  constructor(transcripts: readonly string[]) {
    this.#transcripts = transcripts;
    this.#tokens = transcripts.map(() => undefined);
  }

  has(position: number): boolean {
    return this.#transcripts[position] !== undefined;
  }

  /** What is compared of this transcript. */
  tokensAt(position: number): readonly string[] {
    return (this.#tokens[position] ??= tokensOf(this.#transcripts[position] ?? ""));
  }

  /** The same for transcripts that sound alike. */
  keyAt(position: number): string {
    return this.tokensAt(position).join(" ");
  }

  /** How many transcripts have this key. */
  countOf(key: string): number {
    this.#placesOfTokens();
    return this.#alike.get(key) ?? 0;
  }

  /** Whether any transcript has this token. */
  hasToken(token: string): boolean {
    return this.#placesOfTokens().has(token);
  }

  /** The positions of at most so many transcripts that have most of these tokens, best first. */
  closest(said: readonly string[], count: number): number[] {
    const votes = new Map<number, number>();
    const ends = new Set([...said.slice(0, lookedUp), ...said.slice(-lookedUp)]);
    const places = this.#placesOfTokens();
    for (const word of ends) {
      const at = places.get(word) ?? [];
      if (at.length > fewPlaces) continue;
      for (const place of at) votes.set(place, (votes.get(place) ?? 0) + word.length);
    }
    const voted = [...votes].sort(([, a], [, b]) => b - a);
    return voted.slice(0, count).map(([at]) => at);
  }

  #placesOfTokens(): ReadonlyMap<string, readonly number[]> {
    if (this.#places) return this.#places;
    const found = new Map<string, number[]>();
    this.#transcripts.forEach((_, position) => {
      const key = this.keyAt(position);
      this.#alike.set(key, (this.#alike.get(key) ?? 0) + 1);
      for (const word of new Set(this.tokensAt(position))) {
        const at = found.get(word) ?? [];
        if (at.length <= fewPlaces) at.push(position);
        found.set(word, at);
      }
    });
    return (this.#places = found);
  }
}
