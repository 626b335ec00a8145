import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import {
  cartesiaEndpoint,
  endpointAt,
  isCartesia,
  isSendable,
  isUsable,
  plainEndpoint,
  serviceNameOf,
  shownEndpoint,
  userAgent,
} from "../../../../src/session/connection/endpoint.ts";

describe("An endpoint", () => {
  it("is usable over TLS anywhere, and without it on this machine only", () => {
    const usable = ["wss://example.com", "ws://localhost:1", "ws://127.0.0.1", "ws://[::1]:80/x"];
    const not = ["ws://example.com", "ws://127.0.0.1.example.com", "http://localhost", "", "x"];
    not.push("wss://example.com?api_key=sk", "wss://sk@example.com", "wss://example.com/#sk");
    assert.deepEqual(usable.filter(isUsable), usable);
    assert.deepEqual(not.filter(isUsable), []);
  });

  it("is Cartesia's own by its origin alone", () => {
    assert.ok(isCartesia("wss://api.cartesia.ai/"));
    for (const other of ["wss://api.cartesia.ai.example.com", "ws://api.cartesia.ai", "nothing"]) {
      assert.ok(!isCartesia(other), other);
    }
    assert.equal(serviceNameOf("wss://api.cartesia.ai"), "cartesia");
    assert.equal(serviceNameOf("ws://localhost:8080/x"), "localhost:8080");
  });

  it("is the same however it is written down", () => {
    for (const written of [
      "wss://example.com/base",
      " wss://example.com/base/ ",
      "https://example.com/base",
      "WSS://Example.com/base//tts/websocket",
      "wss://example.com:443/base/tts/websocket/",
      "https://example.com/base/tts/websocket/tts/websocket",
    ]) {
      assert.equal(plainEndpoint(written), "wss://example.com/base", written);
    }
    assert.equal(plainEndpoint("https://api.cartesia.ai/tts/websocket"), cartesiaEndpoint);
    assert.equal(plainEndpoint("http://localhost:80/"), "ws://localhost");
    assert.equal(plainEndpoint("nothing"), "nothing");
    const secret = plainEndpoint("wss://api.cartesia.ai/tts/websocket?api_key=sk");
    assert.ok(!isUsable(secret), "a query is not dropped in silence");
    assert.equal(shownEndpoint(secret), "wss://api.cartesia.ai…");
    assert.equal(shownEndpoint("wss://me:sk@example.com/x"), "wss://…example.com/x");
  });

  it("holds the key in a header alone", () => {
    const { url, headers } = endpointAt("wss://example.com/base/", "sk", "2026-08-14");
    assert.equal(url, "wss://example.com/base/tts/websocket");
    assert.deepEqual(headers, {
      Authorization: "Bearer sk",
      "Cartesia-Version": "2026-08-14",
      "User-Agent": userAgent,
    });
  });

  it("says who asks: this product in this version", async () => {
    const { name, version } = JSON.parse(await readFile("package.json", "utf8")) as {
      name: string;
      version: string;
    };
    assert.equal(userAgent, `${name}/${version}`);
  });

  it("takes as a key what a header can hold", () => {
    assert.ok(isSendable("sk_car_1"));
    for (const not of ["", "a b", "a\r\nb", "ä"]) assert.ok(!isSendable(not), not);
  });
});
