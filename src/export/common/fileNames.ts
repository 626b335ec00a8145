import * as l10n from "@vscode/l10n";
import { isUnspaced } from "../../script/model/writing.ts";
import { withoutServiceTags } from "../../script/model/serviceTags.ts";
import { ExportError } from "./exportError.ts";
import type { ExportScript, ExportSegment } from "./exportScript.ts";

/** How files of segments are named where nothing else is asked for. */
export const defaultPattern = "{number}-{slug}";

/** A slug has so many words at most … */
const mostWords = 6;
/** … and so many characters. */
const mostSlugCharacters = 48;
/** UTF-8 bytes of a name without its ending. File systems end at 255; ours are written aside under a longer name first. */
const mostBytes = 200;

/** What no name may have on some file system, or what is not seen in it. Two joiners belong to the spelling of words. */
const UNSAFE = /[<>:"/\\|?*\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]|(?![\u200c\u200d])\p{Cf}/gu;
/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(?=\.|$)/i;

/**
 * Names for the files of segments, without ending: safe on every file system, no two the same on those that don't tell small
 * letters from capital ones. `{number}` is a segment's number, from 1, with as many digits as the last one's has, at least
 * two; `{slug}` its first words; `{title}` the script's title.
 * @param segments of this script, in its order.
 * @throws {ExportError} `pattern`, where it has an unknown part or names a folder.
 */
export function nameFiles(
  { title, segments: all }: ExportScript,
  segments: readonly ExportSegment[],
  pattern: string,
): string[] {
  checkPattern(pattern);
  const last = all.reduce((most, { index }) => Math.max(most, index), 0) + 1;
  const digits = Math.max(2, String(last).length);
  const taken = new Set<string>();
  return segments.map(({ index, transcript }) => {
    const parts: Readonly<Record<string, string>> = {
      number: String(index + 1).padStart(digits, "0"),
      slug: slugOf(transcript),
      title,
    };
    const name = pattern.replace(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? "");
    return unique(safeName(name), taken);
  });
}

function checkPattern(pattern: string): void {
  const unknown = [...pattern.matchAll(/\{([^}]*)\}?/g)].find(
    ([whole]) => !/^\{(number|slug|title)\}$/.test(whole),
  );
  if (unknown) {
    throw new ExportError(
      "pattern",
      l10n.t("File names can't have “{0}”. Use {number}, {slug} and {title}.", unknown[0]),
    );
  }
  if (/[/\\]/.test(pattern)) {
    throw new ExportError(
      "pattern",
      l10n.t(
        "“{0}” names a folder. Use {number}, {slug} and {title} without slashes, and choose the folder itself.",
        pattern,
      ),
    );
  }
}

/** The first words of a transcript, in small letters with hyphens between them; writings without spaces have none. */
export function slugOf(transcript: string): string {
  const heard = withoutServiceTags(transcript).normalize("NFC").replace(/['’]/g, "");
  let slug = "";
  let words = 0;
  let end = 0;
  for (const { segment, index, isWordLike } of wordsIn.segment(heard)) {
    if (!isWordLike) continue;
    const joined = index === end && isUnspaced(segment);
    const longer = slug + (slug === "" || joined ? "" : "-") + segment.toLowerCase();
    if (slug !== "" && (words === mostWords || longer.length > mostSlugCharacters)) break;
    slug = longer;
    words++;
    end = index + segment.length;
  }
  return cut(slug, (text) => text.length <= mostSlugCharacters) || "segment";
}

const wordsIn = new Intl.Segmenter(undefined, { granularity: "word" });

/** A text as the name of a file, without ending, on every file system. */
export function safeName(text: string): string {
  const plain = text
    .normalize("NFC")
    .replace(UNSAFE, "-")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+/, "");
  const short = cut(plain, (name) => Buffer.byteLength(name) <= mostBytes).replace(/[. ]+$/, "");
  return DEVICE.test(short) ? `_${short}` : short || "speech";
}

/** The longest beginning, in whole letters, that fits. */
function cut(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  let kept = "";
  for (const { segment } of lettersIn.segment(text)) {
    if (!fits(kept + segment)) break;
    kept += segment;
  }
  return kept;
}

const lettersIn = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function unique(name: string, taken: Set<string>): string {
  const keyOf = (text: string): string => text.normalize("NFKC").toUpperCase().toLowerCase();
  let candidate = name;
  for (let at = 2; taken.has(keyOf(candidate)); at++) candidate = `${name}-${at}`;
  taken.add(keyOf(candidate));
  return candidate;
}
