import type { Page } from "playwright-core";

interface Notes {
  marks?: string[];
  stopMarks?: () => void;
}

/** The words that editors of a workbench mark as heard, from now on. */
export class EditorMarks {
  readonly #page: Page;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async of(page: Page): Promise<EditorMarks> {
    await page.evaluate(noteMarks);
    return new EditorMarks(page);
  }

  /** Which were marked, in order. */
  async words(): Promise<readonly string[]> {
    const marks = await this.#page.evaluate(() => (window as unknown as Notes).marks ?? []);
    return marks.filter((word) => word !== "");
  }

  /** Waits until this is what is marked; "" for nothing. */
  async become(word: string): Promise<void> {
    await this.#page
      .waitForFunction(
        (wanted) => ((window as unknown as Notes).marks?.at(-1) ?? "") === wanted,
        word,
        { polling: 100 },
      )
      .catch(async (cause: unknown) => {
        const all = (await this.words()).join(", ");
        throw new Error(`never marked in the editor: “${word}”, but: ${all}`, { cause });
      });
  }

  /** Waits until some word is marked, or was. */
  async begin(): Promise<void> {
    await this.#page.waitForFunction(
      () => (window as unknown as Notes).marks?.some((word) => word !== ""),
      null,
      { polling: 100 },
    );
  }

  async stop(): Promise<void> {
    await this.#page.evaluate(() => (window as unknown as Notes).stopMarks?.());
  }
}

/** Runs in the workbench's page. */
function noteMarks(): void {
  const page = window as unknown as Notes;
  page.stopMarks?.();
  const marks: string[] = [];
  page.marks = marks;
  const note = (): void => {
    const boxes = [...document.querySelectorAll(".view-overlays .cdr")];
    const mark = boxes.find((element) => getComputedStyle(element).borderRightWidth === "1px");
    let text = "";
    if (mark) {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const lines = [...(mark.closest(".monaco-editor")?.querySelectorAll(".view-line") ?? [])];
      const line = lines.find((element) => {
        const box = element.getBoundingClientRect();
        return box.top <= (top + bottom) / 2 && (top + bottom) / 2 < box.bottom;
      });
      if (!line) return; // it is not drawn yet
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const range = document.createRange();
        for (let at = 0; at < (node.nodeValue ?? "").length; at++) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          const middle = (box.left + box.right) / 2;
          if (left < middle && middle < right) text += node.nodeValue?.[at] ?? "";
        }
      }
    }
    if (marks.at(-1) !== text) marks.push(text);
  };
  const observer = new MutationObserver(note);
  const editors = document.querySelector(".part.editor") ?? document.body;
  observer.observe(editors, { subtree: true, childList: true, attributes: true });
  page.stopMarks = () => observer.disconnect();
}
