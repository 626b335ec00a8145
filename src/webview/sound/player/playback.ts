/** What the player knows by: a segment's clip by the segment's id, or a take by its own. */
export type SoundId = number | string;

/** What the player does. */
export interface Playback {
  /** *waiting*: for audio that is still to come. */
  readonly phase: "silent" | "waiting" | "playing" | "paused";
  /** What has begun and not ended to be heard. */
  readonly heard: SoundId | undefined;
  /** What is heard or, where nothing is, waited for. */
  readonly current: SoundId | undefined;
}

/** Where the player is in what it plays. */
export interface SoundPlace {
  readonly id: SoundId;
  /** From the start of its audio. */
  readonly seconds: number;
}

/** One of a segment's takes. */
export interface PlayedTake {
  /** Undefined where the script no longer has the segment. */
  readonly segment: number | undefined;
  readonly id: string;
}

/** The same for the page and the host to show: what is played is the clip of a segment of the script, or a take. */
export interface PagePlayback extends Playback {
  readonly heard: number | undefined;
  readonly current: number | undefined;
  /** Where there is one, no segment is heard or waited for. */
  readonly take: PlayedTake | undefined;
}

export function isSamePlayback(one: Playback, other: Playback): boolean {
  return one.phase === other.phase && one.heard === other.heard && one.current === other.current;
}

/** A place in a segment's audio, or in that of one of its takes. */
export interface Position {
  readonly segment: number;
  /** The take's id. */
  readonly take?: string;
  /** From the start of its audio. */
  readonly seconds: number;
}

/** What the player does with a clip, in words; undefined where it does nothing. */
export type ClipSound = "playing" | "paused" | "waiting" | undefined;

/** Whether its button is there to pause it. */
export function isOn(sound: ClipSound): boolean {
  return sound === "playing" || sound === "waiting";
}
