import assert from "node:assert/strict";
import { constructs } from "./constructs.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";

/** What is said of each segment that has something to say. */
function say(text: string, markers: readonly string[] = []): string[] {
  const { segments } = parseScript(text, { language: "markdown", markers });
  return segments.filter(({ speakable }) => speakable).map(({ transcript }) => transcript);
}

type Row = readonly [construct: string, markdown: string, ...said: string[]];

/** What each construct of Markdown becomes. */
const CONSTRUCTS: readonly Row[] = [
  ["paragraph", "Hello\n", "Hello"],
  ["paragraph before another block", "Hello\n\nworld", "Hello. world"],
  ["paragraph that ends in punctuation", "Hello:\n\nworld", "Hello: world"],
  [
    "paragraph that ends in a closed quotation",
    '"Hello!"\n\n(World…)\n\nbye',
    '"Hello!" (World…) bye',
  ],
  ["heading", "# Title\n\ntext", "Title. text"],
  ["heading at the end", "text\n\n## Title ##", "text. Title."],
  ["heading that ends in punctuation", "# Why?\n\ntext", "Why? text"],
  ["heading of an underlined line", "Title\n=====\ntext\n-----\n", "Title. text."],
  ["empty heading", "#\n\ntext", "text"],
  ["bullet list", "- one\n- two;\n* three", "one. two; three."],
  ["numbered list", "1. one\n2) two", "one. two."],
  ["loose list", "- one\n\n- two\n\n  more", "one. two. more."],
  ["nested list", "- one\n  - two\n    1. three\n- four", "one. two. three. four."],
  ["task list", "- [x] done\n- [ ] open", "done. open."],
  ["list item without text", "- \n- a", "a."],
  ["block quote", "> one\n> two\n>\n> > three", "one two. three"],
  ["thematic break", "one\n\n---\n\ntwo", "one. two"],
  ["emphasis", "*a* _b_ **c** __d__ ***e*** ~~f~~ **g*h*i**", "a b c d e f ghi"],
  ["marks that mark nothing", "2 * 3 * 4 snake_case_name", "2 * 3 * 4 snake_case_name"],
  ["code span", "call `f(x)` and `` a`b ``", "call f(x) and a`b"],
  ["code span over two lines", "`a\nb`", "a b"],
  ["link", '[the *site*](https://a.b "title") is up', "the site is up"],
  ["link by reference", "[a][x], [b][], [b], [c]\n\n[x]: /u\n[b]: /v 'title'", "a, b, b, [c]"],
  ["image", '![a *cat*](cat.png "title") sat', "a cat sat"],
  ["image by reference", "![a cat][x]\n\n[x]: cat.png", "a cat"],
  ["image in a link", "[![a cat](cat.png)](https://a.b)", "a cat"],
  ["autolink", "<https://a.b/c> <mailto:a@b.c> <d@e.f>", "a.b/c a@b.c d@e.f"],
  ["bare address", "https://a.b/c, www.a.b, a@b.cd", "a.b/c, www.a.b, a@b.cd"],
  ["footnote", "text[^1] more[^n]\n\n[^1]: silent\n\n    silent\n[^n]: silent", "text more"],
  ["soft line break", "one\ntwo", "one two"],
  ["hard line break", "one  \ntwo\\\nthree<br>four  \n\nfive", "one, two, three, four. five"],
  ["hard line break behind punctuation", "one.  \ntwo;\\\nthree", "one. two; three"],
  ["hard line break in a heading and a table", "# a<br/>b\n\n|c<br>d|\n|-|\n", "a, b. c, d."],
  ["hard line break of Chinese", "你好  \n世界。\\\n再见", "你好，世界。再见"],
  ["hard line break of Thai", "สวัสดี  \nชาวโลก", "สวัสดี, ชาวโลก"],
  ["ruby", "<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>です", "かんじです"],
  ["ruby sign by sign", "a <ruby>漢<rt>かん</rt>字<rt>じ</rt>で</ruby> b", "a かんじで b"],
  ["ruby without ends", "<ruby>漢<rt>kan<rt></ruby>\n\n<ruby>字</ruby> <ruby>x", "kan. 字 x"],
  ["ruby with two readings", "<ruby>東<rt>とう</rt><rtc><rt>East</rt></rtc></ruby>", "とう"],
  [
    "soft hyphen",
    "Donau\u00ADdampf, Schiff\u00AD\nfahrt, a&shy;b \u00AD c",
    "Donaudampf, Schifffahrt, ab c",
  ],
  [
    "character without a width",
    "a\u200Bb\u2060c\uFEFFd \u200Ee\u200F Auf\u200Clage",
    "abcd e Auflage",
  ],
  [
    "character without a width that is needed",
    "می\u200Cخواهم می&zwnj;خواهم क\u094D\u200Dष 👩\u200D💻 ខ្មែរ\u200Bខ្មែរ",
    "می\u200Cخواهم می\u200Cخواهم क\u094D\u200Dष 👩\u200D💻 ខ្មែរ\u200Bខ្មែរ",
  ],
  ["letters of mathematics", "𝐇𝐞𝐥𝐥𝐨 **𝓌ℴ𝓇𝓁𝒹** 𝟙 Ⓗⓘ 🅗🅘, ℝ and ℃", "Hello world 1 Hi HI, ℝ and ℃"],
  ["white space", "  one \t two\u00A0\u00A0three  ", "one two three"],
  [
    "character reference",
    "a &amp; b&nbsp;&copy; &#233;&#x1F600; &unknown;",
    "a & b © é😀 &unknown;",
  ],
  ["backslash escape", "\\# \\*a\\* \\\\ \\q", "# *a* \\ \\q"],
  ["fenced code", "a\n```js\ncode\n```\nb", "a. b"],
  ["fenced code in a list", "- a\n\n  ```\n  code\n  ```\n- b", "a. b."],
  ["unclosed fence", "a\n\n~~~\ncode", "a"],
  ["indented code", "a\n\n    code\n\nb", "a. b"],
  ["comment", "a <!-- silent --> b\n\n<!--\nsilent\n-->\n\nc", "a b. c"],
  ["raw HTML within a line", 'a<b class=">">b</b>c <i hidden>d</i><br>e', "abc d, e"],
  [
    "what looks like HTML and is none",
    "<name>, <Company Name>\n\nList<String>, a<b and c>d, <order_id/> `<T>` \\<b> </name>",
    "<name>, <Company Name>. List<String>, a<b and c>d, <order_id/> <T> <b> </name>",
  ],
  [
    "element of HTML that is not closed, as placeholders are not",
    '<code> at <time>, <label> <time>now</time> <code>b</code>\n\n<title>: <time datetime="1">c</time>',
    "<code> at <time>, <label> now b. <title>: c",
  ],
  ["element of somebody's own", '<my-card>a</my-card> <x-y z="1"> <first-name>', "a <first-name>"],
  [
    "component of Vue, as decks have them",
    '<div v-motion\n  :enter="{ x: 0 }"\n  @click="go">\na <carbon:arrow class="b"/>\n</div>\n\n<v-clicks>\n\nb\n\n</v-clicks>',
    "a. b",
  ],
  [
    "name that begins as those of formulas do",
    "<music/> <Mood_1/> <math><mi>x</mi></math>",
    "<music/> <Mood_1/> x",
  ],
  ["picture in HTML", 'a <svg><path d="M0 0"/><text x="1">b</text></svg>', "a b"],
  [
    "tag of another service",
    '<prosody rate="slow">a</prosody> <mstts:express-as style="sad">b</mstts:express-as> <laugh/>',
    "a b",
  ],
  ["link's target with spaces", "[a](<b c>) [d]\n\n[d]: <e f>", "a d"],
  ["comment before text", "<!-- c --> **a**\n\n<!--\nc\n--> # b", "a. b."],
  ["comment before text in a list", "- <!-- c --> **a**\n\n> <!-- c --> `b`", "a. b"],
  [
    "raw HTML block",
    "<div>\n<p>one</p><p>two &lt; <i>three</i></p>\nfour\n</div>",
    "one. two < three. four",
  ],
  ["raw HTML block in a quote", "> <div>one\n> two</div>\n\nthree", "one two. three"],
  [
    "script, style, template",
    "a <script>x</script>b <style>x</style>c\n\n<script>\nx\n\ny</script>\n\n<template>x</template>",
    "a b c",
  ],
  ["element that is not closed", "a <script>x\n\nb", "a. b"],
  ["table", "| a | b |\n|---|:-:|\n| c. | *d* |\n| | e |", "a, b. c. d. e."],
  ["table cell with a pipe", "|a|\n|-|\n| `x\\|y` \\| z |", "a. x|y | z."],
  ["table without outer pipes", "a | b\n--|--\nc | d\n\ne", "a, b. c, d. e"],
  ["link definition", "[a]: https://a.b 'title'\n\nb", "b"],
  ["front matter", "---\ntitle: x\n---\n# a", "a."],
  ["byte order mark", "\uFEFF# a", "a."],
  ["Chinese", "# 标题\n\n你好\n世界\n\n- 一\n- 二", "标题。你好世界。一。二。"],
  ["Chinese table", "|一|二|\n|-|-|\n|三|四|", "一，二。三，四。"],
  ["Thai over two lines", "สวัสดี\nชาวโลก", "สวัสดีชาวโลก"],
  ["Hebrew", "# שלום\n\nעולם", "שלום. עולם"],
  ["control characters and lone surrogates", "a\0b \uD800c\u0007 d\uDC00", "ab c d"],
];

const MARKERS: readonly Row[] = [
  ["in a sentence", "Stay hungry, <flush/>stay foolish.", "Stay hungry,", "stay foolish."],
  ["on a line between lines", "one\n<flush/>\ntwo", "one", "two"],
  ["on a line between paragraphs", "one\n\n<flush/>\n\ntwo", "one", "two"],
  ["before a line", "one\n\n<flush/>two *three*", "one", "two three"],
  [
    "before a line of text right below text",
    "one **two\n<flush/>three** four",
    "one two",
    "three four",
  ],
  ["before a heading", "<flush/># one\n<flush/> ## two", "one.", "two."],
  ["before a list item and a quote", "a\n<flush/>- one\n<flush/>> two", "a", "one.", "two"],
  [
    "in emphasis",
    "**one <flush/>two**, _three_<flush/>**four!**<flush/>x",
    "one",
    "two, three",
    "four!",
    "x",
  ],
  ["in emphasis over lines", "**one\n<flush/>\ntwo** three", "one", "two three"],
  ["in a heading", "# one <flush/>two\n", "one", "two."],
  ["below a heading", "# one\n<flush/>\ntwo", "one.", "two"],
  ["above a line that would make a heading", "one\n\n<flush/>\n---\ntwo", "one", "two"],
  ["between list items", "- one\n<flush/>\n- two\n\n<flush/>\n\n- three", "one.", "two.", "three."],
  [
    "between numbered items",
    "1. one\n<flush/>\n2. two\n\n<flush/>\n3. three",
    "one.",
    "two.",
    "three.",
  ],
  ["in a list item", "- one <flush/>two\n- three", "one", "two. three."],
  ["in a link's text", "[one <flush/>two](https://a.b)", "one", "two"],
  ["in a link's target", "[one](a<flush/>b) two", "one", "two"],
  ["in an image's text", "![one<flush/>two](a.png)", "one", "two"],
  ["in a table cell", "|a <flush/>b|c|\n|-|-|\n", "a", "b, c."],
  ["between table rows", "|a|b|\n|-|-|\n|c|d|\n<flush/>\n|e|f|\n", "a, b. c, d.", "e, f."],
  ["in a block quote", "> one\n> <flush/>\n> two", "one", "two"],
  ["in raw HTML", "<div>\none\n<flush/>\ntwo\n</div>", "one", "two"],
  ["behind raw HTML", "</details>\n<flush/>\n# The *second* part", "The second part."],
  ["within a line of raw HTML", "<div>one<flush/>**two**</div>", "one", "two"],
  ["in raw HTML that runs on", "<pre>\none\n<flush/>\n# two\n</pre>", "one", "two."],
  ["behind a script", "<script>\nx\n<flush/>\n# one\n\ntwo", "one. two"],
  ["behind a script within a line", "one <script> x <flush/> two", "one", "two"],
  ["behind a declaration", "<!DOCTYPE x\n<flush/>\n*one*", "one"],
  ["behind a footnote", "[^1]: note\n<flush/>\none *two*", "one two"],
  ["behind a footnote, as a comment", "[^1]: note\n<!-- flush -->\none", "one"],
  ["behind a footnote, on its line", "[^1]: note <flush/>\none", "one"],
  ["within a line of a footnote", "[^1]: note <flush/> one\ntwo", "one two"],
  ["before text behind a footnote", "[^1]: note\n<flush/>one", "one"],
  ["in a footnote in a quote", "> [^1]: note\n> <flush/>\n> one", "one"],
  ["within a footnote", "[^1]: note\n\n    <flush/>\n\n    one\n    two", "one two"],
  ["in a definition", "[Note]: <flush/> one", "[Note]:", "one"],
  ["behind a quote", "> one\n<flush/>\ntwo", "one", "two"],
  ["behind a list", "- one\n<flush/>\ntwo", "one.", "two"],
  ["in a list item's paragraph", "- one\n  <flush/>\n  two", "one", "two."],
  ["in a bare address", "https://a.b/<flush/>c", "a.b/", "c"],
  ["in a code span over lines", "`one\n<flush/> two`", "one", "two"],
  ["as a comment", "one <!-- flush --> two\n<!-- flush -->\nthree", "one", "two", "three"],
  ["in code", "one\n```\n<flush/>\n```\n`<flush/>` two", "one. <flush/> two"],
  ["above a link definition", "[a]\n\n<flush/>\n[a]: /x", "a"],
];

const LITERALS: readonly Row[] = [
  ["under a line", "one\n---\ntwo", "one", "two"],
  ["between paragraphs", "one\n\n---\n\ntwo\n\n***\n\nthree", "one", "two", "three"],
  ["between list items", "- one\n---\n- two", "one.", "two."],
  ["behind a footnote", "[^1]: note\n---\n*one*", "one"],
  ["behind raw HTML", "<p>one</p>\n***\n*two*", "one", "two"],
  ["in code", "a\n\n```\n---\n```\n", "a"],
  ["in a table", "|a|\n|-|\n|b|\n***\n|c|", "a. b.", "c."],
];

const TAGS: readonly Row[] = [
  ["that begins a line", '<break time="1s"/>\nHello\n\nworld', '<break time="1s"/> Hello. world'],
  ["alone on its line", 'one\n\n<break time="1s"/>\n\ntwo', 'one. <break time="1s"/> two'],
  ["between words", 'one<break time="1s"/>two', 'one<break time="1s"/>two'],
  [
    "beside emphasis",
    '_one_<break time="1s"/>**two.**<speed ratio="1.2"/>x',
    'one<break time="1s"/>two.<speed ratio="1.2"/>x',
  ],
  ["with Markdown in it", "<spell>*A*_B_ &amp;</spell> c", "<spell>*A*_B_ &amp;</spell> c"],
  ["over lines", "<spell>A\n# B</spell>", "<spell>A\n# B</spell>"],
  ["with pipes in a table", "|<<a|b|c>>|d|\n|-|-|", "<<a|b|c>>, d."],
  ["in brackets", "[laughter] hi\n\n[laughter]: /x", "[laughter] hi. [laughter]: /x"],
  ["at the end of a heading", '# one <break time="1s"/>\ntwo', 'one. <break time="1s"/> two'],
  [
    "between a spell in code and the end of one",
    '`<spell>` one <break time="1s"/> two</spell>\n\n\\<spell> <emotion value="sad"/> a</spell>',
    '<spell> one <break time="1s"/> two. <spell> <emotion value="sad"/> a',
  ],
  [
    "behind a spell in the front matter",
    '---\na: <spell>\n---\none <break time="1s"/> two</spell>',
    'one <break time="1s"/> two',
  ],
  ["that is not one", "<speak>one</speak> <break>two", "one two"],
  [
    "in a code block and a comment",
    'a\n\n```\n<break time="1s"/>\n```\n<!-- <break time="1s"/> -->',
    "a",
  ],
];

/** Rows as they stand, and with the other line ending. */
function test(rows: readonly Row[], markers?: readonly string[]): void {
  for (const [name, markdown, ...said] of rows) {
    it(name, () => assert.deepEqual(say(markdown, markers), said));
    it(`${name} (CRLF)`, () => {
      assert.deepEqual(say(markdown.replaceAll("\n", "\r\n"), markers), said);
    });
  }
}

describe("Markdown is spoken: a", () => test(CONSTRUCTS));
describe("Markdown of other programs is spoken: a", () => test(constructs));
describe("Markdown of other programs", () => {
  it("has nothing of it in code, in addresses, in tags, or escaped", () => {
    const texts = [
      ["`==a==` `[[b]]` `$c^2$` `:tada:`", "==a== [[b]] $c^2$ :tada:"],
      ["https://a.b/==c==/:tada:/?e=$f^2$", "a.b/==c==/:tada:/?e=$f^2$"],
      ["\\==a== \\[[b]] \\$c^2$ \\:tada:", "==a== [[b]] $c^2$ :tada:"],
      [
        "a==b, c++ and d++, [[ -f x ]], 100%% of 50%%",
        "a==b, c++ and d++, [[ -f x ]], 100%% of 50%%",
      ],
      [
        "{id} ${x} key::value 12:30:45 a:b:c 2^8 and 2^9",
        "{id} ${x} key::value 12:30:45 a:b:c 2^8 and 2^9",
      ],
      ["[[1]](a.md) [@ann](b.md) [a][b]{x}", "[1] @ann [a][b]{x}"],
    ] as const;
    for (const [text, said] of texts) assert.deepEqual(say(text), [said]);
  });

  it("is cut by markers, and keeps the service's tags", () => {
    assert.deepEqual(say('==one <flush/>two==<break time="1s"/>'), [
      "one",
      'two<break time="1s"/>',
    ]);
    assert.deepEqual(say("::: tip\n<flush/>\nOne.\n:::\n<flush/>\nTwo."), ["One.", "Two."]);
    assert.deepEqual(say("%%\nNot <flush/> cut\n%%\n\n<flush/>Two."), ["Two."]);
  });

  it("is no comment where it does not end", () => {
    assert.deepEqual(say("%%\n\nOne."), ["%% One."]);
  });
});
describe("Markdown is cut by a flush marker", () => test(MARKERS));
describe("Markdown is cut by a declared marker", () => test(LITERALS, ["---", "***"]));
describe("Markdown keeps a tag of the service", () => test(TAGS));

describe("Markdown's offset map", () => {
  /** For each character said, the document's character it comes from. */
  const origins = (text: string): string =>
    parseScript(text, { language: "markdown" })
      .segments.flatMap(({ offsets, start }) => offsets.map((offset) => start + offset))
      .map((offset) => text[offset])
      .join("");

  it("leads every character to where it is written", () => {
    const text = "> **one** `two`\n> [three](https://a.b) \\*four";
    assert.equal(origins(text), "one twoothree *four");
  });

  it("leads what was added to the text before it", () => {
    assert.equal(origins("# one\n\n- two"), "oneeetwoo");
  });

  it("leads a decoded character to its reference", () => {
    const text = "a &#x1F600; b";
    const [segment] = parseScript(text, { language: "markdown" }).segments;
    assert.equal(segment?.transcript, "a 😀 b");
    assert.deepEqual(segment?.offsets, [0, 1, 2, 2, 11, 12]);
  });

  it("leads a tag's characters to the tag", () => {
    assert.equal(origins('*a* <break time="1s"/>'), 'a <break time="1s"/>');
  });

  it("holds where the document has the character that stands for hidden ones", () => {
    assert.deepEqual(say("\u2042<flush/>\u2042 a \u2042\u2042"), ["\u2042 a \u2042\u2042"]);
  });
});

describe("Markdown made to break a parser", () => {
  const HOSTILE = {
    brackets: "[".repeat(20_000),
    "pairs of brackets": "[]".repeat(20_000),
    quotes: ">".repeat(20_000),
    "quotes on many lines": `${"> ".repeat(300)}a\n`.repeat(20),
    "deep lists": Array.from({ length: 300 }, (_, i) => `${"  ".repeat(i)}- a`).join("\n"),
    stars: `${"*".repeat(10_000)}a${"*".repeat(10_000)}`,
    "unpaired emphasis": "*a **b ".repeat(5_000),
    "footnote calls": "[^a]".repeat(5_000),
    "open tags": '<a "'.repeat(10_000),
  };
  for (const [name, text] of Object.entries(HOSTILE)) {
    it(`is spoken without its structure, and the writer told: ${name}`, () => {
      const { segments, problems } = parseScript(`Hello **world**<b>!</b>\n\n<flush/>\n${text}`, {
        language: "markdown",
      });
      assert.equal(segments[0]?.transcript, "Hello world!");
      assert.match(problems[0]?.message ?? "", /spoken without its structure/);
    });
  }

  it("does not touch what is merely long", () => {
    const [segment] = parseScript("A *long* line, ".repeat(1_000), {
      language: "markdown",
    }).segments;
    assert.equal(segment?.transcript, "A long line, ".repeat(1_000).trim());
  });
});
