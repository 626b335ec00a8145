import { findFrontMatter } from "./frontMatterBlock.ts";
import { PlainStretch } from "./plainStretch.ts";
import { between, type Scan, type ScanOptions } from "./scan.ts";
import { speakersOf } from "./speakerTurns.ts";
import { lengthOf, moved } from "./stretch.ts";
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
    const { list } = this.#stretches;
    let base = start;
    const bases = list.map((stretch) => (base += lengthOf(stretch)) - lengthOf(stretch));
    const markers = list.flatMap((stretch, at) => moved(stretch.markers, bases[at] ?? 0));
    const spells = list.flatMap((stretch, at) => moved(stretch.spells, bases[at] ?? 0));
    const silent = list.flatMap((stretch, at) => moved(stretch.silent, bases[at] ?? 0));
    const names = list.flatMap((stretch, at) => moved(stretch.names, bases[at] ?? 0));
    const leads = list.flatMap((stretch, at) => moved(stretch.leads, bases[at] ?? 0));
    const segments = between(markers, start, text.length);
    const speakers = speakersOf(segments, leads);
    return { frontMatter, markers, segments, spells, silent, names, speakers };
  }
}
