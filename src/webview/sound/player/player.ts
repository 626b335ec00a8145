import type { ClipView, StreamFormat } from "../../../panel/messages.ts";
import { AudioSources, type TakeFile } from "./audioSources.ts";
import { ClipLoader, type LoadClip } from "./clipLoader.ts";
import type { Output } from "../output/output.ts";
import type { Playback, SoundId, SoundPlace } from "./playback.ts";
import { PlaybackReporter } from "./playbackReporter.ts";
import { Playlist } from "./playlist.ts";
import { RunStream } from "./runStream.ts";

export interface PlayerEvents {
  /** Also when the same segment begins to be heard anew: repeated, or from elsewhere. */
  readonly changed: (playback: Playback) => void;
  readonly failed: (id: SoundId, reason: string) => void;
}

/** A place that was gone to, until it is heard. */
interface Sought {
  /** Whether it was in the midst of what was heard: that goes on then, without a word. */
  readonly goesOn: boolean;
}

/**
 * What plays next: a list of segments, each from its file where there is one, else from the run's stream as it comes in.
 * A segment begun from the stream stays on it to its end. Knows neither the page nor Web Audio.
 */
export class Player {
  readonly #output: Output;
  readonly #events: PlayerEvents;
  readonly #speed: RequestedSpeed;
  readonly #sources = new AudioSources();
  readonly #list: Playlist;
  readonly #reporter: PlaybackReporter;
  #sought: Sought | undefined;
  #paused = false;

  constructor(output: Output, loadClip: LoadClip, events: PlayerEvents) {
    this.#output = output;
    this.#events = events;
    this.#speed = new RequestedSpeed(output, () => this.advance());
    const files = new ClipLoader(loadClip, {
      loaded: () => this.advance(),
      failed: (src, reason) => {
        this.#list.skipFile(src, reason);
        this.advance();
      },
    });
    this.#list = new Playlist({
      output,
      sources: this.#sources,
      files,
      failed: (id, reason) => events.failed(id, reason),
      muted: (id, reason) => this.#giveUp(id, reason),
    });
    this.#reporter = new PlaybackReporter(this.#list, output, events.changed);
  }

  get playback(): Playback {
    return this.#reporter.playback;
  }

  /**
   * What is heard now, as far as the browser knows what has come to the ear; also in a pause. A place that was gone to counts
   * until it is heard. Undefined where nothing is heard.
   */
  get position(): SoundPlace | undefined {
    const { heard, current } = this.#list;
    if (heard) return { id: heard.id, seconds: heard.seconds + this.#output.secondsHeard };
    return this.#sought && current && { id: current.id, seconds: current.seconds };
  }

  /** Whether the segment that is heard is repeated, without a gap. Where nothing is heard, it will be the first. */
  get loop(): boolean {
    return this.#list.loop;
  }

  set loop(loop: boolean) {
    if (loop === this.loop) return;
    this.#list.loop = loop;
    this.advance();
  }

  showClips(clips: readonly ClipView[]): void {
    this.#sources.clear();
    for (const clip of clips) this.#noteClip(clip);
    this.advance();
  }

  showClip(clip: ClipView): void {
    this.#noteClip(clip);
    this.advance();
  }

  /**
   * Plays these in order, the first from this second of its audio on, in place of what sounded; of a run that is on,
   * also what is still to come. Where there is nothing to hear of any of them, it changes nothing and answers false.
   */
  play(ids: readonly SoundId[], seconds = 0): boolean {
    const { run } = this.#sources;
    this.#sources.run = run?.ended ? undefined : run;
    const audible = ids.some((id) => this.#sources.of(id).from !== "none");
    if (audible) this.#replace(ids, seconds);
    else this.#sources.run = run;
    return audible;
  }

  /** Plays a take in place of what sounded. */
  playTake(take: TakeFile): void {
    this.#sources.take = take;
    this.play([take.id]);
  }

  /**
   * Goes on from this second of this one's audio, and then with those behind it; in a pause it stays paused. What
   * has not come yet is waited for. Where it is not among those that are played, or there is nothing to hear of it
   * any more, nothing changes and the answer is false.
   */
  seek(id: SoundId, seconds: number): boolean {
    return this.#goTo(id, seconds, { goesOn: this.playback.heard !== undefined });
  }

  /** Goes on at this speed, 0.5 to 2, with the pitch kept; as soon as what it takes for that is there. */
  setSpeed(speed: number): void {
    this.#speed.ask(speed);
  }

  pause(): void {
    if (this.playback.phase === "silent" || this.#paused) return;
    this.#paused = true;
    this.#output.pause();
    this.advance();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#output.resume();
    this.advance();
  }

  /** Silence, at once. The rest of the run is not heard either. */
  stop(): void {
    this.#sources.run = undefined;
    this.#replace([], 0);
  }

  startRun(id: number, format: StreamFormat, segments: readonly number[]): void {
    this.#sources.run = new RunStream(id, format, segments);
    this.#replace(segments, 0);
    this.#list.prepare(format.sampleRate);
  }

  receiveAudio(run: number, segment: number, bytes: Uint8Array): void {
    this.#sources.runOf(run)?.append(segment, bytes);
    this.advance();
  }

  endSegment(run: number, segment: number): void {
    this.#sources.runOf(run)?.endSegment(segment);
    this.advance();
  }

  /**
   * The segment is said again from its start: so it is heard again from its start, if it has not been heard to its end.
   * @returns whether it was being heard, and broke off.
   */
  restartSegment(run: number, segment: number): boolean {
    if (this.#sources.run?.id !== run) return false;
    const wasHeard = this.playback.heard === segment;
    this.#sources.run.restart(segment);
    const isTakenBack = this.#list.restart(segment);
    if (isTakenBack) this.#sought = undefined;
    this.advance();
    return wasHeard && isTakenBack;
  }

  endRun(run: number): void {
    this.#sources.runOf(run)?.end();
    this.advance();
  }

  /** No sound can be made. */
  outputFailed(reason: string): void {
    const { current } = this.playback;
    if (current === undefined) this.stop();
    else this.#giveUp(current, reason);
  }

  /** Hands on what is due, and reports what is heard. To be called whenever the output has moved on. */
  advance(): void {
    if (this.#speed.takeChange()) this.#changeSpeed();
    this.#list.feed();
    if (!this.#list.isEmpty && this.#list.hasEnded && this.#output.empty) {
      this.#list.end();
      this.#paused = false;
      this.#output.stop();
    }
    this.#report();
  }

  #noteClip(clip: ClipView): void {
    this.#sources.note(clip, this.#list.streams(clip.segment));
  }

  #replace(ids: readonly SoundId[], seconds: number): void {
    // Emptied first: silence is reported by the output at once, and nothing old may be handed on then.
    this.#list.start([], 0);
    this.#sought = undefined;
    this.#paused = false;
    this.#output.stop();
    const [first] = ids;
    const from = first === undefined ? 0 : this.#within(first, seconds);
    this.#list.start(ids, from);
    if (from > 0) this.#sought = { goesOn: false };
    this.advance();
  }

  /** What was handed on at another speed is taken back, and handed on again from where it is heard. */
  #changeSpeed(): void {
    const { heard, current } = this.#list;
    if (!current || this.#output.empty) return;
    const played = heard ? this.#output.secondsPlayed : 0;
    const sought = heard ? { goesOn: true } : this.#sought;
    this.#goTo(current.id, current.seconds + played, sought);
  }

  #goTo(id: SoundId, seconds: number, sought: Sought | undefined): boolean {
    if (!this.#list.goTo(id, this.#within(id, seconds))) return false;
    this.#sought = sought;
    this.advance();
    return true;
  }

  #within(id: SoundId, seconds: number): number {
    return Math.min(Math.max(0, seconds || 0), this.#sources.secondsOf(id) ?? Infinity);
  }

  #giveUp(id: SoundId, reason: string): void {
    this.stop();
    this.#events.failed(id, reason);
  }

  #report(): void {
    if (this.#list.hear()) this.#sought = undefined;
    this.#reporter.report(this.#paused, this.#sought?.goesOn ?? false);
    const { current } = this.playback;
    const failure = current === undefined ? undefined : this.#speed.takeFailure();
    if (current !== undefined && failure !== undefined) this.#events.failed(current, failure);
  }
}

/** The speed that was asked of the output, which may take it later or not at all. */
class RequestedSpeed {
  readonly #output: Output;
  readonly #settled: () => void;
  #taken: number;
  #failure: string | undefined;

  /** `settled`: the output has taken the speed, or can't. */
  constructor(output: Output, settled: () => void) {
    this.#output = output;
    this.#settled = settled;
    this.#taken = output.speed;
  }

  ask(speed: number): void {
    this.#failure = undefined;
    this.#output.setSpeed(speed).then(
      () => this.#settled(),
      (error: unknown) => {
        this.#failure = error instanceof Error ? error.message : String(error);
        this.#settled();
      },
    );
    this.#settled();
  }

  /** Whether the output's speed is another than when this was asked last. */
  takeChange(): boolean {
    const { speed } = this.#output;
    const changed = speed !== this.#taken;
    this.#taken = speed;
    return changed;
  }

  /** Why the speed is not the one asked for, once. */
  takeFailure(): string | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }
}
