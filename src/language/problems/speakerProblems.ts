import * as l10n from "@vscode/l10n";
import { findFrontMatter } from "../../script/frontMatter/frontMatterBlock.ts";
import type { Script, ScriptLanguage } from "../../script/model/script.ts";
import { scanScript, withDeclared, type ScanOptions } from "../../script/scanner/scan.ts";
import type { WrittenName } from "../../script/scanner/speakerNames.ts";
import { isSpeakerName } from "../../script/frontMatter/castReader.ts";
import { nearest } from "../tags/nearest.ts";
import { chooseVoices, writeVoices } from "./castVoices.ts";
import type { SpeakingWith } from "./frontMatterProblems.ts";
import { isLabel } from "./labelWords.ts";
import { changeTo, type Fix, type Problem } from "./problem.ts";

/** How a script is read and spoken. */
interface Reading extends ScanOptions, SpeakingWith {
  readonly language: ScriptLanguage;
}

/**
 * Names of speakers that will not be heard as their writer meant: lines that begin like a speaker's but are none of the cast's,
 * speakers of the cast who never speak, and a dialogue without a cast. Linear.
 *
 * @param mayName whether any segment may have a name that nobody has declared (`mayName`).
 */
export function findSpeakerProblems(
  text: string,
  script: Script,
  { mayName, ...reading }: Reading & { readonly mayName: boolean },
): Problem[] {
  const { options } = script;
  const cast = Object.keys(options.cast ?? {});
  const isKnown = cast.length > 0 || (reading.speakers ?? []).length > 0;
  if (!isKnown && !mayName && options.names !== "above") return [];
  const { turns } = scanScript(text, {
    ...withDeclared(reading, options),
    anyName: true,
  });
  if (cast.length === 0) return withoutCast(text, script, turns, reading);
  return [...strangers(text, script, turns, reading), ...silentSpeakers(script, turns)];
}

/** So many names of the cast are compared with so many others. */
const mostCompared = 100;

/** Who begins a line as a speaker would, and is none. */
function strangers(
  text: string,
  script: Script,
  turns: readonly WrittenName[],
  speaking: SpeakingWith,
): Problem[] {
  const cast = new Set(Object.keys(script.options.cast ?? {}));
  const others = turns.filter(({ speaker }) => !cast.has(speaker) && !isLabel(speaker));
  const times = countOf(others);
  const familiar = turns.filter(({ speaker }) => cast.has(speaker)).length;
  const known = [...cast].slice(0, mostCompared);
  const told = new Map<string, Told | undefined>();
  return others.flatMap(({ speaker, start, end }): Problem[] => {
    if (!told.has(speaker)) {
      const meant = told.size < mostCompared ? nearest(speaker, known) : undefined;
      const count = times.get(speaker) ?? 0;
      // What comes again may be a label; it is no speaker where it comes more often than all that are known.
      const isLikely = !/\p{Ll}/u.test(speaker) || (count > 1 && count <= familiar);
      const stranger = isLikely
        ? strangerOf(text, script, speaker, speaking, told.size)
        : undefined;
      told.set(speaker, meant === undefined ? stranger : misspelt(speaker, meant));
    }
    const found = told.get(speaker);
    const at = start + text.slice(start, end).indexOf(speaker);
    if (!found || at < start) return [];
    const place = { start: at, end: at + speaker.length };
    const { meant, fixes, ...problem } = found;
    return [
      { ...place, ...problem, fixes: meant === undefined ? fixes : [changeTo(place, meant)] },
    ];
  });
}

/** What is told of a name that is none of the cast, wherever it stands. */
interface Told extends Pick<Problem, "code" | "severity" | "message" | "fixes"> {
  /** Who of the cast was meant. */
  readonly meant?: string;
}

function misspelt(speaker: string, meant: string): Told {
  const message = l10n.t(
    "`{0}` is none of the cast: the name is read out, in the script’s own voice. Did you mean `{1}`?",
    speaker,
    meant,
  );
  return { code: "unknown-speaker", severity: "warning", message, meant, fixes: [] };
}

function strangerOf(
  text: string,
  script: Script,
  speaker: string,
  speaking: SpeakingWith,
  before: number,
): Told {
  const message = l10n.t(
    "`{0}` is none of the cast: the name is read out, in the script’s own voice. Give it a voice under `cast:`.",
    speaker,
  );
  const fixes = addToCast(text, script, [speaker], speaking, before);
  return { code: "unknown-speaker", severity: "information", message, fixes };
}

function silentSpeakers(
  { options, places, segments }: Script,
  turns: readonly WrittenName[],
): Problem[] {
  if (!segments.some(({ speakable, unfilled }) => speakable || unfilled)) return []; // nothing is written yet
  const speaking = new Set(turns.map(({ speaker }) => speaker));
  return Object.keys(options.cast ?? {}).flatMap((name) => {
    const place = places.castVoices?.[name]?.name;
    if (!place || speaking.has(name)) return [];
    const message = l10n.t("`{0}` never speaks: no paragraph begins with this name.", name);
    return [{ ...place, code: "silent-speaker", severity: "hint" as const, message, fixes: [] }];
  });
}

/** A dialogue: at least so many turns … */
const fewestTurns = 3;
/** … which are at least this part of all paragraphs. */
const leastShare = 0.5;
/** For so many speakers voices are chosen. */
const mostSpeakers = 12;

function withoutCast(
  text: string,
  script: Script,
  turns: readonly WrittenName[],
  speaking: SpeakingWith,
): Problem[] {
  const named = turns.filter(({ speaker }) => !isLabel(speaker));
  const times = countOf(named);
  const [first] = named;
  const isDialogue =
    times.size > 1 && named.length >= fewestTurns && [...times.values()].some((count) => count > 1);
  if (!first || !isDialogue || named.length < leastShare * paragraphsOf(text)) return [];
  const speakers = [...times.keys()].filter(isSpeakerName).slice(0, mostSpeakers);
  const names = speakers.slice(0, 3).map((name) => `\`${name}\``);
  const message = l10n.t(
    "The names before the lines of {0} are read out, and all of it is said in one voice. Give each speaker a voice under `cast:`.",
    names.join(", "),
  );
  const fixes = addToCast(text, script, speakers, speaking, 0);
  const { start, end } = first;
  return [{ start, end, code: "no-cast", severity: "information", message, fixes }];
}

/** So many fixes are made that write into the front matter: each is tried. */
const mostFixed = 8;

function addToCast(
  text: string,
  script: Script,
  speakers: readonly string[],
  speaking: SpeakingWith,
  before: number,
): readonly Fix[] {
  if (before >= mostFixed) return [];
  const voices = chooseVoices(speakers.length, script.options, speaking);
  const edit = writeVoices(
    text,
    speakers.map((name, at) => [name, voices[at] ?? ""] as const),
  );
  if (!edit) return [];
  const [speaker = ""] = speakers;
  const title =
    speakers.length === 1
      ? l10n.t("Add `{0}` to the cast", speaker)
      : l10n.t("Write a cast with a voice for each");
  return [{ title, edits: [edit], recuts: true }];
}

function countOf(turns: readonly WrittenName[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { speaker } of turns) times.set(speaker, (times.get(speaker) ?? 0) + 1);
  return times;
}

/** How many paragraphs a body has, or lists, tables, code … */
function paragraphsOf(text: string): number {
  const body = text.slice(findFrontMatter(text)?.end ?? 0);
  return body.match(/(?:^|\n[ \t\r]*\n)[ \t\r]*(?=[^\s])/g)?.length ?? 0;
}
