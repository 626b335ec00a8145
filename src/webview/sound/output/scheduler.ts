import type { PcmFormat } from "../../../audio/pcm.ts";
import { AudioClock } from "./audioClock.ts";
import type { Output } from "./output.ts";
import { Part } from "./part.ts";
import { SoundBus } from "./soundBus.ts";
import { SoundContext, type SetTimer } from "./soundContext.ts";
import type { LoadStretcher } from "./loadStretcher.ts";
import type { CreateStretcher, Stretcher } from "./stretcher.ts";

/** Between what the device renders ahead and the first sound, at a start and after the audio ran dry, in seconds. */
const leadSeconds = 0.04;
/** Smaller chunks are merged to buffers of this length, unless the sound would run dry … */
const mergeSeconds = 0.02;
/** … within this time, beside what the device renders ahead. */
const urgentSeconds = 0.01;
/** The clock is stopped when the sound has been faded out, in milliseconds. */
const pauseMilliseconds = 15;

export interface SchedulerOptions {
  /** Throws where no sound can be made at all. */
  readonly createContext: (sampleRate: number) => AudioContext;
  /** Called when a speed other than 1 is first asked for. */
  readonly loadStretcher: LoadStretcher;
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
  readonly #speed: SoundSpeed;
  readonly #clock = new AudioClock();
  #bus: SoundBus | undefined;
  #volume = 1;
  #parts: Part[] = [];
  /** The frame after the last one scheduled. */
  #nextFrame = 0;
  #cancelPause: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#sound = new SoundContext({ ...options, changed: () => this.#tick() });
    this.#speed = new SoundSpeed(options.loadStretcher);
  }

  get empty(): boolean {
    return this.#parts.length === 0;
  }

  get dry(): boolean {
    return this.#nextFrame <= this.#clock.played || this.refused;
  }

  get secondsAhead(): number {
    const { context, now } = this.#clock;
    return context ? Math.max(0, this.#nextFrame - now) / context.sampleRate : 0;
  }

  get heardPart(): number | undefined {
    return this.#heard?.id;
  }

  get secondsHeard(): number {
    return this.#heard?.secondsHeardBy(this.#clock.heard) ?? 0;
  }

  get secondsPlayed(): number {
    return this.#heard?.secondsBy(this.#clock.played) ?? 0;
  }

  get speed(): number {
    return this.#speed.current;
  }

  setSpeed(speed: number): Promise<void> {
    return this.#speed.set(speed);
  }

  /** 0 to 1. At 1, which it is at first, every sample sounds as it was sent. */
  setVolume(volume: number): void {
    this.#volume = volume;
    if (!this.#clock.isHeld) this.#bus?.setVolume(volume);
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
    const { isHeld } = this.#clock;
    if (context !== this.#clock.context) {
      this.#clock.follow(context);
      this.#bus = new SoundBus(context, isHeld ? 0 : this.#volume, this.#options.setTimer);
      this.#nextFrame = 0;
    }
    if (!isHeld) this.#sound.run();
  }

  begin(id: number, format: PcmFormat, fadesIn = false): void {
    this.prepare(format.sampleRate);
    const stretcher = this.#speed.createStretcher(format.sampleRate);
    const [speed, frame] = [this.speed, this.#nextFrame];
    const bufferEnded = (): void => this.#tick();
    this.#parts.push(new Part({ id, format, speed, stretcher, fadesIn, frame, bufferEnded }));
  }

  append(bytes: Uint8Array): void {
    const part = this.#parts.at(-1);
    const { context } = this.#clock;
    if (!part || !context) return;
    part.samples.push(bytes);
    const pending = part.samples.length;
    const enough = pending >= mergeSeconds * context.sampleRate;
    const urgent = this.secondsAhead <= urgentSeconds + context.baseLatency;
    if (enough || (urgent && pending > 0)) this.#flush(part);
  }

  end(): void {
    const part = this.#parts.at(-1);
    if (!part) return;
    part.samples.end();
    if (part.samples.length > 0) this.#flush(part);
    part.ended = true;
    this.#setTimer();
  }

  takeBack(id: number): boolean {
    const index = this.#parts.findIndex((part) => part.id === id);
    const part = this.#parts[index];
    if (!part || part.hasEndedBy(this.#clock.played)) return false;
    const silence = part.hasBegunBy(this.#clock.now) ? this.#bus?.fadeOut() : undefined;
    for (const one of this.#parts.splice(index)) one.cut(silence);
    this.#nextFrame = this.#parts.at(-1)?.endFrame ?? 0;
    return true;
  }

  stop(): void {
    const silence = this.#bus?.fadeOut();
    for (const part of this.#parts) part.cut(silence);
    this.#parts = [];
    this.#nextFrame = 0;
    this.#endPause();
    this.#sound.idle();
  }

  pause(): void {
    if (this.#clock.isHeld) return;
    this.#clock.hold();
    this.#bus?.setVolume(0);
    const stop = (): void => this.#sound.pause();
    if (this.#clock.context?.state !== "running") stop();
    else this.#cancelPause = this.#options.setTimer(stop, pauseMilliseconds);
    this.#setTimer();
  }

  resume(): void {
    this.#endPause();
    if (this.#parts.length > 0) this.#sound.run();
  }

  #endPause(): void {
    this.#cancelPause?.();
    if (this.#clock.isHeld) this.#bus?.setVolume(this.#volume);
    this.#clock.release();
    this.#setTimer();
  }

  get #heard(): Part | undefined {
    const { played } = this.#clock;
    const heard = this.#parts.filter((part) => part.hasBegunBy(played)).at(-1);
    return heard?.hasEndedBy(played) ? undefined : heard;
  }

  #flush(part: Part): void {
    const { context, now } = this.#clock;
    if (!context || !this.#bus) return;
    // What is already being rendered is too late for a new source; it would begin late and sound into the next one.
    const earliest = now + Math.ceil(context.baseLatency * context.sampleRate);
    if (this.#nextFrame < earliest) {
      this.#nextFrame = earliest + Math.ceil(leadSeconds * context.sampleRate);
    }
    part.schedule(this.#nextFrame, context, this.#bus);
    this.#nextFrame = part.endFrame;
    this.#setTimer();
  }

  #tick(): void {
    while (this.#parts[0]?.hasEndedBy(this.#clock.played)) {
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
    const { context, now, isHeld } = this.#clock;
    if (!context || this.#parts.length === 0 || isHeld) return;
    const overdue = this.#parts[0]?.hasEndedBy(now);
    const frames = [
      this.#nextFrame,
      ...this.#parts.flatMap((part) => [part.startFrame ?? 0, part.endFrame]),
    ];
    const next = frames.reduce((least, at) => (at > now ? Math.min(least, at) : least), Infinity);
    if (!overdue && (next === Infinity || context.state !== "running")) return;
    const milliseconds = overdue ? 0 : Math.ceil(((next - now) / context.sampleRate) * 1000) + 1;
    this.#cancelTimer = this.#options.setTimer(() => this.#tick(), milliseconds);
  }
}

/** The speed that was asked for, as soon as what it needs has been loaded; 1 until then. */
class SoundSpeed {
  readonly #load: LoadStretcher;
  #wanted = 1;
  #loading: Promise<void> | undefined;
  #create: CreateStretcher | undefined;

  constructor(load: LoadStretcher) {
    this.#load = load;
  }

  /** Seconds of audio in a second. */
  get current(): number {
    return this.#create ? this.#wanted : 1;
  }

  /** Resolves when it is the current one; rejects with a sentence where it can't be. */
  async set(speed: number): Promise<void> {
    this.#wanted = speed;
    if (speed === 1 || this.#create) return;
    this.#loading ??= this.#open();
    await this.#loading;
  }

  /** For samples of this rate; undefined where they stay as they are. Throws where there is no memory. */
  createStretcher(sampleRate: number): Stretcher | undefined {
    return this.current === 1 ? undefined : this.#create?.(sampleRate, this.current);
  }

  async #open(): Promise<void> {
    try {
      this.#create = await this.#load();
    } finally {
      this.#loading = undefined;
    }
  }
}
