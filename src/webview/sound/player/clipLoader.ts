import type { PcmFormat } from "../../../audio/pcm.ts";

/** A clip's audio, from its file. */
export interface ClipAudio {
  readonly format: PcmFormat;
  readonly samples: Uint8Array;
}

/** Answers with a clip's audio; rejects with a sentence. */
export type LoadClip = (src: string) => Promise<ClipAudio>;

export interface ClipLoaderEvents {
  readonly loaded: () => void;
  readonly failed: (src: string, reason: string) => void;
}

/** Fetches the one file that is due next; an answer that is no longer asked for is dropped. */
export class ClipLoader {
  readonly #load: LoadClip;
  readonly #events: ClipLoaderEvents;
  #loading: string | undefined;
  #loaded: { readonly src: string; readonly audio: ClipAudio } | undefined;

  constructor(load: LoadClip, events: ClipLoaderEvents) {
    this.#load = load;
    this.#events = events;
  }

  /** The file's audio, if it is here; otherwise it is fetched, and one of the events follows. */
  peek(src: string): ClipAudio | undefined {
    if (this.#loaded?.src === src) return this.#loaded.audio;
    if (this.#loading !== src) this.#fetch(src);
    return undefined;
  }

  /** The audio that was here has been used. */
  drop(): void {
    this.#loaded = undefined;
  }

  #fetch(src: string): void {
    this.#loading = src;
    this.#load(src).then(
      (audio) => {
        if (this.#loading !== src) return;
        this.#loading = undefined;
        this.#loaded = { src, audio };
        this.#events.loaded();
      },
      (error: unknown) => {
        if (this.#loading !== src) return;
        this.#loading = undefined;
        this.#events.failed(src, error instanceof Error ? error.message : String(error));
      },
    );
  }
}
