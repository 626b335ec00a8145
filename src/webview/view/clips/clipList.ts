import * as l10n from "@vscode/l10n";
import type { ClipView, WordView } from "../../../panel/messages.ts";
import type { ClipActions } from "./clipControls.ts";
import { ClipRow, type RowContext } from "./clipRow.ts";
import { createElement } from "../elements/createElement.ts";
import { readWaveformColors, watchTheme, type WaveformColors } from "../waveform/drawWaveform.ts";
import { Nearness } from "./nearness.ts";
import { pausesOf } from "./pauses.ts";
import type { PagePlayback, Position, ClipSound } from "../../sound/player/playback.ts";
import type { Waveforms } from "../waveform/waveforms.ts";

export interface ClipListActions extends ClipActions {
  /** The row that the keyboard is at, or the place in the list, changed. */
  readonly moved: () => void;
}

const silence = { phase: "silent", heard: undefined, current: undefined, take: undefined } as const;

/** Where the user is in the list. */
export interface ListPlace {
  /** The place of the row that Tab comes to. */
  readonly selected: number;
  /** In CSS pixels. */
  readonly scrollTop: number;
}

/**
 * The list of segments: a row for each, kept as long as its segment exists, and complete while it is near the view. One row at a
 * time is reached by Tab.
 */
export class ClipList {
  readonly element = createElement("ul", {
    class: "clips",
    role: "list",
    "aria-label": l10n.t("Segments"),
  });
  readonly #waveforms: Waveforms;
  readonly #context: RowContext;
  readonly #rows = new Map<number, ClipRow>();
  #clips = new Map<number, ClipView>();
  /** The pauses that are shown. */
  #pauses: ReadonlyMap<number, number> = new Map();
  readonly #nearness = new Nearness(this.element, (row) =>
    this.#buildOrTakeDown(Number(row.dataset.id)),
  );
  readonly #scrolling = new Scrolling(this.element);
  #colors: WaveformColors | undefined;
  #playback: PagePlayback = silence;
  #position: Position | undefined;
  /** The segment in which a word is marked. */
  #marked: number | undefined;
  #selected = 0;

  constructor(actions: ClipListActions, waveforms: Waveforms) {
    this.#waveforms = waveforms;
    this.#context = {
      actions,
      peaksOf: (segment) => waveforms.of(segment),
      colors: () => (this.#colors ??= readWaveformColors(this.element)),
    };
    watchTheme(() => this.#onTheme());
    this.element.addEventListener("focusin", (event) => {
      const row =
        event.target instanceof Element ? event.target.closest<HTMLElement>(".clip") : null;
      if (!row) return;
      this.#select(Number(row.dataset.id));
      actions.moved();
    });
    this.element.addEventListener("scroll", () => actions.moved(), { passive: true });
  }

  /** The row that Tab comes to, and how far the list is scrolled. */
  get place(): ListPlace {
    const { index = 0 } = this.#clips.get(this.#selected) ?? {};
    return { selected: index, scrollTop: this.element.scrollTop };
  }

  /** The segment whose row Tab comes to. */
  get selected(): number {
    return this.#selected;
  }

  /** The segment whose row has the focus, the row itself and not what is in it. */
  get focused(): number | undefined {
    const row = this.#rows.get(this.#selected)?.element;
    return row && row === document.activeElement ? this.#selected : undefined;
  }

  /** What in it has the focus; nothing while that is elsewhere in VS Code, from where it must not be taken. */
  get #focusedElement(): HTMLElement | undefined {
    const { activeElement } = document;
    const isHere = document.hasFocus() && this.element.contains(activeElement);
    return isHere && activeElement instanceof HTMLElement ? activeElement : undefined;
  }

  /** Puts the list where it was. */
  restore({ selected, scrollTop }: ListPlace): void {
    const clip = [...this.#clips.values()].find(({ index }) => index === selected);
    if (clip) this.#select(clip.segment);
    this.element.scrollTop = scrollTop;
  }

  /** Replaces what was shown; rows that stay as they were are not touched. */
  show(clips: readonly ClipView[]): void {
    const shown = new Set(clips.map(({ segment }) => segment));
    const { selected } = this.place;
    const focused = this.#focusedElement;
    for (const segment of this.#rows.keys()) if (!shown.has(segment)) this.#removeRow(segment);
    const pauses = pausesOf(clips);
    let behind: Element | null = this.element.firstElementChild;
    for (const clip of clips) {
      const { element } = this.#showRow(clip, pauses.get(clip.segment));
      if (element === behind) behind = behind.nextElementSibling;
      else this.element.insertBefore(element, behind);
    }
    this.#clips = new Map(clips.map((clip) => [clip.segment, clip]));
    this.#pauses = pauses;
    const inItsPlace = clips[selected] ?? clips[0];
    this.#select(shown.has(this.#selected) ? this.#selected : (inItsPlace?.segment ?? 0));
    if (focused && !this.#focusedElement) {
      // A row that is put elsewhere, or is gone, has lost it.
      const row = this.#rows.get(this.#selected)?.element;
      (focused.isConnected ? focused : row)?.focus({ preventScroll: true });
    }
    this.showPlayback(this.#playback);
    this.showPosition(this.#position);
  }

  showClip(clip: ClipView): void {
    const before = this.#pauses;
    this.#clips.set(clip.segment, clip);
    this.#pauses = pausesOf([...this.#clips.values()]);
    for (const [segment, row] of this.#rows) {
      const shown = this.#clips.get(segment);
      const pause = this.#pauses.get(segment);
      // The pause before it is told in another row.
      if (shown && (shown === clip || pause !== before.get(segment))) row.show(shown, pause);
    }
  }

  /** The words of a segment whose audio comes. */
  showWords(segment: number, words: readonly WordView[]): void {
    this.#rows.get(segment)?.showWords(words);
  }

  /** Marks the word that is heard now, and keeps it in view. */
  showWord(segment: number, word: WordView | undefined): void {
    if (this.#marked !== undefined && this.#marked !== segment) this.#unmark(this.#marked);
    this.#marked = segment;
    const mark = this.#rows.get(segment)?.showWord(word);
    if (mark) this.#scrolling.reveal(mark);
  }

  showPlayback(playback: PagePlayback): void {
    const before = this.#playback;
    this.#playback = playback;
    const of = ({ current, take }: PagePlayback) => [current, take?.segment];
    for (const segment of new Set([...of(before), ...of(playback)])) {
      const row = segment === undefined ? undefined : this.#rows.get(segment);
      if (segment === undefined || !row) continue;
      const sound = segment === playback.current ? soundOf(playback) : undefined;
      row.showSound(sound, segment === playback.heard);
      row.showTake(
        playback.take?.segment === segment ? playback.take : undefined,
        soundOf(playback),
      );
      this.#buildOrTakeDown(segment);
    }
    const { heard } = playback;
    if (heard === before.heard) return;
    if (before.heard !== undefined) this.#unmark(before.heard);
    const row = heard === undefined ? undefined : this.#rows.get(heard);
    if (row) this.#scrolling.reveal(row.element);
  }

  /** Where playback is, or will begin. It is called in every frame. */
  showPosition(position: Position | undefined): void {
    const before = this.#position?.segment;
    this.#position = position;
    if (before !== undefined && before !== position?.segment) {
      this.#rows.get(before)?.showPosition(undefined);
    }
    if (position) this.#rows.get(position.segment)?.showPosition(position);
  }

  /** The segment has other peaks. */
  showWaveform(segment: number): void {
    this.#rows.get(segment)?.showWaveform();
  }

  /** Puts the focus to another row. */
  move(to: "previous" | "next" | "first" | "last"): void {
    const row = this.#rows.get(this.#selected)?.element;
    const targets = {
      previous: row?.previousElementSibling ?? row,
      next: row?.nextElementSibling ?? row,
      first: this.element.firstElementChild,
      last: this.element.lastElementChild,
    };
    const target = targets[to];
    if (!(target instanceof HTMLElement)) return;
    this.#scrolling.note();
    target.focus();
  }

  /** Shows the takes of a segment, or hides them. @returns whether they are shown; undefined where there is none */
  turnTakes(segment: number): boolean | undefined {
    return this.#rows.get(segment)?.turnTakes();
  }

  #showRow(clip: ClipView, pause: number | undefined): ClipRow {
    const { segment } = clip;
    const existing = this.#rows.get(segment);
    if (existing) {
      const isSame = isSameClip(this.#clips.get(segment), clip);
      if (!isSame || this.#pauses.get(segment) !== pause) existing.show(clip, pause);
      return existing;
    }
    const row = new ClipRow(clip, this.#context);
    row.show(clip, pause);
    this.#rows.set(segment, row);
    this.#nearness.observe(row.element);
    return row;
  }

  #removeRow(segment: number): void {
    const row = this.#rows.get(segment);
    if (!row) return;
    this.#nearness.unobserve(row.element);
    this.#waveforms.unwatch(segment);
    row.takeDown();
    row.element.remove();
    this.#rows.delete(segment);
  }

  #select(segment: number): void {
    const before = this.#selected;
    this.#selected = segment;
    if (before !== segment) {
      this.#rows.get(before)?.setReachable(false);
      this.#buildOrTakeDown(before);
    }
    this.#rows.get(segment)?.setReachable(true);
    this.#buildOrTakeDown(segment);
  }

  /** A row is complete near the view, where the keyboard is, and where it sounds. */
  #buildOrTakeDown(segment: number): void {
    const row = this.#rows.get(segment);
    if (!row) return;
    const isNeeded =
      this.#nearness.has(row.element) ||
      segment === this.#selected ||
      segment === this.#playback.current ||
      segment === this.#playback.take?.segment;
    if (isNeeded === row.isBuilt) return;
    if (isNeeded) {
      row.build();
      this.#waveforms.watch(segment);
    } else {
      row.takeDown();
      this.#waveforms.unwatch(segment);
    }
  }

  #onTheme(): void {
    this.#colors = undefined;
    for (const row of this.#rows.values()) if (row.isBuilt) row.showWaveform();
  }

  #unmark(segment: number): void {
    this.#rows.get(segment)?.showWord(undefined);
  }
}

function soundOf({ phase }: PagePlayback): ClipSound {
  return phase === "silent" ? undefined : phase;
}

/** What comes from the host is plain data, and comes anew each time. */
function isSameClip(one: ClipView | undefined, other: ClipView): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** For this long after the user scrolled, the list does not scroll by itself. In milliseconds. */
const handsOffMilliseconds = 5000;

/** Scrolls a list to what is heard, but not against the user. */
class Scrolling {
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
