import { isSpeakerName } from "../frontMatter/castReader.ts";
import { scanScript, type ScanOptions } from "./scan.ts";

/**
 * The names that a script's paragraphs begin with, as those of speakers do (`ANNA:`, `**Anna:**`), in the order in which they
 * come; whether its cast has them or not.
 */
export function usedSpeakers(text: string, language: ScanOptions["language"]): readonly string[] {
  const { turns } = scanScript(text, { language, anyName: true });
  return [...new Set(turns.map(({ speaker }) => speaker))].filter(isSpeakerName);
}
