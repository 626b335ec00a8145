import fc from "fast-check";
import type { ScriptLanguage, Words } from "../../../src/script/model/script.ts";

const FRAGMENTS = [
  ..."abc XYZ 012 .,!?;: \t\n\n\n\r\0\uFEFF\u200B\u200D\u00A0\u3000()[]<>{}&*_~`#|-+=\\\"'/^",
  ..."你好世界。、「」カナสวัสดีខ្មែรשלוםمرحبا½é\u0301“”…—",
  "😀",
  "\uD800",
  "\uDC00",
  "\r\n",
  "\n\n",
  "<flush/>",
  "\n<flush/>\n",
  "<FLUSH />",
  "<!-- flush -->",
  "\n---\n",
  "\n***\n",
  "\n```\n",
  "\n~~~~ x\n",
  "``",
  "<!--",
  "-->",
  "<!-- note -->",
  '<break time="1s"/>',
  '<speed ratio="1.2"/>',
  "<spell>",
  "</spell>",
  "<spell>A-1</spell>",
  "[laughter]",
  "<<a|b>>",
  "\n> ",
  "\n- ",
  "\n1. ",
  "\n# ",
  "\n    ",
  "\n| a | b |\n|---|---|\n| c | d |",
  "**",
  "[a](b)",
  "![a](b)",
  "[^1]",
  "\n[^1]: ",
  "\n[a]: b\n",
  "<b>",
  "</b>",
  "<br>",
  "<div>",
  "<script>",
  "</script>",
  "&amp;",
  "&nbsp;",
  "&#x1F600;",
  "https://a.b/c",
  "a@b.cd",
  "Hello world",
  "{{a}}",
  "{{ _b_ }}",
  "{{none}}",
  "`{{a}}`",
  "\\{{a}}",
  "{{",
  "}}",
  "<spell>{{a}}</spell>",
  '<break time="{{a}}"/>',
  "speech:\n  variables:\n    none: ok\n",
  "speech:\n  flush: '***'\n",
  ..."$%={}:《》",
  "==b==",
  "[[a|b]]",
  "$a^2$",
  "%% a %%",
  "\n%%\n",
  "\n::: tip b\n",
  "\n!!! note\n    b",
  "> [!NOTE]\n",
  "{.a}",
  ":tada:",
  "漢《か》",
  "<ruby>漢<rt>か</rt></ruby>",
  "\u00AD",
  "𝐇ℯ",
  "  \n",
  "ANN: ",
  "\nANN: ",
  "\n\nBob B : ",
  "\n\n**ANN:** ",
  "\n**Bob B**:",
  "speech:\n  cast: { ANN: x, 罗莎: y }\n",
] as const;

export const anyFragment = fc.constantFrom(...FRAGMENTS);

const BLOCKS = [
  "A line of words.",
  "Two lines\nof *words* and **more",
  "The end** of [it][a].",
  "See [a], ![b][A] and [^1]",
  "[a]: /somewhere",
  "[a]: /somewhere\n'title\ncontinued'",
  "[^1]: A note.\n\n    with more",
  "[^1]:",
  "> quoted\nlazy",
  "> - quoted\n\n  item",
  "- item",
  "- item\n\n  more of it",
  "-",
  "1. one\n2. two",
  "2. second",
  "* star",
  "+",
  "<b>\nbold",
  "      deep code",
  "- a\n\n      code in it",
  "1)",
  "[^2]: note\n\n        code",
  "[b]:",
  "   3. three\n\n      deep",
  "    indented code or not",
  " \tindented",
  "```",
  "```js\ncode <flush/>\n\nmore\n```",
  "~~~",
  "- ```\n  listed code",
  "> ```\n> quoted code",
  "<!-- a comment",
  "that goes on --> here",
  "words <!-- in a line",
  "<div>\nhtml *text*",
  "<script>\nlet a;",
  "</script> after",
  "<pre>",
  "</pre>",
  "<?php",
  "?>",
  "<![CDATA[",
  "]]>",
  "Title\n===",
  "===",
  "---",
  "# Heading <flush/> cut",
  "| a | b |\n|---|---|\n| c <flush/> | d |",
  "| e |",
  "<flush/>",
  "<flush/>\n    indented",
  "<flush/>  ",
  "<flush/>\n\nNext.",
  "One <flush/> two <flush/>three",
  "One\n<flush/>\ntwo",
  "<!-- flush -->",
  "<spell>A",
  "B</spell>",
  "a <spell>C<flush/>D</spell>",
  '<break time="1s"/>',
  '<break time="1s"/> said',
  "[laughter]",
  "***",
  "你好，\n\n世界",
  "`code\nover` lines",
  "\\",
  "\uFEFFmark",
  "   ",
  "\t",
  ">",
  "…)",
  "{{a}} and *{{ _b_ }}*, not {{none}}",
  "`{{a}}` <flush/> {{a}}",
  "&amp; and &nbsp;",
  "",
  "ANN: One.",
  "ANN: Two\nlines",
  "ANN:\nBelow her name",
  "ANN:",
  "ANN:  <flush/> cut\nBob B: at once",
  "Bob B: # Three",
  "**ANN:** bold",
  "**Bob B** : bold",
  "罗莎：你好。",
  "- ANN: item",
  "- item\nANN: lazy",
  "> ANN: quoted",
  "    ANN: indented",
  "  ANN: a little",
  "# ANN: a heading\nBelow",
  "<flush/> ANN: behind",
  "<!-- c --> ANN: behind",
  "ANN: <!-- c\nc --> more\n---\nno more",
  "Note: not a name",
  "[00:12] **ANN** (x): timed",
  "ann: (softly) in lower case",
  "ANN",
  "### Bob B\n(beat)\nAbove",
  "# A heading",
  "underlined\n====",
  "underlined\n----\nmore",
] as const;

/** A block of Markdown, or the beginning or the end of one. */
export const anyBlock = fc.constantFrom(...BLOCKS);

/** Scripts as nobody would write them: everything that means something, in any order. */
export const anyScript = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map((parts) => parts.join("")),
  fc
    .array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 })
    .map((parts) => `---\n${parts.join("")}\n---\n${parts.reverse().join(" ")}`),
  fc.string({ unit: "binary", maxLength: 60 }),
);

export const anyLanguage = fc.constantFrom<ScriptLanguage>("markdown", "plaintext");

export const anyMarkers = fc.subarray(["---", "***", "", "a", "[laughter]", "```"]);

/** Words for what these scripts hold, and values for their variables. */
export const anyWords = fc.record(
  {
    values: fc.constantFrom<Words>(
      { a: "Anna" },
      { a: "", _b_: "<flush/> {{a}} <spell>x</spell>" },
      { a: " [laughter] \r\n", _b_: "a 你 <" },
    ),
    pronunciations: fc.constantFrom<Words>(
      { a: "eh", "Hello world": "hi" },
      { Anna: "Ah nah", 你: "nee", "012": "", A: "<<a|b>>" },
      { words: "<spell>words</spell>", b: "" },
    ),
  },
  { requiredKeys: [] },
);

/** Names that begin paragraphs of the scripts above. */
export const anySpeakers = fc.oneof(
  fc.constant([]),
  fc.subarray(["ANN", "Bob B", "罗莎", "a", "<b>", "", "__proto__"]),
);

/** Front matter that may name speakers. */
export const anyCast = fc
  .option(fc.subarray(["ANN: x", "Bob B: { voice: y, speed: 1.1 }", "罗莎: z"]), { nil: undefined })
  .chain((cast) =>
    fc
      .constantFrom("", "  names: above\n", "  headings: true\n")
      .map((more) => (cast ? `---\nspeech:\n  cast: { ${cast.join(", ")} }\n${more}---\n` : "")),
  );

/** From where to where, in thousandths of the text, and what is put there instead. */
export type Edit = readonly [from: number, length: number, put: string];

const place = fc.nat({ max: 1000 });
const anyText = fc.oneof(
  { weight: 3, arbitrary: anyFragment },
  { weight: 2, arbitrary: anyBlock },
  {
    weight: 1,
    arbitrary: fc.array(anyBlock, { maxLength: 4 }).map((blocks) => blocks.join("\n\n")),
  },
  { weight: 3, arbitrary: fc.constant("") },
);
/** An edit: a key, a paste, a deletion. */
export const anyEdit: fc.Arbitrary<Edit> = fc.tuple(
  place,
  fc.oneof(fc.constant(0), fc.nat({ max: 5 }), fc.nat({ max: 400 })),
  anyText,
);
/** A document of many blocks. */
export const anyDocument = fc.oneof(
  { weight: 1, arbitrary: anyScript },
  {
    weight: 4,
    arbitrary: fc.array(anyBlock, { maxLength: 14 }).map((blocks) => blocks.join("\n\n")),
  },
  {
    weight: 1,
    arbitrary: fc.array(anyBlock, { maxLength: 14 }).map((blocks) => blocks.join("\r\n\r\n")),
  },
);

/** The text after an edit. */
export function edited(text: string, [from, length, put]: Edit): string {
  const start = Math.round((text.length * from) / 1000);
  return text.slice(0, start) + put + text.slice(start + length);
}
