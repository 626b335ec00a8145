import * as l10n from "@vscode/l10n";

/** A word as it was said. Times are in seconds. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A message of the service. Source: Cartesia TTS WebSocket reference, server messages.
 * `flushId` is undefined where the service sent none, or null.
 */
export type ServerMessage =
  | {
      readonly type: "chunk";
      readonly contextId: string | undefined;
      readonly flushId: number | undefined;
      /** Base64 of samples, cut anywhere; may be empty. */
      readonly data: string;
    }
  | {
      readonly type: "flushDone";
      readonly contextId: string | undefined;
      readonly flushId: number | undefined;
    }
  | {
      readonly type: "timestamps";
      readonly contextId: string | undefined;
      readonly flushId: number | undefined;
      readonly words: readonly Word[];
    }
  | { readonly type: "done"; readonly contextId: string | undefined }
  | ({ readonly type: "error"; readonly contextId: string | undefined } & ServiceError)
  /** A type that this version does not know: new ones may come at any time, and are no fault. */
  | { readonly type: "unknown"; readonly contextId: string | undefined; readonly name: string };

/** What the service says of a failure, in either of its shapes. Absent fields were not sent. */
export interface ServiceError {
  /** As HTTP's status codes. */
  readonly status?: number;
  /** Such as `quota_exceeded`; open-ended. */
  readonly code?: string;
  /** The service's own sentence. */
  readonly message: string;
  readonly requestId?: string;
}

/** Thrown for a frame that is no message of the protocol. */
export class MalformedFrame extends Error {
  override readonly name = "MalformedFrame";
}

/**
 * Reads one text frame of the service. One that is empty, `null`, or a mere number, string or truth value says nothing, and is
 * no fault: no message can be lost with it.
 * @throws MalformedFrame where it is not a JSON object, or lacks what its type must have.
 */
export function readServerMessage(text: string): ServerMessage {
  const value = text.trim() === "" ? null : parse(text);
  if (value === null || typeof value !== "object") {
    return { type: "unknown", contextId: undefined, name: "none" };
  }
  if (!isObject(value)) {
    throw new MalformedFrame(l10n.t("The speech service sent a frame that is not a JSON object."));
  }
  const frame = value;
  const contextId = readString(frame["context_id"]);
  const flushId = readFlushId(frame["flush_id"]);
  switch (frame["type"]) {
    case "chunk": {
      const data = frame["data"] ?? "";
      if (typeof data !== "string")
        throw new MalformedFrame(l10n.t("The speech service sent a chunk without audio data."));
      return { type: "chunk", contextId, flushId, data };
    }
    case "flush_done":
      return { type: "flushDone", contextId, flushId };
    case "timestamps":
      return { type: "timestamps", contextId, flushId, words: readWords(frame["word_timestamps"]) };
    case "done":
      return { type: "done", contextId };
    case "error":
      return { type: "error", contextId, ...readServiceError(frame) };
    default:
      return { type: "unknown", contextId, name: readShort(frame["type"]) ?? "none" };
  }
}

/**
 * Reads what the service says of a failure from a frame or from the body of an HTTP answer: the structured shape
 * (versions from 2026-03-01) has `error_code`, `title` and `message`, the older one `error` alone; some answers wrap all
 * of it in `error`.
 */
export function readServiceError(value: unknown): ServiceError {
  const outer = isObject(value) ? value : {};
  const body = isObject(outer["error"]) ? { ...outer, ...outer["error"] } : outer;
  const status = body["status_code"];
  const code = readShort(body["error_code"]);
  const requestId = readShort(body["request_id"]);
  const message =
    readShort(body["message"]) ?? readShort(body["title"]) ?? readShort(body["error"]);
  return {
    ...(typeof status === "number" && { status }),
    ...(code !== undefined && { code }),
    ...(requestId !== undefined && { requestId }),
    message: message ?? "",
  };
}

/** Characters of a frame in the log: of what is longer, the beginning tells what it is. */
const mostLogged = 4_000;

/**
 * A frame as it may be logged: on one line, with its audio told by its length only, and cut where it is long. A frame that is
 * not JSON is told by its length alone, since nobody knows what is in it.
 */
export function redactFrame(text: string): string {
  try {
    const frame = parse(text);
    if (!isObject(frame)) return noObject(text);
    const { data } = frame;
    if (typeof data === "string" && data !== "") {
      frame["data"] = `<${data.length} base64 characters>`;
    }
    const line = JSON.stringify(frame);
    return line.length > mostLogged
      ? `${line.slice(0, mostLogged)}… (${text.length} characters)`
      : line;
  } catch {
    return noObject(text);
  }
}

function noObject({ length }: string): string {
  return `<${length} characters that are no JSON object>`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedFrame(l10n.t("The speech service sent a frame that is not JSON."), {
      cause,
    });
  }
}

/**
 * Word times are a help, not the audio: what is malformed of them is left out rather than failing the run. Words without
 * both times, or with times that run backwards, are dropped.
 */
function readWords(value: unknown): Word[] {
  if (!isObject(value)) return [];
  const { words, start, end } = value;
  if (!Array.isArray(words) || !Array.isArray(start) || !Array.isArray(end)) return [];
  const read: Word[] = [];
  words.forEach((text: unknown, index) => {
    const from: unknown = start[index];
    const to: unknown = end[index];
    if (typeof text !== "string" || !isTime(from) || !isTime(to) || to < from) return;
    read.push({ text, start: from, end: to });
  });
  return read;
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function readFlushId(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

function readString(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Characters of what a service says for people to read. */
const mostSaid = 1_000;

/** What is longer is cut: nobody reads it, and it would fill a window. */
function readShort(value: unknown): string | undefined {
  const text = readString(value);
  return text === undefined || text.length <= mostSaid ? text : `${text.slice(0, mostSaid)}…`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
