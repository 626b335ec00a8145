import type { PcmFormat } from "../../audio/pcm.ts";
import { Attribution } from "../../protocol/attribution.ts";
import type { Stretch } from "../../protocol/audioStretch.ts";
import type { Word } from "../../protocol/serverMessage.ts";
import type { TranscriptIndex } from "../../protocol/transcriptIndex.ts";
import { WordTimes, type SaidWords } from "../../protocol/wordTimes.ts";
import { WordWitness, type Verdict } from "../../protocol/wordWitness.ts";
import type { AudioEvent, ContextEnd, SpokenSegment } from "./audioEvent.ts";
import { HeldAudio, type Chunk } from "./heldAudio.ts";
import { prove, type Ground, type Witness } from "./proof.ts";
import { WordProgress } from "./wordProgress.ts";

/** Sorts the audio of one context into its segments, and says when one is whole. */
export class ContextAudio {
  readonly #format: PcmFormat;
  /** Whether there is one segment only: all audio is its own then, however it is numbered. */
  readonly #isAlone: boolean;
  readonly #attribution = new Attribution();
  readonly #words = new WordTimes();
  readonly #witness: WordWitness;
  /** By stretch. */
  readonly #held: HeldAudio[] = [];
  /** All audio so far. */
  #bytes = 0;
  #disproved = false;
  #furthest = -1;
  #lastId: number | undefined;

  /** `transcripts`: those of all segments that are to be sent, in order; `elsewhere` has those of other contexts. */
  constructor(format: PcmFormat, transcripts: readonly string[], elsewhere?: TranscriptIndex) {
    this.#format = format;
    this.#isAlone = transcripts.length === 1;
    this.#witness = new WordWitness(transcripts, elsewhere);
  }

  /** The last position that has got audio, −1 before the first. */
  get furthest(): number {
    return this.#furthest;
  }

  /**
   * Whether frames still prove whose audio it is, by more than how the context ends. They do:
   *
   * - words that confirm a segment;
   * - ids of chunks that are anchored, together with `flush_done`: without it, an end with less audio than segments may mean that the last
   *   has none, or that two share an id;
   * - where chunks have no ids, consecutive ids of `flush_done`, each behind its audio.
   *
   * Otherwise (ids from 1 on without their `flush_done`, which may hide a first segment without audio; no ids at all) nothing is
   * proved unless the context comes to its end with as much audio as segments: what befalls it before costs all of it.
   */
  get provesItself(): boolean {
    const { isWitnessed } = this.#attribution;
    // The last one is open, and the one before it may wait for its words.
    return this.#held
      .slice(-3)
      .some(({ state, verdict }) => state === "spoken" && (isWitnessed || verdict !== undefined));
  }

  /** Whether a chunk belonged to no segment: nothing of this context can be trusted. */
  get disproved(): boolean {
    return this.#disproved;
  }

  /** Takes a chunk that is not empty; `sent` is how many segments have been sent so far. */
  *chunk(chunk: Chunk, sent: number): Generator<AudioEvent> {
    if (this.#disproved) return;
    const wasById = this.#attribution.byId;
    const stretch = this.#attribution.chunk(this.#isAlone ? undefined : (chunk.id ?? undefined));
    if (!wasById && this.#attribution.byId) {
      yield* this.#moveHeld();
      for (const held of this.#open()) yield* this.#tellWords(held);
    }
    if (!this.#isPossible(chunk, stretch, sent)) {
      yield* this.#disprove(sent);
      return;
    }
    const known = this.#held[stretch.index];
    const held = known ?? new HeldAudio(stretch, this.#bytes);
    if (!known) this.#held.push(held);
    this.#bytes += chunk.bytes.length;
    this.#furthest = Math.max(this.#furthest, stretch.position);
    if (held.state === "open") {
      held.add(chunk);
      yield { type: "audio", position: held.position, bytes: chunk.bytes };
    } else if (held.state === "spoken") yield* this.#takeBack([held]); // it went on
    if (!known) yield* this.#speak(sent);
    yield* this.#tellWords(held);
  }

  /** Takes a `flush_done`; `sent` as above. */
  *flushDone(flushId: number | undefined, sent: number): Generator<AudioEvent> {
    if (this.#isAlone || this.#disproved) return;
    this.#attribution.flushDone(flushId);
    yield* this.#speak(sent);
  }

  /** Takes word times, in seconds from whichever start; `sent` as above. */
  *words(words: readonly Word[], flushId: number | undefined, sent: number): Generator<AudioEvent> {
    const restarts = this.#words.restarts;
    this.#attribution.words(flushId);
    this.#words.add(words, flushId, this.#held.length - 1);
    const named = flushId !== undefined && this.#attribution.byId;
    const from = words.reduce((least, { start }) => Math.min(least, start), Infinity);
    const mayBelongTo = (held: HeldAudio): boolean => {
      if (named) return (held.stretch.id ?? 0) >= flushId;
      const { index, start, seconds } = held.time(this.#format);
      return this.#words.restarts > 1 ? index >= restarts - 1 : start + seconds > from;
    };
    let first = this.#held.length;
    for (
      let held = this.#held[first - 1];
      held && mayBelongTo(held);
      held = this.#held[first - 1]
    ) {
      first--;
    }
    let isLate = false;
    for (const held of this.#held.slice(first)) {
      if (named && held.stretch.id !== flushId) continue;
      held.wordsCome += words.length;
      isLate ||= held.judgedWords !== undefined;
      yield* this.#tellWords(held, words.length);
    }
    if (isLate) yield* this.#speak(sent);
  }

  /** Judges the whole at the context's end, and yields what was still open. `sent` segments were sent. */
  *end(sent: number, how: ContextEnd): Generator<AudioEvent> {
    if (!this.#disproved) yield* this.#speak(sent, how);
    yield { type: "ended", unproved: this.#unproved(sent) };
  }

  /** Whether all that was sent is spoken, now that the service has fallen silent: then nothing is left to wait for. */
  *fallSilent(sent: number, isAllSent: boolean): Generator<AudioEvent, boolean> {
    if (this.#disproved) return false;
    yield* this.#speak(sent, isAllSent ? "silent" : "early");
    return isAllSent && this.#unproved(sent).length === 0;
  }

  #unproved(sent: number): number[] {
    const spoken = this.#held.filter(({ state }) => state === "spoken");
    const proved = new Set(this.#disproved ? [] : spoken.map(({ position }) => position));
    return Array.from({ length: sent }, (_, position) => position).filter((at) => !proved.has(at));
  }

  /** Whether a chunk can belong to a segment that was sent. */
  #isPossible({ id }: Chunk, { position }: Stretch, sent: number): boolean {
    // A flush that is done before all audio may be the first segment's, or one's without any.
    const { byId, doneBeforeAudio } = this.#attribution;
    const most = byId ? sent : sent + doneBeforeAudio;
    if (!this.#isAlone) return position >= 0 && position < most;
    // The service may flush by itself: then ids go on by one.
    const last = this.#lastId ?? id;
    this.#lastId = id ?? this.#lastId;
    return id === null || last === null || id === last || id === last + 1;
  }

  *#disprove(sent: number): Generator<AudioEvent> {
    this.#disproved = true;
    this.#held.length = 0;
    yield { type: "void", positions: Array.from({ length: sent }, (_, position) => position) };
  }

  *#takeBack(held: readonly HeldAudio[]): Generator<AudioEvent> {
    if (held.length === 0) return;
    for (const one of held) one.settle("void");
    yield { type: "void", positions: held.map(({ position }) => position) };
  }

  /** Stretches that are open lie at other positions now: what was told of them is told again for those. */
  *#moveHeld(): Generator<AudioEvent> {
    const moved = this.#open().filter(({ position, stretch }) => position !== stretch.position);
    if (moved.length === 0) return;
    const positions = new Set(moved.flatMap((held) => [held.position, held.stretch.position]));
    yield { type: "void", positions: [...positions] };
    this.#furthest = this.#held.reduce((most, { stretch }) => Math.max(most, stretch.position), -1);
    for (const held of moved) {
      held.position = held.stretch.position;
      held.told = new WordProgress();
      for (const { bytes } of held.chunks) yield { type: "audio", position: held.position, bytes };
      yield* this.#tellWords(held);
    }
  }

  /** Speaks what is whole and proved, and takes back what turns out not to be. */
  *#speak(sent: number, end?: ContextEnd): Generator<AudioEvent> {
    for (const held of this.#held) {
      if (this.#isClosed(held, sent, end)) yield* this.#judge(held, sent, end !== undefined);
    }
    const claims = this.#held.map(({ stretch, verdict }) => ({ linked: stretch.linked, verdict }));
    const proofs = prove(claims, this.#ground(sent, end));
    for (const [index, held] of this.#held.entries()) {
      if (held.judgedWords === undefined || held.state === "void") continue;
      const provedBy = proofs[index] ?? [];
      const isRefuted = held.verdict?.type === "refuted";
      const isCutOff = end === "complete" && held.state === "open" && this.#lacksItsWords(held);
      const isDoubtful = held.stretch.doubtful || this.#attribution.mayHaveOthers(held.stretch);
      const isSound = !isDoubtful && held.isWhole(this.#format) && !isRefuted && !isCutOff;
      const isLost = held.state === "spoken" && provedBy.length === 0;
      if (!isSound || isLost) yield* this.#takeBack([held]);
      else if (held.state === "open" && provedBy.length > 0) {
        yield { type: "spoken", position: held.position, segment: this.#collect(held, provedBy) };
      }
    }
  }

  #ground(sent: number, end: ContextEnd | undefined): Ground {
    const { byId, anchored, consistent, eachIsDone, flushesDone } = this.#attribution;
    const isComplete = end === "complete";
    const fits =
      isComplete &&
      consistent &&
      this.#furthest === sent - 1 &&
      (byId || this.#held.length === sent);
    // Where the last segments of a whole context have no audio, ids need another witness than themselves. The last
    // segment is not flushed: where its audio came, under whichever id, no `flush_done` comes behind. Ids that count half don't tell.
    const areMost = 2 * this.#held.length > sent + 1;
    const witnessed = flushesDone >= sent - 1 || (eachIsDone && areMost);
    const contradicted = byId && isComplete && !fits && !witnessed;
    const anchor = byId ? "flush ids" : "flush_done ids";
    return { anchor: anchored ? anchor : undefined, fits, contradicted };
  }

  /** Whether all of its audio has come. */
  #isClosed(held: HeldAudio, sent: number, end?: ContextEnd): boolean {
    const { stretch, state } = held;
    const isLast = stretch.index === this.#held.length - 1;
    if (state !== "open" || (stretch.closed && end)) return true;
    const isNextClosed = this.#held[stretch.index + 1]?.stretch.closed ?? false;
    if (stretch.closed) return isNextClosed || this.#needsNoWords(held, isLast);
    if (end === "complete") {
      return isLast && (stretch.position === sent - 1 || this.#attribution.lastIsDone);
    }
    // Without ids, what stands behind its words may be the next one's already, whose words have not come.
    const isAlone = this.#attribution.byId || stretch.position === sent - 1;
    return end === "silent" && isLast && isAlone && this.#verdictOn(held)?.type === "confirmed";
  }

  /** Whether it is the last one, and has no words though all others had some: the context may have ended within it. */
  #lacksItsWords({ stretch }: HeldAudio): boolean {
    const { index } = stretch;
    if (index === 0 || index < this.#held.length - 1 || this.#words.restarts === 0) return false;
    const lacks = this.#held.map((held) => this.#saidIn(held).words.length === 0);
    return lacks.indexOf(true) === index;
  }

  /** Whether a stretch that is over need not wait for its words until the next one is over: they come a little later, or never. */
  #needsNoWords(held: HeldAudio, isLast: boolean): boolean {
    if (this.#words.restarts === 0) return this.#attribution.byId && !isLast; // there may be none in this context
    return this.#saidIn(held).words.length > 0;
  }

  /** Asks the words of a stretch, where they were not asked yet or more have come. */
  *#judge(held: HeldAudio, sent: number, isEnd: boolean): Generator<AudioEvent> {
    const { stretch, judgedWords, wordsCome } = held;
    const fewer = (judgedWords ?? 0) + (isEnd ? 1 : Math.max(1, (judgedWords ?? 0) / 4));
    const isKnown = judgedWords !== undefined && wordsCome < fewer;
    if (isKnown || held.state === "void") return;
    held.judgedWords = wordsCome;
    held.verdict = this.#verdictOn(held);
    if (held.state !== "open" || held.verdict?.type !== "refuted" || !held.verdict.isOthers) return;
    const { fits } = held.verdict;
    if (fits === undefined) return;
    yield* this.#shiftTo(held, fits, sent);
    if (stretch.position === fits) held.verdict = { type: "confirmed" };
  }

  /**
   * The words of a stretch are another segment's: it lies there, and with it what is linked to it. What was proved before by
   * ids alone that lead to where it does not lie is taken back.
   */
  *#shiftTo({ stretch }: HeldAudio, position: number, sent: number): Generator<AudioEvent> {
    let from = stretch.index;
    while (this.#held[from]?.stretch.linked && this.#held[from - 1]?.state === "open") from--;
    const by = position - stretch.position;
    const before = this.#held[from - 1];
    const to = (this.#held[from]?.stretch.position ?? 0) + by;
    const isRoom = to > (before?.stretch.position ?? -1);
    if (!isRoom || (this.#held.at(-1)?.stretch.position ?? 0) + by >= sent) return;
    const doubted: HeldAudio[] = [];
    for (let at = from; this.#held[at]?.stretch.linked; at--) {
      const earlier = this.#held[at - 1];
      if (earlier?.state !== "spoken" || earlier.verdict) break;
      doubted.push(earlier);
    }
    yield* this.#takeBack(doubted);
    this.#attribution.shift(from, by);
    for (const held of this.#held.slice(from, stretch.index)) held.verdict = this.#verdictOn(held);
    yield* this.#moveHeld();
  }

  #collect(held: HeldAudio, provedBy: readonly Witness[]): SpokenSegment {
    const { stretch, heard, flushIds } = held;
    const samples = held.join();
    const words = this.#words.of(held.time(this.#format), this.#idOf(stretch));
    const wordOrigin = this.#words.origin;
    const previousHeard = this.#held[stretch.index - 1]?.heard.last;
    held.settle("spoken");
    return { samples, words, wordOrigin, flushIds, heard, previousHeard, provedBy };
  }

  /** Tells a segment's words where they are others now; `come` is how many have just come. */
  *#tellWords(held: HeldAudio, come = 0): Generator<AudioEvent> {
    const { told, stretch, position, state } = held;
    const time = held.time(this.#format);
    if (state !== "open" || !told.isDue(time.seconds, come)) return;
    const words = this.#words.of(time, this.#idOf(stretch));
    if (told.replace(words)) yield { type: "words", position, words };
  }

  #verdictOn(held: HeldAudio): Verdict {
    const { words, ...how } = this.#saidIn(held);
    const { seconds } = held.time(this.#format);
    return this.#witness.judge(held.stretch.position, words, seconds, how);
  }

  #saidIn(held: HeldAudio): SaidWords {
    return this.#words.said(held.time(this.#format), this.#idOf(held.stretch));
  }

  /** The flush id of a stretch, where ids decide. */
  #idOf({ id }: Stretch): number | undefined {
    return this.#attribution.byId ? id : undefined;
  }

  #open(): HeldAudio[] {
    return this.#held.filter(({ state }) => state === "open");
  }
}
