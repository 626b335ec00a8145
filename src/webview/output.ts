import type { PcmFormat } from "../audio/pcm.ts";

/** Where the player's audio goes, in parts that are heard one after the other without a gap. */
export interface Output {
  /**
   * Makes ready for audio of this rate that is still to come: the device takes its time to start, and a click in the page
   * permits sound for a few seconds only. Throws where no sound can be made at all.
   */
  prepare(sampleRate: number): void;
  /** Begins a part. Throws where no sound can be made at all. */
  begin(part: number, format: PcmFormat): void;
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
  /** What has been appended and not been heard. */
  readonly secondsAhead: number;
  /** The part whose audio has begun and not ended to be heard. */
  readonly heardPart: number | undefined;
  /** Whether all that was appended has been heard. */
  readonly dry: boolean;
  /** Whether all parts have been heard to their ends. */
  readonly empty: boolean;
}
