import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { endpointAt } from "../../../../src/session/connection/endpoint.ts";
import { VoicePrices } from "../../../../src/session/voices/voicePrices.ts";
import type { Voice } from "../../../../src/session/voices/voicePage.ts";
import { findVoice } from "../../../../src/session/voices/voices.ts";

describe("What voices cost", () => {
  let server: Server;
  let asked: string[];
  let told: Map<string, Voice>;
  let lines: string[];
  let failing: boolean;
  let prices: VoicePrices;

  const source = () => ({
    name: "cartesia",
    endpoint: () => {
      const { port } = server.address() as AddressInfo;
      return Promise.resolve(endpointAt(`ws://127.0.0.1:${port}`, "key", "2026-08-14"));
    },
  });

  beforeEach(async () => {
    asked = [];
    told = new Map();
    lines = [];
    failing = false;
    server = createServer(({ url = "" }, response) => {
      asked.push(url);
      const id = url.replace("/voices/", "");
      response.statusCode = failing ? 500 : 200;
      response.end(JSON.stringify({ id, name: id, is_pro: id.startsWith("pro") }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    prices = new VoicePrices({
      isKnown: (service, voice) => told.has(`${service} ${voice}`),
      find: findVoice,
      remember: (service, voices) => {
        for (const voice of voices) told.set(`${service} ${voice.id}`, voice);
        return Promise.resolve();
      },
      trace: (line) => lines.push(line),
    });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("are learnt of those that are not known, once each", async () => {
    const [one, other] = await Promise.all([
      prices.learn(source(), ["pro-1", "ann", "ann"]),
      prices.learn(source(), ["ann"]),
    ]);
    assert.deepEqual([one, other], [true, true]);
    assert.deepEqual(asked.sort(), ["/voices/ann", "/voices/pro-1"]);
    assert.deepEqual([...told.values()].map(({ id, isPro = false }) => [id, isPro]).sort(), [
      ["ann", false],
      ["pro-1", true],
    ]);
    assert.equal(await prices.learn(source(), ["ann", "pro-1"]), true);
    assert.equal(asked.length, 2);
  });

  it("stay unknown where the service does not tell, and are asked for again with the next press", async () => {
    failing = true;
    assert.equal(await prices.learn(source(), ["ann"]), false);
    assert.match(lines[0] ?? "", /^voice ann: /);
    failing = false;
    assert.equal(await prices.learn(source(), ["ann"]), true);
    const keyless = { name: "cartesia", endpoint: () => Promise.reject(new Error("no key")) };
    assert.equal(await prices.learn(keyless, ["bob"]), false);
    assert.equal(await prices.learn(source(), ["\ud800"]), false);
  });

  it("are asked of ten voices a press at most", async () => {
    const voices = Array.from({ length: 11 }, (_, at) => `v${at}`);
    assert.equal(await prices.learn(source(), voices), false);
    assert.equal(asked.length, 10);
    assert.equal(await prices.learn(source(), voices), true);
    assert.equal(asked.length, 11);
  });
});
