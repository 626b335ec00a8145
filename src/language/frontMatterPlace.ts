import { findFrontMatter } from "../script/frontMatterBlock.ts";
import type { Span } from "../script/script.ts";

/** A line of a front matter, as far as it is `key: value`. */
export interface FrontMatterLine extends Span {
  /** Whether it stands at the left margin. */
  readonly isTop: boolean;
  /** Whether it is one of the lines right under `speech:`. */
  readonly isSetting: boolean;
  readonly key: Span;
  readonly name: string;
  /** Where the value stands; nothing where there is no colon yet. */
  readonly value: Span | undefined;
}

const LINE = /^([ \t]*)([\w-]*)([ \t]*:(?=[ \t]|$)[ \t]*)?/;

/** The line of the front matter at an offset, if there is one. */
export function frontMatterLineAt(text: string, offset: number): FrontMatterLine | undefined {
  const yaml = findFrontMatter(text)?.yaml;
  if (!yaml || offset < yaml.start || offset > yaml.end) return undefined;
  const lines = linesOf(
    text.slice(yaml.start, Math.min(yaml.end, yaml.start + 65_536)),
    yaml.start,
  );
  const at = lines.findIndex(({ start, end }) => start <= offset && offset <= end);
  const line = lines[at];
  if (!line) return undefined;
  const [whole = "", indent = "", name = "", colon] =
    LINE.exec(text.slice(line.start, line.end)) ?? [];
  const keyStart = line.start + indent.length;
  const isTop = indent === "";
  return {
    ...line,
    isTop,
    isSetting: !isTop && isUnderSpeech(text, lines, at, indent.length),
    key: { start: keyStart, end: keyStart + name.length },
    name,
    value: colon === undefined ? undefined : valueOf(text, line.start + whole.length, line.end),
  };
}

function linesOf(yaml: string, base: number): Span[] {
  const lines: Span[] = [];
  let start = 0;
  for (const { index, 0: ending } of yaml.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start: base + start, end: base + index });
    start = index + ending.length;
  }
  return lines;
}

/** Whether `speech:` stands above a line, and no other line between them is further out than it. */
function isUnderSpeech(text: string, lines: readonly Span[], at: number, indent: number): boolean {
  for (let above = at - 1; above >= 0; above--) {
    const { start, end } = lines[above] ?? { start: 0, end: 0 };
    const line = text.slice(start, end);
    if (line.trim() === "") continue;
    const depth = line.length - line.trimStart().length;
    if (depth === 0) return /^["']?speech["']?[ \t]*:[ \t]*(?:#.*)?$/.test(line);
    if (depth < indent) return false;
  }
  return false;
}

function valueOf(text: string, start: number, lineEnd: number): Span {
  const written = text
    .slice(start, lineEnd)
    .replace(/[ \t]+#.*$/, "")
    .trimEnd();
  return { start, end: start + written.length };
}
