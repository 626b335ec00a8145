import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { silentSpans } from "../../../src/script/model/silence.ts";
import {
  skippable,
  type Skippable,
  type SpokenParts,
} from "../../../src/script/model/spokenParts.ts";
import { parseScript } from "../../../src/script/reader/parseScript.ts";
import type { ScriptLanguage } from "../../../src/script/model/script.ts";
import { projectRoot } from "../../support/paths.ts";

function read(text: string, parts: SpokenParts = {}, language: ScriptLanguage = "markdown") {
  return parseScript(text, { language, ...parts });
}

/** What is said of each segment. */
function said(text: string, parts: SpokenParts = {}, language?: ScriptLanguage): string[] {
  return read(text, parts, language).segments.map(({ transcript }) => transcript);
}

/** The silent stretches of a text, as `reason: text`. */
function silence(text: string, parts: SpokenParts = {}, language?: ScriptLanguage): string[] {
  return [...silentSpans(read(text, parts, language))].map(
    ({ start, end, reason }) => `${reason}: ${text.slice(start, end)}`,
  );
}

function problems(text: string, language?: ScriptLanguage): [string, string][] {
  return read(text, {}, language).problems.map(({ code = "", start, end }) => [
    code,
    text.slice(start, end),
  ]);
}

describe("skip", () => {
  const samples: Record<Skippable, [written: string, all: string, rest: string]> = {
    headings: ["# One\n\nTwo\n\nThree\n---\n\nFour", "One. Two. Three. Four", "Two. Four"],
    quotes: ["One\n\n> Two\n> > Three\n\nFour", "One. Two. Three. Four", "One. Four"],
    lists: ["One\n\n- Two\n  1. Three\n\nFour", "One. Two. Three. Four", "One. Four"],
    tables: ["One\n\n| A | B |\n|---|---|\n| c | d |\n\nTwo", "One. A, B. c, d. Two", "One. Two"],
    links: [
      "See [this *one*](x), <https://a.b> or https://c.de.",
      "See this one, a.b or c.de.",
      "See, or.",
    ],
    images: ["A ![picture](x) here", "A picture here", "A here"],
    code: ["Run `it()` now", "Run it() now", "Run now"],
    strikethrough: ["It is ~~red~~ blue", "It is red blue", "It is blue"],
    parentheses: [
      "One (two *three (four)*), five （六）.\n\n(a\n\nb) c :)",
      "One (two three (four)), five （六）. (a. b) c :)",
      "One, five. (a. b) c :)",
    ],
    brackets: [
      "[softly] One [two] [three](x) [laughter] `[a]`",
      "[softly] One [two] three [laughter] [a]",
      "One three [laughter] [a]",
    ],
  };

  for (const part of skippable) {
    const [written, all, rest] = samples[part];

    it(`leaves out ${part}, told as skipped`, () => {
      assert.deepEqual(said(written), [all]);
      assert.deepEqual(said(written, { skip: [part] }), [rest]);
      assert.ok(silence(written, { skip: [part] }).some((span) => span.startsWith("skipped: ")));
    });
  }

  it("of the front matter counts instead of the settings'", () => {
    const text = "---\nspeech:\n  skip: []\n---\n# One\n\nTwo (three)";
    assert.deepEqual(said(text, { skip: ["headings"] }), ["One. Two (three)"]);
    const own = text.replace("[]", "Parentheses");
    assert.deepEqual(said(own, { skip: ["headings"] }), ["One. Two"]);
  });

  it("leaves out parentheses and brackets of plain text, and says what it has no other of", () => {
    const text = "One (two), three [four].\n(five\n\nsix) <spell>(7)</spell>";
    const skip: Skippable[] = ["parentheses", "brackets", "lists"];
    assert.deepEqual(said(text, { skip }, "plaintext"), [
      "One, three.\n(five\n\nsix) <spell>(7)</spell>",
    ]);
    const front = "---\nspeech:\n  skip: [lists, brackets]\n  only: quotes\n---\nOne";
    assert.deepEqual(problems(front, "plaintext"), [
      ["missing-part", "[lists, brackets]"],
      ["missing-part", "quotes"],
    ]);
  });

  it("does not take what it does not know", () => {
    assert.deepEqual(problems("---\nspeech:\n  skip: [headngs]\n---\n# One"), [
      ["setting-value", "[headngs]"],
    ]);
    assert.deepEqual(problems("---\nspeech:\n  only: [[a]]\n---\n# One"), [
      ["setting-value", "[[a]]"],
    ]);
  });
});

describe("only", () => {
  const book =
    "# Book\n\nNo.\n\n> Quoted\n> - item\n\n## Narration\n\nOne &amp; two.\n\n### Part\n\nThree\n\n## Else\n\nNo &amp; no.\n\n# narration\n\nFour";

  it("says quotes", () => {
    assert.deepEqual(said(book, { only: ["quotes"] }), ["Quoted. item."]);
  });

  it("says the sections below headings, of any case, and of one level where it is written", () => {
    assert.deepEqual(said(book, { only: ["## Narration"] }), ["One & two. Part. Three"]);
    assert.deepEqual(said(book, { only: ["narration", "## ELSE ##"] }), [
      "One & two. Part. Three. No & no. Four",
    ]);
    assert.deepEqual(said(book, { only: ["quotes", "Part"] }), ["Quoted. item. Three"]);
    assert.deepEqual(said(book, { only: ["## Narration"], skip: ["headings"] }), [
      "One & two. Three",
    ]);
  });

  it("tells all else as skipped", () => {
    assert.deepEqual(silence("# A\n\nOne\n\n> two\n\n# B\n\n*three*", { only: ["quotes"] }), [
      "skipped: A\n\nOne",
      "skipped: B",
      "skipped: three",
    ]);
  });

  it("tells of what a document does not have", () => {
    const text = (only: string): string => `---\nspeech:\n  only: ${only}\n---\n## A\n\nOne`;
    assert.deepEqual(problems(text("['## A']")), []);
    assert.deepEqual(problems(text("['# A', b]")), [
      ["missing-part", "['# A', b]"],
      ["missing-part", "['# A', b]"],
    ]);
    assert.deepEqual(problems(text("notes")), [["missing-part", "notes"]]);
  });
});

describe("comments that tell what is spoken", () => {
  it("switch the speech off and on", () => {
    const text =
      "One <!-- speech: off -->two *three <!-- speech: on -->four.\n\n<!-- Speech: OFF -->\n\n# Five\n\n```\n\n<flush/>\n\n<!--speech:on-->\n\nSix";
    assert.deepEqual(said(text), ["One four. Six"]);
    assert.deepEqual(problems(text), []);
    assert.match(
      silence(text)[0] ?? "",
      /^off: <!-- speech: off -->two \*three <!-- speech: on -->$/,
    );
    const plain = "One <!-- speech: off -->two<!-- speech: on -->, three <flush/> four";
    assert.deepEqual(said(plain, {}, "plaintext"), ["One, three", "four"]);
  });

  it("are text in code, and where they are escaped", () => {
    assert.deepEqual(said("`<!-- speech: off -->` One"), ["<!-- speech: off --> One"]);
    assert.deepEqual(said("```\n<!-- speech: off -->\n```\nOne"), ["One"]);
  });

  it("are told of where they do nothing, or more than was meant", () => {
    const text =
      "<!-- speech: on --> a <!-- speech: of --> b <!-- speech: off --> <!-- speech: off --> c <!-- speech: on -->\n\n<!-- speech: off -->\n\nd";
    assert.deepEqual(
      problems(text).map(([, written]) => written),
      [
        "<!-- speech: on -->",
        "<!-- speech: of -->",
        "<!-- speech: off -->",
        "<!-- speech: off -->",
      ],
    );
    assert.deepEqual(said(text), ["a b"]);
  });

  it("say something instead of what stands on their line", () => {
    const cases: [string, string[]][] = [
      ["One\nE = mc^2 <!-- say: E is m c *squared* -->\ntwo", ["One E is m c *squared* two"]],
      ["# H2O <!-- say: Water -->\n\n- a <!-- say: b -->\n- c", ["Water. b. c."]],
      ["> a **b <!-- say: c -->\n\nd", ["c. d"]],
      ["One <flush/> two <!-- say: 2 --> <flush/> three", ["One", "2", "three"]],
      ["One\n\n<!-- say: Two -->\n\nThree", ["One. Two. Three"]],
      ["One <!-- say: -->\ntwo", ["two"]],
      ["a <!-- say: b --> c <!-- say: d --> e", ["b d"]],
      ["ANN: a <!-- say: b -->", ["b"]],
      ["| a | b <!-- say: c --> |\n|---|:-:|\n| 1 | 2 |", ["c. 1, 2."]],
      ["a | b | c <!-- say: d -->\n-|-|-\n1 | 2 | 3", ["d. 1, 2, 3."]],
      ["a <!-- say: b <flush/> c --> <flush/> d", ["b c", "d"]],
      ["`a` <!-- say:\nb\nc --> d", ["b c"]],
      ['a <!-- say: b <break time="1s"/> c -->', ['b <break time="1s"/> c']],
    ];
    for (const [text, expected] of cases) {
      const { segments } = parseScript(text, { language: "markdown", speakers: ["ANN"] });
      assert.deepEqual(
        segments.map(({ transcript }) => transcript),
        expected,
        text,
      );
    }
    assert.deepEqual(said("One\ntwo <!-- say: {{n}} --> <flush/>three", {}, "plaintext"), [
      "",
      "three",
    ]);
  });

  it("are told of a flush marker that they have, which cuts nothing", () => {
    for (const marker of ["<flush/>", "<!-- flush"]) {
      const { segments, problems } = read(`a <!-- say: b ${marker} -->`);
      assert.deepEqual(
        segments.map(({ transcript }) => transcript),
        ["b"],
      );
      assert.deepEqual(
        problems.map(({ code, start }) => [code, start]),
        [["speech-comment", 2]],
      );
    }
  });

  it("place their words at what they replace", () => {
    const text = "One.<flush/> a **b** <!-- say: see --> <flush/>";
    for (const language of ["markdown", "plaintext"] as const) {
      const [, { start, transcript, offsets, written } = { start: 0 }] = read(
        text,
        {},
        language,
      ).segments;
      assert.equal(transcript, "see");
      assert.deepEqual(offsets, [1, 1, 1]);
      const [place] = written ?? [];
      assert.equal(
        text.slice(start + 1, start + (place?.last ?? 0) + 1),
        "a **b** <!-- say: see -->",
      );
    }
  });
});

describe("a deck whose notes are said", () => {
  const deck = (name: string) => {
    const text = readFileSync(join(projectRoot, "test/fixtures/decks", `${name}.md`), "utf8");
    const { segments, problems } = read(text);
    assert.deepEqual(problems, []);
    return segments.map(({ title = "", transcript }) => [title, transcript]);
  };

  it("of Marp says comments that are no directives", () => {
    assert.deepEqual(deck("marp"), [
      [
        "Harbour lights",
        "Welcome, everyone. Tonight we walk along the harbour, and look at its lamps.",
      ],
      ["Three kinds of lamps", "Gas came first. And arc lamps followed: ask me why."],
      ["", "Look at this picture for a while."],
      ["", "Now, what do you see?"],
      ["Title below", "A note that is indented. with two points."],
      ["The end", ""],
    ]);
  });

  it("of Slidev says the comment that ends a slide", () => {
    assert.deepEqual(deck("slidev"), [
      ["Growing tomatoes", "Good morning. Let us begin with the soil."],
      ["The soil", "The soil should be loose."],
      ["Water", "Only the last comment counts."],
      ["", ""],
      ["Thank you", ""],
    ]);
  });

  it("of reveal.js says what follows Note: on a slide", () => {
    assert.deepEqual(deck("reveal"), [
      ["Bees", "Hello. I keep bees, since 1998. They dance. They sing."],
      ["The dance", "The dance tells how far the flowers are."],
      ["A figure of eight", "Think of an eight."],
      ["Questions?", ""],
    ]);
  });

  it("of Pandoc says divs of notes", () => {
    assert.deepEqual(deck("pandoc"), [
      ["Upstream", ""],
      ["Springs", "Every river begins small. Even this one. It grows."],
      ["Brooks", "A brook is a young river."],
      ["Rapids", "Here it is fast."],
      ["", "Nothing to read here, but to hear."],
      ["Downstream", "And so we come to the sea."],
    ]);
  });

  it("is cut at headings where Marp's headingDivider says so", () => {
    const text =
      "---\nmarp: true\nheadingDivider: 2\n---\n# A\n<!-- one -->\n## B\n### C\n<!-- two -->\n## D\n<!-- three -->";
    assert.deepEqual(said(text, { only: ["notes"] }), ["one", "two", "three"]);
  });

  it("has a speaker for what a name begins", () => {
    const text =
      "---\nmarp: true\n---\n# A\n\n<!--\nANN: One.\n\nBOB: Two.\n-->\n\n---\n\n<!--\nBOB: Three.\n-->";
    const { segments } = parseScript(text, {
      language: "markdown",
      only: ["notes"],
      speakers: ["ANN", "BOB"],
    });
    const spoken = segments.filter(({ speakable }) => speakable);
    assert.deepEqual(
      spoken.map(({ speaker, transcript }) => [speaker, transcript]),
      [
        ["ANN", "One."],
        ["BOB", "Two."],
        ["BOB", "Three."],
      ],
    );
  });
});
