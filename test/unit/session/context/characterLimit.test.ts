import assert from "node:assert/strict";
import { CharacterLimit } from "../../../../src/session/context/characterLimit.ts";
import { checkAll, nextTurn, speak } from "../../preview/speakThem.ts";
import type { Frame } from "../../../support/fakes/scriptedService.ts";
import { breakOff, sendError } from "../../../faults/interfere.ts";

describe("A limit of what is sent", () => {
  const texts = Array.from({ length: 10 }, (_, at) => `Text ${at}.`); // of 7 characters, and the space behind them

  it("ends a run before it is exceeded: what was sent is heard to its end", async () => {
    const characterLimit = new CharacterLimit(4 * 8 + 7);
    const outcome = await speak([texts], { characterLimit });
    assert.deepEqual(outcome.contexts, [texts.slice(0, 4).map((text) => `${text} `)]);
    assert.deepEqual([...outcome.spoken.keys()], [0, 1, 2, 3]);
    assert.equal(outcome.ending?.code, "too-many-characters");
    assert.deepEqual([...outcome.failed.keys()], [4, 5, 6, 7, 8, 9]);
  });

  it("holds for all contexts together, at a time or one after the other", async () => {
    const characterLimit = new CharacterLimit(7 * 6 + 3);
    const groups = texts.map((text) => [text]);
    const outcome = await speak(groups, { characterLimit, maxConcurrency: 4 });
    assert.equal(outcome.contexts.flat().length, 6);
    assert.equal(outcome.spoken.size, 6);
    assert.equal(outcome.ending?.code, "too-many-characters");
  });

  it("counts what is said again", async () => {
    const characterLimit = new CharacterLimit(texts.join(" ").length + 3);
    let frames = 0;
    const outcome = await speak([texts], {
      characterLimit,
      interfere: ({ context_id: contextId }, { socket }) => {
        if (++frames !== 6) return true;
        breakOff({ socket, contextId });
        return false;
      },
    });
    assert.equal(outcome.ending?.code, "too-many-characters");
    assert.ok(outcome.contexts.flat().join("").length <= texts.join(" ").length + 3);
    assert.ok(outcome.spoken.size > 1);
  });

  it("is no hindrance where all that is sent is just as much", async () => {
    const characterLimit = new CharacterLimit(texts.join(" ").length);
    checkAll(await speak([texts], { characterLimit }), [texts]);
  });

  const errors = {
    "the service's fault": { status_code: 500 },
    "its limit": { status_code: 429, error_code: "concurrency_limited" },
    "a refused text": { status_code: 400 },
    "no credits": { status_code: 402, error_code: "quota_exceeded" },
    "a missing voice": { status_code: 404, error_code: "voice_not_found" },
  };
  for (const [name, error] of Object.entries(errors)) {
    for (const most of [Infinity, 3 * 8 + 5]) {
      it(`lets what was sent be heard to its end where another context ends by ${name}, ${most} characters`, async () => {
        const held: Frame[] = [];
        let state: "first" | "holds" | "over" = "first";
        const turns = async (): Promise<void> => {
          for (let turn = 0; turn < 20; turn++) await nextTurn(); // by then what came has been dealt with
        };
        const outcome = await speak([texts.slice(0, 4), ["A."], ["B."], ["C."]], {
          characterLimit: new CharacterLimit(most),
          maxConcurrency: 3,
          limits: { firstAudioMs: 20_000, nextAudioMs: 20_000 },
          interfere: (frame, { socket }) => {
            const { context_id: contextId } = frame;
            if (contextId === "ctx-0") {
              if (state === "holds") held.push(frame);
              else if (frame["type"] === "chunk" && state === "first") state = "holds";
              else return true;
              return held.length === 0;
            }
            if (contextId !== "ctx-2") return true;
            if (frame["type"] !== "chunk") return false;
            void turns()
              .then(() => sendError(error)({ socket, contextId }))
              .then(turns)
              .then(() => {
                state = "over";
                for (const each of held) socket.send(JSON.stringify(each));
              });
            return false;
          },
        });
        const sent = outcome.contexts[0] ?? [];
        assert.ok(sent.length >= 3);
        for (const at of sent.keys()) assert.ok(outcome.spoken.has(at), `segment ${at}`);
        const again = outcome.contexts.slice(1).flat();
        assert.ok(!sent.some((text) => again.includes(text.trim())), "nothing is sent twice");
      });
    }
  }
});
