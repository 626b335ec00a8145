import * as l10n from "@vscode/l10n";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import { isSpeakable } from "../../script/model/serviceTags.ts";
import type { CodeLanguage } from "./codeLanguages.ts";
import { codeTurns, type CodeDialogue, type CodeScript } from "./codeTurns.ts";
import { ExportError } from "../common/exportError.ts";
import type { ExportScript } from "../common/exportScript.ts";
import { pythonCode } from "./pythonCode.ts";
import { pythonDialogue } from "./pythonDialogue.ts";
import { typeScriptCode } from "./typeScriptCode.ts";
import { typeScriptDialogue } from "./typeScriptDialogue.ts";

/**
 * A script as a complete program for the official SDKs of Cartesia: over one connection a context for neighbouring segments of
 * one voice, a flush between any two of them, a raw file for each. The key is read from the environment, and is never in it.
 * @param scriptSound how segments sound that do not say it themselves.
 * @throws {ExportError} `nothing`, where no segment has anything to say; `not-spoken`, where a variable has no value.
 */
export function writeCode(
  { title: written, segments }: ExportScript,
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
  const { voices, turns } = codeTurns(speakable, scriptSound);
  const title = written.replace(/[\p{C}\p{Z}]+/gu, " ").trim();
  const [turn, another] = turns;
  if (!turn) throw new ExportError("nothing", l10n.t("There is nothing to say in this script."));
  if (another) return writeDialogue({ title, voices, turns, sound: scriptSound }, language);
  const transcripts = turn.segments.map(({ transcript }) => transcript);
  return writeScript(
    { title, transcripts, sound: voices.get(turn.voice) ?? scriptSound },
    language,
  );
}

function writeScript(script: CodeScript, language: CodeLanguage): string {
  switch (language) {
    case "typescript":
      return typeScriptCode(script);
    case "python":
      return pythonCode(script, { async: false });
    case "python-async":
      return pythonCode(script, { async: true });
  }
}

function writeDialogue(script: CodeDialogue, language: CodeLanguage): string {
  switch (language) {
    case "typescript":
      return typeScriptDialogue(script);
    case "python":
      return pythonDialogue(script, { async: false });
    case "python-async":
      return pythonDialogue(script, { async: true });
  }
}
