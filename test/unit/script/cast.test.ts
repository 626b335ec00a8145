import assert from "node:assert/strict";
import { readFrontMatter } from "../../../src/script/frontMatter/frontMatter.ts";
import { declaresMarkers } from "../../../src/script/frontMatter/frontMatterBlock.ts";
import { parseScript } from "../../../src/script/reader/parseScript.ts";
import { scanScript } from "../../../src/script/scanner/scan.ts";
import type { ScriptLanguage } from "../../../src/script/model/script.ts";

const FRONT = "---\nspeech:\n  cast: { ANN: a, Bob B: b, 罗莎: c }\n---\n";

/** Who says what. */
function said(body: string, language: ScriptLanguage = "markdown"): (string | undefined)[][] {
  const { segments } = parseScript(FRONT + body, { language });
  return segments.map(({ speaker, transcript }) => [speaker, transcript]);
}

const nobody = undefined;

describe("a script with a cast", () => {
  for (const language of ["markdown", "plaintext"] as const) {
    describe(`in ${language}`, () => {
      it("is cut where the speaker changes, and the names are not said", () => {
        assert.deepEqual(said("ANN: Hello.\n\nBob B: Hi.\n\nThey sit.\n\nANN: So.", language), [
          ["ANN", "Hello."],
          ["Bob B", "Hi."],
          [nobody, "They sit."],
          ["ANN", "So."],
        ]);
      });

      it("takes neighbouring paragraphs of one speaker as one segment", () => {
        const [first, ...more] = said("ANN: Hello.\n\nANN: There.", language);
        assert.deepEqual(more, []);
        assert.deepEqual(first?.[0], "ANN");
        assert.match(first?.[1] ?? "", /^Hello\.\s+There\.$/);
      });

      it("parts a speaker's paragraphs at a marker, which cuts once", () => {
        assert.deepEqual(said("ANN: One.\n\n<flush/>\n\nANN: Two.", language), [
          ["ANN", "One."],
          ["ANN", "Two."],
        ]);
        assert.deepEqual(said("ANN: One.\n\n<flush/>\n\nBob B: Two.", language), [
          ["ANN", "One."],
          ["Bob B", "Two."],
        ]);
        assert.deepEqual(said("ANN: Stay hungry, <flush/>stay foolish.", language), [
          ["ANN", "Stay hungry,"],
          ["ANN", "stay foolish."],
        ]);
        assert.deepEqual(said("<flush/> ANN: One.", language).slice(1), [["ANN", "One."]]);
      });

      it("begins a paragraph at each line that begins with a name", () => {
        assert.deepEqual(said("ANN: One\nmore\nBob B: Two\nANN: Three", language).length, 3);
      });

      it("finds names with white space before the colon, and any letters", () => {
        assert.deepEqual(said("Bob B : Hi.\n\n罗莎：你好。\n\n罗莎:好。", language).length, 2);
        assert.deepEqual(said("罗莎：你好。", language), [["罗莎", "你好。"]]);
      });

      it("leaves what is no name as it is", () => {
        for (const text of ["Note: mind.", "ANNA: mind.", "So ANN: mind."]) {
          assert.deepEqual(said(text, language), [[nobody, text]]);
        }
      });

      it("has no segment for a name alone", () => {
        assert.deepEqual(said("ANN:\n\nShe is silent.", language), [[nobody, "She is silent."]]);
        assert.deepEqual(said("ANN:\nShe is not.", language), [["ANN", "She is not."]]);
      });
    });
  }

  it("finds bold names in Markdown alone", () => {
    const both = "**ANN:** One.\n\n**Bob B**: Two.";
    assert.deepEqual(said(both), [
      ["ANN", "One."],
      ["Bob B", "Two."],
    ]);
    assert.deepEqual(said(both, "plaintext"), [[nobody, both]]);
    assert.deepEqual(said("**ANN: One.**"), [[nobody, "ANN: One."]]);
  });

  it("has no names in code, comments, lists, quotes and headings", () => {
    const body =
      "```\nANN: a\n```\n\n<!--\nANN: b\n-->\n\n- ANN: c\n\n  ANN: d\n\n> ANN: e\n\n# ANN: f\n\n    ANN: g";
    const { segments, names } = scanScript(body, { language: "markdown", speakers: ["ANN"] });
    assert.deepEqual([segments.length, names], [1, []]);
    assert.deepEqual(said("- item\nANN: goes on").length, 1);
  });

  it("does not take code, comments and rules for another's words", () => {
    const parts = ["```\ncode\n```", "<!-- a note -->", "---", "* * *"];
    for (const part of parts) {
      assert.deepEqual(said(`ANN: One.\n\n${part}\n\nANN: Two.`), [["ANN", "One. Two."]], part);
    }
  });

  it("has the name as the marker before the segment, or nothing where there is none", () => {
    const text = "ANN: One.\n\nTwo.\n\n**ANN:** Three.";
    const options = { language: "markdown", speakers: ["ANN"] } as const;
    const { markers, names, speakers } = scanScript(text, options);
    const written = markers.map(({ kind, start, end }) => [kind, start, text.slice(start, end)]);
    assert.deepEqual(written, [
      ["speaker", 11, ""],
      ["speaker", 17, "**ANN:**"],
    ]);
    assert.deepEqual(names, [{ start: 0, end: 4, reason: "speaker" }]);
    assert.deepEqual(speakers, ["ANN", undefined, "ANN"]);
  });
});

describe("readFrontMatter, of a cast", () => {
  const problems = (yaml: string): [string, string][] =>
    readFrontMatter(yaml, 100).problems.map(({ start, end, message }) => [
      yaml.slice(start - 100, end - 100),
      message,
    ]);

  it("reads a voice, or settings, for each name, and where they stand", () => {
    const yaml =
      "speech:\n  cast:\n    ANN: v1\n    'Bob B': { voice: v2, speed: 1.2, volume: 0.5, emotion: calm, language: DE }\n";
    const { options, places, problems } = readFrontMatter(yaml, 100);
    assert.deepEqual(options.cast, {
      ANN: { voice: "v1" },
      "Bob B": { voice: "v2", speed: 1.2, volume: 0.5, emotion: "calm", language: "de" },
    });
    assert.deepEqual(problems, []);
    const { ANN, "Bob B": bob } = places.castVoices ?? {};
    const at = (place?: { start: number; end: number }): string =>
      yaml.slice((place?.start ?? 0) - 100, (place?.end ?? 0) - 100);
    assert.deepEqual([at(ANN?.voice), at(bob?.voice), at(bob?.language)], ["v1", "v2", "DE"]);
  });

  it("says what will not do, where it stands, and keeps the rest", () => {
    const rows: [string, string, RegExp][] = [
      ["cast: x", "x", /^`cast` holds the speakers/],
      ["cast: { ANN: }", "ANN", /^`ANN` has no voice/],
      ["cast: { ANN: 5 }", "5", /^`ANN` has no voice/],
      ["cast: { ANN: { speed: 1 } }", "{ speed: 1 }", /^`ANN` has no `voice`/],
      ["cast: { ANN: { voice: v, speed: 9 } }", "9", /^`speed` must be a number/],
      ["cast: { ANN: { voice: v, pitch: 1 } }", "pitch", /^A speaker has no setting `pitch`/],
      ["cast: { ANN: { voice: v, emotion: } }", "emotion", /^`emotion` has no value/],
      ["cast: { 'A: B': v }", "'A: B'", /^A speaker's name is text on one line/],
    ];
    for (const [cast, place, message] of rows) {
      const [problem, ...others] = problems(`speech:\n  ${cast}\n`);
      assert.deepEqual(others, [], cast);
      assert.equal(problem?.[0].trim(), place, cast);
      assert.match(problem?.[1] ?? "", message, cast);
    }
    const { options } = readFrontMatter("speech:\n  cast: { ANN: 5, BOB: v, '': w }\n", 0);
    assert.deepEqual(options.cast, { BOB: { voice: "v" } });
  });

  it("takes names that mean something to JavaScript", () => {
    const { options } = readFrontMatter("speech:\n  cast: { __proto__: v }\n", 0);
    assert.deepEqual(Object.keys(options.cast ?? {}), ["__proto__"]);
  });

  it("is needed to cut the script", () => {
    assert.ok(declaresMarkers("speech:\n  cast:\n"));
  });
});
