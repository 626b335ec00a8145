import type { OptionPlaces, Span, SpeechOptions } from "../../script/model/script.ts";
import type { Failure, FailureCode } from "../../session/connection/failure.ts";

/** An option of the front matter, as it was when the service refused it. */
export interface RefusedOption {
  readonly option: "voice" | "model" | "language";
  /** Whose option it is, where it is one of the cast. */
  readonly speaker?: string;
  readonly value: string;
  /** A sentence for the user. */
  readonly message: string;
}

/** What a run met, and who was to say it. */
export interface SpeakerFailure {
  readonly speaker: string | undefined;
  readonly failure: Failure;
}

/** The options that failures are about, as far as the front matter has set them; each once. */
export function refusedOptions(
  failures: readonly SpeakerFailure[],
  options: SpeechOptions,
): RefusedOption[] {
  const refused = new Map<string, RefusedOption>();
  for (const { speaker, failure } of failures) {
    const found = refusedOption(failure, options, speaker);
    if (found) refused.set(JSON.stringify([found.option, found.speaker]), found);
  }
  return [...refused.values()];
}

/** Where a refused option stands; `undefined` where it says something else by now. */
export function placeOfRefused(
  { option, speaker, value }: RefusedOption,
  options: SpeechOptions,
  { castVoices, ...places }: OptionPlaces,
): Span | undefined {
  if (speaker === undefined) return options[option] === value ? places[option] : undefined;
  if (option === "model" || options.cast?.[speaker]?.[option] !== value) return undefined;
  return castVoices?.[speaker]?.[option];
}

function refusedOption(
  failure: Failure,
  options: SpeechOptions,
  speaker: string | undefined,
): RefusedOption | undefined {
  const option = optionRefusedBy[failure.code];
  if (!option) return undefined;
  const { message } = failure;
  const own = option === "model" ? undefined : options.cast?.[speaker ?? ""]?.[option];
  if (own !== undefined && speaker !== undefined) return { option, speaker, value: own, message };
  const value = options[option];
  return value === undefined ? undefined : { option, value, message };
}

const optionRefusedBy: { readonly [Code in FailureCode]?: RefusedOption["option"] } = {
  "voice-not-found": "voice",
  "model-not-found": "model",
  "model-mismatch": "model",
  "language-not-supported": "language",
};
