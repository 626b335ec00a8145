import assert from "node:assert/strict";
import fc from "fast-check";
import {
  planRun,
  type PlannableSegment,
  type RunRequest,
} from "../../../../src/preview/plan/plan.ts";
import type { VoiceOptions } from "../../../../src/protocol/clientMessage.ts";
import { sendCosts } from "../../../../src/preview/plan/sendCosts.ts";

const transcripts = ["One.", "Two words.", '<break time="1s"/> Wait.', "<spell>AB</spell>", ""];

const sound: VoiceOptions = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_f32le",
  sampleRate: 44100,
};
const [one, other] = [sound, { ...sound, voice: "W" }];
const soundOf = (speaker: string | undefined): VoiceOptions => (speaker === "BOB" ? other : one);
const rateOf = (sound: VoiceOptions | undefined): number => (sound?.voice === "W" ? 1.5 : 1);

const scripts = fc.array(
  fc.record({
    transcript: fc.constantFrom(...transcripts),
    seam: fc.constantFrom("", " "),
    needs: fc.boolean(),
    speaker: fc.constantFrom("ANN", "BOB", "CID"),
  }),
  { maxLength: 12 },
);

describe("What presses would send", () => {
  it("is what planning says of each of them", () => {
    fc.assert(
      fc.property(scripts, fc.boolean(), (script, inContext) => {
        const segments: PlannableSegment[] = script.map(({ transcript, seam, speaker }, index) => ({
          index,
          transcript,
          seam,
          speaker,
          speakable: transcript !== "",
        }));
        const needs = (at: number): boolean => script[at]?.needs ?? false;
        const clips = { isReady: (at: number) => !needs(at), isLocked: () => false };
        const planned = (request: RunRequest) => {
          const { characters, credits } = planRun(
            segments,
            { ...request, inContext },
            clips,
            soundOf,
            rateOf,
          );
          return { characters, credits };
        };
        const costs = sendCosts(segments, needs, inContext, soundOf, rateOf);
        assert.deepEqual(costs.script, planned({ kind: "script" }));
        segments.forEach((_, segment) => {
          assert.deepEqual(costs.own[segment], planned({ kind: "segment", segment }));
          assert.deepEqual(costs.fromHere[segment], planned({ kind: "from", segment }));
          const again = { kind: "segment", segment, again: true } as const;
          assert.equal(costs.again(segment), planned(again).characters);
          const there = planRun(segments, { ...again, inContext: true }, clips, soundOf);
          assert.equal(costs.againInContext(segment), there.characters);
        });
      }),
    );
  });

  it("is nothing where all is ready", () => {
    const segments = [{ index: 0, transcript: "One.", seam: "", speakable: true }];
    const { own, fromHere, script } = sendCosts(segments, () => false, true);
    const nothing = { characters: 0, credits: 0 };
    assert.deepEqual(
      { own, fromHere, script },
      { own: [nothing], fromHere: [nothing], script: nothing },
    );
  });
});
