import assert from "node:assert/strict";
import { endpointAt } from "../../../../src/session/connection/endpoint.ts";
import { arrangeVoices } from "../../../../src/session/voices/arrangeVoices.ts";
import { VoiceDirectory, type ListVoices } from "../../../../src/session/voices/voiceDirectory.ts";
import type { Voice } from "../../../../src/session/voices/voicePage.ts";
import type { VoiceQuery } from "../../../../src/session/voices/voices.ts";

const never = new AbortController().signal;
const hour = 60 * 60 * 1000;

const voiceOf = (id: string, isOwner = false): Voice => ({
  id,
  name: `Name of ${id}`,
  tagline: "",
  description: `A long description of ${id}`,
  language: "en",
  gender: "feminine",
  isOwner,
});

class Memory {
  readonly kept = new Map<string, unknown>();

  get(key: string): unknown {
    return this.kept.get(key);
  }

  async update(key: string, value: unknown): Promise<void> {
    this.kept.set(key, structuredClone(value));
  }
}

describe("VoiceDirectory", () => {
  let memory: Memory;
  let asked: VoiceQuery[];
  let now: number;
  let voices: Voice[];
  const source = {
    name: "cartesia",
    endpoint: async () => endpointAt("ws://127.0.0.1:1", "key", "2026-08-14"),
  };
  const list: ListVoices = async (_endpoint, query) => {
    asked.push(query);
    query.report?.(voices);
    return voices;
  };
  const session = (): VoiceDirectory => new VoiceDirectory(memory, list, () => now);

  beforeEach(() => {
    memory = new Memory();
    asked = [];
    now = 1_000_000;
    voices = [voiceOf("a"), voiceOf("b")];
  });

  it("asks once a session, and anew where that is wished", async () => {
    const directory = session();
    assert.equal(directory.known("cartesia"), undefined);
    assert.deepEqual(asked, []);
    const reported: number[] = [];
    const report = (found: readonly Voice[]) => reported.push(found.length);
    assert.deepEqual(await directory.all(source, { report }, never), voices);
    assert.deepEqual(reported, [2]);
    assert.deepEqual(await directory.all(source, {}, never), voices);
    assert.equal(asked.length, 1);
    voices = [voiceOf("c")];
    assert.deepEqual(await directory.all(source, { refreshed: true }, never), voices);
    assert.deepEqual(directory.known("cartesia"), voices);
    assert.equal(directory.known("local"), undefined);
  });

  it("keeps a list for a day, without its descriptions", async () => {
    const known = {
      otherLanguages: ["es"],
      accents: [{ id: "british", locale: "en-GB" }],
      isPro: true,
    };
    voices = [{ ...voiceOf("a"), ...known }, voiceOf("b")];
    await session().all(source, {}, never);
    assert.doesNotMatch(JSON.stringify([...memory.kept]), /long description/);
    now += 23 * hour;
    assert.deepEqual(
      (await session().all(source, {}, never)).map(({ id, name, language, gender }) => [
        id,
        name,
        language,
        gender,
      ]),
      [
        ["a", "Name of a", "en", "feminine"],
        ["b", "Name of b", "en", "feminine"],
      ],
    );
    const kept = session().find("cartesia", "a");
    const { otherLanguages, accents, isPro } = kept ?? {};
    assert.deepEqual({ otherLanguages, accents, isPro }, known);
    assert.equal(asked.length, 1);
    now += 2 * hour;
    await session().all(source, {}, never);
    assert.equal(asked.length, 2);
  });

  it("asks again where the clock was set back", async () => {
    await session().all(source, {}, never);
    now -= hour;
    assert.equal(session().known("cartesia"), undefined);
  });

  it("has the service search, and knows what was found from then on", async () => {
    const directory = session();
    voices = [voiceOf("z")];
    assert.deepEqual(await directory.search(source, "calm", never), voices);
    assert.equal(asked[0]?.query, "calm");
    assert.equal(directory.known("cartesia"), undefined);
    assert.equal(directory.find("cartesia", "z")?.description, "A long description of z");
    assert.equal(directory.find("local", "z"), undefined);
  });

  it("remembers the last five voices of each service", async () => {
    const directory = session();
    for (const id of ["a", "b", "c", "d", "e", "b", "f"]) await directory.use("cartesia", id);
    await directory.use("local", "slt");
    assert.deepEqual(session().recent("cartesia"), ["f", "b", "e", "d", "c"]);
    assert.deepEqual(session().recent("local"), ["slt"]);
    assert.deepEqual(session().recent("other"), []);
  });

  it("starts afresh from a memory that it can't read", async () => {
    memory.kept
      .set("scriptedSpeech.voices", "x")
      .set("scriptedSpeech.voicesLately", { cartesia: 1 });
    assert.equal(session().known("cartesia"), undefined);
    assert.deepEqual(session().recent("cartesia"), []);
    assert.deepEqual(await session().all(source, {}, never), voices);
  });
});

describe("arrangeVoices", () => {
  const ids = (given: Partial<Parameters<typeof arrangeVoices>[0]>) =>
    arrangeVoices({ all: [], inScript: [], recent: [], found: [], ...given }).map((group) => [
      group.kind,
      ...group.voices.map(({ id }) => id),
    ]);
  const all = ["a", "b", "c", "d"].map((id) => voiceOf(id, id === "d"));

  it("puts the script's on top, then those used lately, then one's own and all others, each once", () => {
    assert.deepEqual(ids({ all, inScript: ["b", "b"], recent: ["a", "b"] }), [
      ["script", "b"],
      ["recent", "a"],
      ["all", "d", "c"],
    ]);
  });

  it("leaves out what the service has not told of", () => {
    assert.deepEqual(ids({ all, inScript: ["gone"], recent: ["gone"] }), [
      ["all", "d", "a", "b", "c"],
    ]);
    assert.deepEqual(ids({}), []);
  });

  it("adds what the service found", () => {
    assert.deepEqual(ids({ found: [voiceOf("z")], recent: ["z"] }), [["recent", "z"]]);
  });
});
