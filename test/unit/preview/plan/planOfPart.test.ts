import assert from "node:assert/strict";
import fc from "fast-check";
import {
  planRun,
  type PlannableSegment,
  type RunScope,
} from "../../../../src/preview/plan/plan.ts";
import type { VoiceOptions } from "../../../../src/protocol/clientMessage.ts";

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

describe("The plan for a part of a script", () => {
  it("speaks and costs what a plan for all of it does where everything else is ready", () => {
    fc.assert(
      fc.property(scripts, fc.boolean(), (script, inContext) => {
        const segments: PlannableSegment[] = script.map(({ transcript, seam, speaker }, index) => ({
          index,
          transcript,
          seam,
          speaker,
          speakable: transcript !== "",
        }));
        const plan = (scope: RunScope, isPart: (segment: number) => boolean) => {
          const isReady = (at: number): boolean => !(script[at]?.needs && isPart(at));
          const clips = { isReady, isLocked: () => false };
          const request = { ...scope, inContext };
          const { groups, characters, credits } = planRun(
            segments,
            request,
            clips,
            soundOf,
            rateOf,
          );
          return { groups, characters, credits };
        };
        const all = { kind: "script" } as const;
        for (const first of script.keys()) {
          for (let last = first; last < script.length; last++) {
            const part = plan({ kind: "range", first, last }, () => true);
            assert.deepEqual(
              part,
              plan(all, (at) => at >= first && at <= last),
            );
            if (last === first)
              assert.deepEqual(
                plan({ kind: "segment", segment: first }, () => true),
                part,
              );
            if (last === script.length - 1) {
              assert.deepEqual(
                plan({ kind: "from", segment: first }, () => true),
                part,
              );
            }
          }
        }
      }),
    );
  });
});
