import assert from "node:assert/strict";
import { hostilities, soundOf, type Hostility } from "../../support/fakes/hostileContext.ts";
import { randomFrom, tryCase, type Case, type Outcome } from "../../support/fakes/hostileRun.ts";

const endings = ["done", "no done", "stop", "break", "error", "early done"] as const;

/** Segments that differ wholly, that differ a little, and that are the same. */
const scripts = [
  [
    "It was late.",
    "Nobody came.",
    "The lamp burned on.",
    "Then a knock.",
    "Who is there?",
    "Only the wind.",
    "Good night.",
  ],
  ["Segment 1.", "Segment 2.", "Segment 3.", "Segment 4.", "Segment 5.", "Segment 6."],
  ["Yes.", "No, never.", "Yes.", "I said no.", "Yes.", "At 9 we leave.", "Yes."],
] as const;

/** A case made of what is drawn from each list. */
function draw(seed: number): Case {
  const random = randomFrom(seed);
  const pick = <Item>(list: readonly Item[]): Item =>
    list[Math.floor(random() * list.length)] as Item;
  /** The first of a list, which is the usual thing, more often than the others. */
  const pickUsual = <Item>(list: readonly Item[]): Item =>
    random() < 0.4 ? (list[0] as Item) : pick(list);
  const how: Hostility = {
    base: pick(hostilities.base),
    numbering: pickUsual(hostilities.numbering),
    chunkIds: pickUsual(hostilities.chunkIds),
    flushDone: pick(hostilities.flushDone),
    doneIds: pickUsual(hostilities.doneIds),
    words: pick(hostilities.words),
    silent: pickUsual(hostilities.silent),
    cut: pickUsual(hostilities.cut),
  };
  return { how, ending: pick(endings), at: Math.floor(random() * 60), texts: pick(scripts), seed };
}

const canBeRead = ({ words }: Hostility): boolean => /^(context|segment)/.test(words);
const hasNoIds = ({ chunkIds }: Hostility): boolean => chunkIds === "none" || chunkIds === "null";
const endsFlushes = ({ flushDone }: Hostility): boolean =>
  flushDone === "after" || flushDone === "twice";

/** Some cases have the very frames of another in which other audio is right: nobody can tell them apart. */
function canBeTold({ how, ending }: Case): boolean {
  const { numbering, flushDone, silent, doneIds } = how;
  // Without ids a flush that is done in the middle of audio ends it, unless words say otherwise by then.
  if ((hasNoIds(how) || how.chunkIds === "not the first segment's") && flushDone === "early")
    return false;
  // What had neither audio nor a word was never there.
  if (flushDone === "not of silent ones" && silent !== "none") return false;
  if (canBeRead(how)) return true;
  // Ids that are wrong in themselves are told by words, or where a flush is said to be done twice.
  if (numbering === "flushes itself") return false;
  const isNumbered = doneIds === "right" || doneIds === "each";
  if (numbering !== "each" && !(endsFlushes(how) && isNumbered && silent === "none")) return false;
  // Nor what has no id, where neither ids nor what is done tell where a segment ends.
  if (how.chunkIds === "some" && flushDone === "early" && doneIds !== "right") return false;
  // A context that ends within its last segment is told by the words that are missing.
  return ending !== "early done";
}

const isRight = (text: string | undefined, samples: Uint8Array): boolean =>
  Buffer.compare(samples, soundOf(text ?? "")) === 0;

function wrongOf({ texts }: Case, { spoken }: Outcome): number[] {
  return [...spoken].flatMap(([at, samples]) => (isRight(texts[at], samples) ? [] : [at]));
}

/** Says what is missing of what was heard, where it is more than the last few segments. */
async function lost(tried: Case, last: number): Promise<string[]> {
  const { spoken, heard } = await tryCase(tried);
  const isLost = spoken.size < heard.size - last;
  return isLost
    ? [`${JSON.stringify(tried)}: ${[...spoken.keys()].join()} of ${[...heard].join()}`]
    : [];
}

describe("What a context speaks", function () {
  this.timeout(60_000);
  const seed = Number(process.env["PROOF_SEED"] ?? 1);
  const count = Number(process.env["PROOF_CASES"] ?? 1000);

  it(`is each segment's whole audio or nothing, in ${count} cases (PROOF_SEED=${seed})`, async () => {
    const wrong: string[] = [];
    let tried = 0;
    for (let at = seed * 1_000_000; tried < count; at++) {
      const drawn = draw(at);
      if (!canBeTold(drawn)) continue;
      tried++;
      const positions = wrongOf(drawn, await tryCase(drawn));
      if (positions.length > 0) wrong.push(`${JSON.stringify(drawn)}: ${positions.join()}`);
    }
    assert.deepEqual(wrong, [], `${wrong.length} of ${count} are wrong`);
  });

  const usual: Hostility = {
    base: 0,
    numbering: "each",
    chunkIds: "all",
    flushDone: "after",
    doneIds: "right",
    words: "none",
    silent: "none",
    cut: "many",
  };

  it("is never two segments' audio, where chunks are numbered in another way than flushes", async () => {
    const wrong: string[] = [];
    for (const numbering of ["skips", "repeats", "half"] as const) {
      for (const flushDone of ["after", "twice"] as const) {
        for (const cut of ["many", "whole"] as const) {
          const how: Hostility = { ...usual, numbering, flushDone, cut, doneIds: "each" };
          // One within the last segment is told by the words that are missing.
          for (const ending of endings.filter((ending) => ending !== "early done")) {
            for (const length of [2, 3, 4, 7]) {
              const texts = scripts[0].slice(0, length);
              for (const at of [9, 25]) {
                const tried: Case = { how, ending, at, texts, seed: 1 };
                const positions = wrongOf(tried, await tryCase(tried));
                if (positions.length > 0)
                  wrong.push(`${JSON.stringify(tried)}: ${positions.join()}`);
              }
            }
          }
        }
      }
    }
    assert.deepEqual(wrong, []);
  });

  /** Every habit that leaves no doubt, with any words. */
  function* certainHabits(): Generator<Hostility> {
    const { base: bases, words: kinds } = hostilities;
    for (const base of bases) {
      for (const words of kinds) {
        for (const flushDone of ["after", "before", "early", "twice", "never"] as const) {
          yield { ...usual, base, words, flushDone };
        }
        for (const flushDone of ["after", "twice"] as const) {
          for (const doneIds of ["none", "one more"] as const) {
            yield { ...usual, base, words, flushDone, doneIds };
          }
          for (const chunkIds of ["none", "null", "first of each"] as const) {
            yield { ...usual, base, words, flushDone, chunkIds };
          }
        }
      }
    }
  }

  it("is all segments, where the context comes to its end under a habit that leaves no doubt", async () => {
    const missing: string[] = [];
    for (const [index, how] of [...certainHabits()].entries()) {
      const texts = scripts[index % scripts.length] ?? [];
      missing.push(...(await lost({ how, ending: "done", at: 0, texts, seed: 1 }, 0)));
    }
    assert.deepEqual(missing, []);
  });

  it("is all segments that have audio, wherever others lie, where each flush is done after its audio", async () => {
    const missing: string[] = [];
    for (const [index, how] of [...certainHabits()].entries()) {
      if (how.doneIds !== "right" || !endsFlushes(how)) continue;
      for (const silent of hostilities.silent) {
        // Without ids, a flush that is done before the first audio may be that of the audio behind it.
        if (hasNoIds(how) && silent.startsWith("first")) continue;
        const texts = scripts[index % scripts.length] ?? [];
        const tried: Case = { how: { ...how, silent }, ending: "done", at: 0, texts, seed: 1 };
        missing.push(...(await lost(tried, 0)));
      }
    }
    assert.deepEqual(missing, []);
  });

  it("is a long segment, too, where the short one before it has no audio", async () => {
    const long = Array.from({ length: 120 }, (_, at) => `word${at}`).join(" ");
    const texts = ["It was late.", long, "Nobody came.", "Then a knock."];
    const how: Hostility = { ...usual, words: "context", silent: "first", flushDone: "never" };
    const { spoken } = await tryCase({ how, ending: "done", at: 0, texts, seed: 1 });
    assert.deepEqual([...spoken.keys()], [1, 2, 3]);
  });

  it("is what was heard before, however the context ends, where ids or words prove it", async () => {
    const missing: string[] = [];
    for (const how of certainHabits()) {
      const byWords = canBeRead(how) && !hasNoIds(how);
      const byFlushes = endsFlushes(how) && how.doneIds === "right";
      if (!byWords && !byFlushes && (how.base !== 0 || hasNoIds(how))) continue;
      for (const ending of endings.slice(2)) {
        // A service that gives two segments one id, and waits for more, ends like this too.
        if (ending === "early done" && !byWords && how.flushDone === "never") continue;
        for (const at of [25, 41]) {
          // The last that was heard may be half; the one before it waits for its words, where there may be some.
          const open = hasNoIds(how) || how.words !== "none" ? 2 : 1;
          missing.push(...(await lost({ how, ending, at, texts: scripts[0], seed: 1 }, open)));
        }
      }
    }
    assert.deepEqual(missing, []);
  });

  it("is the last segment, too, where the service never says that it is done, and its words are complete", async () => {
    for (const words of ["context", "segment", "context, by id", "segment, by id"] as const) {
      const [texts] = scripts;
      const { spoken } = await tryCase({
        how: { ...usual, words },
        ending: "no done",
        at: 0,
        texts,
        seed: 1,
      });
      assert.equal(spoken.size, texts.length, words);
    }
  });

  it("is told in the log with what proves it", async () => {
    const [texts] = scripts;
    const { log } = await tryCase({
      how: { ...usual, words: "context" },
      ending: "done",
      at: 0,
      texts,
      seed: 1,
    });
    assert.ok(log.includes("segment 3 of the context: proved by flush ids and words"));
  });
});
