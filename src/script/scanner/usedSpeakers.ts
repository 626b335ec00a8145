import { isSpeakerName } from "../frontMatter/castReader.ts";
import { scanScript, type ScanOptions } from "./scan.ts";

/** A name of up to four words that each begin with a capital, or with a letter of a writing that has none, and a colon. */
const NAMED =
  /^[ \t]{0,3}(?:\*\*)?([\p{Lu}\p{Lo}][\p{L}\p{M}\p{N}.'’-]{0,30}(?:[ \t]+[\p{Lu}\p{Lo}\p{N}][\p{L}\p{M}\p{N}.'’-]{0,30}){0,3})[ \t]*(?:\*\*)?(?::(?=\s|\*\*|$)|：)/gmu;

/**
 * The names that a script's paragraphs begin with, as those of speakers do (`ANNA:`, `**Anna:**`), in the order in which they
 * come; whether its cast has them or not.
 */
export function usedSpeakers(text: string, language: ScanOptions["language"]): readonly string[] {
  const names = new Set(Array.from(text.matchAll(NAMED), ([, name = ""]) => name));
  const speakers = [...names].filter(isSpeakerName);
  if (speakers.length === 0) return [];
  // Not all of them stand where a speaker's name counts: some are in code, in the front matter, in a paragraph.
  const used = scanScript(text, { language, speakers }).speakers;
  return [...new Set(used)].filter((speaker) => speaker !== undefined);
}
