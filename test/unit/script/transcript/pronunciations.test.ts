import assert from "node:assert/strict";
import type { WordPronunciations } from "../../../../src/script/model/script.ts";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";

const said = (text: string, pronunciations: WordPronunciations): string =>
  parseScript(text, { language: "plaintext", pronunciations }).segments[0]?.transcript ?? "";

describe("Pronunciations that ignore case", () => {
  const words = {
    sql: { say: "sequel", case: "ignore" },
    "New York": { say: "the city", case: "ignore" },
    Straße: { say: "street", case: "ignore" },
    AWS: "A W S",
  } as const;
  for (const [text, spoken] of [
    ["SQL, Sql, sql and sQl", "sequel, sequel, sequel and sequel"],
    ["MySQL, sqlite", "MySQL, sqlite"],
    ["NEW YORK and new york", "the city and the city"],
    ["New Yorker", "New Yorker"],
    ["STRAßE", "street"],
    ["İ SQL", "İ sequel"],
    ["AWS, aws", "A W S, aws"],
  ] as const) {
    it(`say ${JSON.stringify(text)} as ${JSON.stringify(spoken)}`, () => {
      assert.equal(said(text, words), spoken);
    });
  }

  it("come after one that is written in just that case", () => {
    const both = { sql: { say: "sequel", case: "ignore" }, SQL: "S Q L" } as const;
    assert.equal(said("SQL and sql", both), "S Q L and sequel");
  });

  it("are read from the front matter, where what will not do is told", () => {
    const read = (value: string) => {
      const text = `---\nspeech:\n  pronunciations:\n    sql: ${value}\n---\nSQL`;
      const { segments, problems } = parseScript(text, { language: "markdown" });
      return [segments[0]?.transcript, ...problems.map(({ start, end }) => text.slice(start, end))];
    };
    assert.deepEqual(read("{ say: sequel, case: ignore }"), ["sequel"]);
    assert.deepEqual(read("{ say: sequel }"), ["SQL"]);
    for (const wrong of ["{ case: ignore }", "{ say: a, case: any }", "{ say: a, when: b }"]) {
      assert.deepEqual(read(wrong), ["SQL", wrong]);
    }
  });
});

describe("Pronunciations of words as sentences have them", () => {
  const words = {
    kubectl: "cube control",
    "live stream": "lyve stream",
    API: "A P I",
    box: "bocks",
    cache: "cash",
    SQL: "<spell>SQL</spell>",
    a: "eh",
    AWS: "A W S",
    dB: "decibel",
    MP3: "M P three",
  };
  for (const [text, spoken] of [
    [
      "Kubectl runs. Kubectl stops! “Kubectl?”",
      "cube control runs. cube control stops! “cube control?”",
    ],
    ["Then Kubectl", "Then Kubectl"],
    ["Live streams begin", "lyve streams begin"],
    ["APIs, API's, Apis", "A P Is, A P I's, Apis"],
    ["20 dBs of MP3s", "20 decibels of M P threes"],
    ["Caches and caches", "cashes and cashes"],
    ["KUBECTL. KUBECTL", "KUBECTL. KUBECTL"],
    ["as, SQLs, AWSs", "as, SQLs, AWSs"],
  ] as const) {
    it(`say ${JSON.stringify(text)} as ${JSON.stringify(spoken)}`, () => {
      assert.equal(said(text, words), spoken);
    });
  }

  it("come after an entry of the plural's own", () => {
    assert.equal(said("APIs", { API: "A P I", APIs: "interfaces" }), "interfaces");
  });
});
