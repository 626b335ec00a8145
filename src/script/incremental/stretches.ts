import { Attic } from "./attic.ts";
import { Cutting } from "./cutting.ts";
import type { ScanOptions } from "../scanner/scan.ts";
import type { Cuts } from "../scanner/scanner.ts";
import { isSameTurn } from "../scanner/speakerTurns.ts";
import { lengthOf, moved, type CutText, type Stretch } from "./stretch.ts";
import { commonEnds, detached } from "../model/textChange.ts";

/**
 * A document's text in stretches, each of which can be read alone: cut at the scanner's borders, as far as `Stretch.leans`
 * and `Stretch.close` let them be. When the text changes, only the stretches that the change touches, and those that can't
 * be read without these, are cut and read again. That works on the two texts alone; where they differ is found by what
 * they have in common at their ends.
 *
 * Work is linear in what changed, however the text is made: a stretch that can't be read alone is tried again only when
 * it has become twice as long. Beyond that there is a step or two for each stretch of the document.
 */
export class Stretches<Read extends Stretch> {
  readonly #make: (cut: CutText) => Read;
  readonly #attic = new Attic<Read>();
  readonly #least: number;
  #body = "";
  #list: readonly Read[] = [];

  /**
   * @param make takes a stretch in hand; it is read when it is asked to close.
   * @param least UTF-16 units that a stretch has at least: many small ones would cost more than they save.
   */
  constructor(make: (cut: CutText) => Read, least = 128) {
    this.#make = make;
    this.#least = least;
  }

  /** All of them, in document order: together they are the text from its body on. */
  get list(): readonly Read[] {
    return this.#list;
  }

  /** Cuts the text as it is now, from `body` on. The options are those of the times before. */
  update(text: string, body: number, options: ScanOptions): void {
    const old = this.#list;
    const now = text.slice(body);
    const { head, tail } = commonEnds(this.#body, now);
    let kept = 0;
    let from = body;
    // The character behind a stretch is looked at, too: it must not have changed either.
    for (; from - body + lengthOf(old[kept]) < head; kept++) from += lengthOf(old[kept]);
    let next = old.length;
    let start = text.length;
    while (next > kept && start - lengthOf(old[next - 1]) >= text.length - tail) {
      next--;
      start -= lengthOf(old[next]);
    }
    const front = old.slice(0, kept);
    const rest = { old, next, start };
    const cut = new Cutting(text, options, {
      from,
      front,
      rest,
      least: this.#least,
      make: (cuts) => this.#take(text, cuts),
    });
    cut.run();
    this.#body = now;
    this.#list = [...front, ...cut.fresh, ...old.slice(rest.next)];
    // The last one has been read as if nothing could follow.
    this.#attic.store(old.slice(front.length, Math.min(rest.next, old.length - 1)));
  }

  /** The stretch of these cuts, read before if possible: an undone edit finds its text again. */
  #take(text: string, cuts: Cuts): Read {
    const { start, end } = cuts;
    const written = text.slice(start, end);
    const known = end < text.length ? this.#attic.find(written) : undefined;
    if (known && isSameTurn(known.turn, cuts.turn)) return known;
    return this.#make({
      text: detached(written),
      markers: moved(cuts.markers, -start),
      spells: moved(cuts.spells, -start),
      silent: moved(cuts.silent, -start),
      names: moved(cuts.names, -start),
      leads: moved(cuts.leads, -start),
      turn: cuts.turn,
      nextTurn: cuts.nextTurn,
    });
  }
}
