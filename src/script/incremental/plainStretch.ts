import { CutStretch } from "./cutStretch.ts";
import type { Stretch } from "./stretch.ts";

/** A stretch that is known when it is cut: of plain text, or where the cuts are all that is wanted. */
export class PlainStretch extends CutStretch implements Stretch {
  readonly leans = false;
  readonly blank = false;

  close(): boolean {
    return true;
  }
}
