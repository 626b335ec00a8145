import * as l10n from "@vscode/l10n";
import type { TakeView } from "../../../panel/messages.ts";
import type { ClipSound } from "../../sound/player/playback.ts";
import { QuietButton } from "../elements/button.ts";
import { createElement, createIcon, createText } from "../elements/createElement.ts";
import { TakeItem } from "./takeItem.ts";
import type { TakeActions } from "./takeItem.ts";

export interface TakesActions extends TakeActions {
  /** Speaks a segment though it is ready; `inContext`: as what follows the segments before it. */
  readonly speakAgain: (segment: number, inContext: boolean) => void;
  /** Says it with a voice that is to be chosen, as a take. */
  readonly sayWithVoice: (segment: number) => void;
}

export interface TakesOptions {
  readonly segment: number;
  readonly actions: TakesActions;
}

/** How often it is told anew how long ago a take was said, in milliseconds. */
const refreshMilliseconds = 15_000;

/** The takes of a segment: a button that shows and hides them, and their list, which is there only while it is shown. */
export class TakesView {
  /** Stands in the line of facts; hidden where there is no take. */
  readonly toggle: HTMLButtonElement;
  /** The place of the list. */
  readonly element = createElement("div", { class: "takes" });
  /** Whether the list is shown, where there are takes. */
  isOpen = false;
  readonly #options: TakesOptions;
  readonly #icon = createIcon("chevron-right");
  readonly #name = createElement("span");
  /** How many takes its name tells of. */
  #counted: number | undefined;
  readonly #items = new Map<string, TakeItem>();
  /** The ways to more takes, under the list. */
  readonly #ways: readonly [inContext: QuietButton, withVoice: QuietButton];
  #list: HTMLUListElement | undefined;
  /** The segment's number, from 1. */
  #number = 0;
  #takes: readonly TakeView[] = [];
  #isReachable = false;
  #played: { readonly id: string; readonly sound: ClipSound } | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(options: TakesOptions) {
    this.#options = options;
    this.toggle = createElement(
      "button",
      { type: "button", class: "takesToggle", "aria-keyshortcuts": "T" },
      this.#icon,
      this.#name,
    );
    this.toggle.addEventListener("click", () => this.turn());
    const { segment, actions } = options;
    this.#ways = [
      new QuietButton({
        words: "",
        press: () => actions.speakAgain(segment, true),
      }),
      new QuietButton({
        words: "",
        press: () => actions.sayWithVoice(segment),
      }),
    ];
  }

  set reachable(reachable: boolean) {
    this.#isReachable = reachable;
    this.toggle.tabIndex = reachable ? 0 : -1;
    for (const item of this.#items.values()) item.reachable = reachable;
    for (const { element } of this.#ways) element.tabIndex = reachable ? 0 : -1;
  }

  /** `index`: the segment's place in the script; `unspoken`: why the segment is not spoken again, or nothing; `sends`: what that would send in context. */
  show(index: number, takes: readonly TakeView[], unspoken: string, sends: string): void {
    const number = index + 1;
    const isElsewhere = number !== this.#number;
    this.#number = number;
    this.#takes = takes;
    this.#ways[0].show(unspoken, sends);
    this.toggle.hidden = takes.length === 0;
    if (isElsewhere) this.#nameAll();
    if (isElsewhere || takes.length !== this.#counted) {
      const name = l10n.t("Takes[ of segment {0}] ({1})", number, takes.length);
      this.#name.replaceChildren(...createText(name));
    }
    this.#counted = takes.length;
    this.#showList();
  }

  /** This take is played, or none. */
  showSound(id: string | undefined, sound: ClipSound): void {
    if (this.#played && this.#played.id !== id) {
      const item = this.#items.get(this.#played.id);
      item?.showSound(undefined);
      item?.showPosition(undefined);
    }
    this.#played = id === undefined ? undefined : { id, sound };
    if (id !== undefined) this.#items.get(id)?.showSound(sound);
  }

  /** Where in the take that is played playback is, in seconds. */
  showPosition(seconds: number | undefined): void {
    if (this.#played) this.#items.get(this.#played.id)?.showPosition(seconds);
  }

  /** Shows the list, or hides it. @returns whether it is shown; undefined where there is no take */
  turn(): boolean | undefined {
    if (this.#takes.length === 0) return undefined;
    this.isOpen = !this.isOpen;
    this.#showList();
    return this.isOpen;
  }

  #nameAll(): void {
    const number = this.#number;
    const [inContext, withVoice] = this.#ways;
    inContext.name(l10n.t("Speak [segment {0} ]again in context", number));
    withVoice.name(l10n.t("Say [segment {0} ]with another voice…", number));
    this.#list?.setAttribute("aria-label", l10n.t("Takes of segment {0}", number));
  }

  remove(): void {
    this.#close();
    this.toggle.remove();
    this.element.remove();
  }

  #showList(): void {
    const isOpen = this.isOpen && this.#takes.length > 0;
    this.toggle.setAttribute("aria-expanded", String(isOpen));
    this.#icon.className = `codicon codicon-chevron-${isOpen ? "down" : "right"}`;
    const hadFocus = this.element.contains(document.activeElement);
    const focus = this.#focused;
    if (isOpen) this.#fill();
    else this.#close();
    if (hadFocus && !this.element.contains(document.activeElement)) this.#refocus(focus);
  }

  #fill(): void {
    const list = (this.#list ??= this.#open());
    const shown = new Set(this.#takes.map(({ id }) => id));
    for (const [id, item] of this.#items) {
      if (shown.has(id)) continue;
      item.element.remove();
      this.#items.delete(id);
    }
    let behind = list.firstElementChild;
    for (const [at, take] of this.#takes.entries()) {
      const item = this.#items.get(take.id) ?? this.#add(take);
      item.show(take, at + 1, this.#number);
      if (item.element === behind) behind = behind.nextElementSibling;
      else list.insertBefore(item.element, behind);
    }
  }

  #add(take: TakeView): TakeItem {
    const { segment, actions } = this.#options;
    const item = new TakeItem(segment, take, actions);
    item.reachable = this.#isReachable;
    item.showSound(this.#played?.id === take.id ? this.#played.sound : undefined);
    this.#items.set(take.id, item);
    return item;
  }

  #open(): HTMLUListElement {
    const { segment } = this.#options;
    const id = `segment-${segment + 1}-takes`;
    const name = l10n.t("Takes of segment {0}", this.#number);
    const list = createElement("ul", { id, role: "list", "aria-label": name });
    const ways = this.#ways.map(({ element }) => element);
    this.element.append(list, createElement("p", { class: "ways" }, ...ways));
    this.toggle.setAttribute("aria-controls", id);
    this.#timer = setInterval(() => {
      for (const item of this.#items.values()) item.refresh();
    }, refreshMilliseconds);
    return list;
  }

  #close(): void {
    clearInterval(this.#timer);
    this.element.replaceChildren();
    this.#list = undefined;
    this.#items.clear();
    this.toggle.removeAttribute("aria-controls");
  }

  /** The place of the take that has the focus, and which of its buttons. */
  get #focused(): { readonly at: number; readonly button: number } | undefined {
    const items = [...this.#items.values()];
    const at = items.findIndex(({ focused }) => focused !== undefined);
    const button = items[at]?.focused;
    return button === undefined ? undefined : { at, button };
  }

  /** What had the focus is gone: its neighbour has it now. */
  #refocus(focused: { readonly at: number; readonly button: number } | undefined): void {
    const id = this.#takes[Math.min(focused?.at ?? 0, this.#takes.length - 1)]?.id;
    const item = this.#list && id !== undefined ? this.#items.get(id) : undefined;
    if (item) item.focus(focused?.button ?? 0);
    else if (!this.toggle.hidden) this.toggle.focus();
    else this.element.closest<HTMLElement>(".clip")?.focus();
  }
}
