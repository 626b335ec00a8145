import type { ClipView, FromPanel, SoundWish, StreamFormat, WordView } from "../panel/messages.ts";
import { RowNumbers } from "./rowNumbers.ts";
import { loadClip } from "./sound/loadClip.ts";
import type { Playback, Position } from "./sound/playback.ts";
import { Player } from "./sound/player.ts";
import { Scheduler } from "./sound/scheduler.ts";
import type { SetTimer } from "./sound/soundContext.ts";
import { loadStretcher } from "./sound/stretcher.ts";
import { WordClock } from "./sound/wordClock.ts";

export interface ListeningEvents {
  readonly clip: (segment: number) => ClipView | undefined;
  readonly clips: () => Iterable<ClipView>;
  readonly setTimer: SetTimer;
  readonly changed: (playback: Playback) => void;
  /** What is heard now or, in silence, from where the user wants to hear. */
  readonly moved: (position: Position | undefined) => void;
  /** This word of this segment is heard, or none of which it is known. */
  readonly word: (segment: number, word: WordView | undefined) => void;
  /** What is heard, as the host is told. */
  readonly heard: (message: Heard) => void;
  /** Whether the browser refuses sound until there is a click. */
  readonly refused: (refused: boolean) => void;
  readonly failed: (segment: number, reason: string) => void;
}

/**
 * The host is told so much before a word begins, in seconds: it takes about as long until the editor shows it. Words that last
 * an eighth of a second would otherwise be marked when they are over.
 */
const aheadSeconds = 0.03;

type Heard = Extract<FromPanel, { type: "heard" }>;

/**
 * What is heard: the player with its speed and volume, the place in it, and the word that is said there. Segments are named by
 * their rows, but those of a run, in what the host tells of it, as the script stood when it began.
 */
export class Listening {
  readonly #events: ListeningEvents;
  readonly #scheduler: Scheduler;
  readonly #player: Player;
  /** Tells the page, and a little earlier the host, which word is heard. */
  readonly #clocks: readonly [page: WordClock, host: WordClock];
  readonly #numbers = new RowNumbers();
  /** The transcripts of the rows. */
  #transcripts: readonly string[] = [];
  #isRunning = false;
  /** The words of the run's segments, as far as they have come. */
  readonly #runWords = new Map<number, readonly WordView[]>();
  #heard: number | undefined;
  #told: Heard = { type: "heard", segment: undefined };
  /** The run whose segments are played, also after its end; undefined for what the user chose to play. */
  #playedRun: number | undefined;
  /** From where a segment is played next, where the user has put it elsewhere than to its start. */
  #cue: Position | undefined;
  #speed = 1;
  #frame = 0;

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
      changed: (playback) => this.#onPlayback(playback),
      failed: (number, reason) => events.failed(this.#rowOf(number) ?? number, reason),
    });
    this.#clocks = [
      this.#createClock(0, (word) => this.#showWord(word)),
      this.#createClock(aheadSeconds, () => this.#tellHeard()),
    ];
  }

  /** What is played; a segment that the script no longer has is not named. */
  get playback(): Playback {
    const { phase, heard, current } = this.#player.playback;
    return { phase, heard: this.#rowOf(heard), current: this.#rowOf(current) };
  }

  /** Where the segment is now that had this number when the run began. */
  rowOf(segment: number): number | undefined {
    return this.#numbers.rowOf(segment);
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
    const before = this.#transcripts;
    this.#transcripts = clips.map(({ transcript }) => transcript);
    const isIdle = !this.#isRunning && this.#player.playback.phase === "silent";
    if (isIdle) this.#numbers.reset();
    else this.#numbers.follow(before, this.#transcripts);
    this.#player.showClips(clips.map((clip) => this.#numbered(clip)));
    this.#updateWords();
    this.#events.changed(this.playback); // it may be in other rows
    this.#tellHeard();
  }

  showClip(clip: ClipView): void {
    this.#player.showClip(this.#numbered(clip));
  }

  startRun(run: number, format: StreamFormat, segments: readonly number[]): void {
    this.#runWords.clear();
    this.#cue = undefined;
    this.#playedRun = run;
    this.#isRunning = true;
    if (this.#numbers.haveMoved) {
      this.#player.stop();
      this.#numbers.reset();
      this.#player.showClips([...this.#events.clips()]);
    }
    this.#player.startRun(run, format, segments);
  }

  receiveAudio(run: number, segment: number, bytes: Uint8Array): void {
    this.#player.receiveAudio(run, segment, bytes);
  }

  /** The words of a segment of the run, as far as they have come. */
  receiveWords(segment: number, words: readonly WordView[]): void {
    this.#runWords.set(segment, words);
    this.#updateWords();
  }

  endSegment(run: number, segment: number): void {
    this.#player.endSegment(run, segment);
  }

  /** The segment is said again. @returns whether it was being heard, and broke off. */
  restartSegment(run: number, segment: number): boolean {
    this.#runWords.delete(segment);
    return this.#player.restartSegment(run, segment);
  }

  endRun(run: number): void {
    this.#isRunning = false;
    this.#player.endRun(run);
  }

  /** Plays these, the first from this second on. Where there is nothing to hear of any, it changes nothing and answers false. */
  play(segments: readonly number[], seconds = 0): boolean {
    const before = this.#playedRun;
    this.#playedRun = undefined;
    const numbers = segments.map((row) => this.#numbers.numberOf(row));
    const plays = this.#player.play(numbers, seconds);
    if (plays) this.#cueTo(undefined);
    else this.#playedRun = before;
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

  /** Goes on from this place or, where the segment is not among those that are played, plays it alone from there. */
  playFrom(segment: number, seconds: number): void {
    const number = this.#numbers.numberOf(segment);
    if (!this.#player.seek(number, seconds)) this.play([segment], seconds);
    else if (this.#player.playback.phase === "paused") this.#player.resume();
    this.#updateWords();
  }

  /** Goes to this place; what is silent stays so, and is played from there next. */
  seek(segment: number, seconds: number): void {
    const length = this.#events.clip(segment)?.seconds ?? 0;
    const at = Math.max(0, Math.min(seconds, length));
    const number = this.#numbers.numberOf(segment);
    if (!this.#player.seek(number, at)) return this.#cueTo({ segment, seconds: at });
    this.#updateWords();
    this.#showPosition();
  }

  /** Goes so far on or back in what is heard or, in silence, in this segment. */
  seekBy(seconds: number, inSilence: number): void {
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

  setSound({ speed, volume }: SoundWish): void {
    this.#speed = speed;
    this.#scheduler.setVolume(volume);
    this.#player.setSpeed(speed);
    this.#updateWords();
  }

  #onProgress(): void {
    this.#player.advance();
    this.#events.refused(this.#scheduler.refused);
  }

  #onPlayback(playback: Playback): void {
    this.#events.changed(this.playback);
    this.#follow();
    const isOther = playback.heard !== this.#heard;
    this.#heard = playback.heard;
    this.#updateWords();
    if (!isOther) return;
    this.#showWord(this.#clocks[0].word); // it may have been known before it was heard
    this.#tellHeard();
  }

  #createClock(ahead: number, changed: (word: WordView | undefined) => void): WordClock {
    return new WordClock({
      position: () => this.#positionIn(ahead),
      speed: () => this.#speed,
      words: (segment) => {
        const row = this.#rowOf(segment);
        const clip = row === undefined ? undefined : this.#events.clip(row);
        return clip?.words ?? this.#runWords.get(segment) ?? [];
      },
      setTimer: this.#events.setTimer,
      changed,
    });
  }

  /** What will be heard in so many seconds. */
  #positionIn(ahead: number): Position | undefined {
    const { position, playback } = this.#player;
    if (!position || playback.phase !== "playing") return position;
    return { ...position, seconds: position.seconds + ahead * this.#speed };
  }

  #updateWords(): void {
    for (const clock of this.#clocks) clock.update();
  }

  #showWord(word: WordView | undefined): void {
    const row = this.#rowOf(this.#heard);
    if (row !== undefined) this.#events.word(row, word);
  }

  #tellHeard(): void {
    const isOfRun = this.#heard !== undefined && this.#playedRun !== undefined;
    const segment = isOfRun ? this.#heard : this.#rowOf(this.#heard);
    const run = isOfRun ? this.#playedRun : undefined;
    const word = segment === undefined ? undefined : this.#clocks[1].word;
    const told = this.#told;
    const isTold = told.segment === segment && told.run === run;
    if (isTold && told.word?.from === word?.from && told.word?.to === word?.to) return;
    this.#told = {
      type: "heard",
      segment,
      ...(run !== undefined && { run }),
      ...(word && { word: { from: word.from, to: word.to } }),
    };
    this.#events.heard(this.#told);
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
    const segment = this.#rowOf(position?.segment);
    return position && segment !== undefined ? { ...position, segment } : undefined;
  }

  #rowOf(number: number | undefined): number | undefined {
    return number === undefined ? undefined : this.#numbers.rowOf(number);
  }

  #numbered(clip: ClipView): ClipView {
    const segment = this.#numbers.numberOf(clip.segment);
    return segment === clip.segment ? clip : { ...clip, segment };
  }

  /** Shows the position in each frame while something is heard. */
  #follow(): void {
    cancelAnimationFrame(this.#frame);
    this.#showPosition();
    if (this.#player.playback.phase !== "playing") return;
    this.#frame = requestAnimationFrame(() => this.#follow());
  }
}

/** Throws a sentence where no sound can be made at all. */
function createContext(sampleRate: number): AudioContext {
  try {
    return new AudioContext({ sampleRate });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`No sound device can be opened (${detail}).`, { cause });
  }
}
