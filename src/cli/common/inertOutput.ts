/** How long a line may be, in UTF-16 units: what services and files say without end is not read, and fills logs. */
const mostInLine = 5000;

/**
 * What steers a terminal or makes a text look other than it is: control characters (C0, DEL, C1: escape sequences begin with
 * one), line separators, halves of characters, and what has no width, such as the marks that turn the direction of reading;
 * not the two joiners, which belong to the spelling of words and emoji.
 */
const UNSEEN = String.raw`(?![\u200c\u200d])[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]`;

/** A text as one line: what steers a terminal is gone, and so is its middle where it is far too long. The tab stays. */
export function inertLine(text: string): string {
  return withoutMiddle(text)
    .replace(/(?!\t)[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(new RegExp(UNSEEN, "gu"), "");
}

/** A text of several lines: of what steers a terminal only the ends of its lines and tabs stay. */
export function inertText(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}/gu, " ").replace(new RegExp(UNSEEN, "gu"), "");
}

/** A JSON document that says the same: what steers a terminal is written as `\u` and four digits, as JSON allows in strings. */
export function inertJson(json: string): string {
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

/** At the end of a message stands what helps. */
function withoutMiddle(text: string): string {
  if (text.length <= mostInLine) return text;
  const half = mostInLine / 2;
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}
