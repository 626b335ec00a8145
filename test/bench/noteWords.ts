/** A word that is marked from a moment on; "" where none is. */
export interface WordNote {
  readonly text: string;
  /** In milliseconds since 1970, with fractions. */
  readonly time: number;
}

interface Notes {
  readonly words: WordNote[];
  /** When the first sample of what is played is to be heard, as `WordNote.time`. */
  begin?: number;
}

type Start = (this: AudioBufferSourceNode, when?: number, ...more: number[]) => void;

/** Run in the panel's page: notes from now on which word is marked, and when the first of what is scheduled is heard. */
export function notePanelWords(): void {
  const page = window as unknown as { notes?: Notes; stopNotes?: () => void };
  page.stopNotes?.();
  const notes: Notes = { words: [] };
  page.notes = notes;
  const now = (): number => performance.timeOrigin + performance.now();
  const note = (): void => {
    const text = document.querySelector(".word.heard")?.textContent ?? "";
    if (notes.words.at(-1)?.text !== text) notes.words.push({ text, time: now() });
  };
  const observer = new MutationObserver(note);
  const options = { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] };
  observer.observe(document.body, options);
  const sources = AudioBufferSourceNode.prototype as { start: Start };
  const { start } = sources;
  sources.start = function (when = 0, ...more) {
    const { currentTime, outputLatency } = this.context as AudioContext;
    notes.begin ??= now() + (when - currentTime + outputLatency) * 1000;
    start.call(this, when, ...more);
  };
  page.stopNotes = () => {
    observer.disconnect();
    sources.start = start;
  };
}

/** Run in the workbench's page: notes from now on which word of the editor is marked as heard. */
export function noteEditorWords(): void {
  const page = window as unknown as { notes?: Notes; stopNotes?: () => void };
  page.stopNotes?.();
  const notes: Notes = { words: [] };
  page.notes = notes;
  const note = (): void => {
    const marks = [...document.querySelectorAll(".view-overlays .cdr")];
    const mark = marks.find((element) => getComputedStyle(element).borderRightWidth === "1px");
    let text = "";
    if (mark) {
      const { left, right, top, bottom } = mark.getBoundingClientRect();
      const lines = [...document.querySelectorAll(".view-line")];
      const line = lines.find((element) => {
        const box = element.getBoundingClientRect();
        return box.top <= (top + bottom) / 2 && (top + bottom) / 2 < box.bottom;
      });
      const walker = document.createTreeWalker(line ?? document.body, NodeFilter.SHOW_TEXT);
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
    const time = performance.timeOrigin + performance.now();
    if (notes.words.at(-1)?.text !== text) notes.words.push({ text, time });
  };
  const observer = new MutationObserver(note);
  const editor = document.querySelector(".editor-instance .overflow-guard") ?? document.body;
  observer.observe(editor, { subtree: true, childList: true, attributes: true });
  page.stopNotes = () => observer.disconnect();
}

/** Run in either page: what was noted. */
export function readNotes(): Notes {
  return (window as unknown as { notes: Notes }).notes;
}
