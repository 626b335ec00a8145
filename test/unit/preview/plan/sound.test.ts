import assert from "node:assert/strict";
import { clipIdentity } from "../../../../src/clips/model/identity.ts";
import { shapeOf, soundOf, Sounds, withVoice } from "../../../../src/preview/plan/sound.ts";
import { readFrontMatter } from "../../../../src/script/frontMatter/frontMatter.ts";

const settings = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 16000,
} as const;

const soundOfFront = (yaml: string) => {
  const { options, problems } = readFrontMatter(`speech: { ${yaml} }`, 0);
  assert.deepEqual(problems, []);
  return new Sounds(soundOf(options, settings), options.cast);
};

describe("How a script sounds", () => {
  it("has the emotion as the service lists it", () => {
    assert.equal(soundOfFront("emotion: Calm").of(undefined).emotion, "calm");
  });

  it("has accent, normalization and region, each in the identity of its clips", () => {
    const identityOf = (yaml: string): string =>
      clipIdentity(shapeOf("Hello.", soundOfFront(yaml).of(undefined), "cartesia"));
    const { language, accent, normalization } = soundOfFront(
      "language: en_GB, accent: scouse, normalization: off",
    ).of(undefined);
    assert.deepEqual([language, accent, normalization], ["en_GB", "scouse", "off"]);
    const fronts = ["speed: 1", "accent: scouse", "normalization: off", "language: en-GB"];
    assert.equal(new Set(fronts.map(identityOf)).size, fronts.length);
  });

  it("leaves a voice's accent to that voice: another one has accents of its own", () => {
    const sounds = soundOfFront(
      "accent: scouse, cast: { ANN: other, BOB: V, EVE: { voice: third, accent: own } }",
    );
    const accents = ["ANN", "BOB", "EVE", undefined].map((name) => sounds.of(name).accent);
    assert.deepEqual(accents, [undefined, "scouse", "own", "scouse"]);
    assert.equal(withVoice(sounds.of(undefined), "other").accent, undefined);
  });
});
