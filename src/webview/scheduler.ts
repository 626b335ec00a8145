import type { PcmFormat } from "../audio/pcm.ts";
import type { Output } from "./output.ts";
import { SampleAssembler } from "./sampleAssembler.ts";
import { SoundContext } from "./soundContext.ts";
import type { SetTimer } from "./soundContext.ts";

/** Between what the device renders ahead and the first sound, at a start and after the audio ran dry, in seconds. */
const leadSeconds = 0.04;
/** Smaller chunks are merged to buffers of this length, unless the sound would run dry … */
const mergeSeconds = 0.02;
/** … within this time, beside what the device renders ahead. */
const urgentSeconds = 0.01;
/** Longer audio is cut: each buffer's end is a tick that comes from the audio clock, also while the page is hidden. */
const longestBufferSeconds = 1;
/** A cut in full sound would click. */
const fadeSeconds = 0.012;

interface Part {
  readonly id: number;
  readonly assembler: SampleAssembler;
  readonly sources: Set<AudioBufferSourceNode>;
  /** Its first sample, in frames of the context's clock; undefined until there is one. */
  startFrame: number | undefined;
  /** The frame after its last sample so far. */
  endFrame: number;
  ended: boolean;
}

export interface SchedulerOptions {
  /** Throws where no sound can be made at all. */
  readonly createContext: (sampleRate: number) => AudioContext;
  readonly setTimer: SetTimer;
  /** Something may have changed: a part began or ended to be heard, the sound ran dry, is refused or permitted. */
  readonly progress: () => void;
  /** The sound device failed, in one sentence. */
  readonly failed: (reason: string) => void;
}

/**
 * Samples in, sound out: sets every buffer on the exact frame of the audio clock where the one before it ends, within a
 * part and from one part to the next.
 */
export class Scheduler implements Output {
  readonly #options: SchedulerOptions;
  readonly #sound: SoundContext;
  #context: AudioContext | undefined;
  /** What is scheduled sounds through it; fading it out silences all at once. */
  #bus: GainNode | undefined;
  #parts: Part[] = [];
  /** The frame after the last one scheduled. */
  #nextFrame = 0;
  #paused = false;
  #cancelTimer: (() => void) | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#sound = new SoundContext({ ...options, changed: () => this.#tick() });
  }

  get empty(): boolean {
    return this.#parts.length === 0;
  }

  get dry(): boolean {
    return this.#nextFrame <= this.#nowFrame;
  }

  get secondsAhead(): number {
    if (!this.#context) return 0;
    return Math.max(0, this.#nextFrame - this.#nowFrame) / this.#context.sampleRate;
  }

  get heardPart(): number | undefined {
    const now = this.#nowFrame;
    const begun = this.#parts.filter(
      ({ startFrame }) => startFrame !== undefined && startFrame <= now,
    );
    const heard = begun.at(-1);
    return heard && !(heard.ended && heard.endFrame <= now) ? heard.id : undefined;
  }

  /** Whether something is to sound and the browser does not let it without a click inside the page. */
  get refused(): boolean {
    return this.#sound.refused;
  }

  /** To be called in a click: what waited for it begins to sound, from its start. */
  permit(): void {
    this.#sound.permit();
  }

  accepts(sampleRate: number): boolean {
    return this.#parts.length === 0 || this.#sound.sampleRate === sampleRate;
  }

  prepare(sampleRate: number): void {
    if (!this.accepts(sampleRate)) return;
    const context = this.#sound.open(sampleRate);
    if (context !== this.#context) {
      this.#context = context;
      this.#bus = undefined;
      this.#nextFrame = 0;
    }
    if (!this.#paused) this.#sound.run();
  }

  begin(id: number, { encoding, sampleRate }: PcmFormat): void {
    this.prepare(sampleRate);
    const assembler = new SampleAssembler(encoding);
    const endFrame = this.#nextFrame;
    this.#parts.push({
      id,
      assembler,
      sources: new Set(),
      startFrame: undefined,
      endFrame,
      ended: false,
    });
  }

  append(bytes: Uint8Array): void {
    const part = this.#parts.at(-1);
    if (!part || !this.#context) return;
    part.assembler.push(bytes);
    const pending = part.assembler.length;
    const enough = pending >= mergeSeconds * this.#context.sampleRate;
    const urgent = this.secondsAhead <= urgentSeconds + this.#context.baseLatency;
    if (enough || (urgent && pending > 0)) this.#flush(part, this.#context);
  }

  end(): void {
    const part = this.#parts.at(-1);
    if (!part || !this.#context) return;
    if (part.assembler.length > 0) this.#flush(part, this.#context);
    part.ended = true;
    this.#setTimer();
  }

  takeBack(id: number): boolean {
    const index = this.#parts.findIndex((part) => part.id === id);
    const part = this.#parts[index];
    const now = this.#nowFrame;
    if (!part || (part.ended && part.endFrame <= now)) return false;
    if (part.startFrame !== undefined && part.startFrame <= now) {
      this.#silence();
    } else {
      for (const source of this.#parts.slice(index).flatMap(({ sources }) => [...sources])) {
        source.stop();
        source.disconnect();
      }
      this.#nextFrame = this.#parts[index - 1]?.endFrame ?? 0;
    }
    this.#parts.length = index;
    return true;
  }

  stop(): void {
    this.#silence();
    this.#parts = [];
    this.#paused = false;
    this.#setTimer();
    this.#sound.idle();
  }

  pause(): void {
    this.#paused = true;
    this.#sound.pause();
  }

  resume(): void {
    this.#paused = false;
    if (this.#parts.length > 0) this.#sound.run();
  }

  get #nowFrame(): number {
    return this.#context ? Math.round(this.#context.currentTime * this.#context.sampleRate) : 0;
  }

  #flush(part: Part, context: AudioContext): void {
    const samples = part.assembler.take();
    const longest = Math.ceil(longestBufferSeconds * context.sampleRate);
    // What is already being rendered is too late for a new source; it would begin late and sound into the next one.
    const earliest = this.#nowFrame + Math.ceil(context.baseLatency * context.sampleRate);
    if (this.#nextFrame < earliest) {
      this.#nextFrame = earliest + Math.ceil(leadSeconds * context.sampleRate);
    }
    part.startFrame ??= this.#nextFrame;
    for (let from = 0; from < samples.length; from += longest) {
      this.#schedule(part, samples.subarray(from, from + longest), context);
    }
    part.endFrame = this.#nextFrame;
    this.#setTimer();
  }

  #schedule(part: Part, samples: Float32Array<ArrayBuffer>, context: AudioContext): void {
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect((this.#bus ??= this.#createBus(context)));
    source.addEventListener("ended", () => {
      source.disconnect();
      part.sources.delete(source);
      this.#tick();
    });
    source.start(this.#nextFrame / context.sampleRate);
    part.sources.add(source);
    this.#nextFrame += samples.length;
  }

  #createBus(context: AudioContext): GainNode {
    const bus = context.createGain();
    bus.connect(context.destination);
    return bus;
  }

  /** Fades out and takes back everything that was scheduled. What comes next sounds through a bus of its own. */
  #silence(): void {
    const bus = this.#bus;
    const context = this.#context;
    this.#bus = undefined;
    this.#nextFrame = 0;
    if (!bus || !context) return;
    const end = context.currentTime + fadeSeconds;
    bus.gain.setValueAtTime(1, context.currentTime);
    bus.gain.linearRampToValueAtTime(0, end);
    for (const source of this.#parts.flatMap(({ sources }) => [...sources])) source.stop(end);
    if (context.state === "running") this.#options.setTimer(() => bus.disconnect(), 100);
    else bus.disconnect();
  }

  #tick(): void {
    const now = this.#nowFrame;
    while (this.#parts[0]?.ended && this.#parts[0].endFrame <= now) {
      this.#parts.shift();
      if (this.#parts.length === 0) this.#sound.idle();
    }
    this.#options.progress();
    this.#setTimer();
  }

  /** Wakes at the next frame where something begins or ends to be heard. */
  #setTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const context = this.#context;
    const now = this.#nowFrame;
    if (!context || this.#parts.length === 0) return;
    const overdue = this.#parts[0]?.ended && this.#parts[0].endFrame <= now;
    const frames = [
      this.#nextFrame,
      ...this.#parts.flatMap((part) => [part.startFrame ?? 0, part.endFrame]),
    ];
    const next = Math.min(...frames.filter((frame) => frame > now));
    if (!overdue && (next === Infinity || context.state !== "running")) return;
    const milliseconds = overdue ? 0 : Math.ceil(((next - now) / context.sampleRate) * 1000) + 1;
    this.#cancelTimer = this.#options.setTimer(() => this.#tick(), milliseconds);
  }
}
