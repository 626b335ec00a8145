import type { PcmFormat } from "../audio/pcm.ts";
import { Attribution } from "../protocol/attribution.ts";
import type { Word } from "../protocol/serverMessage.ts";
import { WordTimes, type SegmentTime } from "../protocol/wordTimes.ts";
import { HeldAudio, type Chunk } from "./heldAudio.ts";

/** The audio of one segment, whole. */
export interface SpokenSegment {
  /** Headerless samples, to the byte as the service sent them. */
  readonly samples: Uint8Array<ArrayBuffer>;
  /** Seconds from the segment's start. */
  readonly words: readonly Word[];
  /** From whose start the service counted the words' times, as far as that shows; `undefined` without words. */
  readonly wordOrigin: "context" | "segment" | undefined;
  /** The flush ids as the service sent them, each once, `null` for a missing one. */
  readonly flushIds: readonly (number | null)[];
  /** When its first audio came, and its last, in milliseconds of the performance clock. */
  readonly heard: { readonly first: number; readonly last: number };
  /** When the last audio of the segment before it in its context came, likewise; `undefined` for the first one. */
  readonly previousHeard: number | undefined;
}

/** What is learned of a context's audio. `position` counts the segments of the context from 0. */
export type AudioEvent =
  /** Audio came, for as much as is known for this segment. */
  | {
      readonly type: "audio";
      readonly position: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** The words of this segment as far as its audio has come, in seconds from its start; they replace those told before. */
  | { readonly type: "words"; readonly position: number; readonly words: readonly Word[] }
  /**
   * What was reported for these positions, spoken or not, was not their audio, nor were it their words. What is theirs
   * follows, if known.
   */
  | { readonly type: "void"; readonly positions: readonly number[] }
  /** All audio of this segment is there. */
  | { readonly type: "spoken"; readonly position: number; readonly segment: SpokenSegment }
  /**
   * The context is over. These positions have no audio that can be trusted, whatever was reported for them: they have
   * none, or nothing proves whose it is.
   */
  | { readonly type: "ended"; readonly unproved: readonly number[] };

/** Sorts the audio of one context into its segments, and says when one is whole. */
export class ContextAudio {
  readonly #format: PcmFormat;
  readonly #attribution = new Attribution();
  readonly #words = new WordTimes();
  /** By position, the audio that has come for it and is not yet spoken. */
  #held = new Map<number, HeldAudio>();
  /** The chunks that came until ids decided: where they lie may still change. */
  #early: Chunk[] = [];
  /** Positions below this one are spoken, or have no audio. */
  #spoken = 0;
  #spokenSeconds = 0;
  #lastHeard: number | undefined;
  readonly #silent = new Set<number>();
  /** Positions whose audio went on after they were spoken. */
  readonly #late = new Set<number>();
  #disproved = false;
  #furthest = -1;

  constructor(format: PcmFormat) {
    this.#format = format;
  }

  /** The last position that has got audio, −1 before the first. */
  get furthest(): number {
    return this.#furthest;
  }

  /** Whether a chunk belonged to no segment: nothing of this context can be trusted. */
  get disproved(): boolean {
    return this.#disproved;
  }

  /** Takes a chunk that is not empty; `sent` is how many segments have been sent so far. */
  *chunk(chunk: Chunk, sent: number): Generator<AudioEvent> {
    const flushId = chunk.id ?? undefined;
    const wasById = this.#attribution.byId;
    const before = wasById || flushId === undefined ? [] : this.#attribution.earlyPositions();
    const position = this.#attribution.chunk(flushId);
    if (!wasById && this.#attribution.byId) yield* this.#settle(before);
    if (!this.#attribution.byId) this.#early.push(chunk);
    if (position < 0 || position >= sent) yield* this.#disprove(sent);
    if (this.#disproved) return;
    if (position < this.#spoken) {
      this.#late.add(position);
      yield { type: "void", positions: [position] };
      return;
    }
    this.#hold(position, chunk);
    yield { type: "audio", position, bytes: chunk.bytes };
    // Only ids tell before the end that a segment is whole; counted boundaries are proved by the context as a whole.
    if (this.#attribution.byId) yield* this.#speakBelow(position);
    for (const time of this.#timeLine()) {
      if (time.position === position) yield* this.#tellWords(time);
    }
  }

  /** Takes a `flush_done`. */
  flushDone(flushId: number | undefined): void {
    this.#attribution.flushDone(flushId);
  }

  /** Takes word times, in seconds from whichever start. */
  *words(words: readonly Word[], flushId: number | undefined): Generator<AudioEvent> {
    const restarts = this.#words.restarts;
    this.#words.add(words, flushId);
    const named = flushId === undefined ? undefined : this.#attribution.positionOf(flushId);
    const from = words.reduce((least, { start }) => Math.min(least, start), Infinity);
    const mayBelongTo = ({ position, start, seconds }: SegmentTime): boolean => {
      if (named !== undefined) return position === named;
      return this.#words.restarts > 1 ? position >= restarts - 1 : start + seconds > from;
    };
    for (const time of this.#timeLine()) {
      if (mayBelongTo(time)) yield* this.#tellWords(time, words.length);
    }
  }

  /**
   * Judges the whole at the context's end, and yields what was still open. `sent` segments were sent; `complete` tells
   * whether those were all, or the service ended the context before.
   */
  *end(sent: number, complete: boolean): Generator<AudioEvent> {
    const all = Array.from({ length: sent }, (_, position) => position);
    const { byId } = this.#attribution;
    // Audio for the last segment, and none beyond it, shows that positions are not shifted; counted ones must be all there.
    const anchored = this.#furthest === sent - 1 && (byId || this.#held.size === sent);
    // Where the service ended early, the last ones lack their audio for that reason, and the furthest may be cut off.
    const cutOff = !complete && byId;
    if (this.#disproved || !(anchored || cutOff)) {
      yield { type: "ended", unproved: all };
      return;
    }
    if (complete) yield* this.#speakBelow(sent);
    const missing = all.filter(
      (at) => this.#silent.has(at) || this.#late.has(at) || at >= this.#spoken,
    );
    yield { type: "ended", unproved: missing };
  }

  #hold(position: number, chunk: Chunk): void {
    const held = this.#held.get(position) ?? new HeldAudio();
    held.add(chunk);
    this.#held.set(position, held);
    this.#furthest = Math.max(this.#furthest, position);
  }

  *#disprove(sent: number): Generator<AudioEvent> {
    if (this.#disproved) return;
    this.#disproved = true;
    this.#held.clear();
    yield { type: "void", positions: Array.from({ length: sent }, (_, position) => position) };
  }

  /** Ids have turned out to decide: the chunks so far are put where they belong. */
  *#settle(before: readonly number[]): Generator<AudioEvent> {
    const now = this.#attribution.earlyPositions();
    const early = this.#early;
    this.#early = [];
    const moved = new Set<number>();
    before.forEach((position, index) => {
      const to = now[index];
      if (to !== undefined && to !== position) moved.add(position).add(to);
    });
    if (moved.size > 0) {
      this.#held = new Map();
      this.#furthest = -1;
      yield { type: "void", positions: [...moved] };
      for (const [index, chunk] of early.entries()) {
        const position = now[index] ?? 0;
        this.#hold(position, chunk);
        if (moved.has(position)) yield { type: "audio", position, bytes: chunk.bytes };
      }
    }
    for (const time of this.#timeLine()) yield* this.#tellWords(time);
  }

  *#speakBelow(end: number): Generator<AudioEvent> {
    for (; this.#spoken < end; this.#spoken++) {
      const position = this.#spoken;
      const held = this.#held.get(position);
      this.#held.delete(position);
      if (held) yield { type: "spoken", position, segment: this.#collect(position, held) };
      else this.#silent.add(position);
    }
  }

  #collect(position: number, held: HeldAudio): SpokenSegment {
    const seconds = held.seconds(this.#format);
    const time = { position, start: this.#spokenSeconds, seconds };
    const previousHeard = this.#lastHeard;
    this.#spokenSeconds += seconds;
    this.#lastHeard = held.heard.last;
    return {
      samples: held.join(),
      words: this.#words.of(time, this.#attribution.flushIdOf(position)),
      wordOrigin: this.#words.origin,
      flushIds: held.flushIds,
      heard: held.heard,
      previousHeard,
    };
  }

  /** Tells a segment's words where they are others now; `come` is how many have just come. */
  *#tellWords(time: SegmentTime, come = 0): Generator<AudioEvent> {
    const { position, seconds } = time;
    const told = this.#held.get(position)?.told;
    if (!told?.isDue(seconds, come)) return;
    const words = this.#words.of(time, this.#attribution.flushIdOf(position));
    if (told.replace(words)) yield { type: "words", position, words };
  }

  /** Where the segments that have audio and are not yet spoken lie in time, as far as they have come. */
  #timeLine(): SegmentTime[] {
    let end = this.#spokenSeconds;
    return [...this.#held]
      .sort(([a], [b]) => a - b)
      .map(([position, held]) => {
        const time = { position, start: end, seconds: held.seconds(this.#format) };
        end += time.seconds;
        return time;
      });
  }
}
