import type { CutText, Stretch } from "./stretch.ts";

/** A stretch that is known when it is cut: of plain text, or where the cuts are all that is wanted. */
export class PlainStretch implements Stretch {
  readonly text: string;
  readonly markers: CutText["markers"];
  readonly spells: CutText["spells"];
  readonly silent: CutText["silent"];
  readonly leans = false;
  readonly blank = false;

  constructor({ text, markers, spells, silent }: CutText) {
    this.text = text;
    this.markers = markers;
    this.spells = spells;
    this.silent = silent;
  }

  close(): boolean {
    return true;
  }
}
