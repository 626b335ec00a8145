import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { badRequest } from "./serverRefusal.ts";
import type { Refusal } from "./serverRefusal.ts";

/** Whether a request is answered, and in which version of the service's shapes. */
export type Access =
  | {
      readonly kind: "granted";
      readonly apiVersion: string;
      readonly path: string;
      readonly parameters: URLSearchParams;
    }
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
const fromWebPage: Refusal = {
  status: 403,
  title: "Forbidden",
  message: "The local voice does not speak to web pages.",
};
const misdirected: Refusal = {
  status: 421,
  title: "Misdirected request",
  message: "The local voice answers on this machine's loopback address alone.",
};

const badToken: Refusal = {
  status: 401,
  title: "Unauthorized",
  message: "The API key or access token is missing or invalid.",
};

/**
 * What is refused whatever else it bears: any web page can reach a port on loopback, by its address or by a name of its
 * own that it lets point there. A browser tells of a page by `Origin` or `Sec-Fetch-Site`, and of the name by `Host`.
 */
export function refuseStranger(headers: IncomingHttpHeaders): Refusal | undefined {
  const site = headerOf(headers, "sec-fetch-site") ?? "none";
  if (headers.origin !== undefined || site !== "none") return fromWebPage;
  const isLoopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? "");
  return isLoopback ? undefined : misdirected;
}

/**
 * Decides over a request of the service.
 * Source for where key and version stand: Cartesia TTS WebSocket reference, URL, version, auth.
 *
 * @param request.url a path, as a client sends it
 * @param isKnown whether there is something at a path
 */
export function readAccess(
  { url = "", headers }: Pick<IncomingMessage, "url" | "headers">,
  token: string,
  isKnown: (path: string) => boolean,
): Access {
  const [path = "", query] = url.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const apiVersion =
    parameters.get("cartesia_version") || headerOf(headers, "cartesia-version") || undefined;
  const refuse = (refusal: Refusal): Access => ({ kind: "refused", apiVersion, refusal });

  const stranger = refuseStranger(headers);
  if (stranger) return refuse(stranger);
  if (!isKnown(path)) return refuse(unknownPath);
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
  return { kind: "granted", apiVersion, path, parameters };
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

/** Compares in a time that tells nothing of where two secrets differ, nor of their lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
