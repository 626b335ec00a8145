import { serviceLimits } from "./sessionLimits.ts";

/** How many frames a service may still send, and how many characters of them. */
export class FrameAllowance {
  #frames: number = serviceLimits.spare.frames;
  #characters: number = serviceLimits.spare.characters;

  /** Allows for the frames of more audio. */
  grow(seconds: number, bytes: number): void {
    this.#frames += Math.ceil(seconds * serviceLimits.framesPerSecond);
    this.#characters += Math.ceil(bytes * serviceLimits.charactersPerByte);
  }

  /** Takes over what is left of another one. */
  inherit(other: FrameAllowance): void {
    this.#frames += Math.max(0, other.#frames);
    this.#characters += Math.max(0, other.#characters);
  }

  /** Takes note of a frame that came. @returns whether it was still allowed. */
  take(characters: number): boolean {
    this.#frames--;
    this.#characters -= characters;
    return this.#frames >= 0 && this.#characters >= 0;
  }
}
