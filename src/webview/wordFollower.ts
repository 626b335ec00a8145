import type { ClipView, FromPanel, WordView } from "../panel/messages.ts";
import type { SoundId, SoundPlace } from "./sound/player/playback.ts";
import type { SetTimer } from "./sound/output/soundContext.ts";
import { WordClock } from "./sound/player/wordClock.ts";

/** What the host is told of what is heard. */
export type Heard = Extract<FromPanel, { type: "heard" }>;

/** What was begun to be played. */
export interface Begun {
  /** Counts what the page has begun. */
  readonly begun: number;
  /** The run whose segments are played, also after its end; undefined for what the user chose to play. */
  readonly run?: number | undefined;
  /** By which the page was told to; undefined where it was begun in the page. */
  readonly turn?: number | undefined;
}

export interface WordFollowerOptions {
  /** Where the player is, and whether it goes on. */
  readonly position: () => SoundPlace | undefined;
  readonly isPlaying: () => boolean;
  /** The clip of a segment; undefined where the script no longer has that. */
  readonly clip: (segment: number) => ClipView | undefined;
  readonly setTimer: SetTimer;
  /** This word of this segment is heard, or none of which it is known. */
  readonly word: (segment: number, word: WordView | undefined) => void;
  readonly heard: (message: Heard) => void;
}

/**
 * The host is told so much before a word begins, in seconds: it takes about as long until the editor shows it. Words that last
 * an eighth of a second would otherwise be marked when they are over.
 */
const aheadSeconds = 0.03;

/** Tells which word is heard: the page, and a little earlier the host. */
export class WordFollower {
  readonly #options: WordFollowerOptions;
  readonly #clocks: readonly [page: WordClock, host: WordClock];
  /** The words of the run's segments, as far as they have come. */
  readonly #runWords = new Map<SoundId, readonly WordView[]>();
  #speed = 1;
  #heard: SoundId | undefined;
  /** What is played, or was last. */
  #begun: Begun = { begun: 0 };
  #count = 0;
  #told: Heard = { type: "heard", segment: undefined, sounds: false, begun: 0 };

  constructor(options: WordFollowerOptions) {
    this.#options = options;
    this.#clocks = [
      this.#createClock(0, (word) => this.#showWord(word)),
      this.#createClock(aheadSeconds, () => this.tell()),
    ];
  }

  /** The words of another run are to come. */
  clear(): void {
    this.#runWords.clear();
  }

  /** What is played, or was last. Set, it is what the page goes on with, for nothing else was begun. */
  get begun(): Begun {
    return this.#begun;
  }

  set begun(begun: Begun) {
    this.#begun = begun;
  }

  /** Something is begun to be played. */
  begin(what: Omit<Begun, "begun"> = {}): void {
    this.#begun = { ...what, begun: ++this.#count };
  }

  /** The words of a segment of the run, as far as they have come. */
  receive(segment: number, words: readonly WordView[]): void {
    this.#runWords.set(segment, words);
    this.update();
  }

  /** What has come of the segment is void. */
  forget(segment: number): void {
    this.#runWords.delete(segment);
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.update();
  }

  /** To be called whenever playback has changed. `heard`: what is heard now. */
  follow(heard: SoundId | undefined): void {
    const isOther = heard !== this.#heard;
    this.#heard = heard;
    this.update();
    if (!isOther) return;
    this.#showWord(this.#clocks[0].word); // it may have been known before it was heard
    this.tell();
  }

  /** The place in what is heard, or its words, have changed. */
  update(): void {
    for (const clock of this.#clocks) clock.update();
  }

  /** Tells the host what is heard, unless it knows. Of a take there is nothing to tell but that it sounds. */
  tell(): void {
    const sounds = this.#heard !== undefined;
    const { begun, turn, run: ofRun } = this.#begun;
    const run = sounds ? ofRun : undefined;
    const segment = run === undefined ? this.#clip?.segment : asSegment(this.#heard);
    const word = segment === undefined ? undefined : this.#clocks[1].word;
    const told = this.#told;
    const isSame = sounds ? told.sounds && told.begun === begun : !told.sounds;
    const isTold = isSame && told.segment === segment && told.run === run;
    if (isTold && told.word?.from === word?.from && told.word?.to === word?.to) return;
    this.#told = {
      type: "heard",
      segment,
      sounds,
      begun,
      ...(turn !== undefined && { turn }),
      ...(run !== undefined && { run }),
      ...(word && { word: { from: word.from, to: word.to } }),
    };
    this.#options.heard(this.#told);
  }

  #showWord(word: WordView | undefined): void {
    const clip = this.#clip;
    if (clip) this.#options.word(clip.segment, word);
  }

  /** That of the segment that is heard; undefined where that is a take, or gone. */
  get #clip(): ClipView | undefined {
    return this.#clipOf(this.#heard);
  }

  #clipOf(id: SoundId | undefined): ClipView | undefined {
    const segment = asSegment(id);
    return segment === undefined ? undefined : this.#options.clip(segment);
  }

  #createClock(ahead: number, changed: (word: WordView | undefined) => void): WordClock {
    return new WordClock({
      position: () => this.#positionIn(ahead),
      speed: () => this.#speed,
      words: (id) => this.#clipOf(id)?.words ?? this.#runWords.get(id) ?? [],
      setTimer: this.#options.setTimer,
      changed,
    });
  }

  /** What will be heard in so many seconds. */
  #positionIn(ahead: number): SoundPlace | undefined {
    const position = this.#options.position();
    if (!position || !this.#options.isPlaying()) return position;
    return { ...position, seconds: position.seconds + ahead * this.#speed };
  }
}

function asSegment(id: SoundId | undefined): number | undefined {
  return typeof id === "number" ? id : undefined;
}
