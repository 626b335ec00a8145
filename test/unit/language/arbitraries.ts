import fc from "fast-check";
import { anyBlock, anyDocument, anyFragment } from "../script/arbitraries.ts";

const PIECES = [
  '<break time="1s"/>',
  '<break time="300"/>',
  "<break/>",
  "<break",
  ' time="1s"/>',
  '<brake time="2s"/>',
  '<pause time="1s">',
  "</break>",
  '<speed ratio="3"/>',
  "<speed ratio=1.2/>",
  '<volume level="0.1"/>',
  '<emotion value="angri"/>',
  '<emotion value="blue"/>',
  "<spell>",
  "</spell>",
  "<spel>",
  "<spell/>",
  "<prosody>",
  "<flush>",
  "</flush>",
  "<flsh/>",
  "<flush/>",
  "\n<flush/>\n",
  "\n\n<flush/>\n\n",
  "\n---\n",
  " ",
  " ",
  "\n",
  "\n\n",
  "\r\n",
  "A",
  "One",
  "two.",
  "你好",
  "नमस्ते",
  "a@example.com?",
  "https://example.com/a?",
  "1234567",
  "5551234567",
  "😀",
  "❤️",
  "GOOD MORNING WORLD",
  "ORLANDO",
  "[laughs]",
  "[sigh]",
  "**bold**",
  "`code`",
  "# ",
  "[a](b)",
  "*",
  "`",
  "\\",
  '"',
  ".",
] as const;

const FRONT = [
  "speech:\n",
  "  speed: 2\n",
  "  volume: loud\n",
  '  volume: "3"\n',
  "  vioce: x\n",
  "  voice: x\n",
  "  model: sonc-3\n",
  "  model: sonic-2\n",
  '  emotion: "sadd"\n',
  "  language: de\n",
  "  language: en-GB\n",
  "  locale: en-GB\n",
  "  flush: '---'\n",
  "  flush: []\n",
  "title: a\n",
] as const;

const anyBody = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join("")),
  fc
    .array(fc.oneof(fc.constantFrom(...PIECES), anyFragment, anyBlock), { maxLength: 20 })
    .map((pieces) => pieces.join("")),
  anyDocument,
);
const anyFront = fc.oneof(
  fc.constant(""),
  fc
    .array(fc.constantFrom(...FRONT), { maxLength: 7 })
    .map((lines) => `---\nspeech:\n${lines.join("")}---\n`),
);

/** Scripts with everything wrong that there is. */
export const anyFaultyScript = fc.tuple(anyFront, anyBody).map((parts) => parts.join(""));
