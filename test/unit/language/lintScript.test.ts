import assert from "node:assert/strict";
import { applyFix } from "../../../src/language/problems/problem.ts";
import { ScriptLinter, type LintOptions } from "../../../src/language/problems/scriptLinter.ts";
import type { ScriptLanguage } from "../../../src/script/model/script.ts";

const markdown: LintOptions = { language: "markdown" };
const plaintext: LintOptions = { language: "plaintext" };

/** What is found in a text: the rule, what it underlines, and the text after the first fix. */
function found(text: string, options = markdown): [string, string, string?][] {
  const linter = new ScriptLinter();
  return linter.lint(text, options).map((problem) => {
    const [fix] = linter.fixesFor(text, problem, options);
    const where = text.slice(problem.start, problem.end);
    return fix ? [problem.code, where, applyFix(text, fix)] : [problem.code, where];
  });
}

/** A text, the rule that finds something in it, what that underlines, and the text after its fix. */
type Row = readonly [text: string, code: string, where: string, fixed?: string];

function check(title: string, rows: readonly Row[], languages: readonly ScriptLanguage[]): void {
  for (const language of languages) {
    for (const [text, ...expected] of rows) {
      it(`${title}, ${language}: ${JSON.stringify(text)}`, () => {
        assert.deepEqual(found(text, { language }), [expected]);
      });
    }
  }
}

describe("problems of a script", () => {
  check(
    "tags",
    [
      ['A <brake time="1s"/> b.', "unknown-tag", '<brake time="1s"/>', 'A <break time="1s"/> b.'],
      ['A <pause time="1s"/> b.', "unknown-tag", '<pause time="1s"/>', 'A <break time="1s"/> b.'],
      [
        "A <prosody rate='slow'>b</prosody> c.",
        "unknown-tag",
        "<prosody rate='slow'>",
        'A <speed ratio="0.8"/>b<speed ratio="1.0"/> c.',
      ],
      [
        "A <prosody rate='90%' volume='loud'> b.",
        "unknown-tag",
        "<prosody rate='90%' volume='loud'>",
        'A <speed ratio="0.9"/><volume ratio="1.4"/> b.',
      ],
      ["A <prosody volume='+6dB'> b.", "unknown-tag", "<prosody volume='+6dB'>"],
      ["A <whisper>b</whisper> c.", "unknown-tag", "<whisper>", "A b c."],
      ["A <laugh/> b.", "unknown-tag", "<laugh/>", "A [laughter] b."],
      ["A <sigh/> b.", "unknown-tag", "<sigh/>", "A  b."],
      [
        "A <emphasis level='strong'>b</emphasis> c.",
        "unknown-tag",
        "<emphasis level='strong'>",
        "A b c.",
      ],
      [
        'A <sub alias="World Wide Web">WWW</sub> c.',
        "unknown-tag",
        '<sub alias="World Wide Web">',
        "A World Wide Web c.",
      ],
      [
        'A <say-as interpret-as="characters">B1</say-as> c.',
        "unknown-tag",
        '<say-as interpret-as="characters">',
        "A <spell>B1</spell> c.",
      ],
      [
        'A <mstts:express-as style="sad">b</mstts:express-as> c.',
        "unknown-tag",
        '<mstts:express-as style="sad">',
        'A <emotion value="sad"/>b<emotion value="neutral"/> c.',
      ],
      [
        'A <mstts:silence type="x" value="500ms"/> b.',
        "unknown-tag",
        '<mstts:silence type="x" value="500ms"/>',
        'A <break time="500ms"/> b.',
      ],
      ["Dear <name>, hello.", "no-tag", "<name>"],
      ["Dear <Company Name>, hello.", "no-tag", "<Company Name>"],
      ["A List<String> is one.", "no-tag", "<String>"],
      ["If a<b and c>d, stop.", "no-tag", "<b and c>"],
      ["<my-note>\n\nA note.\n\n</my-note>", "no-tag", "<my-note>"],
      ["Come at <time>, please.", "no-tag", "<time>"],
      ["See <first-name> there.", "no-tag", "<first-name>"],
      ['A <speed ratio="3"/> b.', "ratio", 'ratio="3"', 'A <speed ratio="1.5"/> b.'],
      ['A <speed ratio="0"/> b.', "ratio", 'ratio="0"', 'A <speed ratio="0.6"/> b.'],
      ['A <volume ratio="3"/> b.', "ratio", 'ratio="3"', 'A <volume ratio="2"/> b.'],
      ['A <speed ratio="1,2"/> b.', "ratio", 'ratio="1,2"', 'A <speed ratio="1.2"/> b.'],
      ['A <speed ratio="120%"/> b.', "ratio", 'ratio="120%"', 'A <speed ratio="1.2"/> b.'],
      ['A <speed ratio="fast"/> b.', "ratio", 'ratio="fast"'],
      ["A <speed/> b.", "missing-attribute", "<speed/>", 'A <speed ratio="1.0"/> b.'],
      ["A <break/> b.", "missing-attribute", "<break/>", 'A <break time="500ms"/> b.'],
      ['A <volume level="2"/> b.', "missing-attribute", 'level="2"', 'A <volume ratio="2"/> b.'],
      ['A <break time="1"/> b.', "break-time", 'time="1"', 'A <break time="1s"/> b.'],
      ['A <break time="300"/> b.', "break-time", 'time="300"', 'A <break time="300ms"/> b.'],
      ['A <break time="2 sec"/> b.', "break-time", 'time="2 sec"', 'A <break time="2s"/> b.'],
      ["A <break time=1s/> b.", "unquoted", "time=1s", 'A <break time="1s"/> b.'],
      ['A <break time="1s"> b.', "unclosed-tag", '<break time="1s">', 'A <break time="1s"/> b.'],
      [
        'A <emotion value="angri"/> b.',
        "emotion",
        'value="angri"',
        'A <emotion value="angry"/> b.',
      ],
      ['A <emotion value="Sad"/> b.', "emotion", 'value="Sad"', 'A <emotion value="sad"/> b.'],
      ['A <emotion value="joking/comedic"/> b.', "emotion", 'value="joking/comedic"'],
      ['A <emotion value="purple"/> b.', "emotion", 'value="purple"'],
      ["A <break time='1s'/></break> b.", "needless-end", "</break>", "A <break time='1s'/> b."],
      [
        'A <break time="1s"/> <break time="500ms"/> b.',
        "breaks",
        '<break time="1s"/> <break time="500ms"/>',
        'A <break time="1.5s"/> b.',
      ],
      ["Say <spell>ABC now.", "unclosed-spell", "<spell>", "Say <spell>ABC</spell> now."],
      ["Say ABC</spell> now.", "spell-end", "</spell>", "Say ABC now."],
      ["Say <spell/> now.", "spell-form", "<spell/>"],
      ["Well. [laughs] So.", "unknown-sound", "[laughs]", "Well. [laughter] So."],
      ["One. <flush> Two.", "flush-form", "<flush>", "One. <flush/> Two."],
      ["One. <flsh/> Two.", "unknown-tag", "<flsh/>", "One. <flush/> Two."],
      [
        'One <break <flush/>time="1s"/> two.',
        "cut-tag",
        '<break <flush/>time="1s"/>',
        'One <break time="1s"/><flush/> two.',
      ],
      [
        "A <spell>B<flush/>C</spell> d.",
        "marker-in-spell",
        "<spell>B<flush/>C</spell>",
        "A <spell>BC</spell><flush/> d.",
      ],
    ],
    ["markdown", "plaintext"],
  );

  check(
    "words",
    [
      ["Write to ann@example.com? Yes.", "question-mark", "?", "Write to ann@example.com ? Yes."],
      ["Look at https://example.com/a/b for it.", "url", "https://example.com/a/b"],
      ["Dial 5551234567 now.", "digits", "5551234567", "Dial <spell>5551234567</spell> now."],
      ["Well 😀 done.", "emoji", "😀 ", "Well done."],
      [
        "Yes. PLEASE LISTEN CAREFULLY now.",
        "capitals",
        "PLEASE LISTEN CAREFULLY",
        "Yes. Please listen carefully now.",
      ],
    ],
    ["plaintext"],
  );
  it("a name in angle brackets becomes a variable, where that has a value", () => {
    const options = { ...markdown, values: { name: "Ann" } };
    assert.deepEqual(found("Dear <name>.", options), [["no-tag", "<name>", "Dear {{name}}."]]);
    assert.deepEqual(found("{{a}} <b>B</b> <c>.", markdown).at(-1)?.slice(0, 2), ["no-tag", "<c>"]);
    assert.deepEqual(
      found(
        "`<T>`, \\*a\\*, `*a*`, `a/*` and `*.b`, 2 * 3 * 4, \\<b>, <b>B</b> and <img hidden>.",
        markdown,
      ),
      [],
    );
  });

  check(
    "Markdown left over",
    [
      ["# Title\nText.", "markdown", "# ", "Title\nText."],
      ["So **very** good.", "markdown", "**very**", "So very good."],
      ["So `very` good.", "markdown", "`very`", "So very good."],
      ["See [it](x.md) there.", "markdown", "[it](x.md)", "See it there."],
    ],
    ["plaintext"],
  );

  check(
    "prose that falls silent",
    [
      [
        "One.\n\n    Two of them are here.\n",
        "silent-prose",
        "Two of them are here.",
        "One.\n\nTwo of them are here.\n",
      ],
      ["1985. That was good.", "silent-prose", "1985", "1985\\. That was good."],
      ["24. Dezember ist heute.", "silent-prose", "24", "24\\. Dezember ist heute."],
      ["[ANNA]: Welcome\n\nOne.", "silent-prose", "[ANNA]: Welcome", "\\[ANNA]: Welcome\n\nOne."],
      ["One.\n\n<!-- two\n\nThree.", "silent-prose", "<!-- two\n\nThree."],
      [
        "One.\n\n```\nx = 1\n\nThis is no code at all.",
        "silent-prose",
        "```\nx = 1\n\nThis is no code at all.",
      ],
      ["<div>\n# One\n</div>\n\nTwo.", "markdown", "# ", "<div>\nOne\n</div>\n\nTwo."],
      ["<p>So *very* good.</p>", "markdown", "*very*", "<p>So very good.</p>"],
      ["<p>So **very** good.</p>", "markdown", "**very**", "<p>So very good.</p>"],
      ["So **very good.", "markdown", "**", "So very good."],
    ],
    ["markdown"],
  );
  check(
    "a first part between rules",
    [
      [
        "---\nHOST: Welcome to the show.\n---\nOne.",
        "silent-prose",
        "HOST: Welcome to the show.\n",
        "\n---\nHOST: Welcome to the show.\n---\nOne.",
      ],
      [
        "\n---\nspeech:\n  speed: 1.1\n---\nOne.",
        "misplaced-front-matter",
        "---\nspeech:\n  speed: 1.1\n---",
        "---\nspeech:\n  speed: 1.1\n---\nOne.",
      ],
      [
        "Title.\n\n---\nspeech:\n  speed: 1.1\n---\nOne.",
        "misplaced-front-matter",
        "---\nspeech:\n  speed: 1.1\n---",
        "---\nspeech:\n  speed: 1.1\n---\nTitle.\n\nOne.",
      ],
    ],
    ["markdown", "plaintext"],
  );

  it("code, lists, definitions and front matter of the usual kinds are no prose", () => {
    const text = [
      "---\ntitle: A show of mine\ntags:\n  - one\n---",
      "1. One\n2. Two",
      "    npm run build",
      "    let a = 1;\n    This(is, code);",
      "```\nIt ends here, as code does.\n```",
      "[one]: https://a.b/c\n[two]: /d\n[three]: e.md",
      "<!-- It ends here. -->",
      "`**one**` and \\*\\*two\\*\\* and 2 ** 3.",
    ].join("\n\n");
    assert.deepEqual(found(text), []);
  });

  check(
    "segments",
    [
      [
        "One.\n\n<flush/>\n<flush/>\n\nTwo.",
        "empty-segment",
        "<flush/>\n<flush/>",
        "One.\n\n<flush/>\n\nTwo.",
      ],
      ["One\n\n<flush/>\n\nTwo.", "no-end", "One", "One.\n\n<flush/>\n\nTwo."],
      ["One.\n\n<flush/>\n\n*Two*\n", "no-end", "Two", "One.\n\n<flush/>\n\n*Two.*\n"],
      ["你好\n\n<flush/>\n\n世界。", "no-end", "你好", "你好。\n\n<flush/>\n\n世界。"],
      [
        `One.<flush/>Two.<flush/>Three.<flush/>${"And so it goes on. ".repeat(200)}`,
        "long-segment",
        "A",
      ],
    ],
    ["markdown"],
  );

  it("says nothing about what is right", () => {
    const texts = [
      'Hello. <break time="1.5s"/> <speed ratio="1.2"/>So <emotion value="sad"/>it is. [laughter]',
      "Stay hungry, <flush/>stay foolish.",
      "My name is <flush/>Anna.",
      "The NASA and UNICEF, in 2026, for 100000 people at e.g. a/b.",
      "Look at <b>this</b>, <br>and <sub>that</sub>.",
      "A [pause](a.md), [sigh][a] and ![gasp](b.png), and `[sigh]`.\n\n[a]: b.md",
      "`<brake/>` and \\<brake/> are text.\n\n```\n<brake/>\n```\n\n<!-- <brake/> -->\n\nDone.",
      "A list:\n\n- one\n- two\n\n<flush/>\n\n## Heading\n\nEnd.",
      "One.\n\n<flush/>\n\n<!-- a note -->\n\n<flush/>\n\nTwo.",
      "One.\n\n<flush/>\n\n![](a.png)\n\n<flush/>\n\nTwo.",
      "สวัสดี\n<flush/>\nสวัสดี",
      "<flush/>\nOne.\n<flush/>\n",
    ];
    for (const text of texts) assert.deepEqual(found(text), [], text);
  });
});

describe("problems of a front matter", () => {
  it("prose between two rules can be taken out of it", () => {
    for (const options of [markdown, { language: "plaintext" } as const]) {
      assert.deepEqual(found("---\nWelcome to it.\n---\nHello.\n", options), [
        ["front-matter", "Welcome to it.", "\n---\nWelcome to it.\n---\nHello.\n"],
      ]);
    }
  });
  const under = (lines: string): string => `---\nspeech:\n  ${lines}\n---\nHello.\n`;
  const rows: readonly [string, string, string, string?][] = [
    ["vioce: a", "unknown-setting", "vioce", "voice: a"],
    ["colour: red", "unknown-setting", "colour"],
    ["speed: 2", "setting-value", "2", "speed: 1.5"],
    ['volume: "0.1"', "setting-value", '"0.1"', "volume: 0.5"],
    ["speed: fast", "setting-value", "fast"],
    ["model: sonc-3", "model", "sonc-3", "model: sonic-3"],
    ["model: sonic-2", "model", "sonic-2", "model: sonic-3.6"],
    ["model: sonic-3-2025-10-27", "model", "sonic-3-2025-10-27", "model: sonic-3.6"],
    ["emotion: angri", "emotion", "angri", "emotion: angry"],
    ["language: en GB", "setting-value", "en GB", "language: en"],
    ["language: xx-GB", "language", "xx-GB"],
    ["language: xx", "language", "xx"],
    ["locale: en-GB", "unknown-setting", "locale"],
  ];
  for (const [line, code, where, fixed] of rows) {
    it(line, () => {
      const [problem, ...more] = found(under(line));
      assert.deepEqual(more, []);
      assert.deepEqual(problem?.slice(0, 2), [code, where]);
      if (fixed !== undefined) assert.equal(problem?.[2], under(fixed));
    });
  }

  it("both language and locale", () => {
    assert.deepEqual(found(under("language: en\n  locale: en-GB")), [
      ["language-and-locale", "locale", under("language: en")],
    ]);
  });

  it("removes a setting that is not known, with its line", () => {
    assert.equal(found(under("speed: 1\n  colour: red"))[0]?.[2], under("speed: 1"));
  });

  it("corrects parts that are nearly known, and removes comments that do nothing", () => {
    assert.deepEqual(found(under("skip: [lists, headngs]")), [
      ["setting-value", "[lists, headngs]", under("skip: [lists, headings]")],
    ]);
    assert.deepEqual(found(under("only: [note]"))[0], ["missing-part", "[note]"]);
    assert.deepEqual(found("One.\n<!-- speech: on -->\nTwo."), [
      ["speech-comment", "<!-- speech: on -->", "One.\nTwo."],
    ]);
    assert.deepEqual(found("One. <!-- speech: off --> Two."), [
      ["speech-comment", "<!-- speech: off -->", "One.  Two."],
    ]);
  });

  it("a language that the local voice does not speak", () => {
    const text = under("language: de");
    assert.deepEqual(found(text), []);
    assert.deepEqual(found(text, { ...markdown, service: "local" }), [["local-language", "de"]]);
  });

  it("takes codes with a region, in both spellings, as their language", () => {
    for (const code of ["en-GB", "en_GB", "zh-Hant-TW", "es-419"]) {
      assert.deepEqual(found(under(`language: ${code}`)), [], code);
    }
    const local = { ...markdown, service: "local" };
    assert.deepEqual(found(under("language: en_GB"), local), []);
    assert.deepEqual(found(under("language: de-AT"), local), [["local-language", "de-AT"]]);
    const older = { ...markdown, model: "sonic-3" };
    assert.deepEqual(found(under("language: ur-PK"), older), [["language", "ur-PK"]]);
  });

  it("tells of emotions in other languages than English, in front matter and tags, wherever they are said", () => {
    const text = under("language: fr-CA\n  emotion: sad").replace(
      "Hello.",
      'Bonjour, <emotion value="calm"/>&amp; bonsoir.',
    );
    assert.deepEqual(found(text), [
      ["emotion-language", "sad"],
      ["emotion-language", '<emotion value="calm"/>'],
    ]);
    assert.deepEqual(found(text.replace("fr-CA", "en-GB")), []);
    const cast =
      "---\nspeech:\n  cast: { ANN: { voice: x, language: de, emotion: sad }, BOB: y }\n---\n";
    const said = `${cast}ANN: A <emotion value="calm"/> b.\n\nBOB: C <emotion value="sad"/> d.`;
    assert.deepEqual(found(said), [
      ["emotion-language", "sad"],
      ["emotion-language", '<emotion value="calm"/>'],
    ]);
  });

  it("asks for a dated model where a voice is a professional clone", () => {
    const voices = { p: { name: "Pia", languages: ["en"], isPro: true } };
    const with3 = { ...markdown, model: "sonic-3", voices };
    assert.deepEqual(found(under("voice: p"), with3), [
      ["voice-model", "p", under('model: "sonic-3.6-2026-08-27"\n  voice: p')],
    ]);
    assert.deepEqual(found(under("voice: p\n  model: sonic-3-2026-01-12"), with3), []);
    assert.deepEqual(found(under("voice: q"), with3), []);
    const cast = "---\nspeech:\n  cast: { ANN: p }\n---\nANN: One.";
    assert.deepEqual(found(cast, with3)[0]?.slice(0, 2), ["voice-model", "p"]);
  });

  it("tells of accents that the voice does not have, and what it has", () => {
    const voices = { p: { name: "Pia", languages: ["en"], accents: ["british", "southern-us"] } };
    const how = { ...markdown, service: "cartesia", voice: "p", voices };
    assert.deepEqual(found(under("accent: british"), how), []);
    assert.deepEqual(found(under("accent: britsh"), how), [
      ["accent", "britsh", under("accent: british")],
    ]);
    assert.deepEqual(found(under("accent: parisian"), how), [["accent", "parisian"]]);
    assert.deepEqual(found(under("accent: parisian\n  voice: q"), how), []);
    const named = { ...how, accents: { british: "British English", parisian: "Parisian" } };
    assert.deepEqual(found(under('accent: "British English"'), named)[0]?.slice(0, 2), [
      "accent",
      '"British English"',
    ]);
    assert.deepEqual(found(under("accent: parisien\n  voice: q"), named), [
      ["accent", "parisien", under("accent: parisian\n  voice: q")],
    ]);
    assert.deepEqual(found(under("accent: General American")), [["accent", "General American"]]);
    const odd = { p: { ...voices.p, accents: ["__proto__", "constructor"] } };
    assert.deepEqual(found(under("accent: x"), { ...named, voices: odd }), [["accent", "x"]]);
    assert.deepEqual(found(under("accent: general-american")), []);
    const cast = "---\nspeech:\n  cast: { ANN: { voice: p, accent: parisian } }\n---\nANN: One.";
    assert.deepEqual(found(cast, how), [["accent", "parisian"]]);
  });

  it("tells of ways to read numbers that there are none, and of models that do not take them", () => {
    const at = (value: string, model = "sonic-3.6") =>
      found(under(`normalization: ${value}`), { ...markdown, model });
    for (const value of ["auto", "off", "Off", "en", "en-IN", "pt_BR"]) {
      assert.deepEqual(at(value), [], value);
    }
    assert.deepEqual(at("none"), [["normalization", "none", under("normalization: off")]]);
    assert.deepEqual(at("on"), [["normalization", "on", under("normalization: auto")]]);
    assert.deepEqual(at("always"), [["normalization", "always", under("normalization: auto")]]);
    assert.deepEqual(at("xx-YY"), [["normalization", "xx-YY"]]);
    assert.deepEqual(at("en-IN", "sonic-3.5"), [["normalization", "en-IN"]]);
    assert.deepEqual(at("en-IN", "sonic-3-2026-01-12"), [["normalization", "en-IN"]]);
    assert.deepEqual(at("off", "sonic-3"), []);
    const cast = "---\nspeech:\n  cast: { ANN: { voice: p, normalization: nope } }\n---\nANN: One.";
    assert.deepEqual(found(cast), [["normalization", "nope"]]);
  });

  it("tells of accents and ways to read numbers that an older version of the API does not know", () => {
    const text = under("accent: british\n  normalization: off");
    assert.deepEqual(found(text, { ...markdown, apiVersion: "2026-03-01" }), [
      ["accent", "british"],
      ["normalization", "off"],
    ]);
    assert.deepEqual(found(text, { ...markdown, apiVersion: "2026-08-14" }), []);
  });

  it("a language that the model does not speak", () => {
    const text = under("language: ur");
    assert.deepEqual(found(text, { ...markdown, model: "sonic-3" }), [["language", "ur"]]);
    assert.deepEqual(found(text, { ...markdown, model: "sonic-3.6" }), []);
  });

  it("says nothing about what is right", () => {
    const text = under("voice: x\n  model: sonic-3-2026-01-12\n  speed: 1.5\n  emotion: Calm");
    assert.deepEqual(found(text), []);
  });
});

describe("looking again", () => {
  it("finds just what a fresh look finds", () => {
    const texts = [
      'One <brake/>.\n\n<flush/>\n\nTwo <speed ratio="9"/>.',
      'Zero.\n\n<flush/>\n\nOne <brake/>.\n\n<flush/>\n\nTwo <speed ratio="9"/>.',
      'Zero.\n\n<flush/>\n\nTwo <speed ratio="1.1"/>.',
      "",
    ];
    const linter = new ScriptLinter();
    for (const options of [markdown, plaintext]) {
      for (const text of texts) {
        assert.deepEqual(linter.lint(text, options), new ScriptLinter().lint(text, options));
      }
    }
  });
});

describe("a script with more problems than are told", () => {
  it("has fixes for those that are told", () => {
    const linter = new ScriptLinter();
    const text = "No end\n<flush/>\n".repeat(600);
    const problems = linter.lint(text, plaintext);
    assert.equal(problems.length, 500);
    for (const problem of [problems[0], problems[499]]) {
      assert.ok(problem);
      const [fix] = linter.fixesFor(text, problem, plaintext, problems);
      assert.match(fix ? applyFix(text, fix) : "", /end\./);
    }
  });

  it("has no fix that brings another problem", () => {
    const linter = new ScriptLinter();
    const text = `A <brake time="1s"/> b <brake time="1s"/> c <spell>\n<flush/>\n`.repeat(300);
    const problems = linter.lint(text, plaintext);
    for (const problem of problems.slice(0, 4)) {
      for (const fix of linter.fixesFor(text, problem, plaintext, problems)) {
        const left = new ScriptLinter().lintAll(applyFix(text, fix), plaintext);
        assert.ok(left.length < new ScriptLinter().lintAll(text, plaintext).length);
      }
    }
  });
});

describe("problems of a script with a cast and variables", () => {
  it("are found in what a speaker sounds like, too", () => {
    const text =
      "---\nspeech:\n  cast: { ANN: { voice: x, emotion: hapy, language: xx } }\n---\nANN: One.";
    assert.deepEqual(
      found(text).map(([code, where]) => [code, where]),
      [
        ["emotion", "hapy"],
        ["language", "xx"],
      ],
    );
  });

  it("are not those of variables that are filled", () => {
    const text = "---\nspeech: { cast: { ANN: x } }\n---\nANN: Hello {{name}}.\n\nBye.";
    assert.equal(found(text).length, 1);
    assert.deepEqual(found(text, { ...markdown, values: { name: "Eve" } }), []);
  });
});
