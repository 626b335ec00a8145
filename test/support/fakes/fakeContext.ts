/** How a service behaves: everything that was seen of the real one, and what may go wrong with it. */
export interface Habits {
  /** The flush id of the first segment. */
  readonly base: number;
  /** Which chunks carry their id; `null` sends `"flush_id": null`. */
  readonly chunkIds: "all" | "none" | "null" | "missing for the first segment";
  /** When `flush_done` is sent for a flush; `early` is in the middle of its audio. */
  readonly flushDone: "after" | "before" | "early" | "twice" | "never";
  readonly flushDoneIds: boolean;
  /** Bytes of a chunk; the segment's audio is cut anywhere. */
  readonly chunkBytes: number;
  /** Positions in their context of segments that get no audio. */
  readonly silent: readonly number[];
  /** Transcripts that get no audio in any context. */
  readonly mute: readonly string[];
  /**
   * From where word times count; `half` leaves out every second word, `malformed` sends lists of different lengths, text
   * for numbers and times that run back.
   */
  readonly words: "none" | "from the context" | "from the segment" | "half" | "malformed";
  readonly wordIds: boolean;
  readonly done: "sent" | "never";
  readonly doneStatus: 200 | 206;
  /** Whether audio of a context still comes after its cancel. */
  readonly lateAfterCancel: boolean;
  /** Frames of another context, of unknown types, and with empty data, between the others. */
  readonly noise: boolean;
}

export const politeHabits: Habits = {
  base: 0,
  chunkIds: "all",
  flushDone: "after",
  flushDoneIds: true,
  chunkBytes: 16_384,
  silent: [],
  mute: [],
  words: "none",
  wordIds: false,
  done: "sent",
  doneStatus: 200,
  lateAfterCancel: false,
  noise: false,
};

/** A frame, as it comes or goes. */
export type Frame = Readonly<Record<string, unknown>>;

/** Samples per second of what this service says. */
const sampleRate = 44_100;

/** The audio that this service says for a transcript: bytes that tell transcripts apart; whole samples of 4 bytes. */
export function audioOf(transcript: string): Uint8Array<ArrayBuffer> {
  const text = transcript.trim();
  const samples = new Float32Array(40 * Math.max(1, text.length));
  let seed = 7;
  for (let at = 0; at < text.length; at++) seed = (seed * 31 + text.charCodeAt(at)) % 65_521;
  for (let at = 0; at < samples.length; at++) {
    seed = (seed * 75 + 74) % 65_537;
    samples[at] = (seed / 65_537 - 0.5) * 0.9;
  }
  return new Uint8Array(samples.buffer);
}

/** One context of the service: answers each transcript with `audioOf` it, as soon as it is asked for. */
export class FakeContext {
  readonly #id: string;
  readonly #habits: Habits;
  readonly #send: (frame: Frame) => void;
  #text = "";
  #position = 0;
  #seconds = 0;
  #over = false;

  constructor(id: string, habits: Habits, send: (frame: Frame) => void) {
    this.#id = id;
    this.#habits = habits;
    this.#send = send;
  }

  take(frame: Frame): void {
    if (this.#over) return;
    if (frame["cancel"] === true) {
      this.#over = true;
      if (this.#habits.lateAfterCancel) this.#chunk(audioOf("late"));
      return;
    }
    this.#text += String(frame["transcript"]);
    if (frame["flush"] === true) this.#speak(true);
    else if (frame["continue"] === false) {
      this.#speak(false);
      this.#over = true;
      const { done, doneStatus } = this.#habits;
      if (done === "sent") this.#frame("done", { done: true, status_code: doneStatus });
    }
  }

  #speak(flushed: boolean): void {
    const { flushDone, silent, mute } = this.#habits;
    const heard = !silent.includes(this.#position) && !mute.includes(this.#text.trim());
    if (flushed && flushDone === "before") this.#flushDone();
    if (this.#text !== "" && heard) this.#speakAudio(flushed && flushDone === "early");
    if (flushed && (flushDone === "after" || flushDone === "twice")) this.#flushDone();
    if (flushed && flushDone === "twice") this.#flushDone();
    this.#text = "";
    this.#position++;
  }

  #speakAudio(doneInTheMiddle: boolean): void {
    const { chunkBytes, noise } = this.#habits;
    const audio = audioOf(this.#text);
    let isDone = !doneInTheMiddle;
    for (let at = 0; at < audio.length; at += chunkBytes) {
      if (noise) this.#makeNoise();
      this.#chunk(audio.subarray(at, at + chunkBytes));
      if (isDone || at + chunkBytes < audio.length / 2) continue;
      isDone = true;
      this.#flushDone();
    }
    this.#speakWords(audio.length / 4 / sampleRate);
  }

  #chunk(bytes: Uint8Array): void {
    this.#frame("chunk", {
      data: Buffer.from(bytes).toString("base64"),
      step_time: 1.5,
      ...this.#chunkId(),
    });
  }

  #chunkId(): Frame {
    const id = this.#habits.base + this.#position;
    switch (this.#habits.chunkIds) {
      case "all":
        return { flush_id: id };
      case "none":
        return {};
      case "null":
        return { flush_id: null };
      case "missing for the first segment":
        return this.#position === 0 ? {} : { flush_id: id };
    }
  }

  #flushDone(): void {
    this.#frame("flush_done", {
      flush_done: true,
      data: "",
      ...(this.#habits.flushDoneIds && { flush_id: this.#habits.base + this.#position }),
    });
  }

  /** The words of the segment, evenly over its audio. */
  #speakWords(seconds: number): void {
    const { words: origin, wordIds, base } = this.#habits;
    const words = this.#text.trim().split(/\s+/);
    const from = origin === "from the context" ? this.#seconds : 0;
    this.#seconds += seconds;
    if (origin === "none") return;
    const start = words.map((_word, at) => from + (seconds * at) / words.length);
    const end = words.map((_word, at) => from + (seconds * (at + 1)) / words.length);
    const isKept = (_item: unknown, at: number): boolean => origin !== "half" || at % 2 === 0;
    this.#frame("timestamps", {
      ...(wordIds && { flush_id: base + this.#position }),
      word_timestamps:
        origin === "malformed"
          ? { words: [...words, 7, null], start: ["0", ...end], end: start }
          : { words: words.filter(isKept), start: start.filter(isKept), end: end.filter(isKept) },
    });
  }

  #makeNoise(): void {
    this.#send({ type: "chunk", context_id: "another", data: "AAAA", flush_id: 0, done: false });
    this.#frame("chunk", { data: "", ...this.#chunkId() });
    this.#frame("weather", { flush_id: 9, sunny: true });
    this.#send({ type: "done", context_id: "another", done: true });
  }

  #frame(type: string, more: Frame): void {
    this.#send({ type, context_id: this.#id, done: false, status_code: 206, ...more });
  }
}
