/** Longer tokens are cut: the synthesiser's time and memory grow with the square of a token's length. */
const longestToken = 40;

/** A dash that stands for a pause: long ones anywhere, a hyphen only alone. */
const longDash = /--+|[\u2012-\u2015]/g;

/** What the synthesiser does not say by itself, as it is said in English. */
const sayings: readonly (readonly [RegExp, string])[] = [
  [/(\d)\u2013(?=\d)/g, "$1 to "],
  [/£(\d(?:[\d.,]*\d)?)/g, "$1 pounds "],
  [/€(\d(?:[\d.,]*\d)?)/g, "$1 euros "],
  [/&/g, " and "],
  [/°/g, " degrees "],
];

/** Letters that Unicode's decomposition leaves whole. */
const letters: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  đ: "d",
  ł: "l",
  Ł: "L",
  þ: "th",
  Þ: "Th",
  ð: "d",
};

/**
 * Brings text into what the synthesiser can say: words of printable ASCII, accents removed, typographic quotes made
 * plain, control characters and other writings left out, dashes turned into commas, long tokens cut. Punctuation stays
 * on the word before it.
 */
export function spokenWords(text: string): string[] {
  const words: string[] = [];
  for (const token of toAscii(text).split(" ")) {
    const last = words.at(-1);
    if (/[A-Za-z0-9]/.test(token) || isReadSymbol(token)) words.push(...cut(token));
    else if (token !== "" && last !== undefined)
      words[words.length - 1] = last + asPause(token, last);
  }
  return words;
}

function toAscii(text: string): string {
  let plain = text;
  for (const [written, said] of sayings) plain = plain.replace(written, said);
  return plain
    .replace(longDash, " - ")
    .normalize("NFKD")
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„«»″]/g, '"')
    .replace(/[‐−]/g, "-")
    .replace(/\P{ASCII}/gu, (character) => letters[character] ?? dropped(character))
    .replace(/\s+/g, " ")
    .replace(/[^ -~]/g, "");
}

/** White space that is not ASCII still parts words. */
function dropped(character: string): string {
  return /\s/.test(character) ? " " : "";
}

/** A symbol standing alone that is read by its name. */
function isReadSymbol(token: string): boolean {
  return /^[+=%@]$/.test(token);
}

/** What a token without anything to say leaves on the word before it: a stop, a comma for a dash, else nothing. */
function asPause(token: string, word: string): string {
  if (/[.,;:!?]["')\]]*$/.test(word)) return "";
  if (/^-+$/.test(token)) return ",";
  return /[.,;:!?]/.exec(token)?.[0] ?? "";
}

function cut(token: string): string[] {
  if (token.length <= longestToken) return [token];
  return token.match(new RegExp(`.{1,${longestToken}}`, "g")) ?? [];
}
