import { webSocketPath, type ApiVersion } from "../../protocol/clientMessage.ts";
import type { Endpoint } from "./connection.ts";

/** Where Cartesia's own service is reached. */
export const cartesiaEndpoint = "wss://api.cartesia.ai";

/**
 * An endpoint as it is meant, however it was written down: with the path of the WebSocket, a slash at its end, or as the
 * `https:` address of the same host.
 */
export function plainEndpoint(written: string): string {
  const text = written.trim().replace(/^http(?=s?:)/i, "ws");
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  let path = url.pathname.replace(/\/+$/, "");
  while (path.endsWith(webSocketPath)) {
    path = path.slice(0, -webSocketPath.length).replace(/\/+$/, "");
  }
  url.pathname = path;
  return path === "" ? url.href.replace(/\/(?=$|[?#])/, "") : url.href;
}

/** Whether an endpoint is Cartesia's own. */
export function isCartesia(endpoint: string): boolean {
  return URL.canParse(endpoint) && new URL(endpoint).origin === cartesiaEndpoint;
}

/**
 * `wss:` anywhere, `ws:` on this machine only: over `ws:` the key could be read on its way. Nothing that may be a secret
 * stands in it: a query, or a name and a password.
 */
export function isUsable(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, search, hash, username, password } = new URL(endpoint);
  if (search + hash + username + password !== "") return false;
  if (protocol === "wss:") return true;
  return protocol === "ws:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** An endpoint to be shown, without what may be a secret in it. */
export function shownEndpoint(endpoint: string): string {
  return endpoint.replace(/(?<=\/\/)[^/?#]*@|[?#].*$/g, "…");
}

/** The part that an endpoint has in a clip's identity: `cartesia` for Cartesia's own, else its host. */
export function serviceNameOf(endpoint: string): string {
  if (isCartesia(endpoint)) return "cartesia";
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}

/** Who asks, as the service is told: the product and its version. */
export const userAgent = "scripted-speech/0.1.0";

/** The service's WebSocket at an endpoint, however that is written down. The key goes in this header and nowhere else. */
export function endpointAt(base: string, key: string, version: ApiVersion): Endpoint {
  return {
    url: plainEndpoint(base) + webSocketPath,
    headers: {
      Authorization: `Bearer ${key}`,
      "Cartesia-Version": version,
      "User-Agent": userAgent,
    },
    version,
  };
}

/** What goes into a header is printable ASCII without spaces: anything else is no key at all. */
export function isSendable(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}
