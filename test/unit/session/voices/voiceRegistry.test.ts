import assert from "node:assert/strict";
import { VoiceRegistry } from "../../../../src/session/voices/voiceRegistry.ts";
import type { KnownVoice } from "../../../../src/session/voices/voicePage.ts";

const key = "scriptedSpeech.voiceNames";
const tessa: KnownVoice = { id: "t", name: "Tessa", language: "en", gender: "feminine" };
const marta: KnownVoice = { id: "m", name: "Marta", language: "es", gender: "feminine" };

class Memory {
  readonly kept = new Map<string, unknown>();
  updates = 0;

  get(name: string): unknown {
    return this.kept.get(name);
  }

  async update(name: string, value: unknown): Promise<void> {
    this.updates++;
    this.kept.set(name, structuredClone(value));
  }
}

describe("VoiceRegistry", () => {
  let memory: Memory;
  const session = (): VoiceRegistry =>
    new VoiceRegistry(memory, (service) => (service === "local" ? [] : [tessa]));

  beforeEach(() => {
    memory = new Memory();
  });

  it("knows what was told over sessions, service by service", async () => {
    const listed = { ...marta, tagline: "a", description: "long", isOwner: false };
    assert.equal(await session().remember("cartesia", [listed]), true);
    const later = session();
    assert.deepEqual([...later.of("cartesia").values()], [tessa, marta]);
    assert.deepEqual([...later.of("elsewhere").values()], [tessa]);
    assert.deepEqual([...later.of("local").values()], []);
    assert.deepEqual(later.services, ["cartesia"]);
  });

  it("keeps what other languages a voice speaks", async () => {
    const accents = [
      { id: "castilian", locale: "es-ES" },
      { id: "british", locale: "" },
    ];
    const both = { ...marta, otherLanguages: ["en"], accents, isPro: true };
    await session().remember("cartesia", [both]);
    assert.deepEqual(session().of("cartesia").get("m"), both);
  });

  it("keeps the accents that a service has, and leaves out what it can't read", async () => {
    const british = { id: "british", name: "British English", locale: "en-GB" };
    await session().rememberAccents("cartesia", [british]);
    assert.deepEqual(session().accentsOf("cartesia"), [british]);
    assert.deepEqual(session().accentsOf("local"), []);
    const broken = { cartesia: [1, null, { id: 3 }, { id: "x" }], local: "odd" };
    memory.kept.set("scriptedSpeech.accents", broken);
    assert.deepEqual(session().accentsOf("cartesia"), [{ id: "x", name: "x", locale: "" }]);
    assert.deepEqual(session().accentsOf("local"), []);
  });

  it("takes again only what is news, and hands out the same until then", async () => {
    const told = session();
    await told.remember("cartesia", [marta]);
    const before = told.of("cartesia");
    assert.equal(await told.remember("cartesia", [marta]), false);
    assert.equal(memory.updates, 1);
    assert.equal(told.of("cartesia"), before);
    assert.equal(await told.remember("cartesia", [{ ...marta, gender: "masculine" }]), true);
    assert.equal(told.of("cartesia").get("m")?.gender, "masculine");
  });

  it("reads the names that older versions kept, and learns the rest", async () => {
    memory.kept.set(key, { cartesia: { m: "Marta", t: "Tessa" }, local: "odd" });
    const told = session();
    assert.deepEqual(told.of("cartesia").get("m"), { ...marta, language: "", gender: "" });
    assert.deepEqual(told.of("cartesia").get("t"), tessa); // what is known without being told stays
    assert.deepEqual([...told.of("local")], []);
    assert.equal(await told.remember("cartesia", [marta]), true);
    assert.deepEqual(told.of("cartesia").get("m"), marta);
  });

  it("leaves out what it can't read", () => {
    const others = ["fr", 1];
    const broken = { a: 1, b: null, c: { language: "de" }, d: { name: "D", language: 3 } };
    memory.kept.set(key, { cartesia: { ...broken, e: { name: "E", otherLanguages: others } } });
    const known = session().of("cartesia");
    assert.deepEqual([...known.keys()], ["t", "d", "e"]);
    assert.deepEqual(known.get("d"), { id: "d", name: "D", language: "", gender: "" });
    assert.deepEqual(known.get("e")?.otherLanguages, ["fr"]);
  });

  it("forgets what it was told first, where a service tells of others without end", async () => {
    const memory = new Memory();
    const told = new VoiceRegistry(memory, () => []);
    for (let list = 0; list < 3; list++) {
      const voices = Array.from({ length: 8000 }, (_, at) => ({ ...tessa, id: `${list} ${at}` }));
      await told.remember("cartesia", voices);
    }
    const known = told.of("cartesia");
    assert.ok(known.size <= 10_000);
    assert.ok(known.has("2 0"));
    assert.ok(!known.has("0 0"));
  });
});
