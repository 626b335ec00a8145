import type { ClipView } from "../../panel/messages.ts";
import { ClipList } from "./clips/clipList.ts";
import type { ClipListActions } from "./clips/clipList.ts";
import { CostLine } from "./costLine.ts";
import { createElement } from "./elements/createElement.ts";
import { KeysDialog } from "./keys/keysDialog.ts";
import { Notices } from "./notices.ts";
import type { NoticeActions } from "./notices.ts";
import { SoundControls } from "./soundControls.ts";
import type { SoundActions } from "./soundControls.ts";
import { Summary } from "./summary.ts";
import { Toolbar } from "./toolbar.ts";
import type { ToolbarActions } from "./toolbar.ts";
import type { Waveforms } from "./waveform/waveforms.ts";

export type ViewActions = Omit<ToolbarActions, "showKeys"> &
  SoundActions &
  NoticeActions &
  ClipListActions;

/** What the page shows of a document. */
export interface Content {
  readonly title: string;
  /** Which voice is heard, in words. */
  readonly service: string;
  readonly clips: readonly ClipView[];
  readonly unmarked: boolean;
  readonly keyless: boolean;
  readonly storedIn?: string;
}

/** The whole page: what it shows comes in by its parts, what the user does goes out by the actions. */
export class PanelView {
  readonly toolbar: Toolbar;
  readonly sound: SoundControls;
  readonly cost = new CostLine();
  readonly summary = new Summary();
  readonly notices: Notices;
  readonly list: ClipList;
  readonly keys = new KeysDialog();
  readonly #title = createElement("h1");
  readonly #service = createElement("p", { class: "service" });
  readonly #live = createElement("div", {
    class: "live",
    role: "status",
    "aria-live": "polite",
  });

  constructor(root: HTMLElement, actions: ViewActions, waveforms: Waveforms) {
    this.toolbar = new Toolbar({ ...actions, showKeys: () => this.keys.open() });
    this.sound = new SoundControls(actions);
    this.notices = new Notices(actions);
    this.list = new ClipList(actions, waveforms);
    root.replaceChildren(
      createElement(
        "header",
        {},
        createElement("div", { class: "heading" }, this.#title, this.#service),
        createElement("div", { class: "controls" }, this.toolbar.element, this.sound.element),
        createElement("div", { class: "numbers" }, this.cost.element, this.summary.element),
        this.notices.element,
      ),
      createElement("main", {}, this.list.element),
      this.#live,
      this.keys.element,
    );
  }

  show({ title, service, clips, unmarked, keyless, storedIn }: Content): void {
    this.#title.textContent = title;
    this.#service.textContent = service;
    this.notices.showScript({ clips, unmarked, keyless, storedIn });
    this.list.show(clips);
  }

  /** Tells a screen reader, when it has nothing else to say. */
  announce(sentence: string): void {
    this.#live.textContent = sentence;
  }
}
