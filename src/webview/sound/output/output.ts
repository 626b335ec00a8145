import type { PcmFormat } from "../../../audio/pcm.ts";

/** Where the player's audio goes, in parts that are heard one after the other without a gap. */
export interface Output {
  /**
   * Makes ready for audio of this rate that is still to come: the device takes its time to start, and a click in the page
   * permits sound for a few seconds only. Throws where no sound can be made at all.
   */
  prepare(sampleRate: number): void;
  /**
   * Begins a part, at the speed of now. `fadesIn`: it begins in the middle of a clip, where a first sample in full would
   * click. Throws where no sound can be made at all.
   */
  begin(part: number, format: PcmFormat, fadesIn: boolean): void;
  /** Appends to the part last begun; samples may be cut anywhere. */
  append(bytes: Uint8Array): void;
  /** All audio of the part last begun has been appended. */
  end(): void;
  /** Takes back this part and those behind it. False where it has been heard to its end. */
  takeBack(part: number): boolean;
  /** Silent, at once, and empty. */
  stop(): void;
  pause(): void;
  resume(): void;
  /** Whether a part of this rate can be begun now; one of another rate waits until nothing is left to hear. */
  accepts(sampleRate: number): boolean;
  /**
   * Parts begun from now on are heard at this speed, with their pitch kept. Resolves when that is so; rejects with a sentence
   * where it can't be, and then it is 1.
   */
  setSpeed(speed: number): Promise<void>;
  /** The speed of the parts that are begun now: seconds of audio in a second. */
  readonly speed: number;
  /** How long what has been appended and not been heard sounds. */
  readonly secondsAhead: number;
  /** The part whose audio has begun and not ended to be heard. */
  readonly heardPart: number | undefined;
  /** How much of that part's audio has come to the ear, in seconds of that audio. */
  readonly secondsHeard: number;
  /** The same, with what is on its way from here to the ear. */
  readonly secondsPlayed: number;
  /** Whether all that was appended has been heard, or nothing sounds because the browser does not let it. */
  readonly dry: boolean;
  /** Whether all parts have been heard to their ends. */
  readonly empty: boolean;
}
