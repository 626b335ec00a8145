import { documentedVoices } from "../../protocol/documentedVoices.ts";
import { findFrontMatter } from "../../script/frontMatter/frontMatterBlock.ts";
import { languageOf } from "../../script/frontMatter/frontMatter.ts";
import type { SpeechOptions } from "../../script/model/script.ts";
import { setFrontMatterValue } from "../../script/frontMatter/setFrontMatterValue.ts";
import type { SpeakingWith } from "./frontMatterProblems.ts";
import type { Edit } from "./problem.ts";

/**
 * Ids of voices that are told apart by ear, none of which the script has already: those of the service's documentation, which
 * the local voice has as many voices for, a woman's and a man's in turn; for other languages those that are known to speak it.
 * Where there are too few, they begin anew.
 */
export function chooseVoices(
  count: number,
  { voice: own, language, cast = {} }: SpeechOptions,
  { service, voice, spoken, voices = {} }: SpeakingWith,
): readonly string[] {
  const taken = new Set([own ?? voice, ...Object.values(cast).map((speaker) => speaker.voice)]);
  const wanted = languageOf(language ?? spoken ?? "en");
  const documented = documentedVoices.feminine.flatMap(({ id }, at) => {
    const other = documentedVoices.masculine[at];
    return other ? [id, other.id] : [id];
  });
  const speakers = Object.entries(voices)
    .filter(([, { languages }]) => languages.some((code) => languageOf(code) === wanted))
    .map(([id]) => id);
  const isEnglish = service === "local" || wanted === "en";
  const all = isEnglish ? documented : [...speakers, ...documented];
  const free = all.filter((id) => !taken.has(id));
  const chosen = free.length > 0 ? free : all;
  return Array.from({ length: count }, (_, at) => chosen[at % chosen.length] ?? "");
}

/** The edit that gives these speakers their voices in a front matter; nothing where that can't be done with certainty. */
export function writeVoices(
  text: string,
  voices: readonly (readonly [speaker: string, voice: string])[],
): Edit | undefined {
  // Of the rest it is enough to know that there is some.
  const before = text.slice(0, findFrontMatter(text)?.end ?? 2);
  let after = before;
  for (const [speaker, voice] of [...voices].reverse()) {
    const edit = setFrontMatterValue(after, ["speech", "cast", speaker], voice);
    if (!edit) return undefined;
    after = after.slice(0, edit.start) + edit.text + after.slice(edit.end);
  }
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = before.length;
  while (end > start && before[end - 1] === after[after.length - (before.length - end) - 1]) end--;
  return { start, end, text: after.slice(start, after.length - (before.length - end)) };
}
