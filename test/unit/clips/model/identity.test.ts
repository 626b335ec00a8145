import assert from "node:assert/strict";
import fc from "fast-check";
import { encodings } from "../../../../src/audio/pcm.ts";
import { clipIdentity } from "../../../../src/clips/model/identity.ts";
import type { ClipShape } from "../../../../src/clips/model/identity.ts";

const shape: ClipShape = {
  transcript: "Stay hungry,",
  voice: "a voice",
  model: "sonic-3",
  language: "en",
  speed: 1,
  volume: 1,
  emotion: "calm",
  encoding: "pcm_f32le",
  sampleRate: 44100,
  service: "cartesia",
};

describe("clipIdentity", () => {
  it("is 64 hexadecimal digits", () => {
    assert.match(clipIdentity(shape), /^[0-9a-f]{64}$/);
  });

  it("stays what it is: clips on disk are found by it", () => {
    assert.equal(
      clipIdentity(shape),
      "0c4bfc209fc676d52e84c8c645b294a4c3e6a7af9463e930b92941ed58a1d144",
    );
  });

  const others: readonly Partial<ClipShape>[] = [
    { transcript: "Stay hungry, " },
    { voice: "another" },
    { model: "sonic-2" },
    { language: "de" },
    { speed: 1.1 },
    { volume: 0.9 },
    { emotion: "angry" },
    { encoding: "pcm_s16le" },
    { sampleRate: 48000 },
    { service: "local" },
    { pronunciationDict: "pdict_1" },
  ];
  for (const other of others) {
    it(`is another for another ${Object.keys(other).join()}`, () => {
      assert.notEqual(clipIdentity({ ...shape, ...other }), clipIdentity(shape));
    });
  }

  it("takes undefined for absent, and no other value", () => {
    const { language, ...rest } = shape;
    assert.equal(language, "en");
    assert.equal(clipIdentity({ ...rest, language: undefined }), clipIdentity(rest));
    assert.notEqual(clipIdentity({ ...rest, language: "" }), clipIdentity(rest));
  });

  it("does not depend on the order of the fields", () => {
    const reversed = Object.fromEntries(Object.entries(shape).reverse()) as unknown as ClipShape;
    assert.equal(clipIdentity(reversed), clipIdentity(shape));
  });

  it("does not depend on fields that shape no sound", () => {
    assert.equal(clipIdentity({ ...shape, segment: 3 } as ClipShape), clipIdentity(shape));
  });

  it("tells lone surrogates apart", () => {
    const identityOf = (transcript: string): string => clipIdentity({ ...shape, transcript });
    assert.notEqual(identityOf("\ud800"), identityOf("\ud801"));
  });

  it("is the same for equal shapes only, whatever is in their fields", () => {
    const text = fc.constantFrom("", "a", "ab", "b", '"', '","', "\\", "null", "\0");
    const shapes = fc.record({
      transcript: text,
      voice: text,
      model: text,
      language: fc.option(text, { nil: undefined }),
      speed: fc.option(fc.constantFrom(0.6, 1, 1.5), { nil: undefined }),
      volume: fc.option(fc.constantFrom(0.6, 1, 1.5), { nil: undefined }),
      emotion: fc.option(text, { nil: undefined }),
      encoding: fc.constantFrom(...encodings),
      sampleRate: fc.constantFrom(8000, 44100),
      service: text,
    });
    fc.assert(
      fc.property(shapes, shapes, (one, other) => {
        const same = Object.entries(one).every(
          ([key, value]) => value === other[key as keyof typeof other],
        );
        assert.equal(clipIdentity(one) === clipIdentity(other), same);
      }),
    );
  });
});
