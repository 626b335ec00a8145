import type { CutText } from "./stretch.ts";

/** What a stretch is before it is read. */
export abstract class CutStretch implements CutText {
  readonly text: string;
  readonly markers: CutText["markers"];
  readonly spells: CutText["spells"];
  readonly silent: CutText["silent"];
  readonly names: CutText["names"];
  readonly leads: CutText["leads"];
  readonly turn: CutText["turn"];
  readonly nextTurn: CutText["nextTurn"];

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
}
