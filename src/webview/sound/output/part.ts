import type { PcmFormat, Encoding } from "../../../audio/pcm.ts";
import type { SoundBus } from "./soundBus.ts";
import type { Stretcher } from "./stretcher.ts";
import { SampleAssembler, joinSamples } from "./sampleAssembler.ts";

/** A sound that begins in the middle of a clip is at its full volume after this time. */
const fadeInSeconds = 0.004;
/** Longer audio is cut: each buffer's end is a tick that comes from the audio clock, also while the page is hidden. */
const longestBufferSeconds = 1;

export interface PartOptions {
  readonly id: number;
  readonly format: PcmFormat;
  /** Seconds of audio in a second. */
  readonly speed: number;
  /** Undefined at the speed 1. */
  readonly stretcher: Stretcher | undefined;
  readonly fadesIn: boolean;
  /** Where it begins if nothing holds it up, in frames of the context's clock. */
  readonly frame: number;
  /** A buffer of it has ended to sound. */
  readonly bufferEnded: () => void;
}

/** What the scheduler knows of one part: its samples, when they sound, and what of them is scheduled. */
export class Part {
  readonly id: number;
  readonly samples: PartSamples;
  ended = false;
  readonly #sources = new Set<AudioBufferSourceNode>();
  readonly #bufferEnded: () => void;
  readonly #format: PcmFormat;
  readonly #speed: number;
  readonly #fadeLength: number;
  readonly #timeline = new Timeline();
  #endFrame: number;
  #heard = 0;

  constructor({ id, format, speed, stretcher, fadesIn, frame, bufferEnded }: PartOptions) {
    this.id = id;
    this.#bufferEnded = bufferEnded;
    this.samples = new PartSamples(format.encoding, stretcher);
    this.#format = format;
    this.#speed = speed;
    this.#fadeLength = fadesIn ? Math.round(fadeInSeconds * format.sampleRate) : 0;
    this.#endFrame = frame;
  }

  /** Its first sample, in frames of the context's clock; undefined until there is one. */
  get startFrame(): number | undefined {
    return this.#timeline.start;
  }

  /** The frame after its last sample so far. */
  get endFrame(): number {
    return this.#endFrame;
  }

  /** Schedules what is ready to sound, from this frame on. */
  schedule(frame: number, context: AudioContext, bus: SoundBus): void {
    const samples = this.#take();
    const longest = Math.ceil(longestBufferSeconds * context.sampleRate);
    for (let at = 0; at < samples.length; at += longest) {
      const buffer = samples.subarray(at, at + longest);
      this.#start(buffer, (frame + at) / context.sampleRate, context, bus);
    }
    this.#timeline.add(frame, samples.length);
    this.#endFrame = frame + samples.length;
  }

  /** Stops what is scheduled: what sounds, at this time; without one, what has not begun to sound. */
  cut(time?: number): void {
    for (const source of this.#sources) {
      source.stop(time);
      if (time === undefined) source.disconnect();
    }
    this.samples.close();
  }

  hasBegunBy(frame: number): boolean {
    return this.startFrame !== undefined && this.startFrame <= frame;
  }

  hasEndedBy(frame: number): boolean {
    return this.ended && this.#endFrame <= frame;
  }

  /** How much of its audio has sounded by this frame, in seconds of that audio. */
  secondsBy(frame: number): number {
    const seconds = (this.#timeline.soundedBy(frame) / this.#format.sampleRate) * this.#speed;
    return Math.min(seconds, this.samples.sourceLength / this.#format.sampleRate);
  }

  /** The same for what is heard at this frame: never less than was heard before, though what the device tells of its delay varies. */
  secondsHeardBy(frame: number): number {
    this.#heard = Math.max(this.#heard, this.secondsBy(frame));
    return this.#heard;
  }

  #take(): Float32Array<ArrayBuffer> {
    const samples = this.samples.take();
    const before = this.#timeline.length;
    const faded = Math.min(this.#fadeLength - before, samples.length);
    for (let at = 0; at < faded; at++) samples[at]! *= (before + at) / this.#fadeLength;
    return samples;
  }

  #start(
    samples: Float32Array<ArrayBuffer>,
    time: number,
    context: AudioContext,
    bus: SoundBus,
  ): void {
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    bus.connect(source);
    source.addEventListener("ended", () => {
      source.disconnect();
      this.#sources.delete(source);
      this.#bufferEnded();
    });
    source.start(time);
    this.#sources.add(source);
  }
}

interface Span {
  readonly frame: number;
  /** Samples scheduled before it. */
  readonly before: number;
  length: number;
}

/** When which of a part's samples sound: those that came late begin behind a gap. In samples, and frames of the audio clock. */
class Timeline {
  readonly #spans: Span[] = [];
  #length = 0;

  /** The frame of the first sample; undefined until there is one. */
  get start(): number | undefined {
    return this.#spans[0]?.frame;
  }

  /** How many samples there are. */
  get length(): number {
    return this.#length;
  }

  /** The next samples sound from this frame on. */
  add(frame: number, length: number): void {
    const last = this.#spans.at(-1);
    if (last && last.frame + last.length === frame) last.length += length;
    else this.#spans.push({ frame, before: this.#length, length });
    this.#length += length;
  }

  /** How many samples have sounded by this frame. */
  soundedBy(frame: number): number {
    const span = this.#spans.filter((one) => one.frame <= frame).at(-1);
    return span ? span.before + Math.min(frame - span.frame, span.length) : 0;
  }
}

/** A part's bytes in, cut anywhere; its samples out, as they are to sound. Without a stretcher they are what was sent, to the bit. */
class PartSamples {
  readonly #assembler: SampleAssembler;
  readonly #stretcher: Stretcher | undefined;
  #stretched: Float32Array<ArrayBuffer>[] = [];
  #stretchedLength = 0;
  #sourceLength = 0;

  constructor(encoding: Encoding, stretcher: Stretcher | undefined) {
    this.#assembler = new SampleAssembler(encoding);
    this.#stretcher = stretcher;
  }

  /** How many samples of the part have come, as they were sent. */
  get sourceLength(): number {
    return this.#sourceLength;
  }

  /** How many samples `take` would give. */
  get length(): number {
    return this.#stretcher ? this.#stretchedLength : this.#assembler.length;
  }

  push(bytes: Uint8Array): void {
    const before = this.#assembler.length;
    this.#assembler.push(bytes);
    this.#sourceLength += this.#assembler.length - before;
    if (this.#stretcher && this.#assembler.length > 0) {
      this.#keep(this.#stretcher.stretch(this.#assembler.take()));
    }
  }

  /** No more is pushed. */
  end(): void {
    if (this.#stretcher && this.#sourceLength > 0) this.#keep(this.#stretcher.finish());
    this.close();
  }

  take(): Float32Array<ArrayBuffer> {
    if (!this.#stretcher) return this.#assembler.take();
    const samples = joinSamples(this.#stretched);
    this.#stretched = [];
    this.#stretchedLength = 0;
    return samples;
  }

  /** Nothing more is wanted of it. */
  close(): void {
    this.#stretcher?.close();
  }

  #keep(samples: Float32Array<ArrayBuffer>): void {
    if (samples.length > 0) this.#stretched.push(samples);
    this.#stretchedLength += samples.length;
  }
}
