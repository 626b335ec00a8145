import type { ClipView } from "../panel/messages.ts";
import { ClipRow } from "./clipRow.ts";
import type { ClipActions, ClipSound } from "./clipRow.ts";
import { createElement } from "./createElement.ts";
import type { Playback } from "./playback.ts";

/** For this long after the user scrolled, the list does not scroll by itself. In milliseconds. */
const handsOffMilliseconds = 5000;

export interface ClipListActions extends ClipActions {
  /** The row that the keyboard is at, or the place in the list, changed. */
  readonly moved: () => void;
}

/** Where the user is in the list. */
export interface ListPlace {
  readonly selected: number;
  /** In CSS pixels. */
  readonly scrollTop: number;
}

/**
 * The list of segments: a row for each, kept as long as its segment exists. One row at a time is reached by Tab; the arrow
 * keys move between them.
 */
export class ClipList {
  readonly element = createElement("ul", {
    class: "clips",
    role: "list",
    "aria-label": "Segments",
  });
  readonly #actions: ClipListActions;
  readonly #rows = new Map<number, ClipRow>();
  #playback: Playback = { phase: "silent", heard: undefined, current: undefined };
  #selected = 0;
  #lastScrolled = -Infinity;

  constructor(actions: ClipListActions) {
    this.#actions = actions;
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.element.addEventListener("focusin", (event) => this.#onFocus(event));
    this.element.addEventListener("scroll", () => actions.moved(), { passive: true });
    for (const type of ["wheel", "touchmove", "pointerdown"]) {
      this.element.addEventListener(type, () => this.#noteScrolling(), { passive: true });
    }
  }

  /** The segment whose row Tab comes to, and how far the list is scrolled. */
  get place(): ListPlace {
    return { selected: this.#selected, scrollTop: this.element.scrollTop };
  }

  /** Puts the list where it was. */
  restore({ selected, scrollTop }: ListPlace): void {
    if (this.#rows.has(selected)) this.#select(selected);
    this.element.scrollTop = scrollTop;
  }

  show(clips: readonly ClipView[]): void {
    const shown = new Set(clips.map(({ segment }) => segment));
    for (const [segment, row] of this.#rows) {
      if (shown.has(segment)) continue;
      row.element.remove();
      this.#rows.delete(segment);
    }
    let behind: Element | null = this.element.firstElementChild;
    for (const clip of clips) {
      const row = this.#rowOf(clip.segment);
      row.show(clip);
      if (row.element === behind) behind = behind.nextElementSibling;
      else this.element.insertBefore(row.element, behind);
    }
    const first = clips[0]?.segment ?? 0;
    this.#select(shown.has(this.#selected) ? this.#selected : first);
    this.showPlayback(this.#playback);
  }

  showClip(clip: ClipView): void {
    this.#rows.get(clip.segment)?.show(clip);
  }

  showPlayback(playback: Playback): void {
    const { heard } = this.#playback;
    for (const segment of new Set([this.#playback.current, playback.current])) {
      if (segment === undefined) continue;
      const sound = segment === playback.current ? soundOf(playback) : undefined;
      this.#rows.get(segment)?.showSound(sound, segment === playback.heard);
    }
    this.#playback = playback;
    if (playback.heard !== undefined && playback.heard !== heard) this.#reveal(playback.heard);
  }

  #select(segment: number): void {
    this.#rows.get(this.#selected)?.setReachable(false);
    this.#selected = segment;
    this.#rows.get(segment)?.setReachable(true);
  }

  #rowOf(segment: number): ClipRow {
    const existing = this.#rows.get(segment);
    if (existing) return existing;
    const row = new ClipRow(segment, this.#actions);
    this.#rows.set(segment, row);
    return row;
  }

  #reveal(segment: number): void {
    if (Date.now() - this.#lastScrolled < handsOffMilliseconds) return;
    this.#rows.get(segment)?.element.scrollIntoView({ block: "nearest" });
  }

  #noteScrolling(): void {
    this.#lastScrolled = Date.now();
  }

  #onFocus(event: FocusEvent): void {
    const row = event.target instanceof Element ? event.target.closest("li") : null;
    if (!row) return;
    this.#select(Number(row.dataset.segment));
    this.#actions.moved();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (this.#move(event.key) || (this.#isRow(event.target) && this.#act(event.key))) {
      event.preventDefault();
    }
  }

  #isRow(target: EventTarget | null): boolean {
    return this.#rows.get(this.#selected)?.element === target;
  }

  #act(key: string): boolean {
    const segment = this.#selected;
    if (key === "Enter") {
      this.#actions.goTo(segment);
      return true;
    }
    if (key !== " ") return false;
    this.#rows.get(segment)?.press();
    return true;
  }

  #move(key: string): boolean {
    const rows = [...this.element.children];
    const at = rows.findIndex((row) => this.#isRow(row));
    const places: Record<string, number> = {
      ArrowUp: Math.max(0, at - 1),
      ArrowDown: Math.min(rows.length - 1, at + 1),
      Home: 0,
      End: rows.length - 1,
    };
    const place = places[key];
    const row = place === undefined ? undefined : rows[place];
    if (!(row instanceof HTMLElement)) return false;
    this.#noteScrolling();
    row.focus();
    return true;
  }
}

function soundOf({ phase }: Playback): ClipSound {
  return phase === "silent" ? undefined : phase;
}
