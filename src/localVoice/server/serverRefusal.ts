import { randomUUID } from "node:crypto";

/** Why the local voice does not do what was asked, as the service says it. */
export interface Refusal {
  /** As HTTP's status codes. */
  readonly status: number;
  /** One of the service's error codes, where it has one for this. */
  readonly code?: string;
  readonly title: string;
  /** A sentence for the developer. */
  readonly message: string;
}

/** The first API version with structured errors. Source: Cartesia TTS WebSocket reference, versions. */
const firstStructuredVersion = "2026-03-01";

/** The service's words for what a client gets wrong. Source: Cartesia TTS WebSocket reference, error. */
export const refusals = {
  unknownContext: {
    status: 400,
    title: "Invalid context ID",
    message: "The requested context ID does not exist or may have already been cancelled.",
  },
  closedContext: {
    status: 400,
    title: "Context has closed",
    message: "The context takes no more inputs: use a new context ID.",
  },
  nothingToSay: {
    status: 400,
    title: "Invalid transcript",
    message:
      "transcript empty or contains only punctuation: first transcript for WS is empty or contains only punctuation",
  },
  tooManyContexts: {
    status: 429,
    code: "concurrency_limited",
    title: "Too many concurrent requests",
    message: "There are too many contexts on this connection.",
  },
  tooMuchText: {
    status: 400,
    title: "Invalid transcript",
    message: "There is too much text that waits to be said: wait for its audio, or send less.",
  },
  unknownModel: {
    status: 400,
    code: "model_not_found",
    title: "Invalid model",
    message: "The model is not valid, make sure it is a valid model ID.",
  },
  retiredModel: {
    status: 400,
    code: "model_sunsetted",
    title: "Model sunsetted",
    message: "The model is no longer available, use a newer one.",
  },
} as const satisfies Record<string, Refusal>;

/** A request that breaks a rule of the protocol. */
export function badRequest(message: string): Refusal {
  return { status: 400, title: "Invalid request", message };
}

/** A failure of the local voice itself. */
export function internalError(message: string): Refusal {
  return { status: 500, title: "Internal error", message };
}

/**
 * The `error` frame, in the shape of the client's API version.
 * @param contextId the context it ends; without one it is about the connection
 */
export function errorFrame(
  refusal: Refusal,
  apiVersion: string,
  contextId: string | undefined,
): object {
  return {
    type: "error",
    ...(contextId !== undefined && { context_id: contextId }),
    done: true,
    status_code: refusal.status,
    ...(isStructured(apiVersion) ? structured(refusal) : { error: refusal.message }),
  };
}

/** The body of an HTTP answer, in the shape of the client's API version. */
export function refusalBody(refusal: Refusal, apiVersion: string | undefined): string {
  return apiVersion === undefined || isStructured(apiVersion)
    ? JSON.stringify(structured(refusal))
    : `${refusal.title}: ${refusal.message}`;
}

function isStructured(apiVersion: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(apiVersion) && apiVersion >= firstStructuredVersion;
}

function structured({ code, title, message }: Refusal): object {
  return { error_code: code ?? null, title, message, request_id: randomUUID() };
}
