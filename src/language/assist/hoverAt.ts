import * as l10n from "@vscode/l10n";
import { castSettingNames } from "../../script/frontMatter/castReader.ts";
import { settingNames } from "../../script/frontMatter/frontMatter.ts";
import type { Span } from "../../script/model/script.ts";
import { segmentAt } from "../../script/model/segmentAt.ts";
import { meantBy } from "../tags/checkTag.ts";
import { codeSpan } from "../tags/codeSpan.ts";
import { settingDescriptions, speechDescription, tagDescriptions } from "../tags/descriptions.ts";
import { frontMatterPlaceAt, isSpeaker, takesSettings } from "./frontMatterPlace.ts";
import { readTags } from "../tags/tagText.ts";

/** What is said about a place in the document. */
export interface Hover extends Span {
  /** Markdown. */
  readonly text: string;
}

/** How a script is cut. */
export interface CutScript {
  readonly markers: readonly Span[];
  /** In document order. */
  readonly segments: readonly Span[];
}

/** The names of the accents that are known, by their ids. Asked where an accent stands. */
export type AccentNames = () => Readonly<Record<string, string>>;

/**
 * What a place of a script does: a flush marker, a tag, a key of the front matter, an accent. Never throws, whatever the text.
 */
export function hoverAt(
  text: string,
  offset: number,
  cuts: CutScript,
  accents: AccentNames = () => ({}),
): Hover | undefined {
  return (
    markerAt(text, offset, cuts) ??
    accentAt(text, offset, accents) ??
    settingAt(text, offset) ??
    tagAt(text, offset)
  );
}

function accentAt(text: string, offset: number, accents: AccentNames): Hover | undefined {
  const place = frontMatterPlaceAt(text, offset);
  if (place?.name !== "accent" || !takesSettings(place.path) || !place.value) return undefined;
  const { start, end } = place.value;
  if (offset < start || offset > end) return undefined;
  const id = text.slice(start, end).replace(/^["']|["']$/g, "");
  const names = accents();
  const name = Object.hasOwn(names, id) ? names[id] : undefined;
  if (name === undefined) return undefined;
  return { start, end, text: `${codeSpan(name)}\n\n${settingDescriptions["accent"] ?? ""}` };
}

function markerAt(text: string, offset: number, cuts: CutScript): Hover | undefined {
  const marker = cuts.markers.find((one) => isAt(one, offset));
  if (!marker || cuts.segments.length === 0) return undefined;
  const at = segmentAt(cuts.segments, marker.start);
  const [before, after] = [cuts.segments[at], cuts.segments[at + 1]];
  const parts = [
    l10n.t("Segment {0}: {1}", at + 1, wordsOf(text, before, "last")),
    l10n.t("Segment {0}: {1}", at + 2, wordsOf(text, after, "first")),
  ];
  return {
    start: marker.start,
    end: marker.end,
    text: `${tagDescriptions.flush}\n\n${parts.join("  \n")}`,
  };
}

function isAt(span: Span | undefined, offset: number): boolean {
  return span !== undefined && span.start <= offset && offset < span.end;
}

/** The first or the last words of a segment, as they are written, as code. */
function wordsOf(
  text: string,
  { start, end }: Span = { start: 0, end: 0 },
  which: "first" | "last",
): string {
  const room = 300;
  const piece =
    which === "first"
      ? text.slice(start, Math.min(end, start + room))
      : text.slice(Math.max(start, end - room), end);
  const words = piece.split(/\s+/).filter(Boolean);
  if (words.length === 0) return l10n.t("empty");
  const few = which === "first" ? words.slice(0, 6) : words.slice(-6);
  const said = few.join(" ").slice(0, 60);
  if (few.length === words.length) return codeSpan(said);
  return codeSpan(which === "first" ? `${said} …` : `… ${said}`);
}

function settingAt(text: string, offset: number): Hover | undefined {
  const place = frontMatterPlaceAt(text, offset);
  if (!place || offset < place.key.start || offset >= place.key.end) return undefined;
  const { path, name, key } = place;
  if (path.length === 0)
    return name === "speech" ? { ...key, text: speechDescription() } : undefined;
  if (!namesOf(path).includes(name)) return undefined;
  return { ...key, text: settingDescriptions[name] ?? "" };
}

/** The settings that may stand under these keys. */
function namesOf(path: readonly string[]): readonly string[] {
  if (isSpeaker(path)) return castSettingNames;
  return takesSettings(path) ? settingNames : [];
}

/** A tag is on one line. */
function tagAt(text: string, offset: number): Hover | undefined {
  const start = Math.max(0, offset - 500, text.lastIndexOf("\n", offset - 1) + 1);
  const lineEnd = text.indexOf("\n", offset);
  const line = text.slice(start, Math.min(offset + 500, lineEnd < 0 ? text.length : lineEnd));
  const tag = readTags(line).find((one) => isAt(one, offset - start));
  if (tag) {
    const meant = meantBy(tag.name);
    if (!meant || meant === "flush") return undefined;
    // What is wrong with it is its problem's to say, which is shown with this.
    return { start: start + tag.start, end: start + tag.end, text: tagDescriptions[meant] };
  }
  const [laugh] = [...line.matchAll(/\[laughter\]/gi)]
    .map(({ index, 0: whole }) => ({ start: start + index, end: start + index + whole.length }))
    .filter((span) => isAt(span, offset));
  return laugh && { ...laugh, text: tagDescriptions.laughter };
}
