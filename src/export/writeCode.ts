import * as l10n from "@vscode/l10n";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import { seamBetween } from "../script/seam.ts";
import { isSpeakable } from "../script/serviceTags.ts";
import type { CodeLanguage } from "./codeLanguages.ts";
import { ExportError } from "./exportError.ts";
import type { ExportScript } from "./exportScript.ts";
import { pythonCode } from "./pythonCode.ts";
import { typeScriptCode } from "./typeScriptCode.ts";

/** What a program says. */
export interface CodeScript {
  readonly title: string;
  /** What is pushed between flushes, seams included: to the character what a preview sends. */
  readonly transcripts: readonly string[];
  readonly sound: VoiceOptions;
}

/**
 * A script as a complete program for the official SDKs of Cartesia: one context, a flush between any two segments, a raw file for
 * each flush id. The key is read from the environment, and is never in it.
 * @param scriptSound how segments sound that do not say it themselves.
 * @throws {ExportError} `nothing`, where no segment has anything to say; `several-voices`, where not all sound alike.
 */
export function writeCode(
  { title, segments }: ExportScript,
  scriptSound: VoiceOptions,
  language: CodeLanguage,
): string {
  if (segments.some(({ unfilled }) => unfilled)) {
    throw new ExportError(
      "not-spoken",
      l10n.t(
        "Variables of this script have no values. Give them some in its front matter, or choose sample values.",
      ),
    );
  }
  const speakable = segments.filter(({ transcript }) => isSpeakable(transcript));
  const said = speakable.map(({ transcript }) => transcript);
  if (said.length === 0) {
    throw new ExportError("nothing", l10n.t("There is nothing to say in this script."));
  }
  const sounds = new Set(speakable.map(({ sound }) => sound ?? scriptSound));
  const [sound = scriptSound] = sounds;
  if (sounds.size > 1) {
    throw new ExportError(
      "several-voices",
      l10n.t(
        "This script has several voices, and a program speaks with one context, which has one. Remove `cast` from the front matter, or copy the parts one by one.",
      ),
    );
  }
  const transcripts = said.map((transcript, at) => {
    const next = said[at + 1];
    return next === undefined ? transcript : transcript + seamBetween(transcript, next);
  });
  const script = { title: title.replace(/[\p{C}\p{Z}]+/gu, " ").trim(), transcripts, sound };
  switch (language) {
    case "typescript":
      return typeScriptCode(script);
    case "python":
      return pythonCode(script, { async: false });
    case "python-async":
      return pythonCode(script, { async: true });
  }
}
