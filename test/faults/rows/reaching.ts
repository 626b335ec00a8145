import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Endpoint } from "../../../src/session/connection/connection.ts";
import type { Refusal } from "../../support/fakes/scriptedService.ts";
import { allReady, readyThen, type Expected, type Fault, type FaultGroup } from "../fault.ts";
import { stageKey, type Staging } from "../stage.ts";

const nothing = "nothing new";
const allFailed = { states: readyThen(0, "failed"), asked: 0 } as const;

const refuse = (refusal: Refusal, times = Infinity): Partial<Staging> => ({
  door: { refuse: (attempt) => (attempt < times ? refusal : undefined) },
});

const json = (body: object): string => JSON.stringify(body);

const at = (url: string): Partial<Staging> => ({
  endpoint: (): Promise<Endpoint> => Promise.resolve({ url, headers: {}, version: "2026-08-14" }),
});

const tls = (): { key: string; cert: string } => {
  const read = (name: string): string =>
    readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), "utf8");
  return { key: read("localhost.key"), cert: read("localhost.crt") };
};

/** A row of which all segments fail alike, and nothing is sent. */
const hopeless = (
  row: Pick<Fault, "name" | "does" | "shows" | "stage">,
  expected: Pick<Expected, "failure" | "says" | "waits">,
): Fault => ({ ...row, keeps: nothing, expected: { ...allFailed, ...expected } });

const page = "<!doctype html><title>Sign in</title><p>Welcome to the network";

export const reaching: readonly FaultGroup[] = [
  {
    when: "The key is refused (401, 403)",
    shows: "“The service rejected the API key”, with *Set API Key…*",
    keeps: "all clips as they were; nothing was sent",
    faults: [
      hopeless(
        {
          name: "401 on the upgrade",
          does: "refuses the upgrade with 401 and a JSON body",
          shows: "“The service rejected the API key”, what the service said, and *Set API Key…*",
          stage: () =>
            refuse({
              status: 401,
              body: json({ title: "Unauthorized", message: "Invalid API key" }),
            }),
        },
        { failure: "key-rejected", says: /rejected the API key.*“Invalid API key\.”/ },
      ),
      hopeless(
        {
          name: "the key said back",
          does: "refuses with 401 and says the key back",
          shows: "the message without the key",
          stage: () => refuse({ status: 401, body: `Unauthorized: ${stageKey} is not known` }),
        },
        { failure: "key-rejected", says: /“Unauthorized: <key> is not known\.”$/ },
      ),
    ],
  },
  {
    when: "The service can't be reached: no network, no such address, refused, no answer, a certificate that is not trusted",
    shows: "why, with *Try Again*",
    keeps: "all clips as they were; nothing was sent",
    faults: [
      hopeless(
        {
          name: "an address that is not known",
          does: "has a name that DNS does not know",
          shows: "that the address is not known",
          stage: () => ({ ...at("ws://nowhere.invalid"), limits: undefined }),
        },
        { failure: "offline", says: /nowhere\.invalid: (its address is not known|no answer)/ },
      ),
      hopeless(
        {
          name: "a port that is closed",
          does: "listens on no port",
          shows: "that the connection was refused",
          stage: () => at("ws://127.0.0.1:1"),
        },
        { failure: "offline", says: /the connection was refused/ },
      ),
      hopeless(
        {
          name: "a handshake that never ends",
          does: "takes the connection and never answers",
          shows: "that there was no answer in so many seconds",
          stage: () => ({ door: { refuse: () => "silence" } }),
        },
        { failure: "offline", says: /no answer in 0\.4 s/ },
      ),
      hopeless(
        {
          name: "hung up in the handshake",
          does: "takes the connection and hangs up",
          shows: "that the connection was reset",
          stage: () => ({ door: { refuse: () => "hang-up" } }),
        },
        { failure: "offline", says: /the connection was reset/ },
      ),
      hopeless(
        {
          name: "a certificate that is not trusted",
          does: "shows a certificate that it signed itself",
          shows: "that the certificate is not trusted and nothing was sent",
          stage: () => ({ door: { tls: tls() } }),
        },
        { failure: "offline", says: /certificate is not trusted.*nothing was sent/ },
      ),
      hopeless(
        {
          name: "an endpoint that never says itself",
          does: "starts for longer than a connection may take; then fails",
          shows: "what failed",
          stage: () => ({
            endpoint: async () => {
              await sleep(5);
              throw new Error("the local voice did not start");
            },
          }),
        },
        { failure: "protocol", says: /the local voice did not start/ },
      ),
    ],
  },
  {
    when: "Something else answers: a redirect, a proxy, the sign-in page of a network",
    shows: "what answered. A redirect is never followed, so that the key goes nowhere else",
    keeps: "all clips as they were; nothing was sent",
    faults: [
      hopeless(
        {
          name: "a redirect",
          does: "redirects the upgrade to another host",
          shows: "where to, and that it is not followed",
          stage: () => refuse({ status: 302, headers: { Location: "wss://elsewhere.invalid/" } }),
        },
        {
          failure: "bad-request",
          says: /redirects to “wss:\/\/elsewhere\.invalid\/” \(302\)\. That is not followed/,
        },
      ),
      hopeless(
        {
          name: "the sign-in page of a network",
          does: "answers with 200 and a page",
          shows: "that something else answered, without the page",
          stage: () => refuse({ status: 200, body: page }),
        },
        { failure: "offline", says: /Something else answered .* \(200\)/ },
      ),
      hopeless(
        {
          name: "the page of a proxy that forbids",
          does: "answers with 403 and a page",
          shows: "that something else answered; the key is not blamed",
          stage: () => refuse({ status: 403, body: page }),
        },
        { failure: "offline", says: /Something else answered .* \(403\)/ },
      ),
      hopeless(
        {
          name: "a path that is not known",
          does: "answers with 404 and nothing else",
          shows: "that the request was refused, with the status",
          stage: () => refuse({ status: 404 }),
        },
        { failure: "bad-request", says: /refused the request \(404\)/ },
      ),
      hopeless(
        {
          name: "no HTTP at all",
          does: "answers with what is no HTTP",
          shows: "that the service could not be reached",
          stage: () => refuse({ status: NaN }),
        },
        { failure: "offline", says: /Could not reach/ },
      ),
    ],
  },
];

/** Upgrades that are refused for the moment. */
export const refusedForNow: readonly Fault[] = [
  {
    name: "429 on the upgrade, once",
    does: "refuses the first upgrade with 429",
    shows: "one pause, with its length and reason; then all segments are spoken",
    keeps: "all clips",
    stage: () => refuse({ status: 429, body: json({ error_code: "concurrency_limited" }) }, 1),
    expected: { states: allReady, waits: 1, asked: 5 },
  },
  hopeless(
    {
      name: "429 on every upgrade",
      does: "refuses every upgrade with 429",
      shows: "one pause, then “The service is at its limit”, with *Try Again*",
      stage: () => refuse({ status: 429 }),
    },
    { failure: "rate-limited", says: /at its limit/, waits: 1 },
  ),
  {
    name: "500 on the upgrade, twice",
    does: "refuses two upgrades with 500",
    shows: "two pauses; then all segments are spoken",
    keeps: "all clips",
    stage: () => refuse({ status: 500, body: "Internal: Error" }, 2),
    expected: { states: allReady, waits: 2, asked: 5 },
  },
  hopeless(
    {
      name: "502 of a gateway, with a page",
      does: "answers every upgrade with 502 and a page",
      shows: "three pauses, then the status, without the page",
      stage: () => refuse({ status: 502, body: "<html><h1>Bad Gateway</h1>" }),
    },
    { failure: "offline", says: /^The service had an error of its own \(502\)\.$/, waits: 3 },
  ),
];
