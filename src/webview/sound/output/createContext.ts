import * as l10n from "@vscode/l10n";
/** An AudioContext of this rate, in Hz. Throws a sentence where no sound can be made at all. */
export function createContext(sampleRate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(l10n.t("No sound device can be opened ({0}).", detail), { cause });
  }
}
