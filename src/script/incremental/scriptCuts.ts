import { findFrontMatter } from "../frontMatter/frontMatterBlock.ts";
import { PlainStretch } from "./plainStretch.ts";
import { between, type Scan, type ScanOptions } from "../scanner/scan.ts";
import type { FlushMarker } from "../model/flushMarker.ts";
import type { Span } from "../model/script.ts";
import { speakersOf, type Lead } from "../scanner/speakerTurns.ts";
import { lengthOf, type CutText } from "./stretch.ts";
import { Stretches } from "./stretches.ts";

/** Cuts one document again and again while it is written, each time as `scanScript` does, at the cost of what has changed. */
export class ScriptCutter {
  #stretches = new Stretches((cut) => new PlainStretch(cut));
  #cutWith = "";

  /** Cuts the text as it is now. */
  cut(text: string, options: ScanOptions): Scan {
    const cutWith = JSON.stringify([options.language, options.markers, options.speakers]);
    if (cutWith !== this.#cutWith) this.#stretches = new Stretches((cut) => new PlainStretch(cut));
    this.#cutWith = cutWith;
    const frontMatter = findFrontMatter(text);
    const start = frontMatter?.end ?? 0;
    this.#stretches.update(text, start, options);
    const { markers, spells, silent, names, leads } = joined(this.#stretches.list, start);
    const segments = between(markers, start, text.length);
    const speakers = speakersOf(segments, leads);
    return { frontMatter, markers, segments, spells, silent, names, speakers };
  }
}

/** What stands in stretches of which the first begins at `start`. Most hold nothing of most kinds. */
function joined(stretches: readonly CutText[], start: number): Found {
  const found: Found = { markers: [], spells: [], silent: [], names: [], leads: [] };
  let base = start;
  for (const stretch of stretches) {
    addMoved(found.markers, stretch.markers, base);
    addMoved(found.spells, stretch.spells, base);
    addMoved(found.silent, stretch.silent, base);
    addMoved(found.names, stretch.names, base);
    addMoved(found.leads, stretch.leads, base);
    base += lengthOf(stretch);
  }
  return found;
}

interface Found {
  readonly markers: FlushMarker[];
  readonly spells: Span[];
  readonly silent: Span[];
  readonly names: Span[];
  readonly leads: Lead[];
}

function addMoved<Part extends Span>(to: Part[], parts: readonly Part[], by: number): void {
  for (const part of parts) to.push({ ...part, start: part.start + by, end: part.end + by });
}
