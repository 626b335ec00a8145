/**
 * A text as a string literal in double quotes, in ASCII where a reader could not see what stands there: control and format
 * characters (which may make code look other than it is), white space but the space itself, and halves of characters. Two
 * joiners belong to the spelling of words and stay.
 */
export function stringLiteral(text: string, language: "typescript" | "python"): string {
  const shown = text.replace(HIDDEN, (character) => {
    const known = SHORT[character];
    if (known) return known;
    const point = character.codePointAt(0) ?? 0;
    if (point <= 0xffff) return `\\u${hex(point, 4)}`;
    return language === "python" ? `\\U${hex(point, 8)}` : `\\u{${hex(point, 1)}}`;
  });
  return `"${shown}"`;
}

const HIDDEN = /["\\]|(?![ \u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Z}]/gu;
const SHORT: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  "\\": String.raw`\\`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
};

function hex(point: number, digits: number): string {
  return point.toString(16).padStart(digits, "0");
}

/** Lines of code, so many spaces further in; empty ones stay so. */
export function indent(lines: string, spaces: number): string {
  return lines.replace(/^(?=.)/gm, " ".repeat(spaces));
}
