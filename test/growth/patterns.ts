import type { Words } from "../../src/script/model/script.ts";

/** What is read of a script, of a certain length. */
export interface Growing {
  readonly text: string;
  /** A file of sample values. */
  readonly samples?: string;
  readonly pronunciations?: Words;
}

/** A script that can be as long as one likes. */
export type Pattern = (length: number) => Growing;

/** A part again and again, as long as that. */
function fill(part: string, length: number): string {
  return part.repeat(Math.ceil(length / part.length)).slice(0, length);
}

/** Parts by their numbers, as long as that together. */
function number(part: (at: number) => string, length: number): string {
  const parts: string[] = [];
  for (let at = 0, size = 0; size < length; at++) {
    const next = part(at);
    parts.push(next);
    size += next.length;
  }
  return parts.join("");
}

const front = (yaml: string, body = "Words.\n"): string => `---\n${yaml}\n---\n${body}`;

/** Scripts that once took minutes or gigabytes, and others of their kind. */
export const known: Readonly<Record<string, Pattern>> = {
  "sample values": (length) => ({
    text: fill("{{a}} ", length / 2),
    samples: `default:\n  a: ${fill("word ", length / 2)}\n`,
  }),
  "sample values, many segments": (length) => ({
    text: fill("{{a}}<flush/>", length / 2),
    samples: JSON.stringify({ default: { a: fill("word ", length / 2) } }),
  }),
  "variables of the front matter": (length) => ({
    text: front(
      `speech:\n  variables:\n    v: ${fill("word ", length / 2)}`,
      fill("{{v}} ", length / 2),
    ),
  }),
  "pronunciations of the front matter": (length) => ({
    text: front(
      `speech:\n  pronunciations:\n    a: ${fill("word ", length / 2)}`,
      fill("a ", length / 2),
    ),
  }),
  "pronunciations of values": (length) => ({
    text: front(
      `speech:\n  variables:\n    x: ${fill("a ", length / 4)}\n  pronunciations:\n    a: ${fill("word ", length / 4)}`,
      fill("{{x}} ", length / 2),
    ),
  }),
  "pronunciations that begin alike": (length) => ({
    text: front(
      `speech:\n  pronunciations:\n${number((at) => `    a b${at}: c\n`, length / 2)}`,
      fill("a b ", length / 2),
    ),
  }),
  "pronunciations of many signs": (length) => ({
    text: front(
      `speech:\n  pronunciations:\n${number((at) => `    ${String.fromCodePoint(0x4e00 + at)}: c\n`, length / 2)}`,
      fill("word ", length / 2),
    ),
  }),
  "pronunciations of the settings": (length) => ({
    text: fill("a b ", length / 2),
    pronunciations: Object.fromEntries(
      Array.from({ length: length / 16 }, (_, at) => [`a b${at}`, "c"]),
    ),
  }),
  "lines of =": (length) => ({ text: `text\n${fill("=\n", length)}` }),
  "lines of ---": (length) => ({ text: `text\n${fill("---\n", length)}` }),
  "lines of --": (length) => ({ text: `text\n${fill("--\n", length)}` }),
  "lines of |": (length) => ({ text: `a|b\n-|-\n${fill("|\n", length)}` }),
  "underlined headings": (length) => ({ text: fill("Title\n===\n", length) }),
  "items in items": (length) => ({ text: fill("- - a\n", length) }),
  "a row of items": (length) => ({ text: `text\n${fill("- ", length)}` }),
  "nested lists": (length) => ({ text: fill("- a\n  - b\n", length) }),
  "quoted items that go on": (length) => ({ text: fill("> - quoted\n\n  item\n", length) }),
  "lazy quotes": (length) => ({ text: fill("> quoted\nlazy\n", length) }),
  quotes: (length) => ({ text: fill("> a\n\n", length) }),
  "quotes behind a byte order mark": (length) => ({
    text: front("a: b", `\uFEFF${fill("> a\n\n", length)}`),
  }),
  "quotes with CR LF": (length) => ({ text: fill("> - a\r\n\r\n  b\r\n", length) }),
  "brackets and asterisks": (length) => ({ text: fill("The end** of [it][a].\n", length) }),
  "brackets with CR LF": (length) => ({ text: fill("The end** of [it][a].\r\n", length) }),
  "comments that never end": (length) => ({ text: fill("words <!-- in a line\n", length) }),
  "lines of one paragraph": (length) => ({ text: fill("words that go on\n", length) }),
  "lines of speakers": (length) => ({
    text: front("speech:\n  cast:\n    ANN: v\n    BOB: v\n", fill("ANN: a\nBOB: b\n", length)),
  }),
  "lines of speakers, with directions": (length) => ({
    text: front(
      "speech:\n  names: above\n  cast:\n    ANN: v\n",
      fill("[00:12] **ann (x)** (y): (z) a\nANN\n(x)\n", length),
    ),
  }),
  "a name as long as its line": (length) => ({
    text: front(
      `speech:\n  names: above\n  cast:\n    ${fill("A", length / 2)}: v\n`,
      fill("(".repeat(9) + " ".repeat(99), length / 2) + ":",
    ),
  }),
  "names that nobody declared": (length) => ({ text: fill("ANN: a\n\nBOB: b\n\n", length) }),
  "lines that nearly are names": (length) => ({ text: fill("> 12:30 Ann B (x) [y] –\n", length) }),
  "a name that never gets its colon": (length) => ({ text: fill("Ann <!--> (", length) }),
  "signs before a name": (length) => ({ text: `a\n${fill(">  ", length)}` }),
  "spaces before a name": (length) => ({ text: `a\n${fill(" ", length)}A` }),
  "directions in each line": (length) => ({
    text: fill("(pause) words [whispers] and *(softly)* words (beat)\n\n", length),
  }),
  "directions that never end": (length) => ({ text: fill("(whispers [and ", length) }),
  "a name with directions that never end": (length) => ({
    text: front("speech:\n  cast:\n    ANN: v\n", fill("ANN (x [y\n\n", length)),
  }),
  "speech off, and on": (length) => ({
    text: fill("a\n<!-- speech: off -->\nb\n<!-- speech: on -->\n", length),
  }),
  "speech off, and never on": (length) => ({ text: fill("a <!-- speech: off -->\n", length) }),
  "speech on, and never off": (length) => ({ text: fill("a <!-- speech: on -->\n", length) }),
  "speech off in a line": (length) => ({
    text: fill("a <!-- speech: off --> b <!-- speech: on --> ", length),
  }),
  "comments of what to say": (length) => ({ text: fill("a <!-- say: b --> ", length) }),
  "comments of what to say, on lines": (length) => ({ text: fill("a\n<!-- say: b -->\n", length) }),
  "comments of what to say that never end": (length) => ({ text: fill("a <!-- say: b ", length) }),
  "comments of what to say that never end, on lines": (length) => ({
    text: fill("<!-- say: b\n\n", length),
  }),
  "comments of Obsidian": (length) => ({ text: fill("a %%b%% c\n%%\nd\n%%\n", length) }),
  "comments of Obsidian that never end": (length) => ({ text: fill("%%a\n\n%% b\n", length) }),
  "containers of Pandoc": (length) => ({ text: fill("::: a\nb\n:::\n", length) }),
  "containers in containers of Pandoc": (length) => ({ text: fill("::: a\n", length) }),
  "colons that never end": (length) => ({ text: `a\n${fill(":::", length)}` }),
  "admonitions of MkDocs": (length) => ({ text: fill("!!! a\n    b\n\n    c\n", length) }),
  "admonitions of MkDocs that begin alike": (length) => ({
    text: fill("!!! a\n", length / 2) + fill("\n    ", length / 2),
  }),
  "mathematics in a line": (length) => ({ text: fill("$a$ and $b_1$ for $5 ", length) }),
  "mathematics on lines": (length) => ({ text: fill("$$\na_1\n$$\n\n", length) }),
  "dollars that never end": (length) => ({ text: fill("a $b ", length) }),
  "two dollars that never end": (length) => ({ text: fill("$$ a\n\n$ b\n", length) }),
  "ruby of Aozora": (length) => ({ text: fill("漢字《かんじ》と｜青空《", length) }),
  "ruby of Aozora that never ends": (length) => ({ text: fill("漢《か", length) }),
  "ruby of signs without a reading": (length) => ({ text: `${fill("漢", length)}《か》` }),
  "ruby of HTML": (length) => ({ text: fill("<ruby>漢<rp>(</rp><rt>か</rt></ruby>", length) }),
  "ruby of HTML that never ends": (length) => ({ text: fill("<ruby>漢<rt>か", length) }),
  "marks of dialects": (length) => ({
    text: fill("==a== [[b|c]] {.d #e} :smile: ^[f] ~g~ ", length),
  }),
  "marks of dialects that never end": (length) => ({
    text: fill("==a [[b {.c :d ^[e <<f ", length),
  }),
  "a deck of Marp": (length) => ({
    text: front(
      "marp: true\nspeech:\n  only: notes",
      fill("# a\n\n<!-- b\n\n    c -->\n\n---\n\n", length),
    ),
  }),
  "a deck of Slidev": (length) => ({
    text: front(
      "theme: a\nspeech:\n  only: notes",
      fill("---\nlayout: a\n---\n\n# b\n\n<!--\n[click] c\n-->\n\n", length),
    ),
  }),
  "a deck of reveal.js": (length) => ({
    text: front("speech:\n  only: notes", fill("# a\n\nNote: b\n\n---\n\n", length)),
  }),
  "a deck of Pandoc": (length) => ({
    text: front("speech:\n  only: notes", fill("# a\n\n::: notes\nb\n:::\n\n", length)),
  }),
  "notes that never end": (length) => ({
    text: front("marp: true\nspeech:\n  only: notes", fill("<!-- a\n::: notes\n\n", length)),
  }),
  "sections that are said": (length) => ({
    text: front("speech:\n  only: [a, b]", fill("# a\n\nb\n\n## c\n\nd\n\n", length)),
  }),
  "blocks of front matter that begin nothing": (length) => ({
    text: `a\n\n${fill("---\nspeech:\n  a: b\n", length)}`,
  }),
  "code that is indented": (length) => ({ text: fill("a\n\n    Words are code.\n\n", length) }),
  "unsaid headings": (length) => ({
    text: front("speech:\n  cast:\n    ANN: v\n", fill("# a\n\nb\n===\n\nANN: a\n", length)),
  }),
  headings: (length) => ({ text: fill("# a\n", length) }),
  "spells that never end": (length) => ({ text: fill("<spell>a ", length) }),
  "markers alone": (length) => ({ text: fill("<flush/>", length) }),
  "one long word": (length) => ({ text: fill("word", length) }),
  "lone surrogates": (length) => ({ text: fill("\ud800a\udc00", length) }),
  "YAML aliases": (length) => ({
    text: front(`a: &a x\nspeech:\n${number((at) => `  k${at}: *a\n`, length)}`),
  }),
  "YAML aliases of the settings of speakers": (length) => ({
    text: front(
      `x: &x {${number((at) => `k${at}: v, `, length / 2)}}\nspeech:\n  cast:\n${number((at) => `    A${at}: *x\n`, length / 2)}`,
    ),
  }),
  "commas in braces": (length) => ({ text: front(`speech: {${fill(",", length)}}`) }),
  "commas and quotes in braces": (length) => ({ text: front(`speech: {${fill('",', length)}}`) }),
  "keys in braces": (length) => ({
    text: front(`speech: {${number((at) => `k${at}: v, `, length)}}`),
  }),
  "braces in braces": (length) => ({ text: front(`speech: ${fill("{a: ", length)}`) }),
  "keys of TOML": (length) => ({
    text: `+++\n[speech]\n${number((at) => `k${at} = [{a.b = 'v'}]\n`, length)}+++\nWords.\n`,
  }),
  "brackets of TOML": (length) => ({ text: `+++\nspeech = ${fill("[", length)}\n+++\nWords.\n` }),
  "keys that are not known": (length) => ({
    text: front(`speech:\n${number((at) => `  k${at}: v\n`, length / 2)}${fill("\n", length / 2)}`),
  }),
  "a cast of thousands": (length) => ({
    text: front(
      `speech:\n  cast:\n${number((at) => `    A${at}: v\n`, length / 2)}`,
      number((at) => `A${at}: a\n\n`, length / 2),
    ),
  }),
  "samples of thousands of keys": (length) => ({
    text: "{{k1}}",
    samples: `default:\n${number((at) => `  k${at}: v\n`, length)}`,
  }),
  "samples of anchors and aliases": (length) => ({
    text: "{{k1}}",
    samples: `default:\n${number((at) => `  k${at}: &a${at} v\n  l${at}: *a${at}\n`, length)}`,
  }),
  "samples that nest": (length) => ({ text: "{{a}}", samples: fill('{"a":', length) }),
};

/** What means something in a script, or begins to. */
const fragments = [
  ..."*_~`[]()<>|#=-+>!&\\{}:;,.\"'/ \n\t\r\u3000你\u0301",
  "\n\n",
  "\r\n",
  "word ",
  "- ",
  "\n- ",
  "\n  - ",
  "\n> ",
  "\n1. ",
  "\n# ",
  "\n---\n",
  "\n===\n",
  "\n```\n",
  "\n    ",
  "\n|a|b|",
  "\n[a]: b",
  "\n[^1]: ",
  "[a](b)",
  "[a][b]",
  "![",
  "**a",
  "<!--",
  "-->",
  "<a b=",
  "<b>",
  "</b>",
  "<?",
  "<spell>",
  "</spell>",
  "<flush/>",
  "<!-- flush -->",
  '<break time="1s"/>',
  "<break ",
  "[laughter]",
  "<<a|",
  "{{a}}",
  "{{ ",
  "&amp;",
  "https://a.b/c ",
  "www.a",
  "a@b.c",
  "ANN: ",
  "\n\nANN: ",
  "1234567",
  "AAAA ",
  "😀",
  "$a_1$",
  "$$",
  "%%",
  "\n%%\n",
  "==",
  "[[a|b]]",
  "[[",
  "{.a",
  "\n::: a b",
  "\n!!! a\n    b",
  ":a:",
  "漢《か",
  "(pause",
  "[2s]",
  "\u00ad",
  "\u200d",
  "𝐇",
  "<ruby>",
  "<rt>",
  "  \n",
  "par-\n",
] as const;

/** Patterns of some fragments each, the same ones for a seed. */
export function generated(count: number, seed: number): Readonly<Record<string, Pattern>> {
  let state = seed;
  const below = (end: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const any = (): string => fragments[below(fragments.length)] ?? "";
  const patterns = Array.from({ length: count }, (_, at): [string, Pattern] => {
    const part = Array.from({ length: 1 + (at % 4) }, any).join("");
    return [JSON.stringify(part), (length) => ({ text: `a${fill(part, length)}` })];
  });
  return Object.fromEntries(patterns);
}
