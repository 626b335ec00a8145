import type { PairableClip, WantedClip } from "../../../src/clips/pairing/pairClips.ts";

/**
 * Clips in words: `"A lock:B - take:C A2"`. A has the place of segment 0 and says "A"; B, locked, that of 1; that of 2 is empty;
 * C is a take; A2 has the place of 4, and says "A" too, with another sound; A' would say an edited form of it. The takes are
 * named newest first, and "waits:D" is one that is locked.
 */
export function clipsOf(words: string): PairableClip[] {
  let place = 0;
  return words.split(" ").flatMap((word, at) => {
    const [, mark, identity = ""] = /^(lock:|take:|waits:)?(.*)$/.exec(word) ?? [];
    const segment = mark === "take:" || mark === "waits:" ? undefined : place++;
    if (identity === "-" || identity === "") return [];
    const locked = mark === "lock:" || mark === "waits:";
    const spokenAt = `2026-01-31T12:00:${String(60 - at).padStart(2, "0")}.000Z`;
    return [{ identity, transcript: textOf(identity), segment, locked, spokenAt }];
  });
}

/** What segments want, in the same words; `-` has nothing to say. */
export function wantedOf(words: string): (WantedClip | undefined)[] {
  return words
    .split(" ")
    .filter((word) => word !== "")
    .map((word) => (word === "-" ? undefined : { identity: word, transcript: textOf(word) }));
}

/** Four words of its own; of an edited form, one is another. */
function textOf(identity: string): string {
  const [, name = "", edited = ""] = /^(.*?)('*)\d*$/.exec(identity) ?? [];
  return `${name}one ${name}two ${name}three ${name}${edited === "" ? "four" : edited.length}`;
}
