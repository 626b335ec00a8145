import type { ScriptLanguage } from "../../src/script/script.ts";

/** Segments of 100 characters, with a heading, emphasis, or a list in some. */
export function longScript(segments: number, language: ScriptLanguage): string {
  const isMarkdown = language === "markdown";
  return Array.from({ length: segments }, (_, at) => {
    const begin = isMarkdown ? (["", "## ", "", "- First.\n- "][at % 4] ?? "") : "";
    const marked = ["*stressed*", "`code`", "a [link](https://a.b)", "words"][at % 4];
    return `${begin}Number ${at + 1} has ${marked} in it, `
      .padEnd(87, "and some words ")
      .concat(".\n");
  }).join("\n<flush/>\n\n");
}
