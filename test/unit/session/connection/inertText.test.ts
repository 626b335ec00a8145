import assert from "node:assert/strict";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { failureFromService } from "../../../../src/session/connection/failure.ts";
import {
  cleanText,
  inertDescription,
  inertMarkdown,
  inertName,
  inertText,
} from "../../../../src/session/connection/inertText.ts";

/** What VS Code makes links of. Source: VS Code, `src/vs/base/common/linkedText.ts`. */
const links = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;
/** What it makes icons of. Source: `src/vs/base/common/themables.ts`, `iconLabels.ts`. */
const icons = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/g;
/** Addresses that Markdown makes links of. Source: GitHub Flavored Markdown, autolinks, as `marked` reads them. */
const addresses =
  /(?:(?:ftp|https?):\/\/|www\.)(?:[a-z0-9-]+\.?)+|[\w.+-]+@[\w-]+(?:\.[\w-]*\w)+/gi;
/** What turns the direction of reading, and what steers. */
const steering =
  /[\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\u200B\u2060\uFEFF]/u;

/** Texts with all that a link could be made of, and with what could be taken out to make one. */
const pieces = [
  ..."[]()!$~\"' \n\r\t\\<>ax",
  ...[
    "](",
    "command:a.b",
    "COMMAND:",
    "https://a.example",
    "file:///etc",
    "www.a.example",
    "$(zap)",
  ],
  ...["\u202E", "\u2066", "\u200B", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u0000", "\u001B"],
  ...["\u2028", "\u009F", "\uD800", "\uDC00", "é", "漢", "👩‍🚀", "a@b.example", "(command:x)", "[y]"],
];
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((all) => all.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
);

describe("a text of others", () => {
  it("holds no link and no icon for VS Code, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = inertText(text);
        assert.deepEqual(shown.match(links), null);
        assert.deepEqual(shown.match(icons), null);
      }),
      { numRuns: 2000 },
    );
  });

  it("turns nothing, steers nothing and hides nothing, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const shown of [inertText(text), cleanText(text)]) {
          assert.doesNotMatch(shown, steering);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("is the same once it is inert: what quotes it can be made inert as a whole", () => {
    fc.assert(
      fc.property(anyText, (text) => assert.equal(inertText(inertText(text)), inertText(text))),
    );
  });

  const spellings = [
    "[a](command:workbench.action.quit)",
    "[a](COMMAND:x)",
    '[a](https://evil.example "title")',
    "[a\nb](file:///etc/passwd)",
    "[a]\u202E(command:x)",
    "[a]\u200B(command:x)",
    "[a]\u0000(command:x)",
    "![a](https://evil.example/pixel.png)",
  ];
  for (const text of spellings) {
    it(`shows ${JSON.stringify(text)} with a space in it`, () => {
      assert.match(inertText(text), /\] \(/);
    });
  }

  it("is left as it is where it only reads", () => {
    for (const text of [
      "“talk.md” can't be saved: no space is left (ENOSPC).",
      "C:\\Users\\Ada\\my talk [final] (2).md",
      "https://example.com/a?b=c#d",
      "a[0] and f(x), 100 % of $5",
      "Größe, naïve, 漢字, שלום, مرحبا, می‌خواهم, क्‍ष",
      "👩‍👩‍👧 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 葛󠄀",
    ]) {
      assert.equal(inertText(text), text);
    }
  });

  it("of five million characters is cut to what can be read, with its beginning and its end", () => {
    const shown = inertText(`It failed: “${"ha".repeat(2_500_000)}”. Try again.`);
    assert.ok(shown.length <= 1000);
    assert.match(shown, /^It failed: “haha[ha]*…[ha]*”\. Try again\.$/);
  });

  it("is cut between characters, not in one", () => {
    for (const most of [10, 11, 12, 13]) {
      assert.match(inertText("🎈".repeat(100), most), /^🎈+…🎈+$/u);
    }
  });

  it("keeps letters that are read from right to left to itself where it stands in a sentence", () => {
    assert.equal(inertName("talk.md"), "talk.md");
    assert.equal(inertName("שלום.md"), "\u2068שלום.md\u2069");
    assert.equal(inertName("\u2069\u202Eשלום"), "\u2068שלום\u2069");
  });

  it("holds no address that Markdown makes a link of, in a list's second words", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        assert.deepEqual(inertDescription(text).match(addresses), null);
      }),
    );
    assert.equal(
      inertDescription("url: https://a.example").replaceAll("\u2060", ""),
      "url: https://a.example",
    );
  });

  it("holds no address in angle brackets, of whatever scheme, in a list's second words", () => {
    const links = (text: string): string[] | null =>
      micromark(`x ${text}`, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }).match(
        /<(a|img) /g,
      );
    assert.ok(links("<https:a.example>") && links("<command:a.b>"));
    for (const address of ["https:a.example", "command:a.b", "mailto:a", "vscode:extension/a.b"]) {
      assert.equal(links(inertDescription(`<${address}>`)), null);
    }
  });

  it("is a paragraph of text and nothing else as Markdown, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = micromark(`x ${inertMarkdown(text)}`, {
          extensions: [gfm()],
          htmlExtensions: [gfmHtml()],
          allowDangerousHtml: true,
        });
        assert.match(html, /^<p>[^<>]*<\/p>$/);
      }),
    );
  });
});

describe("what a service says of a failure", () => {
  it("is quoted as far as it can be read", () => {
    const { message } = failureFromService({
      status: 400,
      message: `Bad\n\u001B[2J${"x".repeat(5e6)}`,
    });
    assert.ok(message.length < 600);
    assert.match(
      message,
      /^The service refused the request \(400\)\. The service says: “Bad \[2Jxxx/,
    );
  });
});
