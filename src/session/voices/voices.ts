import * as l10n from "@vscode/l10n";
import { once } from "node:events";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { webSocketPath } from "../../protocol/clientMessage.ts";
import {
  noAnswerIn,
  reasonOf,
  secretHider,
  unreachable,
  type Endpoint,
} from "../connection/connection.ts";
import { Failure, isFailure } from "../connection/failure.ts";
import { serviceLimits } from "../connection/sessionLimits.ts";
import { readRefusal } from "../connection/refusal.ts";
import {
  readAccents,
  readVoiceBody,
  readVoicePage,
  type Accent,
  type Voice,
  type VoicePage,
} from "./voicePage.ts";

export type { Voice } from "./voicePage.ts";

/** Which voices are looked for. */
export interface VoiceQuery {
  /** A language code or a locale, such as `en` or `en-GB`. */
  readonly language?: string | undefined;
  /** What their names and descriptions are searched for. */
  readonly query?: string | undefined;
  /** How many at most; all, unless it is given. */
  readonly most?: number | undefined;
  /** How long each page may take, in milliseconds; 15 seconds, unless it is given. */
  readonly timeoutMs?: number | undefined;
  /** Told all that have been found, after each page. */
  readonly report?: ((found: readonly Voice[]) => void) | undefined;
}

/** The largest page that the service gives. Source: Cartesia TTS WebSocket reference, HTTP companions. */
const largestPage = 100;

const limits = serviceLimits.voices;

/**
 * The voices that a service has, page by page, each voice once.
 * Source: Cartesia TTS WebSocket reference, HTTP companions: `GET /voices`, with the headers of the WebSocket.
 *
 * The key goes in a header to this host alone: redirects are not followed.
 * @param endpoint of the WebSocket, as for speaking; the voices lie beside it.
 * @throws Failure what the service said where it refused; `offline` where it could not be reached in time; `protocol` where
 * its answer is no page of voices; the signal's reason when aborted.
 */
export async function listVoices(
  endpoint: Endpoint,
  query: VoiceQuery,
  signal: AbortSignal,
): Promise<Voice[]> {
  const { most = Infinity } = query;
  const found = new Map<string, Voice>();
  const until = performance.now() + limits.ms;
  for (let pages = 0, after: string | undefined; ; pages++) {
    const limit = Math.min(largestPage, most - found.size);
    if (limit <= 0) break;
    if (pages === limits.pages || performance.now() > until) throw endless();
    const page = await fetchPage(endpoint, { ...query, limit, after }, signal);
    const known = found.size;
    for (const voice of page.voices) found.set(voice.id, voice);
    if (found.size > limits.most) throw endless();
    query.report?.([...found.values()]);
    after = page.voices.at(-1)?.id;
    if (!page.hasMore) break;
    // A service that gives the same page for ever would be asked for ever.
    if (found.size === known)
      throw unreadable(
        l10n.t("The speech service's list of voices can't be read: its pages repeat."),
      );
  }
  return [...found.values()].slice(0, most);
}

/**
 * A voice by its id. Source: as above: `GET /voices/{id}`.
 * @param timeoutMs how long it may take.
 * @throws Failure as `listVoices`; `voice-not-found` where there is none.
 */
export async function findVoice(
  endpoint: Endpoint,
  id: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<Voice> {
  const url = besideWebSocket(endpoint.url, `/voices/${encodeURIComponent(id)}`);
  const body = await fetchBody(url, endpoint, { timeoutMs, signal });
  const voice = readVoiceBody(body);
  if (voice) return voice;
  throw unreadable(
    l10n.t("What the speech service says of a voice can't be read: it is no voice."),
  );
}

/**
 * The accents that a service has. Source: Cartesia SDK 4.2.0: `GET /accents`, with the headers of the WebSocket.
 * @throws Failure as `listVoices`.
 */
export async function listAccents(endpoint: Endpoint, signal: AbortSignal): Promise<Accent[]> {
  const body = await fetchBody(besideWebSocket(endpoint.url, "/accents"), endpoint, { signal });
  const accents = readAccents(body);
  if (accents) return accents;
  throw unreadable(l10n.t("The speech service's list of accents can't be read."));
}

interface PageRequest extends VoiceQuery {
  readonly limit: number;
  /** The id of the last voice of the page before. */
  readonly after: string | undefined;
}

async function fetchPage(
  endpoint: Endpoint,
  { limit, after, language, query, timeoutMs }: PageRequest,
  signal: AbortSignal,
): Promise<VoicePage> {
  const url = besideWebSocket(endpoint.url, "/voices");
  url.searchParams.set("limit", String(limit));
  if (after !== undefined) url.searchParams.set("starting_after", after);
  if (language !== undefined) url.searchParams.set("language", language);
  if (query !== undefined) url.searchParams.set("q", query);
  return readPage(await fetchBody(url, endpoint, { timeoutMs, signal }));
}

async function fetchBody(
  url: URL,
  endpoint: Endpoint,
  {
    timeoutMs = 15_000,
    signal,
  }: { readonly timeoutMs?: number | undefined; readonly signal: AbortSignal },
): Promise<string> {
  signal.throwIfAborted();
  const hide = secretHider(endpoint);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const either = AbortSignal.any([signal, timeout]);
    const response = await send(url, endpoint.headers, either);
    if (response.statusCode !== 200) throw await readRefusal(response, hide);
    return await readBody(response);
  } catch (cause) {
    signal.throwIfAborted();
    if (isFailure(cause)) throw cause;
    const reason = timeout.aborted ? noAnswerIn(timeoutMs) : hide(reasonOf(cause));
    throw unreachable(url.host, reason, cause);
  }
}

/** Where what is told over HTTP lies, beside the WebSocket. */
function besideWebSocket(webSocketUrl: string, path: string): URL {
  const base = webSocketUrl.replace(/^ws/, "http");
  const home = base.endsWith(webSocketPath) ? base.slice(0, -webSocketPath.length) : base;
  return new URL(`${home}${path}`);
}

/**
 * Node's own client, which follows no redirect. VS Code puts its proxy settings into the modules' objects: a function
 * imported by its name is the one from before.
 */
async function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { request } = url.protocol === "https:" ? https : http;
  const asked = request(url, { headers: { ...headers, Accept: "application/json" }, signal });
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  asked.on("error", () => {}); // whoever reads the answer hears of it
  return response;
}

async function readBody(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > limits.page) throw tooLarge();
  }
  return Buffer.concat(parts).toString("utf8");
}

function readPage(body: string): VoicePage {
  const page = readVoicePage(body);
  if (page) return page;
  throw unreadable(
    l10n.t("The speech service's list of voices can't be read: it is no page of voices."),
  );
}

function tooLarge(): Failure {
  return unreadable(
    l10n.t(
      "The speech service's list of voices can't be read: it is larger than {0} MiB.",
      limits.page >> 20,
    ),
  );
}

function endless(): Failure {
  return unreadable(
    l10n.t(
      "The speech service's list of voices can't be read: it has more than {0} voices, or pages without end.",
      limits.most,
    ),
  );
}

function unreadable(sentence: string): Failure {
  return new Failure("protocol", sentence);
}
