import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { webSocketPath } from "../protocol/clientMessage.ts";
import { badRequest } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** Whether a WebSocket is to be opened, and in which version of the service's shapes it is spoken to. */
export type Access =
  | { readonly kind: "granted"; readonly apiVersion: string }
  | {
      readonly kind: "refused";
      readonly apiVersion: string | undefined;
      readonly refusal: Refusal;
    };

/** What is no request of the service: another path, or a web page's. */
export const unknownPath: Refusal = {
  status: 404,
  title: "Not found",
  message: "There is nothing here.",
};
export const fromWebPage: Refusal = {
  status: 403,
  title: "Forbidden",
  message: "The local voice does not speak to web pages.",
};

const badToken: Refusal = {
  status: 401,
  title: "Unauthorized",
  message: "The API key or access token is missing or invalid.",
};

/**
 * Decides over a request to open a WebSocket. A browser's requests, which bear an `Origin`, are refused whatever else
 * they bear: any web page can reach a port on loopback.
 * Source for where key and version stand: Cartesia TTS WebSocket reference, URL, version, auth.
 *
 * @param request.url a path, as a client sends it
 */
export function readUpgrade(
  { url = "", headers }: Pick<IncomingMessage, "url" | "headers">,
  token: string,
): Access {
  const [path, query] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const apiVersion =
    parameters.get("cartesia_version") || headerOf(headers, "cartesia-version") || undefined;
  const refuse = (refusal: Refusal): Access => ({ kind: "refused", apiVersion, refusal });

  if (headers.origin !== undefined) return refuse(fromWebPage);
  if (path !== webSocketPath) return refuse(unknownPath);
  const offered = [
    /^bearer +(.*)$/i.exec(headers.authorization ?? "")?.[1],
    headerOf(headers, "x-api-key"),
    parameters.get("api_key"),
    parameters.get("access_token"),
  ];
  if (!offered.some((one) => isSame(one ?? "", token))) return refuse(badToken);
  if (apiVersion === undefined) {
    return refuse(badRequest("the Cartesia-Version header or cartesia_version is required"));
  }
  return { kind: "granted", apiVersion };
}

function headerOf(headers: IncomingMessage["headers"], name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

/** Compares in a time that tells nothing of where two secrets differ, nor of their lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
