import assert from "node:assert/strict";
import fc from "fast-check";
import { planArrangement } from "../../../src/clips/arrangement.ts";
import { pairClips } from "../../../src/clips/pairClips.ts";
import type { PairableClip, WantedClip } from "../../../src/clips/pairClips.ts";
import { clipsOf, wantedOf } from "./pairingWords.ts";

/** For each segment the place of its clip, or a take's identity; `~` behind a former one, `!` behind a locked one of another sound. */
function pairsOf(clips: string, wanted: string): string {
  const marks = { same: "", locked: "!", former: "~" };
  return pairClips(clipsOf(clips), wantedOf(wanted))
    .map((pair) => (pair ? `${pair.clip.segment ?? pair.clip.identity}${marks[pair.fit]}` : "-"))
    .join(" ");
}

/** What lies where after the clips are arranged so. */
function arranged(
  clips: readonly PairableClip[],
  wanted: readonly (WantedClip | undefined)[],
): PairableClip[] {
  const { aside, copies, moves } = planArrangement(clips, pairClips(clips, wanted));
  const gone = new Set([...aside, ...moves.map(({ clip }) => clip)]);
  return [
    ...clips.filter((clip) => !gone.has(clip)),
    ...moves.map(({ clip, to }) => ({ ...clip, segment: to })),
    ...copies.map(({ clip, to }) => ({ ...clip, segment: to, locked: false })),
    ...aside.map((clip) => ({ ...clip, segment: undefined, locked: false })),
  ];
}

describe("pairClips", () => {
  const cases: readonly (readonly [what: string, clips: string, wanted: string, pairs: string])[] =
    [
      ["nothing with nothing", "", "", ""],
      ["nothing where there are no clips", "", "A -", "- -"],
      ["each with its own", "A B", "A B", "0 1"],
      ["no clip with a segment never spoken", "A", "A N", "0 -"],
      ["clips that moved", "A B C", "C A B", "2 0 1"],
      ["one clip with all that want its sound", "A", "A A", "0 0"],
      ["a take of a segment's sound", "A take:B", "A B", "0 B"],
      ["the newest of several takes", "A take:B take:B", "B", "B"],
      ["a take rather than a former clip", "B take:A", "A", "A"],
      ["a copy rather than a former clip", "A B", "A A", "0 0"],
      ["a changed segment with its former clip", "A B C", "A N C", "0 1~ 2"],
      ["a former clip that moved", "A B C", "X A N C", "- 0 1~ 2"],
      ["former clips behind what was deleted", "A B C D", "B N D", "1 2~ 3"],
      ["a former clip with what has nothing to say for now", "A B C", "A - C", "0 1~ 2"],
      ["all former clips where everything changed", "A B C", "X Y Z", "0~ 1~ 2~"],
      ["former clips past segments never spoken", "A - - B", "A X Y N", "0 - - 3~"],
      ["one part of a split segment with the former clip", "A B C", "A X Y C", "0 1~ - 2"],
      ["two joined segments with one former clip", "A B C D", "A X D", "0 1~ 3"],
      ["a former clip as near as there is room", "A - - B C", "A N C", "0 3~ 4"],
      ["the clips of other sounds with their texts", "A B C", "C2 A2 B2", "2~ 0~ 1~"],
      ["a sound and not only its text", "A A2", "A2 A", "1 0"],
      ["a locked clip with its text, whatever the sound", "A lock:B", "A2 B2", "0~ 1!"],
      ["a locked clip that moved", "lock:A B", "B N A2", "1 - 0!"],
      ["a locked clip before a take of the very sound", "lock:A take:A2", "A2", "0!"],
      ["a locked clip of a changed text", "lock:A B", "N B", "0~ 1"],
      ["a locked clip of just the sound", "lock:A", "A", "0"],
      ["a locked clip of the same text as its own", "A lock:A", "N A A", "- 0 1"],
      ["no locked clip with another's text that has its clip", "lock:A B A", "N B A", "0~ 1 2"],
      [
        "a locked clip that would be left over before a copy of it",
        "A lock:B B C",
        "N A B C",
        "- 0 1 3",
      ],
      ["the other one of a text when the first is deleted", "A B A", "B A", "1 2"],
      ["those of a text in order when one is inserted before", "A A2", "N A3 A3", "- 0~ 1~"],
      ["the changed part of a folder", "A B A C", "A N B A C", "0 - 1 2 3"],
      ["what follows a take with its own former clip", "A F B take:T", "A T N", "0 T 2~"],
    ];
  for (const [what, clips, wanted, expected] of cases) {
    it(`pairs ${what}`, () => assert.equal(pairsOf(clips, wanted), expected));
  }

  it("takes no longer for many segments than O(n)", () => {
    // A list that tells how often its items are looked at.
    const looksFor = (count: number): number => {
      let looks = 0;
      const wanted = Array.from({ length: count }, (_, at) => ({
        identity: `${at} changed`,
        transcript: `${at} changed`,
      }));
      const clips = Array.from({ length: count }, (_, at) => ({
        get identity() {
          looks++;
          return String(at);
        },
        get transcript() {
          looks++;
          return String(at);
        },
        segment: at,
        locked: at % 2 === 0,
        spokenAt: "",
      }));
      // Every third segment finds a take, so that there are many gaps between many clips.
      const takes = clips
        .filter((_, at) => at % 3 === 0)
        .map((clip) => ({
          ...clip,
          identity: `${clip.segment} changed`,
          segment: undefined,
          locked: false,
        }));
      pairClips([...clips, ...takes], wanted);
      return looks;
    };
    assert.ok(looksFor(4000) < 4.5 * looksFor(1000));
  });

  const identity = fc
    .tuple(fc.constantFrom(..."ABCDEF"), fc.constantFrom("", "", "2"))
    .map(([text, sound]) => text + sound);
  const word = fc.oneof(
    { weight: 5, arbitrary: identity },
    { weight: 2, arbitrary: identity.map((name) => `lock:${name}`) },
    { weight: 2, arbitrary: identity.map((name) => `take:${name}`) },
    fc.constant("-"),
  );
  const clips = fc.array(word, { maxLength: 9 }).map((words) => clipsOf(words.join(" ")));
  const wanted = fc
    .array(fc.oneof({ weight: 4, arbitrary: identity }, fc.constant("-")), { maxLength: 9 })
    .map((words) => wantedOf(words.join(" ")));

  it("gives no clip to two segments, unless all want its very sound", () => {
    fc.assert(
      fc.property(clips, wanted, (clips, wanted) => {
        const found = pairClips(clips, wanted);
        for (const clip of clips) {
          const segments = found.flatMap((pair, at) => (pair?.clip === clip ? [at] : []));
          const others = segments.filter((at) => wanted[at]?.identity !== clip.identity);
          assert.ok(
            segments.length < 2 || others.length === 0 || (others.length === 1 && clip.locked),
          );
        }
      }),
    );
  });

  it("finds a sound of its own for each segment, where there is one, or a locked clip", () => {
    fc.assert(
      fc.property(clips, wanted, (clips, wanted) => {
        pairClips(clips, wanted).forEach((pair, at) => {
          const want = wanted[at];
          if (!want) return assert.notEqual(pair?.fit, "same");
          if (pair?.fit === "same") assert.equal(pair.clip.identity, want.identity);
          else if (pair?.fit === "locked") {
            assert.ok(pair.clip.locked && pair.clip.transcript === want.transcript);
          } else assert.ok(!clips.some((clip) => clip.identity === want.identity));
        });
      }),
    );
  });

  it("keeps a locked clip with its text, unless every segment with it has its own", () => {
    fc.assert(
      fc.property(clips, wanted, (clips, wanted) => {
        const found = pairClips(clips, wanted);
        for (const clip of clips.filter(({ locked }) => locked)) {
          const at = found.findIndex((pair) => pair?.clip === clip);
          if (wanted[at]?.transcript === clip.transcript) continue;
          for (const [at, want] of wanted.entries()) {
            if (want?.transcript !== clip.transcript) continue;
            assert.ok(
              found[at] && found[at].fit !== "former" && found[at].clip.segment !== undefined,
            );
          }
        }
      }),
    );
  });

  it("leaves no former clip without a segment that is free between its neighbours", () => {
    fc.assert(
      fc.property(clips, wanted, (clips, wanted) => {
        const found = pairClips(clips, wanted);
        if (found.some((pair) => pair) || wanted.length === 0) return;
        assert.ok(clips.every(({ segment }) => segment === undefined));
      }),
    );
  });

  /** What a writer does to a script of texts, each of which is there once. */
  const edit = fc.record({
    what: fc.constantFrom("insert", "delete", "move", "duplicate", "change", "clear"),
    at: fc.nat(9),
    to: fc.nat(9),
    arranged: fc.boolean(),
  });
  const edited = (
    texts: readonly string[],
    { what, at, to }: { what: string; at: number; to: number },
    name: string,
  ): string[] => {
    const from = at % Math.max(1, texts.length);
    const text = texts[from] ?? name;
    const result = [...texts];
    if (what === "insert") result.splice(from, 0, name);
    else if (what === "duplicate") result.splice(from, 0, text);
    else result.splice(from, 1);
    if (what === "move") result.splice(to % Math.max(1, texts.length), 0, text);
    if (what === "change") result.splice(from, 0, name);
    if (what === "clear") result.splice(from, 0, "-");
    return result;
  };

  it("brings every clip back when all edits are undone, and loses none on the way", () => {
    const begin = ["A", "lock:B", "C", "D", "lock:E", "F"];
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const first = clipsOf(begin.join(" "));
        let clips = first;
        let texts = begin.map((word) => word.replace("lock:", ""));
        const original = wantedOf(texts.join(" "));
        for (const [at, next] of edits.entries()) {
          texts = edited(texts, next, `N${"abcdefghijkl"[at]}`);
          if (!next.arranged) continue;
          const wanted = wantedOf(texts.join(" "));
          const before = clips;
          clips = arranged(clips, wanted);
          for (const [at, want] of wanted.entries()) {
            if (!want || !first.some(({ identity }) => identity === want.identity)) continue;
            const there = clips.find(({ segment }) => segment === at);
            assert.equal(there?.identity, want.identity, `${at} in ${texts.join(" ")}`);
          }
          for (const { identity } of before.filter(({ locked }) => locked)) {
            const own = clips.filter((clip) => clip.identity === identity);
            const isThere = texts.includes(identity);
            if (isThere) assert.equal(own.filter(({ locked }) => locked).length, 1, identity);
          }
        }
        const undone = arranged(clips, original).filter(({ segment }) => segment !== undefined);
        assert.deepEqual(
          undone
            .sort((a, b) => (a.segment ?? 0) - (b.segment ?? 0))
            .map(({ identity }) => identity),
          first.map(({ identity }) => identity),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("agrees with the clips' places once they are arranged so, whatever was edited", () => {
    fc.assert(
      fc.property(clips, wanted, (clips, wanted) => {
        const before = pairClips(clips, wanted);
        const there = arranged(clips, wanted);
        const after = pairClips(there, wanted);
        const plan = planArrangement(there, after);
        assert.deepEqual(plan, { aside: [], copies: [], moves: [] });
        const plain = (pairs: typeof before) =>
          pairs.map((pair) => pair && [pair.clip.identity, pair.clip.spokenAt, pair.fit]);
        assert.deepEqual(plain(after), plain(before));
      }),
      { numRuns: 3000 },
    );
  });
});
