import type { ScriptLanguage } from "../../src/script/model/script.ts";

/** Segments of so many characters, with a heading, emphasis, or a list in some. */
export function longScript(segments: number, language: ScriptLanguage, length = 100): string {
  const isMarkdown = language === "markdown";
  return Array.from({ length: segments }, (_, at) => {
    const begin = isMarkdown ? (["", "## ", "", "- First.\n- "][at % 4] ?? "") : "";
    const marked = ["*stressed*", "`code`", "a [link](https://a.b)", "words"][at % 4];
    return `${begin}Number ${at + 1} has ${marked} in it, `
      .padEnd(length - 13, "and some words ")
      .concat(".\n");
  }).join("\n<flush/>\n\n");
}
