import assert from "node:assert/strict";
import fc from "fast-check";
import { ScriptReader } from "../../../../src/script/reader/scriptReader.ts";
import type { Segment } from "../../../../src/script/model/script.ts";
import { readWholeScript } from "../../../../src/script/reader/wholeScript.ts";
import {
  anyCast,
  anyDocument,
  anyEdit,
  anyLanguage,
  anyMarkers,
  anySpeakers,
  anyWords,
  edited,
} from "../arbitraries.ts";

describe("ScriptReader", () => {
  for (const least of [1, 40, undefined]) {
    it(`reads each version as if it were the first, with stretches of ${least} at least`, () => {
      const edits = fc.array(anyEdit, { minLength: 1, maxLength: 8 });
      fc.assert(
        fc.property(
          anyDocument,
          edits,
          anyLanguage,
          fc.record({ markers: anyMarkers, speakers: anySpeakers }),
          fc.boolean(),
          fc.array(anyWords, { minLength: 1, maxLength: 3 }),
          (document, edits, language, options, undo, wordings) => {
            const { markers, speakers } = options;
            const reader = new ScriptReader(least);
            const versions = [document];
            for (const edit of edits) versions.push(edited(versions.at(-1) ?? "", edit));
            if (undo) versions.push(...versions.slice(0, -1).reverse());
            const known = new WeakMap<readonly number[], string>();
            for (const [at, text] of versions.entries()) {
              // Other words from time to time.
              const words = wordings[(at >> 1) % wordings.length];
              const how = { language, markers, speakers, ...words };
              const script = reader.read(text, how);
              assert.deepEqual(script, readWholeScript(text, how));
              for (const segment of script.segments) {
                const { offsets, transcript, speaker } = segment;
                const said = `${speaker}: ${transcript}`;
                assert.equal(known.get(offsets) ?? said, said); // what is known of it is kept by its offsets
                known.set(offsets, said);
              }
            }
          },
        ),
        { numRuns: Number(process.env["RUNS"] ?? 250) },
      );
    });
  }

  for (const least of [1, 40, undefined]) {
    it(`reads a script whose cast changes as if it were the first, with stretches of ${least} at least`, () => {
      const edits = fc.array(fc.tuple(anyCast, anyEdit), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(
          anyCast,
          anyDocument,
          edits,
          anyLanguage,
          anyWords,
          (cast, document, edits, language, words) => {
            const reader = new ScriptReader(least);
            const versions = [cast + document];
            let body = document;
            for (const [next, edit] of edits) {
              versions.push(cast + (body = edited(body, edit)), next + body);
            }
            for (const text of [...versions, ...versions.slice(0, -1).reverse()]) {
              const how = { language, ...words };
              assert.deepEqual(reader.read(text, how), readWholeScript(text, how));
            }
          },
        ),
        { numRuns: Number(process.env["RUNS"] ?? 150) },
      );
    });
  }

  const paragraphs = (count: number): string[] =>
    Array.from({ length: count }, (_, at) =>
      `Paragraph ${at} with *some* [words] in it. `.repeat(4),
    );
  const replaced = (parts: string[], at: number, part: string): string[] =>
    parts.map((other, index) => (index === at ? part : other));
  const read = (reader: ScriptReader, text: string): readonly Segment[] =>
    reader.read(text, { language: "markdown" }).segments;

  /** How many segments were read anew: all others have the offsets that they had. */
  const countAnew = (before: readonly Segment[], now: readonly Segment[]): number => {
    const had = new Set(before.map(({ offsets }) => offsets));
    return now.filter(({ offsets }) => !had.has(offsets)).length;
  };

  it("leaves segments that an edit does not touch as they were", () => {
    const reader = new ScriptReader();
    const parts = paragraphs(50);
    const before = read(reader, parts.join("\n\n<flush/>\n\n"));
    const now = read(reader, replaced(parts, 20, "Something else.").join("\n\n<flush/>\n\n"));
    assert.ok(countAnew(before, now) <= 3);
    for (const at of [0, 18]) assert.equal(now[at], before[at]);
    for (const at of [22, 49]) {
      assert.equal(now[at]?.offsets, before[at]?.offsets);
      assert.equal(now[at]?.start, (before[at]?.start ?? 0) + 15 - (parts[20]?.length ?? 0));
    }
  });

  it("leaves what others say as it was when one line of a dialogue changes", () => {
    const reader = new ScriptReader();
    const cast = "---\nspeech:\n  cast: { ANN: x, BOB: y }\n---\n";
    const lines = paragraphs(50).map((text, at) => `${at % 2 ? "BOB" : "ANN"}: ${text}`);
    const before = read(reader, cast + lines.join("\n\n"));
    const now = read(reader, cast + replaced(lines, 20, "ANN: Something else.").join("\n\n"));
    assert.equal(now.length, 50);
    assert.ok(countAnew(before, now) <= 5);
    assert.equal(now[17], before[17]);
    assert.equal(now[49]?.offsets, before[49]?.offsets);
  });

  it("knows whose the paragraphs are behind a name that comes or goes", () => {
    const reader = new ScriptReader(1);
    const speakers = ["ANN", "BOB"];
    const text = "ANN: One\n\nANN: Two\n\nANN: Three";
    const said = (text: string): unknown =>
      reader
        .read(text, { language: "markdown", speakers })
        .segments.map(({ speaker, transcript }) => [speaker, transcript]);
    assert.deepEqual(said(text), [["ANN", "One. Two. Three"]]);
    const [one, two, three] = [
      ["ANN", "One"],
      ["BOB", "Two"],
      ["ANN", "Three"],
    ];
    assert.deepEqual(said(text.replace("ANN: Two", "BOB: Two")), [one, two, three]);
    assert.deepEqual(said(text), [["ANN", "One. Two. Three"]]);
    assert.deepEqual(said(text.replace("ANN: Two", "Two")), [one, [undefined, "Two"], three]);
  });

  it("knows which segments a definition far away concerns", () => {
    const reader = new ScriptReader();
    const parts = replaced(paragraphs(50), 7, "An [asked\n*for* [one][here]");
    const text = parts.join("\n\n<flush/>\n\n");
    assert.equal(read(reader, text)[7]?.transcript, "An [asked for [one][here]");
    const defined = read(reader, `${text}\n\n[here]: /there`);
    assert.equal(defined[7]?.transcript, "An [asked for one");
    assert.equal(read(reader, text)[7]?.transcript, "An [asked for [one][here]");
  });

  it("reads a fence that is opened and closed again as it was", () => {
    const reader = new ScriptReader();
    const text = paragraphs(50).join("\n\n<flush/>\n\n");
    const before = read(reader, text);
    assert.equal(read(reader, `\`\`\`\n${text}`).length, 1);
    assert.deepEqual(read(reader, text), before);
  });

  describe("of text made to be slow", () => {
    const size = 100_000;
    const made = {
      "signs of HTML": "<",
      backticks: "`",
      brackets: "[",
      comments: "<!--",
      "comments on many lines": "a <!--\n\n",
      "elements that are never closed": "<spell>\n",
      "one line": "word ",
      "empty lines": "\r\n",
      markers: "<flush/>",
      "what always belongs to the text before": "a\n\n<flush/>\n    x\n\n",
      lists: "- a\n\n  b\n\n",
      quotes: "> a\n\n",
      "HTML that runs on": "<pre>\n\n",
      fences: "```\n\n",
      definitions: "[a]: /b\n\n[a]\n\n",
      "a speaker's lines": "ANN: a\n\n",
      "many speakers' lines": "ANN: a\nBOB: b\n",
      "what might be names": "ANN",
    };
    for (const [name, part] of Object.entries(made)) {
      it(`is no slower than the text is long: ${name}`, () => {
        const text = part.repeat(size / part.length);
        for (const language of ["markdown", "plaintext"] as const) {
          const reader = new ScriptReader();
          const speakers = ["ANN", "BOB"];
          reader.read(text, { language, speakers });
          const { segments } = reader.read(`x${text}`, { language, speakers });
          assert.equal(segments.at(-1)?.end, text.length + 1);
        }
      });
    }
  });
});
