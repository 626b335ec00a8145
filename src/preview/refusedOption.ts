import type { SpeechOptions } from "../script/script.ts";
import type { Failure, FailureCode } from "../session/failure.ts";

/** An option of the front matter, as it was when the service refused it. */
export interface RefusedOption {
  readonly option: "voice" | "model" | "language";
  readonly value: string;
  /** A sentence for the user. */
  readonly message: string;
}

/** The option that a failure is about, where the front matter has set it. */
export function refusedOption(
  failure: Failure | undefined,
  options: SpeechOptions,
): RefusedOption | undefined {
  const option = failure && optionRefusedBy[failure.code];
  const value = option && options[option];
  return failure && option && value !== undefined
    ? { option, value, message: failure.message }
    : undefined;
}

const optionRefusedBy: { readonly [Code in FailureCode]?: RefusedOption["option"] } = {
  "voice-not-found": "voice",
  "model-not-found": "model",
  "language-not-supported": "language",
};
