import assert from "node:assert/strict";
import type { ScriptLanguage } from "../../../src/script/model/script.ts";
import { insertionPoints } from "../../../src/script/edits/insertionPoints.ts";
import { SegmentEditor } from "../../../src/script/edits/segmentEdits.ts";
import { segmentPlaces } from "../../../src/script/model/segmentPlaces.ts";
import { withEdits } from "../../../src/script/model/textEdit.ts";
import { outlineOf, type OutlineItem } from "../../../src/script/outline/outline.ts";
import { scanDeclared } from "../../../src/script/scanner/scanDeclared.ts";
import { scanScript } from "../../../src/script/scanner/scan.ts";
import { silentSpans } from "../../../src/script/model/silence.ts";
import { parseScript } from "../../../src/script/reader/parseScript.ts";

const both = ["markdown", "plaintext"] as const;

/** Who says what. */
function said(
  body: string,
  language: ScriptLanguage = "markdown",
  more = "",
): (string | undefined)[][] {
  const front = `---\nspeech:\n  cast: { HOST: a, Guest: b, Dr. Bell: c, 罗莎: d, Strauß: e }\n${more}---\n`;
  const { segments } = parseScript(front + body, { language });
  return segments
    .filter(({ speakable }) => speakable)
    .map(({ speaker, transcript }) => [speaker, transcript.replace(/\s+/g, " ")]);
}

const nobody = undefined;

describe("A name of the cast, as people write it", () => {
  const everywhere: readonly [written: string, speaker: string][] = [
    ["HOST: Hello.", "HOST"],
    ["HOST : Hello.", "HOST"],
    ["HOST： Hello.", "HOST"],
    ["Host: Hello.", "HOST"],
    ["host: Hello.", "HOST"],
    ["GUEST: Hello.", "Guest"],
    ["DR.  BELL: Hello.", "Dr. Bell"],
    ["DR. BELL. Hello.", "Dr. Bell"],
    ["HOST. Hello.", "HOST"],
    ["HOST. (softly) Hello.", "HOST"],
    ["STRAUSS: Hello.", "Strauß"],
    ["HOST (V.O.): Hello.", "HOST"],
    ["HOST (CONT'D): Hello.", "HOST"],
    ["HOST (CONT’D) (O.S.): Hello.", "HOST"],
    ["HOST(V.O.): Hello.", "HOST"],
    ["HOST [whispering]: Hello.", "HOST"],
    ["HOST (to GUEST: softly): Hello.", "HOST"],
    ["[HOST]: Hello.", "HOST"],
    ["GUEST: (whispering) Hello.", "Guest"],
    ["GUEST: (Laughs.) Hello.", "Guest"],
    ["GUEST:\n(whispering)\nHello.", "Guest"],
    ["[00:12] GUEST: Hello.", "Guest"],
    ["[00:12]GUEST: Hello.", "Guest"],
    ["00:12 GUEST: Hello.", "Guest"],
    ["(0:00:12.5) GUEST: Hello.", "Guest"],
    ["[00:12 - 00:15] GUEST: Hello.", "Guest"],
    ["00:12 – GUEST: Hello.", "Guest"],
    ["GUEST [00:12]: Hello.", "Guest"],
    ["GUEST 00:12: Hello.", "Guest"],
    ["罗莎：Hello.", "罗莎"],
    ["罗莎（小声）：Hello.", "罗莎"],
    ["罗莎：（小声）Hello.", "罗莎"],
    ["【罗莎】：Hello.", "罗莎"],
  ];
  const emphasised: readonly [written: string, speaker: string][] = [
    ["**HOST:** Hello.", "HOST"],
    ["**HOST**: Hello.", "HOST"],
    ["*HOST:* Hello.", "HOST"],
    ["*HOST*: Hello.", "HOST"],
    ["***HOST:*** Hello.", "HOST"],
    ["__HOST:__ Hello.", "HOST"],
    ["_HOST_: Hello.", "HOST"],
    ["**HOST** (CONT'D): Hello.", "HOST"],
    ["**HOST (CONT'D):** Hello.", "HOST"],
    ["**HOST (CONT'D)**: Hello.", "HOST"],
    ["**HOST** *(whispering)*: Hello.", "HOST"],
    ["**HOST:** *(whispering)* Hello.", "HOST"],
    ["**[00:12] HOST:** Hello.", "HOST"],
    ["**00:12 HOST:** Hello.", "HOST"],
    ["**[00:12]** **HOST:** Hello.", "HOST"],
    ["[00:12] **Host:** Hello.", "HOST"],
    ["**Host.** Hello.", "HOST"],
    ["*Guest.* (Aside.) Hello.", "Guest"],
    ["**Dr. Bell.** Hello.", "Dr. Bell"],
  ];
  for (const language of both) {
    for (const [written, speaker] of everywhere) {
      it(`is ${JSON.stringify(written)}, in ${language}`, () => {
        assert.deepEqual(said(`They meet.\n\n${written}\n\nThey go.`, language), [
          [nobody, "They meet."],
          [speaker, "Hello."],
          [nobody, "They go."],
        ]);
      });
    }
  }
  for (const [written, speaker] of emphasised) {
    it(`is ${JSON.stringify(written)}, in Markdown alone`, () => {
      const text = `They meet.\n\n${written}\n\nThey go.`;
      assert.deepEqual(said(text)[1], [speaker, "Hello."]);
    });
  }

  it("is none where something else is meant", () => {
    const others = [
      "12:30 is early.",
      "At 12:30 HOST: no.",
      "HOSTS: no.",
      "HOST and Guest: no.",
      "HOST - no.",
      "(HOST: no)",
      "Said HOST: no.",
      "The host. No.",
      "Host. No.",
      "HOST.No.",
      "HOSTS. No.",
    ];
    for (const text of others) {
      for (const language of both) assert.deepEqual(said(text, language), [[nobody, text]], text);
    }
  });

  it("leaves in what is said what is no direction", () => {
    const speeches = [
      "(555) 0123 is the number.",
      "(He never came. She did.) That was all.",
      "(un)fortunately.",
      "[laughter] Well.",
    ];
    for (const text of speeches) {
      for (const language of both) {
        assert.deepEqual(said(`HOST: ${text}`, language), [["HOST", text]], text);
      }
    }
  });

  it("is written as the cast has it before it differs in case", () => {
    const { segments } = parseScript(
      "---\nspeech:\n  cast: { Ann: a, ANN: b }\n---\nANN: One.\n\nAnn: Two.\n\nann: Three.",
      { language: "markdown" },
    );
    assert.deepEqual(
      segments.map(({ speaker, transcript }) => [speaker, transcript]),
      [
        ["ANN", "One."],
        ["Ann", "Two. Three."],
      ],
    );
  });
});

describe("Names above what is said", () => {
  const above = "  names: above\n";

  for (const language of both) {
    it(`are alone on their lines, in ${language}`, () => {
      const text = [
        "They meet.",
        "HOST\nWelcome.\nSit down.",
        "GUEST (V.O.)\n(whispering)\nThank you.\n(beat)\nReally.",
        "They sit.",
        "[00:12] Host\n\nSo.",
        "@Dr. Bell ^\nGood.",
        "Guest  00:14\nYes.",
        "HOST: And out.",
      ].join("\n\n");
      assert.deepEqual(said(text, language, above), [
        [nobody, "They meet."],
        ["HOST", "Welcome. Sit down."],
        ["Guest", "Thank you. Really."],
        [nobody, "They sit."],
        ["HOST", "So."],
        ["Dr. Bell", "Good."],
        ["Guest", "Yes."],
        ["HOST", "And out."],
      ]);
    });
  }

  it("may be indented in plain text as screenplays have them", () => {
    const text = `${" ".repeat(20)}HOST\n${" ".repeat(10)}Welcome.\n\n${" ".repeat(20)}GUEST\n${" ".repeat(10)}Thanks.`;
    assert.deepEqual(said(text, "plaintext", above), [
      ["HOST", "Welcome."],
      ["Guest", "Thanks."],
    ]);
  });

  it("may be headings, or emphasised, in Markdown", () => {
    assert.deepEqual(said("# Scene\n\n### HOST\n\nHello.\n\n**Guest**\n\nHi.", "markdown", above), [
      ["HOST", "Hello."],
      ["Guest", "Hi."],
    ]);
  });

  it("are words where the script does not say so", () => {
    for (const language of both) {
      assert.deepEqual(said("HOST\nWelcome.", language), [[nobody, "HOST Welcome."]]);
    }
  });
});

describe("Headings of a script with a cast", () => {
  it("are not said", () => {
    for (const heading of ["# Scene", "## The `end` of *it* ##", "Scene\n=====", "Scene\n-----"]) {
      assert.deepEqual(
        said(`${heading}\n\nHOST: One.\n\n${heading}\n\nThey sit.\n\n${heading}\n`),
        [
          ["HOST", "One."],
          [nobody, "They sit."],
        ],
        heading,
      );
    }
  });

  it("are not said where they have several lines, and are none where a name stands in one", () => {
    for (const line of ["=", "----"]) {
      const heading = `HOST: One.\n\nThe *first*\nof all\nscenes\n${line}\n\nThey sit.`;
      assert.deepEqual(said(heading), [
        ["HOST", "One."],
        [nobody, "They sit."],
      ]);
      assert.deepEqual(said(`They sit\nand wait.\nHOST: One.\n\nThey\n\n${line}\n`).slice(0, 2), [
        [nobody, "They sit and wait."],
        ["HOST", "One."],
      ]);
    }
    assert.deepEqual(said("They\nsit\n# Scene\n====\n\nHOST: One."), [
      [nobody, "They sit. ===="],
      ["HOST", "One."],
    ]);
  });

  it("part what a speaker says before from what the same one says behind", () => {
    const text = "HOST: One.\n# Scene\nHOST: Two.\n\n## Other\n\nGUEST: Three.";
    assert.deepEqual(said(text), [
      ["HOST", "One."],
      ["HOST", "Two."],
      ["Guest", "Three."],
    ]);
    const speakers = ["HOST", "GUEST"];
    const { segments } = scanScript(text, { language: "markdown", speakers, headings: false });
    assert.deepEqual(
      segments.map(({ start }) => text.slice(start, start + 7)),
      ["HOST: O", "# Scene", "## Othe"],
    );
  });

  it("end the sentence above them, though they are not said", () => {
    assert.deepEqual(said("They sit\n# Scene\nThey stand"), [[nobody, "They sit. They stand"]]);
  });

  it("are said where the script says so", () => {
    assert.deepEqual(said("# Scene\n\nHOST: One.", "markdown", "  headings: true\n"), [
      [nobody, "Scene."],
      ["HOST", "One."],
    ]);
  });

  it("are said without a cast, unless the script skips them", () => {
    const read = (front: string): string[] =>
      parseScript(`${front}# Scene\n\nOne.`, { language: "markdown" }).segments.map(
        ({ transcript }) => transcript,
      );
    assert.deepEqual(read(""), ["Scene. One."]);
    assert.deepEqual(read("---\nspeech:\n  skip: [headings]\n---\n"), ["One."]);
  });

  it("are said or not by one setting each: `headings` is `true`, or a fault", () => {
    for (const value of ["false", "1", "no"]) {
      const text = `---\nspeech:\n  headings: ${value}\n---\n# Scene\n\nOne.`;
      const { segments, problems } = parseScript(text, { language: "markdown" });
      assert.equal(segments[0]!.transcript, "Scene. One.");
      assert.match(problems[0]!.message, /`skip: \[headings\]`/);
    }
  });

  it("are told with their reason, as directions are", () => {
    const text = "# Scene\n\nHOST\n(whispering)\nOne.";
    const { names } = scanScript(text, {
      language: "markdown",
      speakers: ["HOST"],
      names: "above",
      headings: false,
    });
    assert.deepEqual(
      names.map(({ start, end, reason }) => [text.slice(start, end), reason]),
      [
        ["# Scene", "heading"],
        ["HOST", "speaker"],
        ["(whispering)", "direction"],
      ],
    );
  });

  it("tell the directions that belong to a name apart from it", () => {
    for (const language of ["markdown", "plaintext"] as const) {
      const text = "[0:12] [HOST] (V.O.): (softly) One.\n\nHOST [aside]: Two.\n";
      const script = parseScript(text, { language, speakers: ["HOST"] });
      assert.deepEqual(
        [...silentSpans(script)].map(({ start, end, reason }) => [text.slice(start, end), reason]),
        [
          ["[0:12] [HOST]", "speaker"],
          ["(V.O.): (softly)", "direction"],
          ["HOST", "speaker"],
          ["[aside]:", "direction"],
        ],
      );
    }
  });

  it("are none in plain text, and where three dashes are meant as a rule", () => {
    assert.deepEqual(said("# Scene", "plaintext"), [[nobody, "# Scene"]]);
    assert.deepEqual(said("They sit.\n---\nHOST: One."), [
      [nobody, "They sit."],
      ["HOST", "One."],
    ]);
  });
});

describe("The shape of a script with names above and headings that are not said", () => {
  const front = "---\nspeech:\n  names: above\n  cast: { HOST: a, GUEST: b }\n---\n";
  const text = `${front}# Opening\n\nHOST (V.O.)\n(softly)\nHello there. And more.\n\n# Second\n\n**[00:12] Guest** (whispering): Hi you all.\n\nHOST\nOne. Two.\n\nHOST: Three.\n\n## Third\n\n### GUEST\n\nLast words.\n`;
  const options = { language: "markdown" } as const;
  const turns = (now: string): string[] =>
    parseScript(now, options).segments.map(
      ({ speaker, transcript }) => `${speaker}: ${transcript}`,
    );

  it("is an outline of what is said, under its headings", () => {
    const scan = scanDeclared(text, options);
    const items = outlineOf(text, scan, segmentPlaces(text, scan.segments), "markdown");
    const named = ({ name, children }: OutlineItem): unknown =>
      children.length === 0 ? name : [name, ...children.map(named)];
    assert.deepEqual(items.map(named), [
      ["Opening", "Hello there. And more."],
      ["Second", "Hi you all.", "One. Two. HOST: Three.", ["Third", "Last words."]],
    ]);
  });

  it("is split and moved with the names", () => {
    const editor = new SegmentEditor(text, options);
    const split = editor.split(text.indexOf("And more"));
    assert.deepEqual(turns(withEdits(text, split?.edits ?? [])).slice(0, 3), [
      "HOST: Hello there.",
      "HOST: And more.",
      "GUEST: Hi you all.",
    ]);
    const moved = editor.move(2, 1, text.indexOf("One"));
    const now = withEdits(text, moved?.edits ?? []);
    assert.deepEqual(turns(now), [
      "HOST: Hello there. And more.",
      "GUEST: Hi you all.",
      "GUEST: Last words.",
      "HOST: One. Two. Three.",
    ]);
    assert.match(now, /HOST\nOne\. Two\.\n\nHOST: Three\./);
  });

  it("is cut before the names and headings, not behind them", () => {
    for (const by of ["paragraphs", "sentences", "speakers"] as const) {
      const points = insertionPoints(text, options, by);
      const edits = points.map(({ offset, text }) => ({ start: offset, end: offset, text }));
      const now = turns(withEdits(text, edits));
      assert.ok(
        now.every((turn) => /^(?:HOST|GUEST): \S/.test(turn)),
        now.join(" | "),
      );
      assert.ok(now.length > 4);
    }
  });
});
