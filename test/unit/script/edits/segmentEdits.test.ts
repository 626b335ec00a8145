import assert from "node:assert/strict";
import fc from "fast-check";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import type { ScriptLanguage } from "../../../../src/script/model/script.ts";
import { SegmentEditor, type SegmentEdit } from "../../../../src/script/edits/segmentEdits.ts";
import { withEdits } from "../../../../src/script/model/textEdit.ts";
import { anyBlock, anyDocument, anyLanguage, anyMarkers } from "../arbitraries.ts";

type Make = (editor: SegmentEditor, cursor: number) => SegmentEdit | undefined;

/** The text after an edit, with the cursor as `|` in both; `undefined` where there is no edit. */
function edited(marked: string, make: Make, language: ScriptLanguage = "markdown") {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  const edit = make(new SegmentEditor(text, { language }), cursor);
  if (!edit) return undefined;
  const after = withEdits(text, edit.edits);
  return `${after.slice(0, edit.cursor)}|${after.slice(edit.cursor)}`;
}

const transcripts = (text: string, language: ScriptLanguage, markers: readonly string[] = []) =>
  parseScript(text, { language, markers }).segments.map(({ transcript }) => transcript);

const anyGap = fc.constantFrom(
  "<flush/>",
  " <flush/>",
  " <flush/> ",
  "\n\n<flush/>\n\n",
  "\n<flush/>\n",
  "\r\n\r\n<!-- flush -->",
  "\n---\n",
);
/** Scripts of some segments, and scripts as nobody would write them. */
const anyParts = fc.oneof(
  { weight: 1, arbitrary: anyDocument },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.tuple(anyBlock, anyGap), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.flat().join("")),
  },
);

const words = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "");

const move =
  (segment: number, by: 1 | -1): Make =>
  (editor, cursor) =>
    editor.move(segment, by, cursor);
const split: Make = (editor, cursor) => editor.split(cursor);
const join =
  (segment: number): Make =>
  (editor) =>
    editor.join(segment);

describe("Moving a segment", () => {
  it("leaves the white space at the markers, and takes the cursor along", () => {
    const text = "One t|wo.\n\n<flush/>\n\n# Three\n\nfour\n\n<flush/> five\n";
    assert.equal(
      edited(text, move(0, 1)),
      "# Three\n\nfour\n\n<flush/>\n\nOne t|wo.\n\n<flush/> five\n",
    );
    assert.equal(edited("One.\n\n<flush/>\n\nTw|o.", move(1, -1)), "Tw|o.\n\n<flush/>\n\nOne.");
  });

  it("goes past empty segments, and not out of the script", () => {
    assert.equal(edited("|a <flush/><flush/> b", move(0, 1)), "b <flush/><flush/> |a");
    assert.equal(edited("|a <flush/> \n", move(0, 1)), undefined);
    assert.equal(edited("|a <flush/> b", move(0, -1)), undefined);
  });

  it("stays behind the front matter", () => {
    assert.equal(
      edited("---\nspeech:\n---\na|\n<flush/>\nb", move(0, 1)),
      "---\nspeech:\n---\nb\n<flush/>\na|",
    );
  });

  it("gives blocks lines of their own where they need them", () => {
    const text = "Say |it, <flush/>then:\n\n- one\n- two\n\n<flush/>\n\n# Three\n\nfour";
    assert.equal(
      edited(text, move(1, 1)),
      "Say it, <flush/>\n\n# Three\n\nfour\n\n<flush/>\n\nthen:\n\n- one\n- two".replace(
        "then",
        "|then",
      ),
    );
  });

  it("says the same in the new order, whatever the script", () => {
    let moved = 0;
    fc.assert(
      fc.property(
        anyParts,
        anyLanguage,
        anyMarkers,
        fc.nat({ max: 5 }),
        fc.constantFrom(1 as const, -1 as const),
        (text, language, markers, segment, by) => {
          const edit = new SegmentEditor(text, { language, markers }).move(segment, by, 0);
          if (!edit) return;
          moved++;
          const before = transcripts(text, language, markers);
          const after = transcripts(withEdits(text, edit.edits), language, markers);
          const places = before.flatMap((said, at) => (said === after[at] ? [] : [at]));
          assert.ok(places.length === 0 || (places.length === 2 && places.includes(segment)));
          assert.deepEqual([...after].sort(), [...before].sort());
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(moved > 100, `${moved} moved`);
  });
});

describe("Segments of speakers", () => {
  const cast = "---\nspeech: { cast: { ANN: x, BOB: y } }\n---\n";

  it("move with their names", () => {
    assert.equal(
      edited(`${cast}ANN: One.\n\nBOB: Tw|o.\n\nThree.\n`, move(1, -1)),
      `${cast}BOB: Tw|o.\n\nANN: One.\n\nThree.\n`,
    );
  });

  it("are not moved to where another would say them", () => {
    assert.equal(edited(`${cast}ANN: One.<flush/>Tw|o.\n\nBOB: Three.\n`, move(1, 1)), undefined);
  });

  it("are not joined to those of another", () => {
    assert.equal(edited(`${cast}ANN: O|ne.\n\nBOB: Two.`, join(0)), undefined);
    assert.equal(edited(`${cast}ANN: O|ne.\n\n<flush/>\n\nBOB: Two.`, join(0)), undefined);
    assert.equal(edited(`${cast}ANN: O|ne. <flush/>Two.`, join(0)), `${cast}ANN: One. |Two.`);
  });
});

describe("Splitting a segment", () => {
  it("puts a marker between the words at the cursor", () => {
    assert.equal(
      edited("Stay hungry, |stay foolish.", split),
      "Stay hungry, <flush/>|stay foolish.",
    );
    assert.equal(edited("Stay hungry,| stay", split), "Stay hungry, <flush/>|stay");
    assert.equal(edited("Stay hun|gry, stay", split), "Stay <flush/>|hungry, stay");
    assert.equal(
      edited("Stay *hungry* and **fool|ish**.", split),
      "Stay *hungry* and <flush/>|**foolish**.",
    );
    assert.equal(edited("你好，世|界。", split), "你好，<flush/>|世界。");
  });

  it("gives it a line of its own where a block begins", () => {
    assert.equal(edited("One.\n\n|# Two\n\nthree", split), "One.\n\n<flush/>\n\n|# Two\n\nthree");
    assert.equal(edited("One.\r\n|\r\ntwo", split), "One.\r\n\r\n<flush/>\r\n\r\n|two");
  });

  it("goes before the name of who goes on speaking", () => {
    const cast = "---\nspeech:\n  cast: { ANN: v }\n---\n";
    assert.equal(
      edited(`${cast}ANN: One.\n\nANN: |Two.`, split),
      `${cast}ANN: One.\n\n<flush/>\n\n|ANN: Two.`,
    );
    assert.equal(
      edited(`${cast}ANN: One.\nANN:\n|Two.`, split),
      `${cast}ANN: One.\n<flush/>|ANN:\nTwo.`,
    );
  });

  it("never cuts a tag, code or a comment", () => {
    assert.equal(
      edited("Say <spell>A B C D|</spell> now", split),
      "Say <spell>A B C D</spell> <flush/>|now",
    );
    assert.equal(edited('Say <break ti|me="1s"/> it', split), 'Say <flush/>|<break time="1s"/> it');
    assert.equal(edited("Say `a b |c d` it", split), "Say `a b c d` <flush/>|it");
    assert.equal(
      edited("One.\n\n```\ncode |here\n```\n\nTwo.", split),
      "One.\n\n```\ncode here\n```\n\n<flush/>\n\n|Two.",
    );
    assert.equal(edited("One <!-- a |b --> two", split), "One <!-- a b --> <flush/>|two");
  });

  it("is not to be where one part would have nothing to say", () => {
    assert.equal(edited("Word|", split), undefined);
    assert.equal(edited("… |", split), undefined);
    assert.equal(edited("One <flush/>|two", split), undefined);
  });

  it("keeps all other segments, and all words, whatever the script", () => {
    let parted = 0;
    fc.assert(
      fc.property(
        anyParts,
        anyLanguage,
        anyMarkers,
        fc.nat({ max: 1000 }),
        (text, language, markers, place) => {
          const cursor = Math.round((text.length * place) / 1000);
          const edit = new SegmentEditor(text, { language, markers }).split(cursor);
          if (!edit) return;
          parted++;
          const before = transcripts(text, language, markers);
          const result = withEdits(text, edit.edits);
          const after = transcripts(result, language, markers);
          assert.equal(after.length, before.length + 1);
          assert.equal(words(after.join("")), words(before.join("")));
          assert.ok(edit.cursor >= 0 && edit.cursor <= result.length);
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(parted > 100, `${parted} parted`);
  });
});

describe("Joining a segment with the next", () => {
  it("takes the marker away, with the lesser white space", () => {
    assert.equal(edited("One. <flush/>Two.", join(0)), "One. |Two.");
    assert.equal(edited("One.\n\n<flush/>\n\nTwo.\n", join(0)), "One.\n\n|Two.\n");
    assert.equal(edited("One.\n\n<flush/>\n\n# Two\n", join(0)), "One.\n\n|# Two\n");
  });

  it("puts the seam's space where there is none, and no pause that was not there", () => {
    assert.equal(edited("One<flush/>two", join(0)), "One |two");
    assert.equal(edited("One<flush/>two", join(0), "plaintext"), "One |two");
    assert.equal(edited("One\n\n<flush/>\n\ntwo", join(0)), "One\n|two");
    assert.equal(edited("你好<flush/>世界", join(0)), "你好|世界");
  });

  it("joins what is empty, and nothing at the script's end", () => {
    assert.equal(edited("One.\n<flush/>\n<flush/>\nTwo.", join(0)), "One.\n|<flush/>\nTwo.");
    assert.equal(edited("One.", join(0)), undefined);
  });

  it("undoes a split", () => {
    const text = "One two.\n\nThree *four* five.\n";
    const editor = new SegmentEditor(text, { language: "markdown" });
    for (const cursor of [4, 10, 16, 24]) {
      const parted = withEdits(text, editor.split(cursor)?.edits ?? []);
      const edit = new SegmentEditor(parted, { language: "markdown" }).join(0);
      assert.equal(withEdits(parted, edit?.edits ?? []), text);
    }
  });

  it("says both with their seam, whatever the script", () => {
    let count = 0;
    fc.assert(
      fc.property(
        anyParts,
        anyLanguage,
        anyMarkers,
        fc.nat({ max: 5 }),
        (text, language, markers, segment) => {
          const edit = new SegmentEditor(text, { language, markers }).join(segment);
          if (!edit) return;
          count++;
          const before = transcripts(text, language, markers);
          const after = transcripts(withEdits(text, edit.edits), language, markers);
          assert.equal(after.length, before.length - 1);
          assert.equal(words(after.join("")), words(before.join("")));
          before.splice(segment, 2);
          after.splice(segment, 1);
          assert.deepEqual(after, before);
        },
      ),
      { numRuns: 1000 },
    );
    assert.ok(count > 100, `${count} joined`);
  });
});
