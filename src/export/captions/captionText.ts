import type { Caption } from "./captions.ts";

/** The formats of caption files. */
export const captionFormats = [
  { id: "vtt", label: "WebVTT", ending: ".vtt" },
  { id: "srt", label: "SubRip", ending: ".srt" },
] as const;

export type CaptionFormat = (typeof captionFormats)[number]["id"];

/** Writes captions as the text of a file, in UTF-8 without a byte order mark. */
export function captionText(captions: readonly Caption[], format: CaptionFormat): string {
  return format === "vtt" ? toVtt(captions) : toSrt(captions);
}

/** Source: W3C, WebVTT: The Web Video Text Tracks Format, section 4. */
function toVtt(captions: readonly Caption[]): string {
  const blocks = captions.map(
    ({ start, end, lines }) =>
      `${timestamp(start, ".")} --> ${timestamp(end, ".")}\n${lines.map(escape).join("\n")}\n`,
  );
  return ["WEBVTT\n", ...blocks].join("\n");
}

/** With `>` escaped there is no arrow, which would be a time. */
function escape(line: string): string {
  return line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** SubRip can't escape anything: its arrow, which would be a time, becomes another one. */
function toSrt(captions: readonly Caption[]): string {
  return captions
    .map(({ start, end, lines }, at) => {
      const text = lines.map((line) => line.replace(/-{2,}>/g, "→")).join("\n");
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
