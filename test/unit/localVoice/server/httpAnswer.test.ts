import assert from "node:assert/strict";
import { answerHttp } from "../../../../src/localVoice/server/httpAnswer.ts";

const token = "0123456789abcdef";
const host = "127.0.0.1:1234";
const key = { host, authorization: `Bearer ${token}`, "cartesia-version": "2026-08-14" };

const ask = (url: string, headers: Record<string, string> = key, method = "GET") =>
  answerHttp({ method, url, headers }, token);
const status = (...asked: Parameters<typeof ask>) => ask(...asked).status;

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly has_more: boolean;
  readonly next_page: string | null;
}
const page = (query: string) => {
  const { status, body } = ask(`/voices${query}`);
  assert.equal(status, 200, body);
  return JSON.parse(body) as Page;
};
const ids = (query: string) => page(query).data.map(({ id }) => id);

describe("The local voice's voices", () => {
  it("are listed in the newest shape", () => {
    const { data, ...rest } = page("");
    assert.deepEqual(rest, { has_more: false, next_page: null });
    assert.deepEqual(data[1], {
      id: "slt",
      name: "Flite slt",
      tagline: "Female, American English",
      description:
        "A female voice that speaks American English on this machine, without a network.",
      language: "en",
      accents: [{ accent: "general-american", locale: "en-US", is_native: true }],
      locales: [{ locale: "en-US", is_native: true }],
      is_pro: false,
      status: "active",
      access: "public",
      visibility: "all",
      is_owner: false,
      created_at: "2003-01-01T00:00:00Z",
      gender: "feminine",
      country: "US",
    });
    assert.ok(ask("/voices").type === "application/json");
  });

  it("have the older shape before version 2026-08-14", () => {
    for (const version of ["2026-03-01", "2025-04-16"]) {
      const { body } = ask("/voices/rms", { ...key, "cartesia-version": version });
      assert.deepEqual(Object.keys(JSON.parse(body)).sort(), [
        ...["created_at", "description", "gender", "id"],
        ...["is_owner", "is_public", "language", "name"],
      ]);
    }
  });

  it("are told one by one, by their ids alone", () => {
    assert.equal(JSON.parse(ask("/voices/rms").body).id, "rms");
    for (const id of ["nobody", "RMS", "%", "rms%20"]) {
      const { status, body } = ask(`/voices/${id}`);
      assert.deepEqual([status, JSON.parse(body).error_code], [404, "voice_not_found"], id);
    }
  });

  it("answer for the ids that the service's documentation and examples use", () => {
    const told = (id: string) => {
      const { status, body } = ask(`/voices/${id}`);
      assert.equal(status, 200, body);
      const { name, gender, accents } = JSON.parse(body);
      return [name, gender, accents[0].locale];
    };
    assert.deepEqual(told("6ccbfb76-1fc6-48f7-b71d-91ac6298247b"), ["Tessa", "feminine", "en-US"]);
    assert.deepEqual(told("a5136bf9-224c-4d76-b823-52bd5efcffcc"), [
      "Jameson",
      "masculine",
      "en-US",
    ]);
    const { id } = JSON.parse(ask("/voices/e07c00bc-4134-4eae-9ea4-1a55fb45746b").body);
    assert.equal(id, "e07c00bc-4134-4eae-9ea4-1a55fb45746b");
  });

  it("have the accents that the service would list, by their ids there", () => {
    for (const path of ["/accents", "/accents/"]) {
      assert.deepEqual(JSON.parse(ask(path).body), {
        accents: [
          {
            id: "general-american",
            name: "General American English",
            locale: "en-US",
            language: "en",
            is_locale_default: true,
            is_localizable: false,
          },
        ],
      });
    }
    assert.equal(status("/accents", { host }), 401);
    assert.equal(status("/accents/british"), 404);
  });

  it("come page by page, forwards and backwards", () => {
    assert.deepEqual(page("?limit=1"), { ...page("?limit=1"), has_more: true, next_page: "rms" });
    assert.deepEqual(ids("?limit=1"), ["rms"]);
    assert.deepEqual(ids("?limit=1&starting_after=rms"), ["slt"]);
    assert.equal(page("?limit=1&starting_after=rms").has_more, false);
    assert.deepEqual(ids("?starting_after=slt"), []);
    assert.deepEqual(ids("?limit=100&ending_before=slt"), ["rms"]);
    assert.deepEqual(ids("?ending_before=rms"), []);
  });

  for (const [query, expected] of [
    ["q=FEMALE", ["slt"]],
    ["q=flite", ["rms", "slt"]],
    ["q=french", []],
    ["q=", ["rms", "slt"]],
    ["gender=masculine", ["rms"]],
    ["gender=gender_neutral", []],
    ["language=en", ["rms", "slt"]],
    ["language=en-US", ["rms", "slt"]],
    ["language=EN_us", ["rms", "slt"]],
    ["language=en-GB", []],
    ["language=en_GB", []],
    ["language=fr", []],
    ["is_owner=true", []],
    ["is_owner=false", ["rms", "slt"]],
    ["limit=1&gender=feminine", ["slt"]],
    ["unknown=1", ["rms", "slt"]],
  ] as const) {
    it(`are ${expected.join(", ") || "none"} for ${query}`, () => {
      assert.deepEqual(ids(`?${query}`), expected);
    });
  }

  it("name their preview where they are asked to: there is none", () => {
    assert.equal(
      JSON.parse(ask("/voices/slt?expand[]=preview_file_url").body).preview_file_url,
      null,
    );
    assert.ok(!("preview_file_url" in JSON.parse(ask("/voices/slt").body)));
  });

  for (const query of [
    "limit=0",
    "limit=101",
    "limit=1.5",
    "limit=",
    "limit=ten",
    "starting_after=nobody",
    "ending_before=",
    "starting_after=rms&ending_before=slt",
    "gender=male",
    "language=English!",
    "is_owner=yes",
    "expand[]=everything",
  ]) {
    it(`are refused for ${query}`, () => {
      const { status, body } = ask(`/voices?${query}`);
      assert.equal(status, 400);
      const { error_code, message } = JSON.parse(body) as Record<string, unknown>;
      assert.equal(error_code, null);
      assert.ok(typeof message === "string" && message.includes(query.split(/[=[]/)[0] ?? ""));
    });
  }
});

describe("answerHttp", () => {
  it("tells without a key that the service is there, and nothing else", () => {
    assert.equal(status("/", { host }), 200);
    assert.equal(status("/voices", { host, "cartesia-version": "2026-08-14" }), 401);
    assert.equal(status("/voices/rms", { ...key, authorization: "Bearer wrong" }), 401);
    assert.equal(status(`/voices?api_key=${token}&cartesia_version=2026-08-14`, { host }), 200);
  });

  it("does not guess the version", () => {
    assert.equal(status("/voices", { host, authorization: key.authorization }), 400);
  });

  it("has the older shape of errors before version 2026-03-01", () => {
    const { type, body } = ask("/voices/x", { ...key, "cartesia-version": "2025-04-16" });
    assert.deepEqual([type, body.split(":")[0]], ["text/plain", "Voice not found"]);
  });

  it("knows no other path, and no other method", () => {
    for (const path of ["/else", "/voices/rms/x", "/voicess", "//", "", "/tts/websocket"]) {
      assert.equal(status(path), 404, path);
    }
    for (const method of ["POST", "HEAD", "OPTIONS", "DELETE"]) {
      for (const path of ["/", "/voices", "/voices/rms"])
        assert.equal(status(path, key, method), 404);
    }
  });

  it("refuses web pages and foreign names on every path, with the key too", () => {
    for (const path of ["/", "/voices", "/voices/rms", "/else"]) {
      assert.equal(status(path, { ...key, origin: "http://127.0.0.1:1234" }), 403);
      assert.equal(status(path, { ...key, origin: "null" }, "OPTIONS"), 403);
      assert.equal(status(path, { ...key, "sec-fetch-site": "cross-site" }), 403);
      assert.equal(status(path, { ...key, host: "evil.example:1234" }), 421);
    }
  });
});
