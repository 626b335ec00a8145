import type {
  ClipView,
  SoundPreferences,
  StreamFormat,
  TakeView,
  WordView,
} from "../panel/messages.ts";
import { inNextFrame } from "./nextFrame.ts";
import { WordFollower } from "./wordFollower.ts";
import type { WordFollowerOptions } from "./wordFollower.ts";
import { loadClip } from "./sound/player/loadClip.ts";
import type { PagePlayback, PlayedTake, Position, SoundId } from "./sound/player/playback.ts";
import { Player } from "./sound/player/player.ts";
import { Scheduler } from "./sound/output/scheduler.ts";
import { loadStretcher } from "./sound/output/loadStretcher.ts";
import { createContext } from "./sound/output/soundContext.ts";

export interface ListeningEvents extends Pick<
  WordFollowerOptions,
  "clip" | "setTimer" | "word" | "heard"
> {
  readonly changed: (playback: PagePlayback) => void;
  /** What is heard now or, in silence, from where the user wants to hear. */
  readonly moved: (position: Position | undefined) => void;
  /** Whether the browser refuses sound until there is a click. */
  readonly refused: (refused: boolean) => void;
  /** `take`: it is this take of the segment. */
  readonly failed: (segment: number, reason: string, take?: string) => void;
}

/** A take, and the segment of which it was chosen. */
type ChosenTake = PlayedTake & { readonly segment: number };

/** What is heard: the player with its speed and volume, the place in it, and the word that is said there. */
export class Listening {
  readonly #events: ListeningEvents;
  readonly #scheduler: Scheduler;
  readonly #player: Player;
  readonly #words: WordFollower;
  /** The take that was played last. */
  #take: ChosenTake | undefined;
  /** From where a segment is played next, where the user has put it elsewhere than to its start. */
  #cue: Position | undefined;
  #callOff: (() => void) | undefined;

  constructor(events: ListeningEvents) {
    this.#events = events;
    const { setTimer } = events;
    this.#scheduler = new Scheduler({
      createContext,
      loadStretcher,
      setTimer,
      progress: () => this.#onProgress(),
      failed: (reason) => this.#player.outputFailed(reason),
    });
    this.#player = new Player(this.#scheduler, loadClip, {
      changed: () => this.#onPlayback(),
      failed: (id, reason) => this.#onFailure(id, reason),
    });
    this.#words = new WordFollower({
      ...events,
      position: () => this.#player.position,
      isPlaying: () => this.#player.playback.phase === "playing",
    });
  }

  /** What is played; a segment that the script no longer has is not named. */
  get playback(): PagePlayback {
    const { phase, heard, current } = this.#player.playback;
    const played = this.#playedTake;
    const take = played && { segment: this.#inScript(played.segment), id: played.id };
    return { phase, heard: this.#inScript(heard), current: this.#inScript(current), take };
  }

  get loop(): boolean {
    return this.#player.loop;
  }

  set loop(loop: boolean) {
    this.#player.loop = loop;
  }

  /** To be called in a click: what waited for it begins to sound. */
  permit(): void {
    this.#scheduler.permit();
  }

  showClips(clips: readonly ClipView[]): void {
    this.#player.showClips(clips);
    this.#words.update();
    this.#events.changed(this.playback); // what is played may be gone from the script
    this.#words.tell();
  }

  showClip(clip: ClipView): void {
    this.#player.showClip(clip);
  }

  /** `turn`: by which the host wants it to be heard. */
  startRun(run: number, format: StreamFormat, segments: readonly number[], turn?: number): void {
    this.#words.clear();
    this.#words.begin({ run, turn });
    this.#cue = undefined;
    this.#player.startRun(run, format, segments);
  }

  receiveAudio(run: number, segment: number, bytes: Uint8Array): void {
    this.#player.receiveAudio(run, segment, bytes);
  }

  /** The words of a segment of the run, as far as they have come. */
  receiveWords(segment: number, words: readonly WordView[]): void {
    this.#words.receive(segment, words);
  }

  endSegment(run: number, segment: number): void {
    this.#player.endSegment(run, segment);
  }

  /** The segment is said again. @returns whether it was being heard, and broke off. */
  restartSegment(run: number, segment: number): boolean {
    this.#words.forget(segment);
    return this.#player.restartSegment(run, segment);
  }

  endRun(run: number): void {
    this.#player.endRun(run);
  }

  /**
   * Plays these, the first from this second on. Where there is nothing to hear of any, it changes nothing and answers false.
   * @param turn by which the host wants it to be heard.
   */
  play(segments: readonly number[], seconds = 0, turn?: number): boolean {
    const before = this.#words.begun;
    this.#words.begin({ turn });
    const plays = this.#player.play(segments, seconds);
    if (plays) this.#cueTo(undefined);
    else this.#words.begun = before;
    return plays;
  }

  /** Plays one segment, from where the user has put it, or goes on with it; false where there is nothing to hear of it. */
  playSegment(segment: number): boolean {
    const { phase, current } = this.playback;
    const seconds = this.#cue?.segment === segment ? this.#cue.seconds : 0;
    if (phase !== "paused" || current !== segment) return this.play([segment], seconds);
    this.#player.resume();
    return true;
  }

  /** Plays a take of this segment in place of what sounded, or goes on with it. */
  playTake(segment: number, played: TakeView): void {
    const { phase, take } = this.playback;
    if (take?.segment === segment && take.id === played.id && phase === "paused") {
      return this.#player.resume();
    }
    this.#take = { segment, id: played.id };
    this.#words.begin();
    this.#player.playTake(played);
    this.#cueTo(undefined);
  }

  /** Goes on from this place or, where the segment is not among those that are played, plays it alone from there. */
  playFrom(segment: number, seconds: number): void {
    if (!this.#player.seek(segment, seconds)) this.play([segment], seconds);
    else if (this.#player.playback.phase === "paused") this.#player.resume();
    this.#words.update();
  }

  /** Plays what sounds once more from its start or, in silence, this segment. */
  again(inSilence: number): void {
    if (!this.#playedTake) return this.playFrom(this.playback.current ?? inSilence, 0);
    this.#seekTake(0);
    this.#player.resume();
  }

  /** Goes to this place; what is silent stays so, and is played from there next. */
  seek(segment: number, seconds: number): void {
    const length = this.#events.clip(segment)?.seconds ?? 0;
    const at = Math.max(0, Math.min(seconds, length));
    if (!this.#player.seek(segment, at)) return this.#cueTo({ segment, seconds: at });
    this.#words.update();
    this.#showPosition();
  }

  /** Goes so far on or back in what is heard or, in silence, in this segment. */
  seekBy(seconds: number, inSilence: number): void {
    if (this.#playedTake) return this.#seekTake((this.#position?.seconds ?? 0) + seconds);
    const segment = this.playback.current ?? inSilence;
    const places = [this.#position, this.#cue];
    const from = places.find((place) => place?.segment === segment)?.seconds ?? 0;
    this.seek(segment, from + seconds);
  }

  pause(): void {
    this.#player.pause();
  }

  resume(): void {
    this.#player.resume();
  }

  stop(): void {
    this.#player.stop();
  }

  /** Another page is heard: stops, unless what is played was begun by a later turn, or here after what the host knows of. */
  giveWay(to: { readonly turn: number; readonly begun: number }): void {
    const { begun, turn } = this.#words.begun;
    if (turn === undefined ? begun <= to.begun : turn <= to.turn) this.#player.stop();
  }

  setSound({ speed, volume }: SoundPreferences): void {
    this.#scheduler.setVolume(volume);
    this.#player.setSpeed(speed);
    this.#words.setSpeed(speed);
  }

  #onProgress(): void {
    this.#player.advance();
    this.#events.refused(this.#scheduler.refused);
  }

  #onPlayback(): void {
    this.#events.changed(this.playback);
    this.#follow();
    this.#words.follow(this.#player.playback.heard);
  }

  #onFailure(id: SoundId, reason: string): void {
    if (typeof id === "number") this.#events.failed(id, reason);
    else if (this.#take) this.#events.failed(this.#take.segment, reason, id);
  }

  /** The take that is heard or waited for. */
  get #playedTake(): ChosenTake | undefined {
    return this.#player.playback.current === this.#take?.id ? this.#take : undefined;
  }

  #seekTake(seconds: number): void {
    if (this.#take) this.#player.seek(this.#take.id, seconds);
    this.#showPosition();
  }

  #cueTo(cue: Position | undefined): void {
    this.#cue = cue;
    this.#showPosition();
  }

  #showPosition(): void {
    this.#events.moved(this.#position ?? this.#cue);
  }

  get #position(): Position | undefined {
    const { position } = this.#player;
    const take = this.#playedTake;
    const segment = this.#inScript(take?.segment ?? position?.id);
    if (!position || segment === undefined) return undefined;
    return { segment, seconds: position.seconds, ...(take && { take: take.id }) };
  }

  /** A segment, if the script still has it. */
  #inScript(id: SoundId | undefined): number | undefined {
    return typeof id === "number" && this.#events.clip(id) ? id : undefined;
  }

  /** Shows the position in each frame while something is heard. */
  #follow(): void {
    this.#callOff?.();
    this.#showPosition();
    if (this.#player.playback.phase !== "playing") return;
    this.#callOff = inNextFrame(() => this.#follow());
  }
}
