import { webSocketPath, type ApiVersion } from "../protocol/clientMessage.ts";
import type { Endpoint } from "./connection.ts";

/** Where Cartesia's own service is reached. */
export const cartesiaEndpoint = "wss://api.cartesia.ai";

/** Whether an endpoint is Cartesia's own. */
export function isCartesia(endpoint: string): boolean {
  return URL.canParse(endpoint) && new URL(endpoint).origin === cartesiaEndpoint;
}

/** `wss:` anywhere, `ws:` on this machine only: over `ws:` the key could be read on its way. */
export function isUsable(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  if (protocol === "wss:") return true;
  return protocol === "ws:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** The part that an endpoint has in a clip's identity: `cartesia` for Cartesia's own, else its host. */
export function serviceNameOf(endpoint: string): string {
  if (isCartesia(endpoint)) return "cartesia";
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}

/** Who asks, as the service is told: the product and its version. */
export const userAgent = "scripted-speech/0.1.0";

/** The service's WebSocket at an endpoint. The key goes in this header and nowhere else. */
export function endpointAt(base: string, key: string, version: ApiVersion): Endpoint {
  return {
    url: base.replace(/\/+$/, "") + webSocketPath,
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
