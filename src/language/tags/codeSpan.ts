/** The longest text that is shown as code within a sentence, in UTF-16 units. */
const longest = 300;

/** Text of others as a code span in Markdown, which nothing in it ends: its backticks become apostrophes, its line breaks spaces. */
export function codeSpan(text: string): string {
  const code = text.slice(0, longest).replaceAll("`", "'").replace(/\s+/g, " ").trim();
  return `\`${code || "…"}\``;
}
