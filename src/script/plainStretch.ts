import type { CutText, Stretch } from "./stretch.ts";

/** A stretch that is known when it is cut: of plain text, or where the cuts are all that is wanted. */
export class PlainStretch implements Stretch {
  readonly text: string;
  readonly markers: CutText["markers"];
  readonly spells: CutText["spells"];
  readonly silent: CutText["silent"];
  readonly names: CutText["names"];
  readonly leads: CutText["leads"];
  readonly turn: CutText["turn"];
  readonly nextTurn: CutText["nextTurn"];
  readonly leans = false;
  readonly blank = false;

  constructor(cut: CutText) {
    this.text = cut.text;
    this.markers = cut.markers;
    this.spells = cut.spells;
    this.silent = cut.silent;
    this.names = cut.names;
    this.leads = cut.leads;
    this.turn = cut.turn;
    this.nextTurn = cut.nextTurn;
  }

  close(): boolean {
    return true;
  }
}
