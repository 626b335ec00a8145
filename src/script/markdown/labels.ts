/** No label that is longer than this, capital letters and all, can be defined. */
const LONGEST = 4000;

/**
 * The labels of one kind (link definitions, or footnotes) as the Markdown parser keeps them while it parses a stretch of a
 * document: what the stretch defines itself, what is defined elsewhere, and which the stretch asked for. By that a reader
 * knows which stretches a new definition concerns.
 */
export class Labels extends Array<string> {
  /** What the stretch defines itself. */
  readonly own = new Set<string>();
  /** What the parser asked for, and was told. */
  readonly answers = new Map<string, boolean>();
  /** Definitions are still being collected: the parser asks whether it knows one already, not whether it counts. */
  collecting = true;
  readonly #elsewhere: KnownLabels;

  constructor(elsewhere: KnownLabels) {
    super();
    this.#elsewhere = elsewhere;
  }

  override push(...labels: string[]): number {
    for (const label of labels) this.own.add(label);
    return this.own.size;
  }

  override includes(label: string): boolean {
    if (this.collecting) return this.own.has(label);
    if (label.length > LONGEST) return false;
    const answer = this.own.has(label) || this.#elsewhere.has(label);
    this.answers.set(label, answer);
    return answer;
  }
}

/** Labels that are defined somewhere in the document. */
export interface KnownLabels {
  has(label: string): boolean;
}
