import assert from "node:assert/strict";
import fc from "fast-check";
import { planArrangement } from "../../../../src/clips/pairing/arrangement.ts";
import { pairClips } from "../../../../src/clips/pairing/pairClips.ts";
import type { PairableClip, WantedClip } from "../../../../src/clips/pairing/pairClips.ts";
import { clipsOf, wantedOf } from "../pairingWords.ts";

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
    ...aside.map((clip) => ({ ...clip, segment: undefined })),
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
      ["a changed segment with its former clip", "A B C", "A B' C", "0 1~ 2"],
      ["a former clip that moved", "A B C", "X A B' C", "- 0 1~ 2"],
      ["former clips behind what was deleted", "A B C D", "B C' D", "1 2~ 3"],
      ["no clip with what has nothing to say", "A B lock:C", "A - -", "0 - -"],
      ["all former clips where everything changed", "A B C", "A' B' C'", "0~ 1~ 2~"],
      ["no former clip with a text unlike its own", "A lock:B C", "X Y Z", "- - -"],
      ["a former clip that moved past others", "A lock:B C D", "D B' A", "3 1~ 0"],
      ["former clips with what is most like them", "A' B", "B' A'' A'", "1~ - 0"],
      ["former clips past segments never spoken", "A - - B", "A X Y B'", "0 - - 3~"],
      ["one part of a split segment with the former clip", "A B C", "A X B' C", "0 - 1~ 2"],
      ["two joined segments with one former clip", "A B B' D", "A B'' D", "0 1~ 3"],
      ["a former clip over a place that is empty", "A - - B C", "A B' C", "0 3~ 4"],
      ["the clips of other sounds with their texts", "A B C", "C2 A2 B2", "2~ 0~ 1~"],
      ["a sound and not only its text", "A A2", "A2 A", "1 0"],
      ["a locked clip with its text, whatever the sound", "A lock:B", "A2 B2", "0~ 1!"],
      ["a locked clip that moved", "lock:A B", "B N A2", "1 - 0!"],
      ["a locked clip before a take of the very sound", "lock:A take:A2", "A2", "0!"],
      ["a locked clip of a changed text", "lock:A B", "A' B", "0~ 1"],
      ["a locked clip of just the sound", "lock:A", "A", "0"],
      ["a locked clip of the same text as its own", "A lock:A", "N A A", "- 0 1"],
      ["no locked clip with another's text that has its clip", "lock:A B A", "A' B A", "0~ 1 2"],
      ["a locked clip that no other text is like with its own", "lock:A B A", "N B A", "- 1 0"],
      ["a locked take with its text, whatever the sound", "B waits:A", "A2 B", "A! 0"],
      ["a locked take before one of the very sound", "B waits:A2 take:A", "A B", "A2! 0"],
      ["a locked take with a text like its own", "B waits:A", "A' B", "A~ 0"],
      ["a locked take before a copy of another's clip", "A B waits:A", "A B A", "0 1 A"],
      ["no locked take where the text has its clip", "A waits:A2", "A", "0"],
      ["no locked take with a text unlike its own", "B waits:A", "N B", "- 0"],
      [
        "a locked clip that would be left over before a copy of it",
        "A lock:B B C",
        "N A B C",
        "- 0 1 3",
      ],
      ["the other one of a text when the first is deleted", "A B A", "B A", "1 2"],
      ["those of a text in order when one is inserted before", "A A2", "N A3 A3", "- 0~ 1~"],
      ["the changed part of a folder", "A B A C", "A N B A C", "0 - 1 2 3"],
      ["what follows a take with its own former clip", "A F B take:T", "A T B'", "0 T 2~"],
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
    .tuple(fc.constantFrom(..."ABCDEF"), fc.constantFrom("", "", "2", "'"))
    .map(([text, sound]) => text + sound);
  const word = fc.oneof(
    { weight: 5, arbitrary: identity },
    { weight: 2, arbitrary: identity.map((name) => `lock:${name}`) },
    { weight: 2, arbitrary: identity.map((name) => `take:${name}`) },
    { weight: 1, arbitrary: identity.map((name) => `waits:${name}`) },
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
            const pair = found[at];
            assert.ok(pair && pair.fit !== "former");
            assert.ok(pair.clip.segment !== undefined || pair.clip.locked);
          }
        }
      }),
    );
  });

  /** The first word of a text, without its ending: what is alike begins alike. */
  const stemOf = (transcript: string): string => transcript.slice(0, 1);

  it("puts clips with their texts, or such as are like them, and no other", () => {
    fc.assert(
      fc.property(clips, wanted, (clips, wanted) => {
        const found = pairClips(clips, wanted);
        const used = new Set(found.map((pair) => pair?.clip));
        for (const [at, want] of wanted.entries()) {
          const pair = found[at];
          if (!want || pair) {
            assert.equal(pair && stemOf(pair.clip.transcript), want && stemOf(want.transcript));
            continue;
          }
          for (const clip of clips) {
            if (used.has(clip) || (clip.segment === undefined && !clip.locked)) continue;
            assert.notEqual(stemOf(clip.transcript), stemOf(want.transcript));
          }
        }
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

  it("brings every clip and lock back when all edits are undone, and loses none on the way", () => {
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
            const [locked, another] = own.filter(({ locked }) => locked);
            assert.ok(locked && !another, identity);
            if (texts.includes(identity)) assert.equal(texts[locked.segment ?? -1], identity);
          }
        }
        const undone = arranged(clips, original).filter(({ segment }) => segment !== undefined);
        const plain = ({ identity, locked }: PairableClip): unknown[] => [identity, locked];
        assert.deepEqual(
          undone.sort((a, b) => (a.segment ?? 0) - (b.segment ?? 0)).map(plain),
          first.map(plain),
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
