import type { ServerMessage, Word } from "../../../src/protocol/serverMessage.ts";

/** How a context of a service may number, cut and time what it says: the usual way first. */
export const hostilities = {
  /** The first flush id. */
  base: [0, 1, 2, 7],
  /** How ids count flushes; one that flushes itself ends segments in their middle, too. */
  numbering: ["each", "skips", "repeats", "half", "flushes itself"],
  /** Which chunks carry an id. */
  chunkIds: ["all", "none", "null", "not the first segment's", "first of each", "some"],
  /** When a flush is said to be done; `early` is in the middle of its audio. */
  flushDone: ["after", "before", "early", "twice", "never", "not of silent ones"],
  doneIds: ["right", "none", "one more", "always the same", "each"],
  /** From where words' times count, and what else becomes of them; `late` ones come with the next segment's. */
  words: [
    "none",
    "context",
    "segment",
    "context, by id",
    "segment, by id",
    "read out",
    "other writing",
    "late",
  ],
  silent: ["none", "first", "middle", "last", "first two"],
  /** How the audio is cut: `across` puts some bytes of a segment's start into the chunk before. */
  cut: ["many", "whole", "odd", "across"],
} as const;

/** One of each. */
export type Hostility = {
  readonly [Kind in keyof typeof hostilities]: (typeof hostilities)[Kind][number];
};

/** Bytes per second: one second has a thousand samples of two bytes. */
export const byteRate = 2000;
const chunkBytes = 96;

/** What this service says for a transcript: nobody else's bytes; 60 ms for each letter. */
export function soundOf(transcript: string): Uint8Array<ArrayBuffer> {
  const text = transcript.trim();
  const bytes = new Uint8Array(120 * text.length);
  let seed = 7;
  for (let at = 0; at < text.length; at++) seed = (seed * 31 + text.charCodeAt(at)) % 65_521;
  for (let at = 0; at < bytes.length; at++) bytes[at] = seed = (seed * 75 + 74) % 65_537;
  return bytes;
}

/** A context that says all segments of a script, `count` in number, in the given manner. */
export class HostileContext {
  readonly #how: Hostility;
  readonly #count: number;
  readonly #random: () => number;
  readonly #send: (message: ServerMessage) => void;
  #flush = 0;
  #position = 0;
  #seconds = 0;
  #chunksOfSegment = 0;
  /** Bytes that the chunk before has taken of the segment's start. */
  #owed = 0;
  #lateWords: (() => void) | undefined;

  constructor(
    how: Hostility,
    {
      count,
      random,
      send,
    }: { count: number; random: () => number; send: (m: ServerMessage) => void },
  ) {
    this.#how = how;
    this.#count = count;
    this.#random = random;
    this.#send = send;
  }

  isSilent(position: number): boolean {
    switch (this.#how.silent) {
      case "none":
        return false;
      case "first":
        return position === 0;
      case "first two":
        return position < 2;
      case "middle":
        return position === Math.floor(this.#count / 2);
      case "last":
        return position === this.#count - 1;
    }
  }

  /** Says the next segment, `next` being the transcript after it. */
  say(transcript: string, next: string | undefined): void {
    const isLast = this.#position === this.#count - 1;
    const isSilent = this.isSilent(this.#position);
    const { flushDone } = this.#how;
    if (flushDone === "before" && !isLast) this.#flushDone();
    if (!isSilent) this.#speak(transcript, next, isLast);
    const isAfter =
      flushDone === "after" ||
      flushDone === "twice" ||
      (flushDone === "not of silent ones" && !isSilent);
    if (isAfter && !isLast) this.#flushDone();
    if (flushDone === "twice" && !isLast) this.#flushDone();
    if (flushDone === "early" && isSilent && !isLast) this.#flushDone();
    this.#position++;
    this.#flush++;
    if (isLast) this.#lateWords?.();
  }

  done(): void {
    this.#send({ type: "done", contextId: "ctx" });
  }

  #speak(transcript: string, next: string | undefined, isLast: boolean): void {
    const { cut, flushDone, numbering } = this.#how;
    const own = soundOf(transcript).subarray(this.#owed);
    const hasNext = next !== undefined && !this.isSilent(this.#position + 1);
    this.#owed = cut === "across" && hasNext ? 3 : 0;
    const bytes = new Uint8Array([...own, ...soundOf(next ?? "").subarray(0, this.#owed)]);
    const size = cut === "whole" ? bytes.length : cut === "odd" ? 95 : chunkBytes;
    const half = bytes.length / 2;
    let isHalf = false;
    this.#chunksOfSegment = 0;
    const end = this.#seconds + soundOf(transcript).length / byteRate;
    for (let at = 0; at < bytes.length; at += size) {
      this.#chunk(bytes.subarray(at, at + size));
      if (isHalf || at + size < half || at + size >= bytes.length) continue;
      isHalf = true;
      if (flushDone === "early" && !isLast) this.#flushDone();
      if (numbering !== "flushes itself") continue;
      this.#speakWords(transcript, { from: 0, to: (at + size) / bytes.length });
      if (flushDone !== "never" && flushDone !== "early") this.#flushDone();
      this.#flush++;
    }
    const said = isHalf && numbering === "flushes itself" ? half / bytes.length : 0;
    this.#speakWords(transcript, { from: said, to: 1 });
    this.#seconds = end;
    // A segment that is one chunk has its middle at its end.
    if (flushDone === "early" && !isHalf && !isLast) this.#flushDone();
  }

  #chunk(bytes: Uint8Array): void {
    const isFirst = this.#chunksOfSegment++ === 0;
    this.#send({
      type: "chunk",
      contextId: "ctx",
      flushId: this.#hasId(isFirst) ? this.#id : undefined,
      data: Buffer.from(bytes).toString("base64"),
    });
  }

  #hasId(isFirst: boolean): boolean {
    switch (this.#how.chunkIds) {
      case "all":
        return true;
      case "none":
      case "null":
        return false;
      case "not the first segment's":
        return this.#position > 0;
      case "first of each":
        return isFirst;
      case "some":
        return this.#random() < 0.6;
    }
  }

  get #id(): number {
    const { base, numbering } = this.#how;
    const flush = this.#flush;
    const middle = Math.floor(this.#count / 2);
    switch (numbering) {
      case "each":
      case "flushes itself":
        return base + flush;
      case "skips":
        return base + flush + (flush >= middle ? 1 : 0);
      case "repeats":
        return base + flush - (flush > middle ? 1 : 0);
      case "half":
        return base + (flush >> 1);
    }
  }

  /** `right` is the chunks' own; `each` counts every flush, however chunks are numbered. */
  #flushDone(): void {
    const { doneIds, base } = this.#how;
    const id = {
      right: this.#id,
      each: base + this.#flush,
      none: undefined,
      "one more": this.#id + 1,
      "always the same": base,
    };
    this.#send({ type: "flushDone", contextId: "ctx", flushId: id[doneIds] });
  }

  /** The words of a part of a segment, evenly over its audio. */
  #speakWords(transcript: string, { from, to }: { from: number; to: number }): void {
    const { words: kind } = this.#how;
    if (kind === "none") return;
    const seconds = soundOf(transcript).length / byteRate;
    const start = kind.startsWith("segment") ? 0 : this.#seconds;
    const texts = transcript.trim().split(/\s+/);
    const all = texts.map((text, at): Word => ({
      text: this.#written(text),
      start: start + (seconds * at) / texts.length,
      end: start + (seconds * (at + 1)) / texts.length,
    }));
    const words = all.filter((_, at) => at / texts.length >= from && at / texts.length < to);
    const flushId = kind.endsWith("by id") ? this.#id : undefined;
    const tell = (): void => {
      this.#send({ type: "timestamps", contextId: "ctx", flushId, words });
    };
    const before = this.#lateWords;
    this.#lateWords = kind === "late" ? tell : undefined;
    if (kind !== "late") tell();
    before?.();
  }

  #written(text: string): string {
    const { words } = this.#how;
    if (words === "other writing")
      return [...text].map((letter) => `\u0430${letter.length}`).join("");
    if (words === "read out") return text.replace(/\d+/g, "quite a number");
    return text;
  }
}
