import type { MarkdownLabels } from "../markdown/markdownTokens.ts";
import type { KnownLabels } from "../markdown/labels.ts";

/** What a document's stretches define, counted, so that one can be taken away. */
class Counted implements KnownLabels {
  readonly #counts = new Map<string, number>();

  has(label: string): boolean {
    return this.#counts.has(label);
  }

  add(labels: Iterable<string>, by: 1 | -1): void {
    for (const label of labels) {
      const count = (this.#counts.get(label) ?? 0) + by;
      if (count > 0) this.#counts.set(label, count);
      else this.#counts.delete(label);
    }
  }
}

/** Something that defines labels and asks for some. */
interface Labelled {
  readonly labels: MarkdownLabels | undefined;
}

/** All link definitions and footnotes of a document. */
export class Definitions {
  readonly links = new Counted();
  readonly notes = new Counted();

  /**
   * Takes these stretches' definitions away, and adds those.
   * @returns whether a label has come or gone
   */
  replace(removed: readonly Labelled[], added: readonly Labelled[]): boolean {
    const labels = [...removed, ...added].flatMap(({ labels }) => labels ?? []);
    const before = labels.map((own) => this.#knows(own));
    for (const { labels } of removed) this.#add(labels, -1);
    for (const { labels } of added) this.#add(labels, 1);
    return labels.some((own, at) => this.#knows(own) !== before[at]);
  }

  /** Whether a stretch that asked for labels would get another answer now. */
  contradict({ labels }: Labelled): boolean {
    for (const [label, answer] of labels?.links.answers ?? []) {
      if (this.links.has(label) !== answer) return true;
    }
    for (const [label, answer] of labels?.notes.answers ?? []) {
      if (this.notes.has(label) !== answer) return true;
    }
    return false;
  }

  #add(labels: MarkdownLabels | undefined, by: 1 | -1): void {
    this.links.add(labels?.links.own ?? [], by);
    this.notes.add(labels?.notes.own ?? [], by);
  }

  /** Which of the labels that are its own are known, in an order that stays. */
  #knows({ links, notes }: MarkdownLabels): string {
    const known = [...links.own].map((label) => this.links.has(label));
    return [...known, ...[...notes.own].map((label) => this.notes.has(label))].join();
  }
}
