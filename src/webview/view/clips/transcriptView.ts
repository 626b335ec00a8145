import type { WordView } from "../../../panel/messages.ts";
import { createElement } from "../elements/createElement.ts";

/** A segment's transcript, to the letter. While it is near the view its words are elements: to be pointed at and marked. */
export class TranscriptView {
  readonly element = createElement("p", { class: "transcript", dir: "auto" });
  #transcript = "";
  #words: readonly WordView[] = [];
  #isCut = false;
  /** What the element holds while it is cut, piece by piece. */
  #pieces: TranscriptPiece[] = [];
  #heard: WordView | undefined;
  #mark: HTMLElement | undefined;

  /** @param choose the user chose a word */
  constructor(id: string, choose: (word: WordView) => void) {
    this.element.id = id;
    // A right click on selected text offers to copy it.
    this.element.dataset.vscodeContext = JSON.stringify({ preventDefaultContextMenuItems: false });
    this.element.addEventListener("click", ({ target }) => {
      const word = target instanceof Node ? this.#wordAt(target) : undefined;
      if (word && document.getSelection()?.isCollapsed !== false) choose(word);
    });
  }

  show(transcript: string, words: readonly WordView[]): void {
    if (transcript === this.#transcript && words === this.#words) return;
    const isOther = transcript !== this.#transcript;
    this.#transcript = transcript;
    this.#words = words;
    if (this.#isCut) this.#cut();
    else if (isOther) this.element.textContent = transcript;
  }

  setCut(isCut: boolean): void {
    if (isCut === this.#isCut) return;
    this.#isCut = isCut;
    this.#pieces = [];
    this.#mark = undefined;
    if (isCut) {
      this.element.textContent = "";
      this.#cut();
    } else {
      this.element.textContent = this.#transcript;
    }
  }

  /** Marks the word that is heard. */
  showHeard(word: WordView | undefined): void {
    this.#heard = word;
    this.#mark?.classList.remove("heard");
    const at = word ? this.#pieces.findIndex((piece) => isSameWord(piece.word, word)) : -1;
    const node = this.element.childNodes[at];
    this.#mark = node instanceof HTMLElement ? node : undefined;
    this.#mark?.classList.add("heard");
  }

  /** The element of the word that is heard. */
  get mark(): HTMLElement | undefined {
    return this.#mark;
  }

  /** Touches only what is not as it was: words come a few at a time, and text before them may be selected. */
  #cut(): void {
    const pieces = cutWords(this.#transcript, this.#words);
    const before = this.#pieces;
    const differs = pieces.findIndex((piece, at) => !isSamePiece(piece, before[at]));
    const kept = differs < 0 ? pieces.length : differs;
    while (this.element.childNodes.length > kept) this.element.lastChild?.remove();
    this.element.append(
      ...pieces
        .slice(kept)
        .map(({ text, word }) => (word ? createElement("span", { class: "word" }, text) : text)),
    );
    this.#pieces = pieces;
    this.showHeard(this.#heard);
  }

  #wordAt(target: Node): WordView | undefined {
    const at = [...this.element.childNodes].findIndex((node) => node === target);
    return this.#pieces[at]?.word;
  }
}

function isSamePiece(one: TranscriptPiece, other: TranscriptPiece | undefined): boolean {
  return one.text === other?.text && (one.word !== undefined) === (other.word !== undefined);
}

function isSameWord(one: WordView | undefined, other: WordView): boolean {
  return one?.from === other.from && one.to === other.to;
}

/** A piece of a transcript: a word of which it is known when it is said, or what stands between such words. */
export interface TranscriptPiece {
  readonly text: string;
  readonly word?: WordView;
}

/** Cuts a transcript at its words; the pieces in a row are the transcript. Words that don't lie in it in order are left out. */
export function cutWords(transcript: string, words: readonly WordView[]): TranscriptPiece[] {
  const pieces: TranscriptPiece[] = [];
  let at = 0;
  for (const word of words) {
    if (word.from < at || word.to <= word.from || word.to > transcript.length) continue;
    if (word.from > at) pieces.push({ text: transcript.slice(at, word.from) });
    pieces.push({ text: transcript.slice(word.from, word.to), word });
    at = word.to;
  }
  if (at < transcript.length) pieces.push({ text: transcript.slice(at) });
  return pieces;
}
