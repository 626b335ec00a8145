import { parse, postprocess, preprocess } from "micromark";
import { gfm } from "micromark-extension-gfm";
import { Labels, type KnownLabels } from "./labels.ts";
import { fastUnderlines } from "./markdownConstructs.ts";

/** A token of the Markdown parser, as far as it concerns us. */
export interface MarkdownToken {
  readonly type: string;
  readonly start: { readonly offset: number };
  readonly end: { readonly offset: number };
}

/** Told of the tokens, in document order, properly nested. */
export interface TokenListener {
  enter(token: MarkdownToken): void;
  exit(token: Pick<MarkdownToken, "type" | "start" | "end">): void;
}

/** What is defined elsewhere in the document than in the Markdown that is parsed. */
export interface Elsewhere {
  readonly links: KnownLabels;
  readonly notes: KnownLabels;
}

/** What a piece of Markdown defines, and what it asked of its surroundings. */
export interface MarkdownLabels {
  readonly links: Labels;
  readonly notes: Labels;
}

/**
 * Parses GitHub Flavored Markdown without making a tree of it. Beside the parser's own tokens it tells where list items
 * end (`listItem`).
 *
 * @throws RangeError on some documents that nest too deeply; ask `judgeIntricacy` first.
 */
export class MarkdownTokenizer {
  readonly #parser = parse({ extensions: [gfm(), fastUnderlines()] });

  tokenize(markdown: string, listener: TokenListener, elsewhere: Elsewhere): MarkdownLabels {
    const labels = { links: new Labels(elsewhere.links), notes: new Labels(elsewhere.notes) };
    this.#parser.defined = labels.links;
    this.#parser.gfmFootnotes = labels.notes;
    this.#parser.lazy = {};
    // The blocks come first, and with them all definitions; then the text within them.
    const blocks = this.#parser.document().write(preprocess()(markdown, undefined, true));
    labels.links.collecting = labels.notes.collecting = false;
    const items: (MarkdownToken | undefined)[] = [];
    for (const [kind, token] of postprocess(blocks)) {
      const isList = token.type === "listOrdered" || token.type === "listUnordered";
      if (kind === "enter") {
        if (isList) items.push(undefined);
        if (token.type === "listItemPrefix") {
          endItem(items.at(-1), token.start, listener);
          items[items.length - 1] = token;
        }
        listener.enter(token);
      } else {
        if (isList) endItem(items.pop(), token.end, listener);
        listener.exit(token);
      }
    }
    return labels;
  }
}

/** Nothing is defined elsewhere. */
export const nothingElsewhere: Elsewhere = { links: new Set(), notes: new Set() };

function endItem(
  prefix: MarkdownToken | undefined,
  end: MarkdownToken["end"],
  listener: TokenListener,
): void {
  if (prefix) listener.exit({ type: "listItem", start: prefix.start, end });
}
