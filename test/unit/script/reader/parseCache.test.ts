import assert from "node:assert/strict";
import fc from "fast-check";
import { MarkdownStretch } from "../../../../src/script/markdown/markdownStretch.ts";
import {
  MarkdownTokenizer,
  nothingElsewhere,
} from "../../../../src/script/markdown/markdownTokens.ts";
import type { Segment } from "../../../../src/script/model/script.ts";
import { isSpeakable } from "../../../../src/script/model/serviceTags.ts";
import { ParseCache } from "../../../../src/script/reader/parseCache.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import type { ReadOptions } from "../../../../src/script/reader/replaceWords.ts";
import { scanDeclared } from "../../../../src/script/scanner/scanDeclared.ts";
import type { SpokenText } from "../../../../src/script/transcript/spokenText.ts";
import { TranscriptBuilder } from "../../../../src/script/transcript/transcriptBuilder.ts";
import {
  anyCast,
  anyDocument,
  anyEdit,
  anyLanguage,
  anyMarkers,
  anyParts,
  anySpeakers,
  anyWords,
  edited,
} from "../arbitraries.ts";

/** What is said in each segment of a Markdown document that is parsed in one piece. */
function sayWhole(text: string, options: ReadOptions): readonly SpokenText[] {
  const scan = scanDeclared(text, options);
  const stretch = new MarkdownStretch(text, scan, { isInner: false, isLast: true, parts: options });
  stretch.parse(new MarkdownTokenizer(), nothingElsewhere, 1);
  const { tags, signs, parsing } = stretch;
  const { segments, markers, names, replaced, opened } = scan;
  const silent = [...names.map((name) => ({ ...name, reason: "speaker" as const })), ...signs];
  const builder = new TranscriptBuilder({
    text,
    segments,
    markers: [...markers, ...opened],
    silent,
    tags,
    replaced,
  });
  parsing.speech.repeat(builder, 0);
  return builder.finish();
}

const runs = { numRuns: Number(process.env["RUNS"] ?? 500) };

describe("parseScript with what was parsed before", () => {
  /** Reads them one after the other, and each by itself. */
  const readAll = (versions: readonly (readonly [string, ReadOptions])[]): void => {
    const cache = new ParseCache();
    const known = new WeakMap<readonly number[], string>();
    for (const [text, options] of versions) {
      const script = parseScript(text, options, cache);
      assert.deepEqual(script, parseScript(text, options));
      for (const { offsets, transcript, start, end } of script.segments) {
        const said = `${transcript}: ${text.slice(start, end)}`;
        assert.equal(known.get(offsets) ?? said, said); // what is known of it is kept by its offsets
        known.set(offsets, said);
      }
    }
  };

  it("reads each version as if it were the first", () => {
    const edits = fc.array(anyEdit, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        anyDocument,
        edits,
        anyLanguage,
        fc.record({ markers: anyMarkers, speakers: anySpeakers }),
        fc.boolean(),
        fc.array(fc.tuple(anyWords, anyParts), { minLength: 1, maxLength: 3 }),
        (document, edits, language, options, undo, manners) => {
          const versions = [document];
          for (const edit of edits) versions.push(edited(versions.at(-1) ?? "", edit));
          if (undo) versions.push(...versions.slice(0, -1).reverse());
          // Other words and parts from time to time.
          readAll(
            versions.map((text, at) => {
              const [words, parts] = manners[(at >> 1) % manners.length] ?? [];
              return [text, { language, ...options, ...words, ...parts }];
            }),
          );
        },
      ),
      runs,
    );
  });

  it("reads a script whose cast changes as if it were the first", () => {
    const edits = fc.array(fc.tuple(anyCast, anyEdit), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyCast, anyDocument, edits, anyLanguage, anyWords, (...given) => {
        const [cast, document, edits, language, words] = given;
        const versions = [cast + document];
        let body = document;
        for (const [next, edit] of edits) {
          versions.push(cast + (body = edited(body, edit)), next + body);
        }
        const all = [...versions, ...versions.slice(0, -1).reverse()];
        readAll(all.map((text) => [text, { language, ...words }]));
      }),
      runs,
    );
  });

  it("says in stretches what it would say of the whole", () => {
    fc.assert(
      fc.property(anyCast, anyDocument, anyMarkers, anySpeakers, anyParts, (...given) => {
        const [cast, document, markers, speakers, parts] = given;
        const text = cast + document;
        const options = { language: "markdown", markers, speakers, ...parts } as const;
        const { segments } = parseScript(text, options);
        const whole = sayWhole(text, options);
        for (const { index, transcript, offsets, unfilled } of segments) {
          if (unfilled) continue;
          const said = whole[index];
          if (isSpeakable(said?.text ?? "")) {
            assert.deepEqual(
              { text: transcript, offsets },
              { text: said?.text, offsets: said?.offsets },
            );
          } else assert.equal(transcript, "");
        }
      }),
      { numRuns: 2 * runs.numRuns },
    );
  });

  const paragraphs = (count: number): string[] =>
    Array.from({ length: count }, (_, at) =>
      `Paragraph ${at} with *some* [words] in it. `.repeat(4),
    );
  const replaced = (parts: string[], at: number, part: string): string[] =>
    parts.map((other, index) => (index === at ? part : other));
  const read = (cache: ParseCache, text: string): readonly Segment[] =>
    parseScript(text, { language: "markdown" }, cache).segments;

  /** How many segments were read anew: all others have the offsets that they had. */
  const countAnew = (before: readonly Segment[], now: readonly Segment[]): number => {
    const had = new Set(before.map(({ offsets }) => offsets));
    return now.filter(({ offsets }) => !had.has(offsets)).length;
  };

  it("leaves segments that an edit does not touch as they were", () => {
    const cache = new ParseCache();
    const parts = paragraphs(50);
    const before = read(cache, parts.join("\n\n<flush/>\n\n"));
    const now = read(cache, replaced(parts, 20, "Something else.").join("\n\n<flush/>\n\n"));
    assert.ok(countAnew(before, now) <= 3);
    for (const at of [22, 49]) {
      assert.equal(now[at]?.start, (before[at]?.start ?? 0) + 15 - (parts[20]?.length ?? 0));
    }
  });

  it("leaves what others say as it was when one line of a dialogue changes", () => {
    const cache = new ParseCache();
    const cast = "---\nspeech:\n  cast: { ANN: x, BOB: y }\n---\n";
    const lines = paragraphs(50).map((text, at) => `${at % 2 ? "BOB" : "ANN"}: ${text}`);
    const before = read(cache, cast + lines.join("\n\n"));
    const now = read(cache, cast + replaced(lines, 20, "ANN: Something else.").join("\n\n"));
    assert.equal(now.length, 50);
    assert.ok(countAnew(before, now) <= 5);
  });

  it("knows whose the paragraphs are behind a name that comes or goes", () => {
    const cache = new ParseCache();
    const speakers = ["ANN", "BOB"];
    const text = "ANN: One\n\nANN: Two\n\nANN: Three";
    const said = (text: string): unknown =>
      parseScript(text, { language: "markdown", speakers }, cache).segments.map(
        ({ speaker, transcript }) => [speaker, transcript],
      );
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
    const cache = new ParseCache();
    const parts = replaced(paragraphs(50), 7, "An [asked\n*for* [one][here]");
    const text = parts.join("\n\n<flush/>\n\n");
    assert.equal(read(cache, text)[7]?.transcript, "An [asked for [one][here]");
    const defined = read(cache, `${text}\n\n[here]: /there`);
    assert.equal(defined[7]?.transcript, "An [asked for one");
    assert.equal(read(cache, text)[7]?.transcript, "An [asked for [one][here]");
  });

  it("reads a fence that is opened and closed again as it was", () => {
    const cache = new ParseCache();
    const text = paragraphs(50).join("\n\n<flush/>\n\n");
    const before = read(cache, text);
    assert.equal(read(cache, `\`\`\`\n${text}`).length, 1);
    assert.deepEqual(read(cache, text), before);
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
          const cache = new ParseCache();
          const speakers = ["ANN", "BOB"];
          parseScript(text, { language, speakers }, cache);
          const { segments } = parseScript(`x${text}`, { language, speakers }, cache);
          assert.equal(segments.at(-1)?.end, text.length + 1);
        }
      });
    }
  });
});
