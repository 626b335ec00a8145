import * as l10n from "@vscode/l10n";
import { castSettingNames } from "../../script/frontMatter/castReader.ts";
import { settingNames } from "../../script/frontMatter/frontMatter.ts";
import type { ScriptLanguage, Span } from "../../script/model/script.ts";
import { setFrontMatterValue } from "../../script/frontMatter/setFrontMatterValue.ts";
import { onlyNames, skippable } from "../../script/model/spokenParts.ts";
import { findHeadings } from "../../script/scanner/headings.ts";
import { scanScript } from "../../script/scanner/scan.ts";
import { usedSpeakers } from "../../script/scanner/usedSpeakers.ts";
import { voicePlaces } from "../../script/frontMatter/voicePlaces.ts";
import { quoted } from "../../script/frontMatter/yamlText.ts";
import { codeSpan } from "../tags/codeSpan.ts";
import { settingDescriptions, speechDescription, tagDescriptions } from "../tags/descriptions.ts";
import {
  frontMatterPlaceAt,
  isCast,
  isSpeaker,
  takesSettings,
  takesVoice,
  type FrontMatterPlace,
} from "./frontMatterPlace.ts";
import { languageName } from "../tags/languageName.ts";
import {
  emotions,
  languages,
  models,
  primaryEmotions,
  tagRules,
  type TagName,
} from "../tags/vocabulary.ts";

/** Something that may be written at a place; it takes the place of its span. */
export interface Completion extends Span {
  readonly label: string;
  /** What is put; in a snippet `$1`, `$2` … and `$0` are where the cursor goes. */
  readonly text: string;
  readonly isSnippet?: boolean;
  /** What is typed is matched with this, where it is not the label. */
  readonly filter?: string;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly description?: string;
  readonly kind: "tag" | "setting" | "value";
}

/** A voice that may be written. */
export interface OfferedVoice {
  readonly id: string;
  readonly name: string;
  /** What is known of it beside its name, in few words. */
  readonly detail: string;
}

/** An accent that may be written. */
export interface OfferedAccent {
  readonly id: string;
  /** What is known of it beside its id, in few words. */
  readonly detail: string;
}

/** What is known beside the text. */
export interface Known {
  /** As the script is read. */
  readonly language: ScriptLanguage;
  /** The voices that are known, in the order in which they are offered. Asked where a voice may be written. */
  readonly voices: () => readonly OfferedVoice[];
  /** The accents of a voice, by its id, or of the settings' voice; asked where an accent may be written. */
  readonly accents?: (voice: string | undefined) => readonly OfferedAccent[];
}

/** What may be written at a place of a script. Never throws, whatever the text. */
export function completionsAt(text: string, offset: number, known: Known): readonly Completion[] {
  const place = frontMatterPlaceAt(text, offset);
  if (place) return inFrontMatter(text, offset, place, known);
  return [...inAttribute(text, offset), ...tags(text, offset)];
}

/** The place of a voice that an offset lies in, where one can be written with certainty (`setFrontMatterValue`). */
export function voiceKeysAt(text: string, offset: number): VoiceKeys | undefined {
  const place = frontMatterPlaceAt(text, offset);
  if (!place?.value || offset < place.value.start || !takesVoice(place)) return undefined;
  const keys = [...place.path, place.name];
  if (!setFrontMatterValue(text, keys, "any")) return undefined;
  const { start, end } = place.value;
  return { keys, start, end: Math.max(end, offset) };
}

/** A place where a voice can be written: the span of what stands there. */
export interface VoiceKeys extends Span {
  /** From the top of the YAML, such as `["speech", "voice"]`. */
  readonly keys: readonly string[];
}

function inFrontMatter(
  text: string,
  offset: number,
  place: FrontMatterPlace,
  known: Known,
): Completion[] {
  const { key, value, path } = place;
  const part = partAt(text, offset, place);
  if (part) return partsOf(text, part, known.language);
  if (value && offset >= value.start) {
    const span = { start: value.start, end: Math.max(value.end, offset) };
    const space = text[value.start - 1] === ":" ? " " : "";
    if (takesVoice(place)) return known.voices().map((voice) => voiceIn(span, space, voice));
    if (!takesSettings(path)) return [];
    return valuesOf(place.name, () => known.accents?.(voiceBeside(text, path)) ?? []).map(
      ({ label, detail }) => ({
        ...span,
        label,
        text: space + label,
        kind: "value",
        ...(detail === undefined ? {} : { detail }),
      }),
    );
  }
  if (value || offset < key.start || offset > key.end) return [];
  if (path.length === 0) {
    const has = /^speech[ \t]*:/m.test(text.slice(0, 65_536));
    const speech = { label: "speech", text: "speech:\n  $0", isSnippet: true };
    return has ? [] : [{ ...key, ...speech, description: speechDescription(), kind: "setting" }];
  }
  return keysOf(text, place, known).map((name) => ({
    ...key,
    label: name,
    text: `${quoted(name)}: `,
    kind: "setting",
    ...(takesSettings(path) && { description: settingDescriptions[name] ?? "" }),
  }));
}

/** An item of a list of parts, `skip` or `only`. */
interface WrittenPart extends Span {
  readonly list: string;
}

const lists = ["skip", "only"];

/** The part that is being written at an offset: behind its key, in brackets, or on a line of its own. */
function partAt(
  text: string,
  offset: number,
  { path, name, key, value }: FrontMatterPlace,
): WrittenPart | undefined {
  if (path[0] !== "speech") return undefined;
  const [, list = ""] = path;
  const item = /^-[ \t]*/.exec(text.slice(key.start, key.end))?.[0];
  if (path.length === 2 && lists.includes(list) && item !== undefined) {
    const start = key.start + item.length;
    return offset < start ? undefined : { list, start, end: Math.max(key.end, offset) };
  }
  if (path.length !== 1 || !lists.includes(name) || !value || offset < value.start)
    return undefined;
  const before = text.slice(value.start, offset);
  const from = Math.max(before.lastIndexOf("["), before.lastIndexOf(",")) + 1;
  const start = value.start + from + (/^[ \t]*/.exec(before.slice(from))?.[0].length ?? 0);
  const rest = /^[^,\]\r\n]*/.exec(text.slice(offset, Math.max(offset, value.end)))?.[0] ?? "";
  return { list: name, start, end: offset + rest.trimEnd().length };
}

function partsOf(
  text: string,
  { list, start, end }: WrittenPart,
  language: ScriptLanguage,
): Completion[] {
  const space = text[start - 1] === ":" || text[start - 1] === "," ? " " : "";
  const names: readonly string[] = list === "skip" ? skippable : onlyNames;
  const sections = list === "only" && language === "markdown" ? sectionsOf(text) : [];
  return [...names, ...sections].map((name) => ({
    start,
    end,
    label: name,
    text: `${space}${name.startsWith("#") ? JSON.stringify(name) : name}`,
    kind: "value",
  }));
}

/** The headings below which something may be said alone. */
function sectionsOf(text: string): string[] {
  const headings = findHeadings(text, scanScript(text, { language: "markdown" }));
  const titles = headings.map(({ level, title }) => `${"#".repeat(level)} ${title}`);
  return [...new Set(titles)].slice(0, 50);
}

/** The keys that may stand at a place and do not yet. */
function keysOf(text: string, { path, siblings }: FrontMatterPlace, known: Known): string[] {
  const names = isCast(path)
    ? usedSpeakers(text, known.language)
    : isSpeaker(path)
      ? castSettingNames
      : takesSettings(path)
        ? settingNames
        : [];
  const written = new Set(siblings);
  return names.filter((name) => !written.has(name));
}

/** The voice that a setting beside these keys is for: the speaker's, or the script's; nothing where the settings' is. */
function voiceBeside(text: string, path: readonly string[]): string | undefined {
  const beside = JSON.stringify([...path, "voice"]);
  return voicePlaces(text).find(({ keys }) => JSON.stringify(keys) === beside)?.voice;
}

function voiceIn(span: Span, space: string, { id, name, detail }: OfferedVoice): Completion {
  return {
    ...span,
    label: name,
    text: space + quoted(id),
    filter: `${name} ${id}`,
    detail,
    description: codeSpan(id),
    kind: "value",
  };
}

interface Value {
  readonly label: string;
  readonly detail?: string;
}

function valuesOf(setting: string, accents: () => readonly OfferedAccent[]): readonly Value[] {
  switch (setting) {
    case "model":
      return models.map((label) => ({ label }));
    case "language":
      return languages.map((label) => ({ label, detail: languageName(label) }));
    case "accent":
      return accents().map(({ id, detail }) => ({ label: id, detail }));
    case "normalization":
      return [
        { label: "auto", detail: l10n.t("as the text’s language has it") },
        { label: "off", detail: l10n.t("as it is written") },
        ...languages.map((label) => ({ label, detail: languageName(label) })),
      ];
    case "emotion":
      return emotionValues();
    case "speed":
      return ratios("speed");
    case "volume":
      return ratios("volume");
    case "names":
      return [
        { label: "before", detail: l10n.t("with a colon") },
        { label: "above", detail: l10n.t("also on lines of their own") },
      ];
    case "headings":
      return [{ label: "true" }];
    default:
      return [];
  }
}

const emotionValues = (): readonly Value[] =>
  emotions.map((label) =>
    primaryEmotions.some((emotion) => emotion === label)
      ? { label, detail: l10n.t("heard best") }
      : { label },
  );

function ratios(tag: "speed" | "volume"): readonly Value[] {
  const [least, most] = tagRules[tag].range;
  return [
    { label: String(least), detail: tag === "speed" ? l10n.t("slowest") : l10n.t("softest") },
    { label: "0.8" },
    { label: "1", detail: l10n.t("the voice’s own") },
    { label: "1.2" },
    { label: String(most), detail: tag === "speed" ? l10n.t("fastest") : l10n.t("loudest") },
  ];
}

const ATTRIBUTE = /<(break|speed|volume|emotion)[ \t]+(time|ratio|value)="([^"<>\r\n]{0,60})$/i;

/** The values of a tag's attribute that the cursor is in. */
function inAttribute(text: string, offset: number): Completion[] {
  const found = ATTRIBUTE.exec(text.slice(Math.max(0, offset - 120), offset));
  const name = found?.[1]?.toLowerCase() as TagName | undefined;
  if (!found || !name || found[2]?.toLowerCase() !== tagRules[name].attribute) return [];
  const rest = /^[^"<>\s]{0,60}/.exec(text.slice(offset, offset + 60))?.[0] ?? "";
  const span = { start: offset - (found[3]?.length ?? 0), end: offset + rest.length };
  return valuesOfTag(name).map(({ label, detail }) => ({
    ...span,
    label,
    text: label,
    kind: "value",
    ...(detail === undefined ? {} : { detail }),
  }));
}

function valuesOfTag(name: TagName): readonly Value[] {
  if (name === "emotion") return emotionValues();
  if (name !== "break") return ratios(name);
  return breakTimes.map((label) => ({ label }));
}

const breakTimes = ["500ms", "200ms", "1s", "2s"] as const;

/** A place in a snippet at which one of these is chosen. */
function choiceOf(words: readonly string[]): string {
  return `\${1|${words.join(",")}|}`;
}

/** Each tag as it is put, the cursor where its value is. */
const TAGS = [
  ["break", `<break time="${choiceOf(breakTimes)}"/>$0`],
  ["speed", '<speed ratio="${1:1.0}"/>$0'],
  ["volume", '<volume ratio="${1:1.0}"/>$0'],
  ["emotion", `<emotion value="${choiceOf(primaryEmotions)}"/>$0`],
  ["spell", "<spell>$1</spell>$0"],
  ["flush", "<flush/>$0"],
] as const;

/** The tags, where one is begun: `<`, and letters of its name. */
function tags(text: string, offset: number): Completion[] {
  const begun = /<([a-z]{0,10})$/i.exec(text.slice(Math.max(0, offset - 12), offset));
  if (!begun) return [];
  const start = offset - begun[0].length;
  // An editor that closes brackets by itself has put one here.
  const end = text[offset] === ">" ? offset + 1 : offset;
  return TAGS.map(([name, snippet]) => ({
    start,
    end,
    label: `<${name}>`,
    text: snippet,
    isSnippet: true,
    description: tagDescriptions[name],
    kind: "tag",
  }));
}
