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

/** A word as the transcript has it. One that is said as several words is one object: those share it. */
export interface WrittenWord {
  readonly text: string;
}

/** A stretch of text; `written` is the one word that it stands for, where it is not the text itself. */
export interface Passage {
  readonly text: string;
  readonly written?: WrittenWord;
}

/** A word as the synthesiser is to say it, and the written word that it says, or says a part of. */
export interface SpokenWord {
  /** Printable ASCII without white space. */
  readonly said: string;
  readonly written: WrittenWord;
}

/**
 * Brings text into what the synthesiser can say: words of printable ASCII, accents removed, typographic quotes made
 * plain, control characters and other writings left out, dashes turned into commas, long tokens cut. Punctuation stays
 * on the word before it.
 */
export function spokenWords(texts: readonly Passage[]): SpokenWord[] {
  const words: SpokenWord[] = [];
  for (const { text, written } of texts) {
    for (const word of text.split(/\s+/)) addWord(words, word, written ?? { text: word });
  }
  return words;
}

function addWord(words: SpokenWord[], word: string, written: WrittenWord): void {
  for (const token of toAscii(word).split(" ")) {
    const last = words.at(-1);
    if (/[A-Za-z0-9]/.test(token) || isReadSymbol(token)) {
      for (const said of cut(token)) words.push({ said, written });
    } else if (token !== "" && last !== undefined) {
      words[words.length - 1] = { ...last, said: last.said + asPause(token, last.said) };
    }
  }
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
