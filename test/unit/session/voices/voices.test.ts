import assert from "node:assert/strict";
import { once } from "node:events";
import http, {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalVoice } from "../../../../src/localVoice/localVoice.ts";
import type { Endpoint } from "../../../../src/session/connection/connection.ts";
import { endpointAt } from "../../../../src/session/connection/endpoint.ts";
import type { FailureCode } from "../../../../src/session/connection/failure.ts";
import { findVoice, listAccents, listVoices } from "../../../../src/session/voices/voices.ts";
import { startTestVoice } from "../../../support/fakes/localVoice.ts";

const key = "sk_test_never_to_be_shown";
const never = new AbortController().signal;

describe("listVoices", () => {
  let server: Server | undefined;
  let voice: LocalVoice | undefined;
  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
    await voice?.close();
    voice = undefined;
  });

  /** Starts a server on loopback. @returns the endpoint of its WebSocket, and what it was asked. */
  async function listen(
    answer: (url: URL, response: ServerResponse, request: IncomingMessage) => void,
  ): Promise<{ endpoint: Endpoint; asked: { url: URL; request: IncomingMessage }[] }> {
    const asked: { url: URL; request: IncomingMessage }[] = [];
    server = createServer((request, response) => {
      const url = new URL(request.url ?? "", "http://localhost");
      asked.push({ url, request });
      answer(url, response, request);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { endpoint: endpointAt(`ws://127.0.0.1:${port}`, key, "2026-08-14"), asked };
  }
  const fails = async (endpoint: Endpoint, code: FailureCode, message?: RegExp): Promise<void> => {
    await assert.rejects(listVoices(endpoint, { timeoutMs: 2000 }, never), (error: Error) => {
      assert.equal((error as Error & { code: unknown }).code, code, error.message);
      assert.ok(!error.message.includes(key));
      if (message) assert.match(error.message, message);
      return true;
    });
  };

  it("lists the voices of the local voice", async () => {
    voice = await startTestVoice();
    const endpoint = endpointAt(voice.url, voice.token, "2026-08-14");
    const voices = await listVoices(endpoint, { language: "en", query: "female" }, never);
    assert.deepEqual(voices, [
      {
        id: "slt",
        name: "Flite slt",
        tagline: "Female, American English",
        description:
          "A female voice that speaks American English on this machine, without a network.",
        language: "en",
        accents: [{ id: "general-american", locale: "en-US" }],
        gender: "feminine",
        isOwner: false,
      },
    ]);
    assert.deepEqual(
      (await listVoices({ ...endpoint, version: "2025-04-16" }, {}, never)).map(({ id }) => id),
      ["rms", "slt"],
    );
  });

  it("asks by the client that VS Code has put into Node's module, for its proxies", async () => {
    const { endpoint } = await listen((_, response) =>
      response.end('{"data":[],"has_more":false}'),
    );
    const { request } = http;
    const asked: unknown[] = [];
    http.request = ((...args: Parameters<typeof request>) => {
      asked.push(args[0]);
      return request(...args);
    }) as typeof request;
    try {
      await listVoices(endpoint, {}, never);
    } finally {
      http.request = request;
    }
    assert.equal(asked.length, 1);
  });

  it("asks page by page, from the last voice on, until there is no more", async () => {
    const all = Array.from({ length: 250 }, (_, at) => ({ id: `v${at}`, name: `Voice ${at}` }));
    const { endpoint, asked } = await listen(({ searchParams }, response) => {
      const limit = Number(searchParams.get("limit"));
      const after = searchParams.get("starting_after");
      const from = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const data = all.slice(from, from + limit);
      response.end(JSON.stringify({ data, has_more: from + limit < all.length }));
    });
    const told: number[] = [];
    const report = (found: readonly unknown[]) => told.push(found.length);
    const voices = await listVoices(endpoint, { language: "en", query: "a b", report }, never);
    assert.deepEqual(told, [100, 200, 250]);
    assert.deepEqual(
      voices.map(({ id }) => id),
      all.map(({ id }) => id),
    );
    assert.deepEqual(
      asked.map(({ url }) => `${url.pathname}${url.search}`),
      [
        "/voices?limit=100&language=en&q=a+b",
        "/voices?limit=100&starting_after=v99&language=en&q=a+b",
        "/voices?limit=100&starting_after=v199&language=en&q=a+b",
      ],
    );
    const headers = asked[0]?.request.headers;
    assert.equal(headers?.["authorization"], `Bearer ${key}`);
    assert.equal(headers?.["cartesia-version"], "2026-08-14");
    assert.ok(asked.every(({ url }) => !url.href.includes(key)));

    asked.length = 0;
    assert.equal((await listVoices(endpoint, { most: 120 }, never)).length, 120);
    assert.deepEqual(
      asked.map(({ url }) => url.searchParams.get("limit")),
      ["100", "20"],
    );
  });

  it("reads what it understands of a voice, and leaves out what has no id", async () => {
    const data = [{ id: "a", name: 7, gender: null, is_owner: true }, { name: "x" }, null];
    const { endpoint } = await listen((_, response) => {
      response.end(JSON.stringify({ data, has_more: false }));
    });
    assert.deepEqual(await listVoices(endpoint, {}, never), [
      {
        id: "a",
        name: "a",
        tagline: "",
        description: "",
        language: "",
        gender: "",
        isOwner: true,
      },
    ]);
  });

  it("reads what languages a voice speaks beside its own", async () => {
    const locales = [
      { locale: "en-US", is_native: true },
      { locale: "es-MX", is_native: false },
      { locale: "es-ES", is_native: false },
      { locale: 7 },
      null,
    ];
    const data = [
      { id: "a", language: "en", locales },
      { id: "b", language: "en", locales: locales.slice(0, 1) },
      { id: "c", language: "en", locales: "en" },
      {
        id: "d",
        accents: [
          { accent: "x", locale: "es-MX" },
          { accent: "y", locale: "pt-BR", is_native: true },
        ],
      },
      { id: "e", language: "de", accents: locales, is_pro: true },
    ];
    const { endpoint } = await listen((_, response) => {
      response.end(JSON.stringify({ data, has_more: false }));
    });
    const voices = await listVoices(endpoint, {}, never);
    assert.deepEqual(
      voices.map(({ language, otherLanguages }) => [language, otherLanguages]),
      [
        ["en", ["es"]],
        ["en", undefined],
        ["en", undefined],
        ["pt", ["es"]],
        ["de", ["en", "es"]],
      ],
    );
    assert.deepEqual(
      voices.map(({ isPro = false }) => isPro),
      [false, false, false, false, true],
    );
  });

  it("reads a voice's accents, the native one first, in both shapes", async () => {
    const british = { accent: "british", locale: "en-GB", is_native: true };
    const data = [
      { id: "a", accents: [{ accent: "parisian", locale: "fr-FR" }, british, british] },
      { id: "b", accent: "southern-us", locales: [{ locale: "en-US", is_native: true }] },
      {
        id: "c",
        accents: [
          { accent: 1 },
          null,
          { accent: "x".repeat(1000) },
          { accent: "odd", locale: "<b>" },
        ],
      },
    ];
    const { endpoint } = await listen((_, response) => {
      response.end(JSON.stringify({ data, has_more: false }));
    });
    const voices = await listVoices(endpoint, {}, never);
    assert.deepEqual(
      voices.map(({ accents = [] }) => accents.map(({ id, locale }) => `${id} ${locale}`)),
      [["british en-GB", "parisian fr-FR"], ["southern-us en-US"], ["odd "]],
    );
  });

  it("finds one voice by its id, whatever stands in that", async () => {
    const { endpoint, asked } = await listen((_, response) => {
      response.end(JSON.stringify({ id: "a/b?c", name: "Ann", is_pro: true }));
    });
    const voice = await findVoice(endpoint, "a/b?c", { timeoutMs: 2000, signal: never });
    assert.deepEqual([voice.name, voice.isPro], ["Ann", true]);
    assert.equal(asked[0]?.url.pathname, "/voices/a%2Fb%3Fc");
    assert.equal(asked[0]?.request.headers.authorization, `Bearer ${key}`);
  });

  it("says why one voice is not found", async () => {
    const { endpoint } = await listen((url, response) => {
      if (url.pathname.endsWith("slow")) return;
      response.statusCode = url.pathname.endsWith("none") ? 404 : 200;
      response.end(JSON.stringify({ error_code: "voice_not_found", message: "No." }));
    });
    const how = { timeoutMs: 300, signal: never };
    await assert.rejects(findVoice(endpoint, "none", how), { code: "voice-not-found" });
    await assert.rejects(findVoice(endpoint, "odd", how), { code: "protocol" });
    await assert.rejects(findVoice(endpoint, "slow", how), { code: "offline" });
  });

  it("lists the accents of the local voice, and of services what can be read of theirs", async () => {
    voice = await startTestVoice();
    const local = endpointAt(voice.url, voice.token, "2026-08-14");
    const american = { id: "general-american", name: "General American English", locale: "en-US" };
    assert.deepEqual(await listAccents(local, never), [american]);
    const { endpoint } = await listen((url, response) => {
      assert.equal(url.pathname, "/accents");
      const accents = [{ id: "parisian", locale: "fr-FR" }, { name: "x" }, 3];
      response.end(JSON.stringify({ accents }));
    });
    assert.deepEqual(await listAccents(endpoint, never), [
      { id: "parisian", name: "parisian", locale: "fr-FR" },
    ]);
  });

  it("does not ask for ever where the pages repeat", async () => {
    const { endpoint, asked } = await listen((_, response) => {
      response.end(JSON.stringify({ data: [{ id: "a" }], has_more: true }));
    });
    await fails(endpoint, "protocol");
    assert.equal(asked.length, 2);
  });

  it("does not ask for ever where there is always another page", async () => {
    let next = 0;
    const { endpoint, asked } = await listen(({ searchParams }, response) => {
      const limit = Number(searchParams.get("limit"));
      const data = Array.from({ length: limit }, () => ({ id: `v${next++}` }));
      response.end(JSON.stringify({ data, has_more: true }));
    });
    await fails(endpoint, "protocol", /more than 10000 voices/);
    assert.ok(asked.length <= 101);
  });

  it("does not ask for ever where each page has one voice", async () => {
    let next = 0;
    const { endpoint, asked } = await listen((_, response) => {
      response.end(JSON.stringify({ data: [{ id: `v${next++}` }], has_more: true }));
    });
    await fails(endpoint, "protocol", /pages without end/);
    assert.ok(asked.length <= 500);
  });

  it("cuts what is said of a voice where it has no end, and leaves out what has an endless id", async () => {
    const long = "x".repeat(1 << 20);
    const locales = Array.from({ length: 5000 }, (_, at) => {
      return { locale: [7, 3, 1].map((by) => String.fromCharCode(97 + ((at * by) % 26))).join("") };
    });
    const voice = { name: long, tagline: long, description: long, language: long, gender: long };
    const data = [{ id: long }, { id: "a", ...voice, locales }];
    const { endpoint } = await listen((_, response) => {
      response.end(JSON.stringify({ data, has_more: false }));
    });
    const voices = await listVoices(endpoint, {}, never);
    assert.deepEqual(
      voices.map(({ id }) => id),
      ["a"],
    );
    assert.ok(JSON.stringify(voices).length < 5000);
  });

  it("does not read an answer to its end that has none", async () => {
    for (const status of [200, 500]) {
      const { endpoint } = await listen((_, response) => {
        response.writeHead(status);
        const pour = (): void => {
          while (!response.destroyed && response.write("x".repeat(1 << 16)));
        };
        response.on("drain", pour);
        pour();
      });
      const code = status === 200 ? "protocol" : "offline";
      await assert.rejects(listVoices(endpoint, { timeoutMs: 60_000 }, never), { code });
      server?.close();
    }
  });

  it("says what the service says, without the key", async () => {
    const { endpoint } = await listen((_, response) => {
      response.writeHead(401).end(JSON.stringify({ message: `Bad key ${key}` }));
    });
    await fails(endpoint, "key-rejected", /Bad key <key>/);
  });

  it("follows no redirect: the key goes nowhere else", async () => {
    const { endpoint, asked } = await listen((_, response) => {
      response.writeHead(302, { Location: "/elsewhere" }).end();
    });
    await fails(endpoint, "bad-request", /redirects/);
    assert.equal(asked.length, 1);
  });

  it("says where an answer is no page of voices", async () => {
    const { endpoint } = await listen((_, response) => {
      response.end("[]");
    });
    await fails(endpoint, "protocol", /no page of voices/);
  });

  it("says where the connection breaks in the middle", async () => {
    const { endpoint } = await listen((_, response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("{", () => response.destroy());
    });
    await fails(endpoint, "offline");
  });

  it("gives up on a silent service", async () => {
    const { endpoint } = await listen(() => {});
    await assert.rejects(listVoices(endpoint, { timeoutMs: 20 }, never), {
      code: "offline",
      message: /no answer in 0\.02 s/,
    });
  });

  it("ends with the signal's reason when aborted", async () => {
    const stop = new AbortController();
    const reason = new Error("stopped");
    const { endpoint } = await listen(() => stop.abort(reason));
    await assert.rejects(listVoices(endpoint, {}, stop.signal), reason);
  });
});
