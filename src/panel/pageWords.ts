/** The id of the element in the page's HTML that holds its words. */
export const pageWordsId = "l10n";

/** That element: inert JSON, in which no tag begins, so that no word ends it. `words`: by the English ones. */
export function pageWords(words: Readonly<Record<string, string>>): string {
  const json = JSON.stringify(words).replaceAll("<", "\\u003c");
  return `<script type="application/json" id="${pageWordsId}">${json}</script>`;
}
