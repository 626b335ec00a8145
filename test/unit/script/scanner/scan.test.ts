import assert from "node:assert/strict";
import { isScript, saysItIsScript, scanScript } from "../../../../src/script/scanner/scan.ts";
import type { ScriptLanguage } from "../../../../src/script/model/script.ts";

/** The stretches a document is cut to. */
function cut(text: string, language: ScriptLanguage, markers: readonly string[] = []): string[] {
  const scan = scanScript(text, { language, markers });
  return scan.segments.map(({ start, end }) => text.slice(start, end));
}

interface Row {
  readonly name: string;
  readonly text: string;
  readonly markers?: readonly string[];
  /** What Markdown is cut to; one string is one that is not cut. */
  readonly markdown: readonly string[];
  /** What plain text is cut to, where that differs. */
  readonly plaintext?: readonly string[];
}

const whole = (text: string): Pick<Row, "text" | "markdown"> => ({ text, markdown: [text] });

const ROWS: readonly Row[] = [
  { name: "an empty document is one segment", ...whole("") },
  { name: "a marker within a line cuts", text: "a <flush/>b", markdown: ["a ", "b"] },
  { name: "a marker on its line cuts", text: "a\n<flush/>\nb", markdown: ["a\n", "\nb"] },
  {
    name: "markers side by side leave empty segments",
    text: "<flush/><flush/>",
    markdown: ["", "", ""],
  },
  {
    name: "case and space before the slash do not matter",
    text: "a<Flush \t/>b",
    markdown: ["a", "b"],
  },
  {
    name: "a flush comment cuts",
    text: "a<!-- flush -->b<!--flush-->c",
    markdown: ["a", "b", "c"],
  },
  {
    name: "white space in a flush comment does not matter",
    text: "a<!-- \t FLUSH -->b",
    markdown: ["a", "b"],
  },
  { name: "another tag's name is no marker", ...whole("<flusher/> <flush> </flush> < flush/>") },
  {
    name: "a declared literal alone on its line cuts",
    text: "a\n ---\t\nb",
    markers: ["---"],
    markdown: ["a\n ", "\t\nb"],
  },
  {
    name: "a declared literal within a line is text",
    ...whole("a --- b\nc ---"),
    markers: ["---"],
  },
  { name: "an undeclared literal is text", ...whole("a\n---\nb") },
  {
    name: "white space around a declared literal does not matter",
    text: "a\n***\nb",
    markers: [" *** "],
    markdown: ["a\n", "\nb"],
  },
  {
    name: "empty literals and those of two lines never match",
    ...whole("a\n\nb\nc\n"),
    markers: ["", "  ", "b\nc"],
  },
  { name: "a literal is no regular expression", ...whole("a\nxx\nb"), markers: [".*", "x+"] },
  {
    name: "a declared literal cuts even where it looks like a fence",
    text: "a\n```\nb\n```\nc",
    markers: ["```"],
    markdown: ["a\n", "\nb\n", "\nc"],
  },

  {
    name: "a marker in backtick fences is text",
    ...whole("```\n<flush/>\n```"),
    plaintext: ["```\n", "\n```"],
  },
  {
    name: "a marker in tilde fences is text",
    ...whole("~~~\n<flush/>\n~~~"),
    plaintext: ["~~~\n", "\n~~~"],
  },
  {
    name: "a declared literal in a fence is text",
    ...whole("```\n---\n```"),
    markers: ["---"],
    plaintext: ["```\n", "\n```"],
  },
  {
    name: "a fence has an info string",
    text: "``` js x\n<flush/>\n```\n<flush/>",
    markdown: ["``` js x\n<flush/>\n```\n", ""],
    plaintext: ["``` js x\n", "\n```\n", ""],
  },
  {
    name: "backticks in an info string make it a code span",
    text: "``` a`b\n<flush/>",
    markdown: ["``` a`b\n", ""],
  },
  {
    name: "a tilde fence's info string may have backticks",
    ...whole("~~~ a`b\n<flush/>"),
    plaintext: ["~~~ a`b\n", ""],
  },
  {
    name: "a fence is closed by one as long or longer",
    text: "````\n```\n<flush/>\n`````\n<flush/>",
    markdown: ["````\n```\n<flush/>\n`````\n", ""],
    plaintext: ["````\n```\n", "\n`````\n", ""],
  },
  {
    name: "a fence is not closed by the other kind, nor by one with text",
    ...whole("```\n~~~\n``` x\n<flush/>"),
    plaintext: ["```\n~~~\n``` x\n", ""],
  },
  {
    name: "an unclosed fence runs to the end",
    ...whole("```\na\n\n<flush/>\n"),
    plaintext: ["```\na\n\n", "\n"],
  },
  {
    name: "a fence is indented by three spaces at most",
    text: "   ```\n<flush/>\n   ```\n    ```\n<flush/>",
    markdown: ["   ```\n<flush/>\n   ```\n    ```\n", ""],
    plaintext: ["   ```\n", "\n   ```\n    ```\n", ""],
  },
  {
    name: "a closing fence is indented by three spaces at most",
    ...whole("```\n    ```\n<flush/>"),
    plaintext: ["```\n    ```\n", ""],
  },
  { name: "two backticks are no fence", text: "``\n<flush/>", markdown: ["``\n", ""] },
  {
    name: "a fence stands in a block quote, and ends with it",
    text: "> ```\n> <flush/>\n<flush/>",
    markdown: ["> ```\n> <flush/>\n", ""],
    plaintext: ["> ```\n> ", "\n", ""],
  },
  {
    name: "a fence stands in a list item, indented with it",
    text: "1. a\n\n   - b\n     ```\n     <flush/>\n     ```\n<flush/>",
    markdown: ["1. a\n\n   - b\n     ```\n     <flush/>\n     ```\n", ""],
    plaintext: ["1. a\n\n   - b\n     ```\n     ", "\n     ```\n", ""],
  },
  {
    name: "a fence begins on a list item's first line, and ends with the item",
    text: "- ```\n  <flush/>\n\n  x\n<flush/>",
    markdown: ["- ```\n  <flush/>\n\n  x\n", ""],
    plaintext: ["- ```\n  ", "\n\n  x\n", ""],
  },
  {
    name: "a marker in indented code cuts",
    text: "a\n\n    <flush/>",
    markdown: ["a\n\n    ", ""],
  },

  {
    name: "a marker in a code span is text",
    ...whole("a `<flush/>` b"),
    plaintext: ["a `", "` b"],
  },
  {
    name: "a flush comment in a code span is text",
    ...whole("a `<!-- flush -->` b"),
    plaintext: ["a `", "` b"],
  },
  {
    name: "a code span ends at backticks of its length",
    ...whole("`` ` <flush/> ``"),
    plaintext: ["`` ` ", " ``"],
  },
  { name: "a marker after a code span cuts", text: "`a`<flush/>`b`", markdown: ["`a`", "`b`"] },
  {
    name: "an unpaired backtick opens nothing",
    text: "a ` b <flush/> `` c",
    markdown: ["a ` b ", " `` c"],
  },
  {
    name: "a code span is looked for on its line only",
    text: "a `b\n<flush/> c` d",
    markdown: ["a `b\n", " c` d"],
  },
  { name: "an escaped backtick opens nothing", text: "\\`<flush/>`", markdown: ["\\`", "`"] },
  {
    name: "an escaped backslash escapes nothing",
    ...whole("\\\\`<flush/>`"),
    plaintext: ["\\\\`", "`"],
  },
  { name: "an escaped marker is text", ...whole("a \\<flush/> b"), plaintext: ["a \\", " b"] },

  {
    name: "a marker in a comment is text",
    ...whole("a <!-- <flush/> --> b"),
    plaintext: ["a <!-- ", " --> b"],
  },
  {
    name: "a comment runs over lines",
    ...whole("<!-- a\n\n<flush/>\n-->b"),
    plaintext: ["<!-- a\n\n", "\n-->b"],
  },
  {
    name: "a declared literal in a comment is text",
    ...whole("<!--\n---\n-->"),
    markers: ["---"],
    plaintext: ["<!--\n", "\n-->"],
  },
  {
    name: "a marker on the line of a comment's end cuts",
    text: "<!-- a\n--> <flush/>",
    markdown: ["<!-- a\n--> ", ""],
  },
  {
    name: "an unclosed comment that begins a line runs to the end",
    ...whole("a\n<!-- b\n\n<flush/>"),
    plaintext: ["a\n<!-- b\n\n", ""],
  },
  {
    name: "an unclosed comment within a line is text",
    text: "a <!-- b <flush/>",
    markdown: ["a <!-- b ", ""],
  },
  {
    name: "a comment within a line ends before an empty line",
    text: "a <!-- b\n\n<flush/> -->",
    markdown: ["a <!-- b\n\n", " -->"],
  },
  {
    name: "the shortest comments end themselves",
    text: "<!--> a <flush/> <!---> <flush/>",
    markdown: ["<!--> a ", " <!---> ", ""],
  },

  { name: "a marker in a spell element is no marker", ...whole("<spell>A<flush/>B</spell>") },
  {
    name: "a spell element runs over lines",
    ...whole("<spell>A\n---\n<flush/>B</spell>"),
    markers: ["---x"],
  },
  {
    name: "an unclosed spell element is none",
    text: "<spell>A<flush/>B\n\n</spell>",
    markdown: ["<spell>A", "B\n\n</spell>"],
  },
  {
    name: "a spell element begins at the last of its opening tags",
    text: "<spell>A<flush/><spell>B</spell>",
    markdown: ["<spell>A", "<spell>B</spell>"],
  },

  { name: "front matter belongs to no segment", text: "---\na: <flush/>\n---\nb", markdown: ["b"] },
  {
    name: "a declared literal in front matter is text",
    text: "---\n***\n---\nb",
    markers: ["***"],
    markdown: ["b"],
  },
  {
    name: "front matter may end in dots, and with the document",
    text: "--- \na: 1\n...",
    markdown: [""],
  },
  { name: "empty front matter is front matter", text: "---\n---\nb", markdown: ["b"] },
  { name: "unclosed front matter is text", ...whole("---\na: 1\n\nb") },
  { name: "front matter stands at the very start", ...whole("\n---\na: 1\n---\n") },
  {
    name: "a byte order mark may stand before front matter",
    text: "\uFEFF---\na\n---\nb",
    markdown: ["b"],
  },
  { name: "front matter is closed by a whole line", ...whole("---\na\n--- b\n") },
  {
    name: "a byte order mark does not hide a fence",
    ...whole("\uFEFF```\n<flush/>"),
    plaintext: ["\uFEFF```\n", ""],
  },
];

const LINE_ENDINGS = { LF: "\n", CRLF: "\r\n", CR: "\r" };

describe("scanScript", () => {
  for (const [ending, characters] of Object.entries(LINE_ENDINGS)) {
    const end = (text: string): string => text.replaceAll("\n", characters);
    for (const { name, text, markers, markdown, plaintext = markdown } of ROWS) {
      if (ending !== "LF" && !text.includes("\n")) continue;
      it(`${name} (${ending})`, () => {
        assert.deepEqual(cut(end(text), "markdown", markers?.map(end)), markdown.map(end));
        assert.deepEqual(cut(end(text), "plaintext", markers?.map(end)), plaintext.map(end));
      });
    }
  }

  it("tells the markers' kinds and spans", () => {
    const scan = scanScript("a<flush/>b<!-- flush -->\n --- \n", {
      language: "markdown",
      markers: ["---"],
    });
    assert.deepEqual(scan.markers, [
      { kind: "tag", start: 1, end: 9 },
      { kind: "comment", start: 10, end: 24 },
      { kind: "literal", start: 26, end: 29 },
    ]);
  });

  it("tells where the front matter and its YAML stand", () => {
    const text = "---\r\nspeech:\r\n---\r\nb";
    const { frontMatter } = scanScript(text, { language: "plaintext" });
    const yaml = { start: 5, end: 14 };
    assert.deepEqual(frontMatter, { start: 0, end: 19, yaml, isToml: false });
  });

  it("tells which stretches of Markdown are code and comments", () => {
    const text = "<!-- a -->\n```\nb\n```\nc";
    const { silent } = scanScript(text, { language: "markdown" });
    assert.deepEqual(
      silent.map(({ start, end }) => text.slice(start, end)),
      ["<!-- a -->", "```\nb\n```"],
    );
  });

  it("stays linear on what is made to be slow", () => {
    const hostile = [
      "<!--",
      "<spell>",
      "`",
      "` `` ``` ",
      "<",
      "\\",
      "> ",
      "- ",
      ">\n",
      "```\n",
      "- a\n  ",
      "\n",
      "\r",
      "<flush/>",
    ];
    for (const text of hostile) {
      const long = text.repeat(200_000);
      assert.equal(
        scanScript(long, { language: "markdown", markers: ["---"] }).segments.at(-1)?.end,
        long.length,
      );
    }
  });
});

describe("isScript", () => {
  const script = (text: string, fileName = "notes.md"): boolean =>
    isScript(text, scanScript(text, { language: "markdown" }), fileName);

  it("is true of a document with a flush marker", () => {
    assert.equal(script("a<flush/>"), true);
    assert.equal(script("`<flush/>`"), false);
  });

  it("is true of a document with a speech key at the top of its front matter", () => {
    assert.equal(script("---\ntitle: x\nspeech:\n  voice: y\n---\n"), true);
    assert.equal(script('---\r\n"speech": {}\r\n---\r\n'), true);
    assert.equal(script("---\n  speech: x\n---\n"), false);
    assert.equal(script("---\nspeeches: x\n---\n"), false);
    assert.equal(script("speech: x\n"), false);
  });

  it("is true of a document that is named a script", () => {
    assert.equal(script("", "/home/a/talk.speech.md"), true);
    assert.equal(script("", "talk.Speech.TXT"), true);
    assert.equal(script("", "speech.md"), false);
  });
});

describe("saysItIsScript", () => {
  const says = (text: string, fileName = ".env"): boolean =>
    saysItIsScript(text, scanScript(text, { language: "plaintext", markers: ["---"] }), fileName);

  it("is true of what isScript is true of", () => {
    assert.equal(says("a<flush/>"), true);
    assert.equal(says("---\nspeech: {}\n---\n"), true);
    assert.equal(says("", "talk.speech.txt"), true);
  });

  it("is not true of a line that settings alone make a marker", () => {
    assert.equal(says("KEY=secret\n---\nA=1\n"), false);
    assert.equal(says("KEY=secret\n---\nA=1<flush/>\n"), true);
  });
});
