import assert from "node:assert/strict";
import { ContextWriter, type ApiVersion } from "../../../src/protocol/clientMessage.ts";

const options = {
  model: "sonic-3",
  voice: "V",
  language: "en",
  encoding: "pcm_f32le",
  sampleRate: 44100,
} as const;

describe("the frames of a context", () => {
  const writer = new ContextWriter("ctx-1", options, "2026-08-14");
  const common =
    '{"model_id":"sonic-3","output_format":{"container":"raw","encoding":"pcm_f32le","sample_rate":44100},' +
    '"voice":{"id":"V"},"language":"en",';

  it("are those of the service's flushing example, with timestamps asked for", () => {
    assert.deepEqual(
      [
        writer.push("Stay hungry, "),
        writer.flush(),
        writer.push("stay foolish."),
        writer.noMoreInputs(),
      ],
      [
        `${common}"transcript":"Stay hungry, ","context_id":"ctx-1","continue":true,"add_timestamps":true}`,
        `${common}"transcript":"","context_id":"ctx-1","continue":true,"flush":true,"add_timestamps":true}`,
        `${common}"transcript":"stay foolish.","context_id":"ctx-1","continue":true,"add_timestamps":true}`,
        `${common}"transcript":"","context_id":"ctx-1","continue":false,"add_timestamps":true}`,
      ],
    );
  });

  it("carry the id of a pronunciation dictionary, each of them, only where one is given", () => {
    const said = new ContextWriter("c", { ...options, pronunciationDict: "pdict_1" }, "2026-08-14");
    for (const frame of [said.push("x"), said.flush(), said.noMoreInputs()]) {
      assert.equal(
        (JSON.parse(frame) as Record<string, unknown>)["pronunciation_dict_id"],
        "pdict_1",
      );
    }
    assert.ok(!writer.push("x").includes("pronunciation"));
  });

  it("carry speed, volume and emotion only where they are given", () => {
    const slow = new ContextWriter("c", { ...options, speed: 0.8, emotion: "calm" }, "2026-08-14");
    assert.deepEqual((JSON.parse(slow.push("x")) as Record<string, unknown>)["generation_config"], {
      speed: 0.8,
      emotion: "calm",
    });
  });

  it("name the voice in the shape of the version", () => {
    const voiceIn = (version: ApiVersion): unknown =>
      (JSON.parse(new ContextWriter("c", options, version).push("x")) as { voice: unknown }).voice;
    assert.deepEqual(voiceIn("2026-08-14"), { id: "V" });
    assert.deepEqual(voiceIn("2026-03-01"), { mode: "id", id: "V" });
  });

  it("have the language with its region, accent and normalization where the version knows them", () => {
    const regional = { ...options, language: "en_GB", accent: "scouse", normalization: "off" };
    const fieldsIn = (version: ApiVersion): unknown => {
      const frame = JSON.parse(new ContextWriter("c", regional, version).flush()) as Record<
        string,
        unknown
      >;
      return [frame["language"], frame["accent"], frame["normalization"], frame["locale"]];
    };
    assert.deepEqual(fieldsIn("2026-08-14"), ["en_GB", "scouse", "off", undefined]);
    assert.deepEqual(fieldsIn("2026-03-01"), ["en", undefined, undefined, undefined]);
  });

  it("cancel by the context's id alone", () => {
    assert.equal(writer.cancel(), '{"context_id":"ctx-1","cancel":true}');
  });
});
