/** What the player does, for the page and the host to show. */
export interface Playback {
  /** *waiting*: for audio that is still to come. */
  readonly phase: "silent" | "waiting" | "playing" | "paused";
  /** The segment whose audio has begun and not ended to be heard. */
  readonly heard: number | undefined;
  /** The segment heard or, where none is, the one waited for. */
  readonly current: number | undefined;
}

export function isSamePlayback(one: Playback, other: Playback): boolean {
  return one.phase === other.phase && one.heard === other.heard && one.current === other.current;
}

/** A place in a segment's audio. */
export interface Position {
  readonly segment: number;
  /** From the start of its audio. */
  readonly seconds: number;
}
