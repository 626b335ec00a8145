import type { Caption } from "./captions.ts";

/** The formats of caption files. */
export const captionFormats = [
  { id: "vtt", label: "WebVTT", ending: ".vtt" },
  { id: "srt", label: "SubRip", ending: ".srt" },
] as const;

export type CaptionFormat = (typeof captionFormats)[number]["id"];

/**
 * Writes captions as the text of a file, in UTF-8 without a byte order mark. Lines from right to left say so, for players that
 * take none for it.
 * @param named whether WebVTT tells who speaks (`<v Name>`).
 */
export function captionText(
  captions: readonly Caption[],
  format: CaptionFormat,
  named = false,
): string {
  const directed = captions.map(withDirection);
  return format === "vtt" ? toVtt(directed, named) : toSrt(directed);
}

/** Letters of writings from right to left. */
const FROM_RIGHT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}]/gu;
/** A mark that a line begins from the right, and what keeps it so to its end, with words of other writings in it. */
const [MARK, EMBED, POP] = ["\u200f", "\u202b", "\u202c"];

/** Most letters decide: a name of another writing may be the first word. Of two speakers each line has its own direction. */
function withDirection(caption: Caption): Caption {
  const { lines, speakers } = caption;
  const isOne = speakers.every((speaker) => speaker === speakers[0]);
  const all = isFromRight(lines.join(""));
  return {
    ...caption,
    lines: lines.map((line) =>
      (isOne ? all : isFromRight(line)) ? `${MARK}${EMBED}${line}${POP}` : line,
    ),
  };
}

function isFromRight(text: string): boolean {
  const letters = text.match(FROM_RIGHT)?.length ?? 0;
  return letters > 0 && 2 * letters >= (text.match(/\p{L}/gu)?.length ?? 0);
}

/** Source: W3C, WebVTT: The Web Video Text Tracks Format, section 4. */
function toVtt(captions: readonly Caption[], named: boolean): string {
  const blocks = captions.map(({ start, end, lines, speakers }) => {
    const text = named ? withVoices(lines, speakers) : lines.map(escape);
    return `${timestamp(start, ".")} --> ${timestamp(end, ".")}\n${text.join("\n")}\n`;
  });
  return ["WEBVTT\n", ...blocks].join("\n");
}

/** Puts lines into voice spans, one for neighbours of one speaker. */
function withVoices(lines: Caption["lines"], speakers: Caption["speakers"]): string[] {
  return lines.map((line, at) => {
    const speaker = speakers[at];
    if (speaker === undefined) return escape(line);
    const opens = at === 0 || speakers[at - 1] !== speaker;
    const closes = speakers[at + 1] !== speaker;
    return `${opens ? `<v ${escape(speaker)}>` : ""}${escape(line)}${closes ? "</v>" : ""}`;
  });
}

/** With `>` escaped there is no arrow, which would be a time. */
function escape(line: string): string {
  return line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * SubRip can't escape anything: its arrow, which would be a time, becomes another one, and what players would take for a tag, and
 * not show, gets other brackets: `<…>`, and the `{\an8}` of their extensions.
 */
function toSrt(captions: readonly Caption[]): string {
  return captions
    .map(({ start, end, lines }, at) => {
      const text = lines
        .map((line) => line.replace(/-{2,}>/g, "→"))
        .join("\n")
        .replace(/<([^<>]*)>/g, "‹$1›")
        .replace(/<(?=[a-z/!?])/gi, "‹")
        .replace(/\{(?=\\|[a-z]:)/gi, "❴");
      return `${at + 1}\n${timestamp(start, ",")} --> ${timestamp(end, ",")}\n${text}\n`;
    })
    .join("\n");
}

function timestamp(milliseconds: number, point: "." | ","): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const seconds = Math.floor(milliseconds / 1000);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${clock}${point}${String(milliseconds % 1000).padStart(3, "0")}`;
}
