import { secondsOf } from "../../audio/pcm.ts";
import type { ContextSettings, GenerationRequest } from "./readClientMessage.ts";
import { phonemeOf } from "../synthesis/phonemes.ts";
import { localLimits } from "../synthesis/voiceLimits.ts";
import { badRequest, internalError, refusals, type Refusal } from "./serverRefusal.ts";
import type { Alignment, AlignmentJob, Speech, SpeechJob } from "../synthesis/speechJob.ts";
import type { Utterance } from "../text/speechText.ts";
import { TextBuffer } from "./textBuffer.ts";
import { chooseVoice, gainOf, toneOf } from "../synthesis/chooseVoice.ts";
import type { Interval } from "../synthesis/alignWords.ts";
import type { WrittenWord } from "../text/spokenWords.ts";

/** What a context needs of the connection that it lives on. */
export interface ContextHost {
  /** Says one utterance; rejects with the signal's reason when it aborts. */
  speak(job: SpeechJob, signal: AbortSignal): Promise<Speech>;
  /** Finds when the words of what was said were said; rejects as `speak`. */
  align(job: AlignmentJob, signal: AbortSignal): Promise<Alignment>;
  /** Sends a frame; resolves when the reader has kept up, so that no more is made than can be sent. */
  send(frame: object): Promise<void>;
  /** Hears that the context is over: by itself, or by a failure that the client is to be told. */
  ended(failure?: Refusal): void;
}

/** What a context still has to do, in order. */
type Step =
  | { readonly kind: "say"; readonly utterance: Utterance; readonly flushId: number }
  | { readonly kind: "flushed"; readonly flushId: number }
  | { readonly kind: "done" };

/** Bytes of audio in a chunk at most. Source: Cartesia TTS WebSocket reference, chunk: as logged live. */
const chunkLength = 16_384;

/** Milliseconds after its last audio until a context without work ends. Source: as above, limits. */
const idleLifetime = 1000;

/**
 * One context: takes text, says it segment by segment in the order it came, and tells each flush and the end.
 * Source for what is sent when: Cartesia TTS WebSocket reference, rules inside a context, flush_done, done, timestamps.
 */
export class SpeechContext {
  readonly #id: string;
  readonly #settings: ContextSettings;
  readonly #host: ContextHost;
  readonly #buffer = new TextBuffer();
  readonly #steps: Step[] = [];
  readonly #abort = new AbortController();
  readonly #words = new WordTimeline();
  /** UTF-16 units of the utterances that wait to be said. */
  #waitingToBeSaid = 0;
  /** Bytes of audio sent so far. */
  #sentLength = 0;
  #isRunning = false;
  #inputEnded = false;
  /** The current segment's: the number of flushes before it. */
  #flushId = 0;
  /** Ends the wait of buffered text for more of it. */
  #delayTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(id: string, settings: ContextSettings, host: ContextHost) {
    this.#id = id;
    this.#settings = settings;
    this.#host = host;
  }

  /** Takes an input. @returns why not, where it breaks a rule; the context is then to be stopped */
  accept(request: GenerationRequest): Refusal | undefined {
    if (this.#inputEnded) return refusals.closedContext;
    if (JSON.stringify(request.settings) !== JSON.stringify(this.#settings)) {
      return badRequest(
        "within a context all fields except transcript, continue, flush, generation_config and duration must stay the same",
      );
    }
    if (this.#waiting + request.transcript.length > localLimits.waiting)
      return refusals.tooMuchText;
    clearTimeout(this.#idleTimer);
    this.#say(this.#buffer.push(request.transcript, request.style));
    if (request.flush || this.#settings.maxBufferDelay === 0) this.#endSegment();
    else if (request.continues) this.#say(this.#buffer.takeComplete());
    else this.#say(this.#buffer.takeAll());
    this.#inputEnded = !request.continues;
    if (this.#inputEnded) this.#steps.push({ kind: "done" });
    this.#startDelay();
    void this.#run();
    return undefined;
  }

  /** Ends the context at once and in silence: nothing more is said or sent. */
  stop(): void {
    clearTimeout(this.#delayTimer);
    clearTimeout(this.#idleTimer);
    this.#steps.length = 0;
    this.#abort.abort();
  }

  #say(utterances: readonly Utterance[]): void {
    if (utterances.length > 0) this.#stopDelay();
    for (const utterance of utterances) {
      this.#waitingToBeSaid += utterance.text.length;
      this.#steps.push({ kind: "say", utterance, flushId: this.#flushId });
    }
  }

  /** UTF-16 units of all text that has come and is not being said. */
  get #waiting(): number {
    return this.#waitingToBeSaid + this.#buffer.length;
  }

  #endSegment(): void {
    this.#say(this.#buffer.endSegment());
    this.#steps.push({ kind: "flushed", flushId: this.#flushId });
    this.#flushId++;
  }

  /** Counts from the first text that waits, so that text coming word by word is not held back for ever. */
  #startDelay(): void {
    if (this.#buffer.isEmpty) return this.#stopDelay();
    this.#delayTimer ??= setTimeout(() => {
      this.#stopDelay();
      this.#say(this.#buffer.takeAll());
      void this.#run();
    }, this.#settings.maxBufferDelay);
  }

  #stopDelay(): void {
    clearTimeout(this.#delayTimer);
    this.#delayTimer = undefined;
  }

  /** Does the steps one after the other, until there are none. Never rejects. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      for (let step = this.#steps.shift(); step; step = this.#steps.shift()) await this.#do(step);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      this.stop();
      this.#host.ended(internalError(error instanceof Error ? error.message : String(error)));
    }
    this.#isRunning = false;
    if (!this.#abort.signal.aborted && this.#buffer.isEmpty) this.#startIdle();
  }

  #startIdle(): void {
    this.#idleTimer = setTimeout(() => {
      this.#inputEnded = true;
      this.#steps.push({ kind: "done" });
      void this.#run();
    }, idleLifetime);
  }

  async #do(step: Step): Promise<void> {
    switch (step.kind) {
      case "say":
        this.#waitingToBeSaid -= step.utterance.text.length;
        return this.#sendAudio(step.utterance, step.flushId);
      case "flushed":
        return this.#send("flush_done", { flush_done: true, flush_id: step.flushId });
      case "done": {
        const sent = this.#send("done", { done: true, status_code: 200 });
        this.stop();
        this.#host.ended();
        return sent;
      }
    }
  }

  async #sendAudio(utterance: Utterance, flushId: number): Promise<void> {
    let before = performance.now();
    const { signal } = this.#abort;
    const speech = await this.#host.speak(this.#jobFor(utterance), signal);
    const alignment = this.#align(utterance, speech); // goes on while the audio is sent
    const { bytes } = speech;
    for (let start = 0; start < bytes.length; start += chunkLength) {
      const chunk = bytes.subarray(start, start + chunkLength);
      const data = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("base64");
      const now = performance.now();
      await this.#send("chunk", { data, step_time: now - before, flush_id: flushId });
      signal.throwIfAborted();
      before = now;
    }
    await this.#sendWords(utterance, await alignment, bytes.length, flushId);
    await this.#sendPhonemes(speech, flushId);
    this.#sentLength += bytes.length;
  }

  /** Empty where no times are asked for, and where they can't be found: they are a help, not the audio. Never rejects. */
  async #align({ text }: Utterance, { phones }: Speech): Promise<Alignment> {
    if (!this.#settings.addTimestamps || phones.length === 0) return [];
    try {
      return await this.#host.align({ words: text.split(" "), phones }, this.#abort.signal);
    } catch {
      return [];
    }
  }

  /** Sends the times of an utterance's words, counted from the context's start. */
  async #sendWords(
    { words }: Utterance,
    intervals: Alignment,
    length: number,
    flushId: number,
  ): Promise<void> {
    const [next] = this.#steps;
    const timed = this.#words.add({
      words,
      intervals,
      start: secondsOf(this.#sentLength, this.#settings),
      seconds: secondsOf(length, this.#settings),
      isCut: next?.kind === "say" && next.utterance.words[0] === words.at(-1),
    });
    if (timed.length === 0) return;
    await this.#send("timestamps", {
      word_timestamps: {
        words: timed.map(({ written }) => written.text),
        start: timed.map(({ start }) => start),
        end: timed.map(({ end }) => end),
      },
      flush_id: flushId,
    });
  }

  /** Sends the times of what was said sound by sound, where they are asked for, counted from the context's start. */
  async #sendPhonemes({ phones }: Speech, flushId: number): Promise<void> {
    if (!this.#settings.addPhonemeTimestamps || phones.length === 0) return;
    const from = secondsOf(this.#sentLength, this.#settings);
    await this.#send("phoneme_timestamps", {
      phoneme_timestamps: {
        phonemes: phones.map(({ name }) => phonemeOf(name)),
        start: phones.map(({ start }) => from + start),
        end: phones.map(({ end }) => from + end),
      },
      flush_id: flushId,
    });
  }

  #jobFor({ text, speed, volume, pauseSeconds }: Utterance): SpeechJob {
    const { voiceId, encoding, sampleRate } = this.#settings;
    const voice = chooseVoice(voiceId);
    const manner = { voice, tone: toneOf(voiceId), speed, gain: gainOf(voice, volume) };
    return { text, ...manner, pauseSeconds, encoding, sampleRate };
  }

  #send(type: string, fields: object): Promise<void> {
    const { aborted } = this.#abort.signal;
    const frame = { type, context_id: this.#id, done: false, status_code: 206, ...fields };
    return aborted ? Promise.resolve() : this.#host.send(frame);
  }
}

/** A written word and when it was said, in seconds from the start of its context's audio. */
interface TimedWord extends Interval {
  readonly written: WrittenWord;
}

/** What was said of an utterance, and when. */
interface TimedUtterance {
  /** For each word said, the written one: the same object in a row where one is said as several. */
  readonly words: readonly WrittenWord[];
  /** For each word said, in seconds from the utterance's start; none where they could not be found. */
  readonly intervals: readonly Interval[];
  /** Where the utterance begins on the context's time line, in seconds, and how long it lasts. */
  readonly start: number;
  readonly seconds: number;
  /** Whether its last word goes on in the next utterance. */
  readonly isCut: boolean;
}

/** Puts a context's words on its time line, utterance by utterance, and joins those that are said in several. */
class WordTimeline {
  #begun: TimedWord | undefined;

  /** @returns the words that are whole now, in order */
  add({ words, intervals, start, seconds, isCut }: TimedUtterance): TimedWord[] {
    const timed = this.#begun ? [this.#begun] : [];
    intervals.forEach((interval, index) => {
      const written = words[index];
      if (!written) return;
      const end = start + Math.min(interval.end, seconds);
      const last = timed.at(-1);
      if (last?.written === written) timed[timed.length - 1] = { ...last, end };
      else timed.push({ written, start: start + Math.min(interval.start, seconds), end });
    });
    this.#begun = isCut ? timed.pop() : undefined;
    return timed;
  }
}
