import { findHeadings } from "../../script/scanner/headings.ts";
import type { Segment } from "../../script/model/script.ts";
import { scanDeclared } from "../../script/scanner/scanDeclared.ts";
import type { ScanOptions } from "../../script/scanner/scan.ts";

/**
 * For each segment the heading that its speech begins with or stands under first, whether that is said or not: one that stands
 * between the speech of two segments is the later one's. What a deck's segment says of a slide is named by the slide.
 * `undefined` for the others, and in plain text.
 * @param segments of this text, all of them.
 */
export function segmentHeadings(
  text: string,
  options: ScanOptions,
  segments: readonly Pick<Segment, "start" | "offsets" | "speakable" | "unfilled" | "title">[],
): (string | undefined)[] {
  const headings =
    options.language === "markdown" ? findHeadings(text, scanDeclared(text, options)) : [];
  let next = 0;
  return segments.map(({ start, offsets, speakable, unfilled, title: slide }) => {
    if (!speakable && !unfilled) return undefined;
    const [first, last] = [start + (offsets[0] ?? 0), start + (offsets.at(-1) ?? 0)];
    let title: string | undefined;
    for (; (headings[next]?.start ?? Infinity) <= last; next++) {
      if (headings[next]!.start <= first) title = headings[next]!.title;
    }
    return slide ?? title;
  });
}
