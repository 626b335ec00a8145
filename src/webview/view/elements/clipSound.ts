/** What the player does with a clip, in words; undefined where it does nothing. */
export type ClipSound = "playing" | "paused" | "waiting" | undefined;

/** Whether its button is there to pause it. */
export function isOn(sound: ClipSound): boolean {
  return sound === "playing" || sound === "waiting";
}
