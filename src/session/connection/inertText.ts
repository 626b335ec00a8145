/** What VS Code shows of a notification, in UTF-16 units; nobody reads more. */
const mostShown = 1000;

/**
 * A text of others (a service, a repository, a file name), or one that quotes them, so that it is nothing but text where it is
 * shown as plain text: clean, as `cleanText` has it, and a space parts the signs of which VS Code makes links, `[label](target)`,
 * with the commands that they name, and icons, `$(name)`.
 * Source: VS Code, `linkedText.ts` (`parseLinkedText`) and `iconLabels.ts` (`renderLabelWithIcons`).
 * @param most how long a text may be before it is cut, in UTF-16 units
 */
export function inertText(text: string, most?: number): string {
  return cleanText(text, most).replace(/\](?=\()|\$(?=\()/g, "$& ");
}

/**
 * A text of others in one line. Control characters and line breaks become spaces. What is not seen goes: marks that turn the
 * direction of reading, and what has no width, but for the joiners that scripts and emoji are written with. A text that is too
 * long loses its middle, for at its end may stand what helps. All other text stays as it is.
 * @param most how long a text may be before it is cut, in UTF-16 units
 */
export function cleanText(text: string, most = mostShown): string {
  return withoutMiddle(text, most)
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(unseen, "");
}

/**
 * As `inertText`, for a name that stands in a sentence which is not cleaned as a whole: letters that are read from right to left turn
 * nothing of what stands beside them.
 */
export function inertName(text: string, most?: number): string {
  const name = inertText(text, most);
  return rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}

/**
 * As `inertText`, for the second words of what can be chosen from a list: VS Code reads them as Markdown for their hover, where also
 * a bare address is a link, and one in angle brackets, of whatever scheme. A joiner parts it, which is not seen.
 * Source: VS Code, `quickInputTree.ts`, `descriptionTitle`; GitHub Flavored Markdown and CommonMark, autolinks.
 */
export function inertDescription(text: string, most?: number): string {
  return inertText(text, most).replace(/:\/\/|www\.|@|</gi, "$&\u2060");
}

/**
 * A text of others as Markdown that shows just it. VS Code's own way (`MarkdownString.appendText`) leaves addresses links, and joins
 * words, which then do not wrap.
 */
export function inertMarkdown(text: string): string {
  return cleanText(text)
    .replace(/[!-/:-@[-`{-~]/g, "\\$&")
    .replace(/\s+/g, " ");
}

/** What is ignored where it can't be shown, without joiners, signs that vary others, and what flags of regions are made of. */
const unseen =
  /(?!\p{Join_Control}|\p{Variation_Selector}|[\u{E0020}-\u{E007F}])\p{Default_Ignorable_Code_Point}/gu;

/** Letters of the scripts that are read from right to left. */
const rightToLeft =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

function withoutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = Math.floor(most / 3);
  const last = text.slice(text.length - end).replace(/^[\uDC00-\uDFFF]/, "");
  const first = text.slice(0, most - end - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${first}…${last}`;
}
