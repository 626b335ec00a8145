import assert from "node:assert/strict";
import { clipIdentity } from "../../../../src/clips/model/identity.ts";
import {
  shapeOf,
  soundOf,
  Sounds,
  withVoice,
  type SoundSettings,
} from "../../../../src/preview/plan/sound.ts";
import { readFrontMatter } from "../../../../src/script/frontMatter/frontMatter.ts";

const settings = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 16000,
} as const;

const soundOfFront = (yaml: string, by: SoundSettings = settings) => {
  const { options, problems } = readFrontMatter(`speech: { ${yaml} }`, 0);
  assert.deepEqual(problems, []);
  return new Sounds(soundOf(options, by), options.cast, by.apiVersion);
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

  it("has the settings' accent and normalization where the script says nothing else", () => {
    const by = { ...settings, accent: "british", normalization: "off" };
    const said = (yaml: string, speaker?: string) => {
      const { accent, normalization } = soundOfFront(yaml, by).of(speaker);
      return [accent, normalization];
    };
    assert.deepEqual(said("speed: 1"), ["british", "off"]);
    assert.deepEqual(said("accent: scouse, normalization: en-IN"), ["scouse", "en-IN"]);
    assert.deepEqual(said("normalization: auto"), ["british", undefined]);
    assert.deepEqual(said("voice: other"), [undefined, "off"]);
    const cast = "cast: { ANN: other, BOB: V, EVE: { voice: V, normalization: auto } }";
    assert.deepEqual(said(cast, "ANN"), [undefined, "off"]);
    assert.deepEqual(said(cast, "BOB"), ["british", "off"]);
    assert.deepEqual(said(cast, "EVE"), ["british", undefined]);
    assert.deepEqual(
      soundOfFront("speed: 1", { ...settings, accent: "", normalization: "auto" }).of(undefined),
      soundOfFront("speed: 1").of(undefined),
    );
  });

  it("has what the version of the API knows alone: what is not sent shapes no clip", () => {
    const by = { ...settings, accent: "british", apiVersion: "2026-03-01" } as const;
    const yaml =
      "language: pt_BR, normalization: off, cast: { ANN: { voice: A, accent: own, language: en-GB } }";
    const sounds = soundOfFront(yaml, by);
    for (const [speaker, code] of [
      [undefined, "pt"],
      ["ANN", "en"],
    ] as const) {
      const { language, accent, normalization } = sounds.of(speaker);
      assert.deepEqual([language, accent, normalization], [code, undefined, undefined]);
    }
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
