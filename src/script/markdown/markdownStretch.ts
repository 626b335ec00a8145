import { EndedBlocks } from "./endedBlocks.ts";
import { MarkdownSpeaker } from "./markdownSpeaker.ts";
import type {
  Elsewhere,
  MarkdownLabels,
  MarkdownToken,
  MarkdownTokenizer,
  TokenListener,
} from "./markdownTokens.ts";
import { maskMarkdown, type Maskable, type MaskedMarkdown } from "./mask.ts";
import type { Span } from "../model/script.ts";
import type { SilentSpan } from "../model/silence.ts";
import type { ServiceTag } from "../model/serviceTags.ts";
import { RecordedSpeech } from "../transcript/speech.ts";

/** What is said of a stretch, with the definitions that were known. */
export interface Parsing {
  /** Another for each parsing; 0 before the first. */
  readonly id: number;
  readonly speech: RecordedSpeech;
  /** What it defines, and what it asked for; absent where it is neither. */
  readonly labels: MarkdownLabels | undefined;
  /** Whether it can be read alone. */
  readonly closes: boolean;
}

const unparsed = { id: 0, speech: new RecordedSpeech(), labels: undefined, closes: false };

/** An empty list item, which begins behind an empty line unless a block is still open there. */
const PROBE = "-";

/**
 * A stretch of Markdown. It can be read alone if what follows would begin as it begins a document: nothing is left open
 * but perhaps a list, of which each item is read alike. That is not guessed at: the stretch is parsed with a probe behind
 * it, which has to become a list. What follows has to begin without an indentation (`leans`). All offsets count from its start.
 */
export class MarkdownStretch {
  /** As the parser gets to see it. */
  masked: string;
  /** The service's tags. */
  readonly tags: readonly ServiceTag[];
  /** What in it is too intricate to be read as Markdown. */
  readonly intricate: readonly Span[];
  /** What is not said though the parser takes it for text. */
  signs: readonly SilentSpan[];
  /** See `judgeIntricacy`. */
  readonly work: number;
  /** Whether it would read otherwise behind other text: indented text would belong to a list that stands before it. */
  readonly leans: boolean;
  /** Whether there is nothing in it that could part what stands before from what stands behind. */
  readonly blank: boolean;
  readonly #isLast: boolean;
  readonly #markers: readonly Span[];
  #parsing: Parsing = unparsed;

  /**
   * @param isInner whether the document begins before it, so that a byte order mark at its start is none.
   * @param isLast whether nothing follows.
   */
  constructor(text: string, cuts: Maskable, isInner: boolean, isLast: boolean) {
    const masked = isInner ? maskInner(text, cuts) : maskMarkdown(text, cuts);
    this.masked = masked.text;
    this.tags = masked.tags;
    this.intricate = masked.intricate;
    this.signs = masked.signs;
    this.work = masked.work;
    const first = masked.text.search(/[^ \t\r\n]/);
    this.blank = first < 0;
    this.leans = masked.text[first - 1] === " " || masked.text[first - 1] === "\t";
    this.#isLast = isLast;
    this.#markers = [...cuts.markers, ...cuts.names]
      .filter(({ start: from, end }) => from < end)
      .sort((a, b) => a.start - b.start);
  }

  /** As it was last parsed. */
  get parsing(): Parsing {
    return this.#parsing;
  }

  /** Parses it with what is defined elsewhere. @throws RangeError where it nests too deeply */
  parse(tokenizer: MarkdownTokenizer, elsewhere: Elsewhere, id: number): void {
    const end = this.#isLast ? Infinity : this.masked.length;
    const probe = this.#isLast ? "" : PROBE;
    let speech: RecordedSpeech;
    let listener: ProbedListener;
    let labels: MarkdownLabels;
    let blocks: EndedBlocks;
    let times = 0;
    do {
      speech = new RecordedSpeech();
      blocks = new EndedBlocks(this.#markers);
      const speaker = new MarkdownSpeaker(this.masked, speech, this.#markers);
      listener = new ProbedListener(speaker, blocks, end);
      labels = tokenizer.tokenize(this.masked + probe, listener, elsewhere);
    } while (++times < mostTimes && this.#end(blocks, times > mostTimes / 2));
    // Indented code may go on behind empty lines; until it is known to have ended, some lists do not begin.
    const isCode = listener.code > 0 && !/[^ \t\r\n]/.test(this.masked.slice(listener.code));
    const closes = this.#isLast || (listener.begun && !isCode);
    this.#parsing = { id, speech, labels: isAnyIn(labels) ? labels : undefined, closes };
  }

  /** Ends blocks at their markers. @returns whether there are such */
  #end(blocks: EndedBlocks, all: boolean): boolean {
    const ended = blocks.end(this.masked, all);
    if (!ended) return false;
    this.masked = ended.masked;
    this.signs = [...this.signs, ...ended.signs];
    return true;
  }
}

/** So often a stretch is parsed at most until markers end what stands before them. */
const mostTimes = 12;

function isAnyIn({ links, notes }: MarkdownLabels): boolean {
  return links.own.size + links.answers.size + notes.own.size + notes.answers.size > 0;
}

/** Masks a stretch before which the document begins: to the parser a byte order mark would be none at the start of all. */
function maskInner(text: string, cuts: Maskable): MaskedMarkdown {
  const inner = {
    ...cuts,
    frontMatter: { start: 0, end: 0, yaml: { start: 0, end: 0 }, isToml: false },
  };
  const masked = maskMarkdown(text, inner);
  return { ...masked, text: masked.text.replace(/^\uFEFF/, "\u2028") };
}

/** Passes on the tokens before the probe. */
class ProbedListener implements TokenListener {
  readonly #listener: TokenListener;
  readonly #blocks: EndedBlocks;
  readonly #end: number;
  #passed = false;
  /** Whether the probe began a block. */
  begun = false;
  /** Where the last indented code ended. */
  code = 0;

  constructor(listener: TokenListener, blocks: EndedBlocks, end: number) {
    this.#listener = listener;
    this.#blocks = blocks;
    this.#end = end;
  }

  enter(token: MarkdownToken): void {
    if (!this.#passed && token.start.offset >= this.#end) {
      this.#passed = true;
      this.begun = token.type === "listUnordered" || token.type === "listItemPrefix";
    }
    if (this.#passed) return;
    if (token.type === "codeIndented") this.code = token.end.offset;
    this.#blocks.enter(token);
    this.#listener.enter(token);
  }

  exit(token: MarkdownToken): void {
    if (!this.#passed) this.#listener.exit(token);
  }
}
