import type { IncomingMessage } from "node:http";
import { newestVersion } from "../../protocol/clientMessage.ts";
import { readAccess, refuseStranger, unknownPath } from "./access.ts";
import { refusalBody } from "./serverRefusal.ts";
import type { Refusal } from "./serverRefusal.ts";
import { findVoice, InvalidParameter, listAccents, listVoices } from "./voiceList.ts";

/** An answer to a request over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  /** The body's media type. */
  readonly type: string;
  readonly body: string;
}

const voicePath = /^\/voices(?:\/([^/]*))?\/?$/;
const accentPath = /^\/accents\/?$/;

const unknownVoice: Refusal = {
  status: 404,
  code: "voice_not_found",
  title: "Voice not found",
  message: "There is no voice with this ID.",
};

/**
 * Answers a request that opens no WebSocket: `GET /` says without a key that the service is there, `GET /voices` and
 * `GET /voices/{id}` tell of the local voice's own voices, `GET /accents` of how they speak.
 * Source: Cartesia TTS WebSocket reference, URL, version, auth, and HTTP companions.
 */
export function answerHttp(
  request: Pick<IncomingMessage, "method" | "url" | "headers">,
  token: string,
): HttpAnswer {
  const stranger = refuseStranger(request.headers);
  if (stranger) return refusalAnswer(stranger, newestVersion);
  if (request.method !== "GET") return refusalAnswer(unknownPath, newestVersion);
  if (request.url === "/") return jsonAnswer({ ok: true, version: newestVersion });
  const access = readAccess(request, token, (path) =>
    [voicePath, accentPath].some((known) => known.test(path)),
  );
  if (access.kind === "refused") return refusalAnswer(access.refusal, access.apiVersion);
  const { path, parameters, apiVersion } = access;
  try {
    if (accentPath.test(path)) return jsonAnswer(listAccents());
    const id = voicePath.exec(path)?.[1] ?? "";
    if (id === "") return jsonAnswer(listVoices(parameters, apiVersion));
    const voice = findVoice(id, parameters, apiVersion);
    return voice ? jsonAnswer(voice) : refusalAnswer(unknownVoice, apiVersion);
  } catch (error) {
    if (error instanceof InvalidParameter) return refusalAnswer(error.refusal, apiVersion);
    throw error;
  }
}

/** A refusal in the shape of the client's API version. */
export function refusalAnswer(refusal: Refusal, apiVersion: string | undefined): HttpAnswer {
  const body = refusalBody(refusal, apiVersion);
  const type = body.startsWith("{") ? "application/json" : "text/plain";
  return { status: refusal.status, type, body };
}

function jsonAnswer(value: object): HttpAnswer {
  return { status: 200, type: "application/json", body: JSON.stringify(value) };
}
