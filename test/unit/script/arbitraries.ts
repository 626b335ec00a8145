import fc from "fast-check";
import type { ScriptLanguage } from "../../../src/script/script.ts";

const FRAGMENTS = [
  ..."abc XYZ 012 .,!?;: \t\n\n\n\r\0\uFEFF\u200B\u200D\u00A0\u3000()[]<>{}&*_~`#|-+=\\\"'/^",
  ..."你好世界。、「」カナสวัสดีខ្មែรשלוםمرحبا½é\u0301“”…—",
  "😀",
  "\uD800",
  "\uDC00",
  "\r\n",
  "\n\n",
  "<flush/>",
  "\n<flush/>\n",
  "<FLUSH />",
  "<!-- flush -->",
  "\n---\n",
  "\n***\n",
  "\n```\n",
  "\n~~~~ x\n",
  "``",
  "<!--",
  "-->",
  "<!-- note -->",
  '<break time="1s"/>',
  '<speed ratio="1.2"/>',
  "<spell>",
  "</spell>",
  "<spell>A-1</spell>",
  "[laughter]",
  "<<a|b>>",
  "\n> ",
  "\n- ",
  "\n1. ",
  "\n# ",
  "\n    ",
  "\n| a | b |\n|---|---|\n| c | d |",
  "**",
  "[a](b)",
  "![a](b)",
  "[^1]",
  "\n[^1]: ",
  "\n[a]: b\n",
  "<b>",
  "</b>",
  "<br>",
  "<div>",
  "<script>",
  "</script>",
  "&amp;",
  "&nbsp;",
  "&#x1F600;",
  "https://a.b/c",
  "a@b.cd",
  "Hello world",
  "speech:\n  flush: '***'\n",
] as const;

/** Scripts as nobody would write them: everything that means something, in any order. */
export const anyScript = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map((parts) => parts.join("")),
  fc
    .array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 })
    .map((parts) => `---\n${parts.join("")}\n---\n${parts.reverse().join(" ")}`),
  fc.string({ unit: "binary", maxLength: 60 }),
);

export const anyLanguage = fc.constantFrom<ScriptLanguage>("markdown", "plaintext");

export const anyMarkers = fc.subarray(["---", "***", "", "a", "[laughter]", "```"]);
