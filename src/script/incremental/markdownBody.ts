import { Definitions } from "./definitions.ts";
import { isTooMuch } from "../markdown/intricacy.ts";
import { MarkdownStretch } from "./markdownStretch.ts";
import { MarkdownTokenizer } from "../markdown/markdownTokens.ts";
import type { ScanOptions } from "../scanner/scan.ts";
import type { Span } from "../model/script.ts";
import { sameEnds, type SameEnds, type ScriptBody, type StretchRange } from "./scriptBody.ts";
import type { SpokenText } from "../transcript/spokenText.ts";
import { lengthOf, moved } from "./stretch.ts";
import { Stretches } from "./stretches.ts";
import { TranscriptBuilder } from "../transcript/transcriptBuilder.ts";

/** Markdown, said as its reader would say it: `speakMarkdown` tells how. */
export class MarkdownBody implements ScriptBody {
  readonly #definitions = new Definitions();
  readonly #stretches: Stretches<MarkdownStretch>;
  #work = 0;

  /** @param marksNothing whether a byte order mark at the body's start is none, for there is front matter before it. */
  constructor(leastStretch?: number, marksNothing = false) {
    const surroundings = {
      marksNothing,
      tokenizer: new MarkdownTokenizer(),
      elsewhere: this.#definitions,
      admit: (work: number) => {
        this.#work += work;
        if (isTooMuch(0, this.#work)) throw new RangeError("too intricate");
      },
    };
    this.#stretches = new Stretches((cut) => new MarkdownStretch(cut, surroundings), leastStretch);
  }

  get stretches(): readonly MarkdownStretch[] {
    return this.#stretches.list;
  }

  update(text: string, start: number, options: ScanOptions): SameEnds {
    const before = this.stretches;
    this.#work = totalWork(before);
    this.#stretches.update(text, start, options);
    const now = this.stretches;
    if (isTooMuch(text.length, totalWork(now))) throw new RangeError("too intricate");
    const { front, back } = sameEnds(before, now);
    const removed = before.slice(front, before.length - back);
    const added = now.slice(front, now.length - back);
    // Where a definition has come or gone, those that asked for it say something else now.
    const concerned = this.#definitions.replace(removed, added) ? now : added;
    const stale = new Set(concerned.filter((stretch) => this.#definitions.contradict(stretch)));
    for (const stretch of stale) stretch.parse();
    if (stale.size === 0 || concerned === added) return { front, back };
    const isStale = now.map((stretch) => stale.has(stretch));
    const [first, last] = [isStale.indexOf(true), isStale.lastIndexOf(true)];
    return { front: Math.min(front, first), back: Math.min(back, now.length - 1 - last) };
  }

  speak(text: string, segments: readonly Span[], range: StretchRange): readonly SpokenText[] {
    const stretches = this.stretches.slice(range.first, range.end);
    let start = range.start;
    const starts = stretches.map((stretch) => (start += lengthOf(stretch)) - lengthOf(stretch));
    const from = (at: number): number => starts[at] ?? 0;
    const markers = stretches.flatMap(({ markers, names, signs }, at) =>
      moved<Span>([...markers, ...names, ...signs], from(at)),
    );
    const tags = stretches.flatMap((stretch, at) => moved(stretch.tags, from(at)));
    // What stands behind the last of the segments is another's.
    const others = { start: segments.at(-1)?.end ?? 0, end: Infinity };
    const builder = new TranscriptBuilder({ text, segments: [...segments, others], markers, tags });
    for (const [at, { speech }] of stretches.entries()) speech.repeat(builder, from(at));
    return builder.finish().slice(0, segments.length);
  }
}

function totalWork(stretches: readonly MarkdownStretch[]): number {
  return stretches.reduce((sum, { work }) => sum + work, 0);
}
