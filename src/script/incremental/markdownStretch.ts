import { CutStretch } from "./cutStretch.ts";
import { MarkdownSpeaker } from "../markdown/markdownSpeaker.ts";
import type {
  Elsewhere,
  MarkdownLabels,
  MarkdownToken,
  MarkdownTokenizer,
  TokenListener,
} from "../markdown/markdownTokens.ts";
import { maskMarkdown, type MaskedMarkdown } from "../markdown/mask.ts";
import type { Span } from "../model/script.ts";
import type { ServiceTag } from "../model/serviceTags.ts";
import { RecordedSpeech } from "../transcript/speech.ts";
import type { CutText, Stretch } from "./stretch.ts";

/** What the reading of stretches needs of the document around them. */
export interface MarkdownSurroundings {
  readonly tokenizer: MarkdownTokenizer;
  readonly elsewhere: Elsewhere;
  /** Whether a byte order mark at the start of the first stretch is none, for the document begins before it. */
  readonly marksNothing: boolean;
  /** Called before a stretch is parsed: @throws where that would be too much work. */
  admit(work: number): void;
}

/** An empty list item, which begins behind an empty line unless a block is still open there. */
const PROBE = "-";

/**
 * A stretch of Markdown. It can be read alone if what follows would begin as it begins a document: nothing is left open
 * but perhaps a list, of which each item is read alike. That is not guessed at: the stretch is parsed with a probe behind
 * it, which has to become a paragraph. What follows has to begin without an indentation (`leans`).
 *
 * What it says also hangs on the link definitions and footnotes of the whole document: `labels` tells which of them were
 * asked for, and `parse` reads it again.
 */
export class MarkdownStretch extends CutStretch implements Stretch {
  /** The service's tags. */
  readonly tags: readonly ServiceTag[];
  readonly leans: boolean;
  readonly blank: boolean;
  /** What in it is too intricate to be read as Markdown. */
  readonly intricate: readonly Span[];
  /** Signs in that which are not said. */
  readonly signs: readonly Span[];
  /** See `judgeIntricacy`. */
  readonly work: number;
  readonly #masked: string;
  readonly #surroundings: MarkdownSurroundings;
  #isLast = false;
  #closed: boolean | undefined;
  #speech = new RecordedSpeech();
  #labels: MarkdownLabels | undefined;

  constructor(cut: CutText, surroundings: MarkdownSurroundings) {
    super(cut);
    this.#surroundings = surroundings;
    const { text, tags, intricate, signs, work } = surroundings.marksNothing
      ? maskInner(cut)
      : maskMarkdown(cut.text, cut);
    this.tags = tags;
    this.intricate = intricate;
    this.signs = signs;
    this.#masked = text;
    const first = text.search(/[^ \t\r\n]/);
    this.blank = first < 0;
    // Indented text would belong to a list that stands before it.
    this.leans = text[first - 1] === " " || text[first - 1] === "\t";
    this.work = work;
  }

  /** What is said of it. */
  get speech(): RecordedSpeech {
    return this.#speech;
  }

  /** What it defines, and what it asked for. */
  get labels(): MarkdownLabels | undefined {
    return this.#labels;
  }

  close(isLast: boolean): boolean {
    if (this.#closed === undefined) {
      this.#surroundings.admit(this.work);
      this.#isLast = isLast;
      this.#closed = this.parse();
    }
    return this.#closed;
  }

  /** Parses it with what is known of its surroundings now. @returns whether it can be read alone */
  parse(): boolean {
    const { tokenizer, elsewhere } = this.#surroundings;
    const end = this.#isLast ? Infinity : this.text.length;
    const speech = new RecordedSpeech();
    const listener = new ProbedListener(new MarkdownSpeaker(this.#masked, speech), end);
    const markdown = this.#isLast ? this.#masked : this.#masked + PROBE;
    this.#labels = tokenizer.tokenize(markdown, listener, elsewhere);
    this.#speech = speech;
    // Indented code may go on behind empty lines; until it is known to have ended, some lists do not begin.
    const isCode = listener.code > 0 && !/[^ \t\r\n]/.test(this.#masked.slice(listener.code));
    return this.#isLast || (listener.begun && !isCode);
  }
}

/** Masks a stretch before which the document begins: to the parser a byte order mark would be none at the start of all. */
function maskInner(cut: CutText): MaskedMarkdown {
  const inner = { ...cut, frontMatter: { start: 0, end: 0, yaml: { start: 0, end: 0 } } };
  const masked = maskMarkdown(cut.text, inner);
  return { ...masked, text: masked.text.replace(/^\uFEFF/, "\u2028") };
}

/** Passes on the tokens before the probe. */
class ProbedListener implements TokenListener {
  readonly #listener: TokenListener;
  readonly #end: number;
  #passed = false;
  /** Whether the probe began a block. */
  begun = false;
  /** Where the last indented code ended. */
  code = 0;

  constructor(listener: TokenListener, end: number) {
    this.#listener = listener;
    this.#end = end;
  }

  enter(token: MarkdownToken): void {
    if (!this.#passed && token.start.offset >= this.#end) {
      this.#passed = true;
      this.begun = token.type === "listUnordered" || token.type === "listItemPrefix";
    }
    if (this.#passed) return;
    if (token.type === "codeIndented") this.code = token.end.offset;
    this.#listener.enter(token);
  }

  exit(token: MarkdownToken): void {
    if (!this.#passed) this.#listener.exit(token);
  }
}
