import assert from "node:assert/strict";
import { CharacterLimit } from "../../../../src/session/context/characterLimit.ts";
import { checkAll, speak } from "../../preview/speakThem.ts";
import { breakOff } from "../../../faults/interfere.ts";

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
});
