import * as l10n from "@vscode/l10n";
import { bytesPerSample, secondsOf, type PcmFormat } from "../../audio/pcm.ts";
import type { Word } from "../../protocol/serverMessage.ts";
import type { AudioEvent } from "./audioEvent.ts";
import { Failure } from "../connection/failure.ts";
import { FrameAllowance } from "../connection/frameAllowance.ts";
import { mostSecondsOf, serviceLimits } from "../connection/sessionLimits.ts";

/** How much may come in a context, by what has been sent in it. What comes without end is not taken without end. */
export class ContextBounds {
  /** The frames that may come. */
  readonly frames = new FrameAllowance();
  readonly #format: PcmFormat;
  readonly #trace: (line: string) => void;
  /** By position, the most seconds of its audio. */
  readonly #most: number[] = [];
  #mostOfAll = 0;
  /** Bytes of all audio that came. */
  #bytes = 0;
  #wordsLeft: number = serviceLimits.words.spare;

  constructor(format: PcmFormat, trace: (line: string) => void) {
    this.#format = format;
    this.#trace = trace;
  }

  /** Takes note that the next transcript was sent. */
  sent(transcript: string): void {
    const most = mostSecondsOf(transcript);
    const { encoding, sampleRate } = this.#format;
    this.#most.push(most);
    this.#mostOfAll += most;
    this.frames.grow(most, most * sampleRate * bytesPerSample(encoding));
    this.#wordsLeft += serviceLimits.words.perCharacter * transcript.length;
  }

  /** Takes note of audio that came. @throws Failure `protocol` where it is more than all that was sent can be. */
  heard(bytes: number): void {
    this.#bytes += bytes;
    if (secondsOf(this.#bytes, this.#format) > this.#mostOfAll) throw tooMuchAudio();
  }

  /**
   * Looks at what turned out to be a segment's; before that its audio may be another's, whose text is longer.
   * @throws Failure `protocol` where a segment has more than its text can be.
   */
  note(event: AudioEvent): void {
    if (event.type !== "spoken") return;
    const most = this.#most[event.position] ?? 0;
    if (secondsOf(event.segment.samples.length, this.#format) > most) throw tooMuchAudio();
  }

  /** Those of a frame's words that may be taken: what is beyond any text is left out, and the log says so once. */
  wordsOf(words: readonly Word[]): readonly Word[] {
    if (this.#wordsLeft < 0) return [];
    const taken = words.slice(0, this.#wordsLeft);
    this.#wordsLeft -= words.length;
    if (this.#wordsLeft < 0) this.#trace("left out words: far more came than the text can have");
    return taken.filter(({ text }) => text.length <= serviceLimits.word);
  }
}

function tooMuchAudio(): Failure {
  return new Failure(
    "protocol",
    l10n.t("The speech service sent far more audio than its text can be."),
  );
}
