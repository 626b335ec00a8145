import * as l10n from "@vscode/l10n";
import { datedModel } from "../../protocol/models.ts";
import { setFrontMatterValue } from "../../script/frontMatter/setFrontMatterValue.ts";
import type { Script, Span } from "../../script/model/script.ts";
import type { SpeakingWith } from "./frontMatterProblems.ts";
import type { Problem } from "./problem.ts";

/**
 * Professional voice clones that are to speak with a model that is no dated snapshot: the service answers with
 * `voice_model_mismatch`. Source: Cartesia TTS WebSocket reference, voices. Places are the document's: where the script names
 * the voice, or else the model.
 */
export function findUndatedModels(
  text: string,
  { options, places }: Script,
  { model: settingsModel, voice: settingsVoice, voices = {} }: SpeakingWith,
): Problem[] {
  const model = options.model ?? settingsModel;
  if (model === undefined || /-\d{4}-\d{2}-\d{2}$/.test(model)) return [];
  const asked: (readonly [voice: string | undefined, place: Span | undefined])[] = [
    [options.voice ?? settingsVoice, places.voice ?? places.model],
    ...Object.entries(options.cast ?? {}).map(
      ([name, { voice }]) => [voice, places.castVoices?.[name]?.voice] as const,
    ),
  ];
  return asked.flatMap(([voice, place]) => {
    const known = voice !== undefined && Object.hasOwn(voices, voice) ? voices[voice] : undefined;
    if (!known?.isPro || !place) return [];
    const edit = setFrontMatterValue(text, ["speech", "model"], datedModel);
    const title = l10n.t("Set `model: {0}`", datedModel);
    const problem: Problem = {
      ...place,
      code: "voice-model",
      severity: "warning",
      message: l10n.t(
        "{0} is a professional voice clone: the service refuses it with `{1}`, which names no date. Write a dated model, such as `{2}`.",
        known.name,
        model,
        datedModel,
      ),
      fixes: edit ? [{ title, edits: [edit] }] : [],
    };
    return problem;
  });
}
