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
  "\n\nA: Hello.\n\n",
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
  "  voice: marta\n",
  "  cast: { A: marta, B: { voice: tessa, language: de }, C: { voice: marta } }\n",
  "  cast:\n    A: tessa\n    B:\n      voice: marta\n",
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

/** How scripts are spoken, with voices of which it is known what they speak. */
export const anySpeaking = fc.record({
  service: fc.constantFrom("local", "cartesia"),
  model: fc.constantFrom("sonic-3", "sonic-3.6"),
  voice: fc.constantFrom("tessa", "marta", "x"),
  spoken: fc.constantFrom("en", "de", "es"),
  voices: fc.constant({
    tessa: { name: "Tessa", languages: ["en"] },
    marta: { name: "Marta", languages: ["es"] },
  }),
});

/** Scripts with everything wrong that there is. */
export const anyFaultyScript = fc.tuple(anyFront, anyBody).map((parts) => parts.join(""));
