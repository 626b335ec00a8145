import * as l10n from "@vscode/l10n";
import type { IncomingMessage } from "node:http";
import { readServiceError } from "../../protocol/serverMessage.ts";
import { Failure, failureFromService } from "./failure.ts";

/** How much of the body of a refused upgrade is read, and for how long. */
const maxBodyBytes = 16 << 10;
const maxBodyMs = 1_000;

/** The longest that is waited because a service asks for it, in milliseconds: somebody sits before it. */
const longestRetryMs = 60_000;

/** Statuses that say the same whoever answers, so that a page beside them does not matter. */
const telling: ReadonlySet<number> = new Set([401, 402, 429]);

/** Reads what an answer other than 101 means. Never rejects. `hide` takes out what must not be shown. */
export async function readRefusal(
  response: IncomingMessage,
  hide: (text: string) => string,
): Promise<Failure> {
  const status = response.statusCode ?? 0;
  const { location } = response.headers;
  const body = hide(await readBody(response));
  if (status >= 300 && status < 400) return redirected(status, location && hide(location));
  const isPage = /^\s*</.test(body);
  const isAnswer = telling.has(status) || status >= 500;
  if (!isAnswer && (isPage || status < 300 || status === 407)) return inTheWay(status);
  const retryAfterMs = readRetryAfter(response.headers);
  return failureFromService({ ...readError(isPage ? "" : body), status }, { retryAfterMs });
}

/**
 * Reads in how many milliseconds to ask again: `Retry-After` gives seconds, or a date, which is compared with that of the
 * answer, for clocks differ. Source: RFC 9110, 10.2.3.
 */
function readRetryAfter(headers: IncomingMessage["headers"]): number | undefined {
  const asked = headers["retry-after"]?.trim() ?? "";
  const now = Date.parse(headers.date ?? "") || Date.now();
  const isDate = /^[a-z]{3}/i.test(asked); // "-5" would be one, too
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1000 : isDate ? Date.parse(asked) - now : NaN;
  return Number.isNaN(ms) ? undefined : Math.min(longestRetryMs, Math.max(0, ms));
}

function redirected(status: number, location: string | undefined): Failure {
  const to =
    location === undefined
      ? l10n.t("The endpoint redirects to another place ({0}).", status)
      : l10n.t("The endpoint redirects to “{0}” ({1}).", location.slice(0, 200), status);
  const advice = l10n.t(
    "That is not followed, so that the API key goes nowhere else: set the endpoint itself.",
  );
  return new Failure("bad-request", `${to} ${advice}`);
}

function inTheWay(status: number): Failure {
  return new Failure(
    "offline",
    l10n.t(
      "Something else answered in the place of the speech service ({0}): a proxy, or the sign-in page of a network, may be in the way.",
      status,
    ),
  );
}

async function readBody(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  const timer = setTimeout(() => response.destroy(), maxBodyMs);
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > maxBodyBytes) break;
    }
  } catch {
    // The status is what matters; what came of the body will do.
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Older versions of the service answer in plain text, newer ones in JSON; where that was cut, nobody can read it. */
function readError(body: string): { message: string; code?: string; requestId?: string } {
  try {
    const { message, code, requestId } = readServiceError(JSON.parse(body));
    return { message, ...(code && { code }), ...(requestId && { requestId }) };
  } catch {
    return { message: /^\s*[[{]/.test(body) ? "" : body.trim() };
  }
}
