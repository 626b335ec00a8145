import assert from "node:assert/strict";
import { readAccess, refuseStranger } from "../../../../src/localVoice/server/access.ts";

const token = "0123456789abcdef";
const version = { "cartesia-version": "2026-08-14" };
const bearer = { authorization: `Bearer ${token}` };
const path = "/tts/websocket";
const host = "127.0.0.1:1234";
const access = (url: string, headers: Record<string, string>) =>
  readAccess({ url, headers: { host, ...headers } }, token, (asked) => asked === path);

/** The status of the refusal; 101 where there is none. */
const status = (url: string, headers: Record<string, string>) => {
  const answer = access(url, headers);
  return answer.kind === "granted" ? 101 : answer.refusal.status;
};

describe("readAccess", () => {
  it("takes the key where the service does", () => {
    assert.equal(status(path, { ...version, ...bearer }), 101);
    assert.equal(status(path, { ...version, authorization: `bearer ${token}` }), 101);
    assert.equal(status(path, { ...version, "x-api-key": token }), 101);
    assert.equal(status(`${path}?api_key=${token}`, version), 101);
    assert.equal(status(`${path}?access_token=${token}`, version), 101);
  });

  it("refuses a wrong key, a part of it, and none, with 401", () => {
    for (const wrong of ["", token.slice(1), `${token}0`, token.toUpperCase()]) {
      assert.equal(status(path, { ...version, authorization: `Bearer ${wrong}` }), 401);
      assert.equal(status(path, { ...version, "x-api-key": wrong }), 401);
      assert.equal(status(`${path}?api_key=${wrong}`, version), 401);
    }
    assert.equal(status(path, { ...version, authorization: token }), 401);
    assert.equal(status(path, version), 401);
  });

  it("takes the version from the query before the header, and refuses to do without with 400", () => {
    const versionFor = (url: string) => access(url, { ...version, ...bearer }).apiVersion;
    assert.equal(versionFor(path), "2026-08-14");
    assert.equal(versionFor(`${path}?cartesia_version=2025-04-16`), "2025-04-16");
    assert.equal(status(path, bearer), 400);
  });

  it("refuses web pages with 403, even with the key", () => {
    assert.equal(status(path, { ...version, ...bearer, origin: "https://example.com" }), 403);
    assert.equal(status(path, { ...version, ...bearer, origin: "null" }), 403);
    assert.equal(status(path, { ...version, ...bearer, origin: "" }), 403);
    for (const site of ["cross-site", "same-site", "same-origin"]) {
      assert.equal(status(path, { ...version, ...bearer, "sec-fetch-site": site }), 403);
    }
  });

  it("refuses with 421 a name that was let point to loopback, even with the key", () => {
    for (const name of [
      "example.com",
      "127.0.0.1.example.com",
      "localhost.example.com:1234",
      "192.168.1.2:1234",
      "127.0.0.1:1234@example.com",
      "",
    ]) {
      assert.equal(status(path, { ...version, ...bearer, host: name }), 421, name);
    }
    assert.equal(refuseStranger({})?.status, 421);
  });

  it("answers by every name of loopback, and a person who typed the address", () => {
    for (const name of ["127.0.0.1", "127.0.0.1:80", "localhost:1234", "LOCALHOST", "[::1]:1234"]) {
      assert.equal(refuseStranger({ host: name }), undefined, name);
    }
    assert.equal(refuseStranger({ host, "sec-fetch-site": "none" }), undefined);
  });

  it("refuses other paths with 404, however odd", () => {
    for (const url of [
      "/",
      "/tts/websocket/",
      "/tts/bytes",
      "//",
      "",
      "?",
      "http://x/tts/websocket",
    ]) {
      assert.equal(status(url, { ...version, ...bearer }), 404, url);
    }
  });
});
