import type { ClipView } from "../panel/messages.ts";
import { ClipList } from "./clipList.ts";
import type { ClipListActions } from "./clipList.ts";
import { createElement } from "./createElement.ts";
import { Notices } from "./notices.ts";
import type { NoticeActions } from "./notices.ts";
import { Toolbar } from "./toolbar.ts";
import type { ToolbarActions } from "./toolbar.ts";

export type ViewActions = ToolbarActions & NoticeActions & ClipListActions;

/** What the page shows of a document. */
export interface Content {
  readonly title: string;
  /** Which voice is heard, in words. */
  readonly service: string;
  readonly clips: readonly ClipView[];
  readonly unmarked: boolean;
  readonly storedIn?: string;
}

/** The whole page: what it shows comes in by its parts, what the user does goes out by the actions. */
export class PanelView {
  readonly toolbar: Toolbar;
  readonly notices: Notices;
  readonly list: ClipList;
  readonly #title = createElement("h1");
  readonly #service = createElement("p", { class: "service" });
  readonly #live = createElement("div", {
    class: "live",
    role: "status",
    "aria-live": "polite",
  });

  constructor(root: HTMLElement, actions: ViewActions) {
    this.toolbar = new Toolbar(actions);
    this.notices = new Notices(actions);
    this.list = new ClipList(actions);
    root.replaceChildren(
      createElement(
        "header",
        {},
        createElement("div", { class: "heading" }, this.#title, this.#service),
        this.toolbar.element,
        this.notices.element,
      ),
      createElement("main", {}, this.list.element),
      this.#live,
    );
    root.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === "Escape" || event.key.toLowerCase() === "s") actions.stop();
    });
  }

  show({ title, service, clips, unmarked, storedIn }: Content): void {
    this.#title.textContent = title;
    this.#service.textContent = service;
    this.notices.showScript({ empty: clips.length === 0, unmarked, storedIn });
    this.list.show(clips);
  }

  /** Tells a screen reader, when it has nothing else to say. */
  announce(sentence: string): void {
    this.#live.textContent = sentence;
  }
}
