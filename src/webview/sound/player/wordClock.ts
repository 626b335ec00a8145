import type { WordView } from "../../../panel/messages.ts";
import type { SoundId, SoundPlace } from "./playback.ts";
import type { SetTimer } from "../output/soundContext.ts";

export interface WordClockOptions {
  /** What is heard now. */
  readonly position: () => SoundPlace | undefined;
  /** How many seconds of audio are heard in a second. */
  readonly speed: () => number;
  /** The words of what is heard, by their starts. */
  readonly words: (id: SoundId) => readonly WordView[];
  readonly setTimer: SetTimer;
  /** Another word is heard, or none that is known. */
  readonly changed: (word: WordView | undefined) => void;
}

/** A word is shown until the next begins, but not for longer than this after its own end, in seconds. */
const lingerSeconds = 0.4;
/** How long to sleep at most, in milliseconds: audio that is late makes what was foreseen wrong. */
const longestSleep = 200;

/** Tells which word is heard, as it begins. It goes by timers: frames are not drawn while the page is hidden. */
export class WordClock {
  readonly #options: WordClockOptions;
  #word: WordView | undefined;
  /** In what it is said. */
  #id: SoundId | undefined;
  #cancel: (() => void) | undefined;

  constructor(options: WordClockOptions) {
    this.#options = options;
  }

  /** The word that was heard when it was looked at last. */
  get word(): WordView | undefined {
    return this.#word;
  }

  /** To be called whenever playback has changed: begun, ended, moved, got another speed or other words. */
  update(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const position = this.#options.position();
    const words = position ? this.#options.words(position.id) : [];
    const at = position ? lastBegun(words, position.seconds) : -1;
    const begun = words[at];
    const word =
      begun && position && position.seconds < begun.end + lingerSeconds ? begun : undefined;
    if (position)
      this.#sleep(position.seconds, [words[at + 1]?.start, word && word.end + lingerSeconds]);
    const id = word && position?.id;
    const { from, to } = word ?? {};
    if (id === this.#id && from === this.#word?.from && to === this.#word?.to) return;
    this.#id = id;
    this.#word = word;
    this.#options.changed(word);
  }

  #sleep(now: number, moments: readonly (number | undefined)[]): void {
    const next = moments.reduce<number>(
      (least, at = 0) => (at > now ? Math.min(least, at) : least),
      Infinity,
    );
    const milliseconds = ((next - now) / this.#options.speed()) * 1000;
    this.#cancel = this.#options.setTimer(
      () => this.update(),
      Math.ceil(Math.min(milliseconds, longestSleep)),
    );
  }
}

/** The index of the last word that has begun by then; −1 before the first. */
function lastBegun(words: readonly WordView[], seconds: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.start ?? Infinity) <= seconds) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
