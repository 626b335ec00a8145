import assert from "node:assert/strict";
import fc from "fast-check";
import { firstWords } from "../../../../src/script/model/firstWords.ts";
import { findHeadings } from "../../../../src/script/scanner/headings.ts";
import {
  outlineOf,
  segmentFolds,
  type OutlineItem,
} from "../../../../src/script/outline/outline.ts";
import { markedSpans } from "../../../../src/script/outline/markedSpans.ts";
import { endOf, type LinePlace, type LineRange } from "../../../../src/script/model/linePlaces.ts";
import { scanScript } from "../../../../src/script/scanner/scan.ts";
import type { ScriptLanguage } from "../../../../src/script/model/script.ts";
import { segmentPlaces } from "../../../../src/script/model/segmentPlaces.ts";
import { anyDocument, anyLanguage, anyMarkers } from "../arbitraries.ts";

function read(text: string, language: ScriptLanguage = "markdown", markers: string[] = []) {
  const scan = scanScript(text, { language, markers });
  const segments = segmentPlaces(text, scan.segments);
  return { segments, items: outlineOf(text, scan, segments, language) };
}

/** The outline as lines, indented by level; segments with their numbers. */
const lines = (items: readonly OutlineItem[], indent = ""): string[] =>
  items.flatMap(({ name, segment, children }) => [
    `${indent}${segment === undefined ? "#" : segment + 1} ${name}`,
    ...lines(children, `${indent}  `),
  ]);

const titles = (text: string, markers: string[] = []): string[] =>
  findHeadings(text, scanScript(text, { language: "markdown", markers })).map(
    ({ level, title }) => `${level} ${title}`,
  );

describe("findHeadings", () => {
  it("stays linear on what is made to be slow", () => {
    for (const slow of [" ", " \t", " #", "# ", "#", "[a](", "<a ", "<!--", "*", "[ "]) {
      const [title] = titles(`# a${slow.repeat(100_000)}b`);
      assert.ok(title?.startsWith("1 a"), slow);
    }
  });

  it("finds them with hashes and underlined", () => {
    assert.deepEqual(titles("# One\n\n  ## Two ##\r\n\r\nThree\n===\n\nFour\n---\n\n#\n#five\n"), [
      "1 One",
      "2 Two",
      "1 Three",
      "2 Four",
      "1 ",
    ]);
  });

  it("finds one behind a marker on its line", () => {
    assert.deepEqual(titles("one\n\n<flush/># Two\n\n<!-- flush --> ## Three"), [
      "1 Two",
      "2 Three",
    ]);
  });

  it("takes none from code, comments, front matter, lists, and lines that a rule or a marker follows", () => {
    assert.deepEqual(
      titles(
        "---\na\n---\n\n```\n# x\n```\n\n<!--\n# y\n-->\n\n    # z\n\n- a\n---\n\n> b\n---\n\n---\n",
      ),
      [],
    );
    assert.deepEqual(titles("Words\n---\nmore", ["---"]), []);
  });
});

describe("outline", () => {
  it("puts segments under the headings above them", () => {
    const text =
      "Before.<flush/>\n# A\n\nFirst *words* of it.\n\n<flush/>\n\nMore.\n\n<flush/>\n\n## B\n\nWith [a link](x).<flush/>…<flush/>\n\n# *C* and [d](e) #\n\nLast.";
    assert.deepEqual(lines(read(text).items), [
      "1 Before.",
      "# A",
      "  2 A First words of it.",
      "  3 More.",
      "  # B",
      "    4 B With a link.",
      "# C and d",
      "  6 C and d # Last.",
    ]);
  });

  it("ends a segment at a heading that it goes on over", () => {
    const { items } = read("# A\n\none\n\n# B\n\ntwo");
    assert.deepEqual(lines(items), ["# A", "  1 A one", "# B"]);
    const [segment, next] = [items[0]?.children[0], items[1]];
    assert.deepEqual(
      [segment?.endLine, segment?.endCharacter, next?.line, next?.character],
      [4, 0, 4, 0],
    );
  });

  it("knows no headings in plain text", () => {
    assert.deepEqual(lines(read("# A\n<flush/>b", "plaintext").items), ["1 A", "2 b"]);
  });

  it("has each part within the one above it, in order, and each segment once at most", () => {
    const isNext = (one: LinePlace, other: LinePlace): boolean =>
      one.line < other.line || (one.line === other.line && one.character <= other.character);
    const check = (items: readonly OutlineItem[], within: LineRange, seen: Set<number>) => {
      let last: LinePlace = within;
      for (const item of items) {
        const { name, segment, place, children } = item;
        const inOrder = [last, item, place, endOf(place), endOf(item), endOf(within)];
        inOrder.slice(1).forEach((one, at) => assert.ok(isNext(inOrder[at] ?? one, one)));
        assert.notEqual(name.trim(), "");
        if (segment !== undefined) {
          assert.ok(!seen.has(segment));
          seen.add(segment);
        }
        check(children, item, seen);
        last = item;
      }
    };
    const whole = { line: 0, character: 0, endLine: Infinity, endCharacter: 0 };
    fc.assert(
      fc.property(anyDocument, anyLanguage, anyMarkers, (text, language, markers) => {
        check(read(text, language, markers).items, whole, new Set());
      }),
      { numRuns: 1000 },
    );
  });
});

describe("firstWords", () => {
  it("cuts at a word, and leaves signs and tags out", () => {
    assert.equal(firstWords('> **Now** is <break time="1s"/> the winter'), "Now is the winter");
    assert.equal(
      firstWords("Now is the winter of our discontent made glorious summer"),
      "Now is the winter of our discontent made…",
    );
    assert.equal(firstWords("你".repeat(60)), `${"你".repeat(48)}…`);
    assert.equal(firstWords("… *"), "");
  });
});

describe("segmentFolds", () => {
  const folds = (text: string): string[] =>
    segmentFolds(read(text).segments).map(({ first, last }) => `${first}-${last}`);

  it("folds segments of several lines, and leaves the next one's first line", () => {
    assert.deepEqual(folds("a\nb\n\n<flush/>\n\nc\n<flush/>\nd\ne <flush/>f\ng"), ["0-1", "8-9"]);
  });

  it("folds none that begins on the line of another", () => {
    assert.deepEqual(folds("a <flush/>b\nc"), []);
  });

  it("of a deck whose notes are said has its slides, by their titles", () => {
    const text =
      "---\nmarp: true\n---\n# A deck\n\n<!-- One. -->\n\n---\n\n## The *end*\n\n<!-- Two. <flush/> Three. -->";
    const scan = scanScript(text, { language: "markdown", only: ["notes"] });
    const items = outlineOf(text, scan, segmentPlaces(text, scan.segments), "markdown");
    const names = items.map(({ name, segment, children }) => [name, segment, children.length]);
    assert.deepEqual(names, [
      ["A deck", 0, 0],
      ["The end", 1, 0],
      ["Three.", 2, 0],
    ]);
    const { markers } = markedSpans(text, scan, { start: 0, end: text.length });
    assert.deepEqual(
      markers.map(({ start, end }) => text.slice(start, end)),
      ["---", "<flush/>"],
    );
  });
});
