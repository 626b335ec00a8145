import * as l10n from "@vscode/l10n";
import type { ServiceError } from "../../protocol/serverMessage.ts";
import { cleanText } from "./inertText.ts";

/** How much of the service's own words is quoted, in UTF-16 units. */
const mostQuoted = 500;

/** Why a run, or a segment of it, failed. Each has an action that the user can take. */
export type FailureCode =
  | "no-key"
  | "key-rejected"
  | "out-of-credits"
  | "plan-too-small"
  | "rate-limited"
  | "bad-request"
  | "voice-not-found"
  | "model-not-found"
  | "model-mismatch"
  | "language-not-supported"
  | "offline"
  | "stalled"
  | "protocol"
  | "too-many-characters"
  | "disk";

interface FailureDetails {
  readonly cause?: unknown;
  readonly service?: ServiceError;
  readonly ofConnection?: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** A failure that the user can understand: `message` is a sentence for them, without secrets. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  /** What the service said, where it said something. */
  readonly service: ServiceError | undefined;
  /** Whether it befell the connection, and so every context that was open on it. */
  readonly ofConnection: boolean;
  /** In how many milliseconds the service wants to be asked again, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: FailureCode,
    message: string,
    { cause, service, ofConnection = false, retryAfterMs }: FailureDetails = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.service = service;
    this.ofConnection = ofConnection;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Whether `error` is a Failure, of whichever bundle: each bundle has a class of its own, so `instanceof` does not tell. */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && error.name === "Failure" && "code" in error;
}

/**
 * The failure that an error of the service means, by its code first and its status second. An error that names no context is
 * one `ofConnection`.
 * Source: Cartesia TTS WebSocket reference, errors: known codes.
 */
export function failureFromService(
  service: ServiceError,
  details: Pick<FailureDetails, "ofConnection" | "retryAfterMs"> = {},
): Failure {
  const { code, sentence } = explain(service);
  const message = cleanText(service.message, mostQuoted);
  const said = endSentence(message);
  const whole = said === "" ? sentence : `${sentence} ${l10n.t("The service says: “{0}”", said)}`;
  return new Failure(code, whole, { ...details, service: { ...service, message } });
}

/** What others said, to stand in the middle of a sentence: on one line, and without an end of its own. */
export function clauseOf(text: string): string {
  const [line = ""] = text.trim().split(/[\r\n]/, 1);
  return cleanText(line.replace(/[\s.!?]+$/, ""), mostQuoted).trim();
}

function explain({ code, status }: ServiceError): { code: FailureCode; sentence: string } {
  switch (code) {
    case "quota_exceeded":
      return { code: "out-of-credits", sentence: l10n.t("The account has no credits left.") };
    case "concurrency_limited":
      return {
        code: "rate-limited",
        sentence: l10n.t("The service is at its limit for this account."),
      };
    case "voice_not_found":
      return { code: "voice-not-found", sentence: l10n.t("The service does not know this voice.") };
    case "voice_model_mismatch":
      return {
        code: "model-mismatch",
        sentence: l10n.t("This voice does not go with this model."),
      };
    case "plan_upgrade_required":
      return {
        code: "plan-too-small",
        sentence: l10n.t("The account's plan does not include this."),
      };
    case "model_not_found":
      return { code: "model-not-found", sentence: l10n.t("The service does not know this model.") };
    case "model_sunsetted":
      return {
        code: "model-not-found",
        sentence: l10n.t("The service no longer offers this model."),
      };
    case "language_not_supported":
      return {
        code: "language-not-supported",
        sentence: l10n.t("The service does not speak this language with this model."),
      };
    default:
      return explainStatus(status);
  }
}

function explainStatus(status: number | undefined): { code: FailureCode; sentence: string } {
  if (status === 401 || status === 403) {
    return { code: "key-rejected", sentence: l10n.t("The service rejected the API key.") };
  }
  if (status === 402) {
    return { code: "out-of-credits", sentence: l10n.t("The account has no credits left.") };
  }
  if (status === 429) {
    return {
      code: "rate-limited",
      sentence: l10n.t("The service is at its limit for this account."),
    };
  }
  if (status !== undefined && status >= 500) {
    return {
      code: "offline",
      sentence: l10n.t("The service had an error of its own ({0}).", status),
    };
  }
  const sentence =
    status === undefined
      ? l10n.t("The service refused the request.")
      : l10n.t("The service refused the request ({0}).", status);
  return { code: "bad-request", sentence };
}

function endSentence(text: string): string {
  return text === "" || /[.!?…]$/.test(text) ? text : `${text}.`;
}
