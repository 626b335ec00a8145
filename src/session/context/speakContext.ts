import * as l10n from "@vscode/l10n";
import { secondsOf } from "../../audio/pcm.ts";
import { ContextWriter, type VoiceOptions } from "../../protocol/clientMessage.ts";
import type { TranscriptIndex } from "../../protocol/transcriptIndex.ts";
import type { Connection } from "../connection/connection.ts";
import { ContextAudio } from "./contextAudio.ts";
import type { AudioEvent, SpokenSegment } from "./audioEvent.ts";
import { ContextBounds } from "./contextBounds.ts";
import type { ContextInbox, ReceivedMessage } from "../connection/contextInbox.ts";
import { Failure, failureFromService } from "../connection/failure.ts";
import { leastSeconds } from "../connection/sessionLimits.ts";
import { SendAhead } from "./sendAhead.ts";

/** What is to be said over one context. */
export interface ContextRequest {
  readonly contextId: string;
  readonly options: VoiceOptions;
  /** One for each segment, with the white space that joins it to the next; none without something speakable. */
  readonly transcripts: readonly string[];
  /** What other contexts say, at the same time or not; it may have these transcripts, too. */
  readonly elsewhere?: TranscriptIndex;
}

/** How long to wait, and how far to go ahead. Times in milliseconds. */
export interface SessionLimits {
  readonly connectMs: number;
  /** From the first push to the first audio. */
  readonly firstAudioMs: number;
  /** From one sign of progress to the next. */
  readonly nextAudioMs: number;
  readonly closeMs: number;
  /** How many segments of a context may be sent without having got audio yet. */
  readonly segmentsAhead: number;
  /** How many segments of a context may be sent where nothing but its end can prove whose their audio is. */
  readonly segmentsUnproved: number;
}

/**
 * Three segments ahead keep the context from starving (it dies a second after its last audio), while a stopped or broken
 * run has not bought the whole script. Where a service's frames prove nothing before a context's end, all of it is said again when
 * something befalls it: such a context ends after four, and the next one goes on.
 */
export const sessionLimits: SessionLimits = {
  connectMs: 10_000,
  firstAudioMs: 15_000,
  nextAudioMs: 10_000,
  closeMs: 500,
  segmentsAhead: 3,
  segmentsUnproved: 4,
};

/** Where nothing has come for so long, in milliseconds, or for a third of what it may take, all that was sent may be said. */
const silenceMs = 300;

/** How long nothing may come in the midst of a context's first segments, in milliseconds, before it counts as all that comes of them. */
const hesitationMs = 2000;

/** What happens in a context. `position` counts the request's transcripts from 0. */
export type ContextEvent =
  | AudioEvent
  /** A transcript went out: `characters` UTF-16 units of it, at `at` milliseconds of the performance clock. */
  | {
      readonly type: "sent";
      readonly position: number;
      readonly characters: number;
      readonly at: number;
    };

/** What a session needs of its surroundings. */
export interface SessionTools {
  readonly limits: SessionLimits;
  /** Takes a line for the log. */
  readonly trace: (line: string) => void;
  readonly signal: AbortSignal;
  /** Asked before a transcript of so many UTF-16 units is sent: where it may not be, no more is. All may, where it is missing. */
  readonly maySend?: ((characters: number) => boolean) | undefined;
}

/**
 * Says transcripts over one context of an open connection: push, flush, push, flush, …, push, no more inputs.
 *
 * Ends after `ended`. Where the service ends the context before all transcripts were sent, or no more may be sent, the others
 * are left unsaid.
 * @throws Failure what the service said; `stalled` where it fell silent; `protocol` where it sent what is no message;
 * `offline` where the connection broke. The signal's reason when aborted. In each case a cancel was sent, if it could be.
 */
export async function* speakContext(
  connection: Connection,
  request: ContextRequest,
  tools: SessionTools,
): AsyncGenerator<ContextEvent, void, undefined> {
  const context = new Context(connection, request, tools);
  try {
    try {
      yield* context.sendAhead();
      while (!context.done && !context.disproved) {
        const message = await context.receive();
        if (message) yield* context.take(message);
        yield* context.sendAhead();
      }
    } catch (error) {
      if (!(yield* context.fallSilent())) throw error;
    }
    yield* context.end();
  } finally {
    context.close();
  }
}

/** One context, from its first push to its end. */
class Context {
  done = false;
  readonly #connection: Connection;
  readonly #inbox: ContextInbox;
  readonly #request: ContextRequest;
  readonly #tools: SessionTools;
  readonly #writer: ContextWriter;
  readonly #audio: ContextAudio;
  readonly #bounds: ContextBounds;
  readonly #ahead: SendAhead;
  #sent = 0;
  /** Whether the context was told that no more comes, before all was sent. */
  #sendsNoMore = false;
  #flushesDone = 0;
  /** The last position that was seen to have got audio. */
  #furthest = -1;
  /** Whether nothing came for longer than it may take. */
  #isSilent = false;
  /** On the performance clock, the last sign that the service is at work. */
  #progressAt = performance.now();
  /** How long the service was waited for since then, in milliseconds: not the time in which this process did something else. */
  #waitedMs = 0;

  constructor(connection: Connection, request: ContextRequest, tools: SessionTools) {
    this.#connection = connection;
    this.#bounds = new ContextBounds(request.options, tools.trace);
    this.#inbox = connection.open(request.contextId, this.#bounds.frames);
    this.#request = request;
    this.#tools = tools;
    this.#writer = new ContextWriter(request.contextId, request.options, connection.version);
    this.#audio = new ContextAudio(request.options, request.transcripts, request.elsewhere);
    this.#ahead = new SendAhead(tools.limits.segmentsAhead);
  }

  /** Whether nothing of it can be trusted any more, whatever may come. */
  get disproved(): boolean {
    return this.#audio.disproved;
  }

  *sendAhead(): Generator<ContextEvent> {
    const { transcripts } = this.#request;
    for (
      let transcript = transcripts[this.#sent];
      transcript !== undefined && !this.done && this.#mayGoAhead();
      transcript = transcripts[this.#sent]
    ) {
      this.#tools.signal.throwIfAborted(); // a stop that came with the last audio: nothing more is bought
      if (!(this.#tools.maySend?.(transcript.length) ?? true)) return this.#sendNoMore();
      const position = this.#sent++;
      this.#bounds.sent(transcript);
      const at = performance.now();
      if (position === 0) this.#noteProgress();
      this.#connection.send(this.#writer.push(transcript));
      const isLast = position === transcripts.length - 1;
      this.#connection.send(isLast ? this.#writer.noMoreInputs() : this.#writer.flush());
      yield { type: "sent", position, characters: transcript.length, at };
    }
  }

  /** The next message of this context; `undefined` where none comes, and more is to be sent because of that. */
  async receive(): Promise<ReceivedMessage | undefined> {
    const { firstAudioMs, nextAudioMs } = this.#tools.limits;
    const limit = this.#audio.furthest < 0 ? firstAudioMs : nextAudioMs;
    if (this.#audio.furthest > this.#furthest) this.#waitedMs = 0;
    this.#furthest = this.#audio.furthest;
    const left = Math.max(0, limit - this.#waitedMs);
    // Not before a silence: a `done` that comes while nothing has told the service to end is an early one.
    const mayEnd = this.#isUnproved && this.#audio.furthest >= 0;
    // Where the third one is heard, the first would be proved. Before, a service that hesitates is waited for.
    const isDoubtful = mayEnd && this.#audio.furthest < 2;
    const pause = Math.min(isDoubtful ? hesitationMs : silenceMs, limit / 3);
    const mayGrow = left > pause && (mayEnd || this.#mayGrowInSilence());
    const from = performance.now();
    const message = await this.#inbox.next(mayGrow ? pause : left, this.#tools.signal);
    this.#waitedMs += performance.now() - from;
    if (message) return message;
    if (mayGrow) {
      if (mayEnd) this.#sendNoMore();
      else this.#ahead.grow(this.#audio.furthest);
      return undefined;
    }
    this.#isSilent = true;
    const sentence = l10n.t("The speech service sent no audio for {0} s.", limit / 1000);
    throw new Failure("stalled", sentence, {
      ofConnection: this.#connection.heardAt <= this.#progressAt, // no other context has heard of it either
    });
  }

  #mayGrowInSilence(): boolean {
    return !this.#isAllSent && this.#ahead.mayGrow(this.#audio.furthest);
  }

  /** Whether as much was sent as may be without a proof of any of it, and more is left. */
  get #isUnproved(): boolean {
    const isMuch = this.#sent >= this.#tools.limits.segmentsUnproved;
    return isMuch && !this.#isAllSent && !this.#audio.provesItself;
  }

  *take(message: ReceivedMessage): Generator<ContextEvent> {
    switch (message.type) {
      case "chunk": {
        const bytes = decodeBase64(message.data);
        if (bytes.length === 0) return;
        this.#noteAudio(bytes);
        this.#bounds.heard(bytes.length);
        this.#ahead.chunk(message.flushId);
        const chunk = { bytes, id: message.flushId ?? null, at: message.at };
        yield* this.#note(this.#audio.chunk(chunk, this.#sent));
        return;
      }
      case "flushDone":
        if (this.#flushesDone++ < this.#sent) this.#noteProgress();
        this.#ahead.flushDone(message.flushId);
        yield* this.#note(this.#audio.flushDone(message.flushId, this.#sent));
        return;
      case "timestamps":
        yield* this.#note(
          this.#audio.words(this.#bounds.wordsOf(message.words), message.flushId, this.#sent),
        );
        return;
      case "done":
        this.done = true;
        return;
      case "error":
        this.done = true; // an error ends its context: there is nothing left to cancel
        throw failureFromService({ ...message, message: this.#connection.hide(message.message) });
      case "unknown":
        return;
    }
  }

  /** What was sent is heard to its end: it is paid for. */
  #sendNoMore(): void {
    this.#sendsNoMore = true;
    if (this.#sent === 0) this.done = true;
    else this.#connection.send(this.#writer.noMoreInputs());
  }

  /** Where nothing comes any more: whether all is spoken nevertheless, and `done` alone is missing. */
  *fallSilent(): Generator<ContextEvent, boolean> {
    const isClosed = this.#isAllSent && this.#connection.closedInOrder;
    if (!this.#isSilent && !isClosed) return false;
    return yield* this.#note(this.#audio.fallSilent(this.#sent, this.#isAllSent));
  }

  *end(): Generator<ContextEvent> {
    const how = this.#isSilent ? "silent" : this.#isAllSent ? "complete" : "early";
    yield* this.#note(this.#audio.end(this.#sent, how));
  }

  get #isAllSent(): boolean {
    return this.#sendsNoMore || this.#sent === this.#request.transcripts.length;
  }

  /** Says in the log what proved each segment, and how its word times were read: the service does not say where they count from. */
  *#note<Result>(events: Generator<AudioEvent, Result>): Generator<ContextEvent, Result> {
    for (;;) {
      const { value: event, done } = events.next();
      if (done) return event;
      this.#bounds.note(event);
      if (event.type === "spoken") this.#noteSpoken(event.position, event.segment);
      yield event;
    }
  }

  #noteSpoken(position: number, { provedBy, words, wordOrigin }: SpokenSegment): void {
    const segment = `segment ${position} of the context`;
    this.#tools.trace(`${segment}: proved by ${provedBy.join(" and ")}`);
    if (!wordOrigin) return;
    this.#tools.trace(`${segment}: ${words.length} words, times from the ${wordOrigin}'s start`);
  }

  /**
   * What still comes is dropped. Where the context is not over, it is cancelled as far as that goes: the service need not heed it,
   * and gives no answer to wait for.
   */
  close(): void {
    this.#inbox.close();
    if (this.done || this.#sent === 0) return;
    this.done = true;
    this.#connection.send(this.#writer.cancel());
  }

  #noteProgress(): void {
    this.#progressAt = performance.now();
    this.#waitedMs = 0;
  }

  /** Little audio is little progress: a byte now and then is none. */
  #noteAudio(bytes: Uint8Array): void {
    const share = secondsOf(bytes.length, this.#request.options) / leastSeconds;
    this.#progressAt = performance.now();
    this.#waitedMs = Math.max(0, this.#waitedMs - share * this.#tools.limits.nextAudioMs);
  }

  #mayGoAhead(): boolean {
    if (this.#sendsNoMore || this.#isUnproved) return false;
    if (this.#connection.over || this.#inbox.hasEnded || this.disproved) return false;
    return this.#sent < this.#ahead.most(this.#audio.furthest);
  }
}

/**
 * Decodes Base64, which may be broken into lines.
 * @throws Failure `protocol` where it is none: half a chunk must not pass for a whole one.
 */
function decodeBase64(data: string): Uint8Array<ArrayBuffer> {
  const text = /\s/.test(data) ? data.replace(/\s+/g, "") : data;
  const bytes = Buffer.from(text, "base64");
  const digits = text.endsWith("==") ? text.length - 2 : text.length - (text.endsWith("=") ? 1 : 0);
  if (bytes.length !== Math.floor((digits * 3) / 4)) {
    throw new Failure("protocol", l10n.t("The speech service sent audio that is not Base64."));
  }
  return new Uint8Array(bytes); // a copy: a small Buffer is a window on a pool that others share
}
