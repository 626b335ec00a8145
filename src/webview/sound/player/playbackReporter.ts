import type { Output } from "../output/output.ts";
import type { Pass } from "./pass.ts";
import { isSamePlayback } from "./playback.ts";
import type { Playback } from "./playback.ts";
import type { Playlist } from "./playlist.ts";

/** Tells what is heard, when that has changed. */
export class PlaybackReporter {
  readonly #list: Playlist;
  readonly #output: Output;
  readonly #changed: (playback: Playback) => void;
  #heard: Pass | undefined;
  #playback: Playback = { phase: "silent", heard: undefined, current: undefined };

  constructor(list: Playlist, output: Output, changed: (playback: Playback) => void) {
    this.#list = list;
    this.#output = output;
    this.#changed = changed;
  }

  /** What was told last. */
  get playback(): Playback {
    return this.#playback;
  }

  /** `goesOn`: what is to be heard next is counted as heard from the moment that there is sound of it. */
  report(paused: boolean, goesOn: boolean): void {
    const { heard, current } = this.#list;
    const { dry } = this.#output;
    const id = heard?.id ?? (goesOn && !dry ? current?.id : undefined);
    const playback: Playback = {
      phase: this.#phase(paused, id !== undefined && !dry),
      heard: id,
      current: current?.id,
    };
    const begins = heard !== undefined && heard !== this.#heard;
    this.#heard = heard;
    if (!begins && isSamePlayback(playback, this.#playback)) return;
    this.#playback = playback;
    this.#changed(playback);
  }

  #phase(paused: boolean, sounding: boolean): Playback["phase"] {
    if (this.#list.isEmpty) return "silent";
    if (paused) return "paused";
    return sounding ? "playing" : "waiting";
  }
}
