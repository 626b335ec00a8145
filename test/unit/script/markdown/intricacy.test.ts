import assert from "node:assert/strict";
import { parseScript } from "../../../../src/script/reader/parseScript.ts";
import type { Script } from "../../../../src/script/model/script.ts";

const read = (text: string): Script => parseScript(text, { language: "markdown" });

describe("What is too intricate to be read as Markdown", () => {
  const nested = "- *a*\n  - b\n".repeat(1500);

  it("is spoken without its signs, and told of at its place, while the rest keeps its structure", () => {
    const text = `# Title\n\n${nested}\nAnd *then*.<flush/>\n\n- item\n`;
    const { segments, problems } = read(text);
    const [first, second] = segments.map(({ transcript }) => transcript);
    assert.match(first ?? "", /^Title\. - a - b - a/);
    assert.match(first ?? "", /And then\.$/);
    assert.equal(second, "item.");
    const [problem, ...others] = problems;
    assert.deepEqual(others, []);
    assert.equal(problem?.code, "too-intricate");
    assert.equal(text.slice(problem?.start, problem?.end), `${nested}\n`);
  });

  it("keeps its code silent, its tags whole and its markers where they are", () => {
    const { segments } = read(
      `Begin\n${nested}\`\`\`\ncode\n\`\`\`\n<break time="1s"/> One <flush/> two *three*`,
    );
    const [first, second] = segments.map(({ transcript }) => transcript);
    assert.match(first ?? "", /^Begin - a .* - b\. <break time="1s"\/> One$/);
    assert.equal(second, "two three");
  });

  for (const [what, text] of [
    ["a long list", "- An item with *some* words, and [a link](https://a.b/c).\n".repeat(700)],
    ["a list of lists", "- One\n  - two\n  - three\n".repeat(100)],
    ["a long quotation", "> A line of what was said.\n".repeat(1000)],
    ["many paragraphs", `A line of *words*, and **more** of them.\n\n`.repeat(2500)],
    ["much code", `\`\`\`\n${"if (a[b] < c[d] && *e > `f`) {}\n".repeat(2000)}\`\`\`\nwords`],
    ["a poem of a thousand lines", "A line of it,\n".repeat(1000)],
    ["titles", "Title\n===\nWords\n".repeat(500)],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.deepEqual(read(text).problems, []);
    });
  }

  it("is one paragraph of many thousand lines, which says the same all the same", () => {
    const { segments, problems } = read("Words that go on\nand on.\n".repeat(5000));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ["too-intricate"],
    );
    assert.equal(segments[0]?.transcript, "Words that go on and on. ".repeat(5000).trimEnd());
  });

  it("does not hang on line endings", () => {
    const code = (text: string): (string | undefined)[] =>
      read(text).problems.map(({ code }) => code);
    assert.deepEqual(code(nested.replaceAll("\n", "\r\n")), ["too-intricate"]);
    assert.deepEqual(code("The **end [it][a].\r\n".repeat(2000)), ["too-intricate"]);
    assert.deepEqual(code("words that go on\r".repeat(10_000)), ["too-intricate"]);
  });
});
