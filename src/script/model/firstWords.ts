/** UTF-16 units of a segment's first words, at most. */
const longestName = 48;

/** The first words of a segment as they are written, without signs of Markdown and tags; "" where there are none. */
export function firstWords(text: string): string {
  const words = withoutSigns(text);
  if (!/[\p{L}\p{N}]/u.test(words)) return "";
  if (words.length <= longestName) return words;
  const cut = words.slice(0, longestName);
  const space = cut.lastIndexOf(" ");
  const whole = space > longestName / 2 ? cut.slice(0, space) : cut.replace(/[\uD800-\uDBFF]$/, "");
  return `${whole.replace(/[\s,;:.–—-]+$/, "")}…`;
}

/** What is written, on one line, without signs of Markdown and tags. */
export function withoutSigns(text: string): string {
  let words = text;
  if (words.includes("<")) words = words.replace(/<!--[^]*?(?:-->|$)|<\/?[a-z][^<>]*>/gi, " ");
  if (words.includes("](")) {
    words = words.replace(/!?\[([^\][]*)\]\([^()\s]*(?:[ \t]+"[^"]*")?\)/g, "$1");
  }
  if (/^[ \t]*[>#+*\d-]/m.test(words)) {
    words = words.replace(/^[ \t]*(?:[>#]+|[-+*]|\d+[.)])(?=\s)/gm, " ");
  }
  if (/[*_`~]/.test(words)) words = words.replace(/[*_`~]+/g, "");
  if (/[^\S ]| {2}/.test(words)) words = words.replace(/\s+/g, " ");
  return words.trim();
}
