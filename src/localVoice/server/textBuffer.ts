import { completeLength, readSpeech } from "../text/speechText.ts";
import type { Utterance } from "../text/speechText.ts";
import type { SpeechStyle } from "../text/speechMarkup.ts";

/**
 * The text of a context's current segment that is not yet being said. Transcripts are joined verbatim, so what one push
 * begins (a word, a tag) the next may end. Tags hold to the segment's end, so that a segment sounds the same whatever
 * was said before it.
 */
export class TextBuffer {
  #text = "";
  /** As the client's generation_config asks. */
  #asked: SpeechStyle = { speed: 1, volume: 1 };
  /** As the tags in the segment have left it. */
  #style: SpeechStyle = this.#asked;

  /** UTF-16 units. */
  get length(): number {
    return this.#text.length;
  }

  get isEmpty(): boolean {
    return this.#text === "";
  }

  /**
   * Adds a transcript.
   * @param asked the style from here on; without one the last holds
   * @returns what a change of style parts from what follows
   */
  push(transcript: string, asked: Partial<SpeechStyle>): readonly Utterance[] {
    const style = { ...this.#asked, ...asked };
    const changes = style.speed !== this.#asked.speed || style.volume !== this.#asked.volume;
    const parted = changes ? this.#take(this.#text.length) : [];
    if (changes) this.#asked = this.#style = style;
    this.#text += transcript;
    return parted;
  }

  /** Takes the whole sentences that more text can no longer change. */
  takeComplete(): readonly Utterance[] {
    return this.#take(completeLength(this.#text));
  }

  /** Takes everything. */
  takeAll(): readonly Utterance[] {
    return this.#take(this.#text.length);
  }

  /** Takes everything, and begins a new segment. */
  endSegment(): readonly Utterance[] {
    const rest = this.takeAll();
    this.#style = this.#asked;
    return rest;
  }

  #take(length: number): readonly Utterance[] {
    const { utterances, style } = readSpeech(this.#text.slice(0, length), this.#style);
    this.#text = this.#text.slice(length);
    this.#style = style;
    return utterances;
  }
}
