import type { Clip } from "../model/clip.ts";
import { sayingOf } from "../model/clipLookUp.ts";
import { listedName } from "../model/fileName.ts";

/** What a manifest's entry says that bears on what users decided. */
export interface ListedClip {
  /** The name of its file, from the clips' folder. Only to be compared: a stranger may have written it. */
  readonly file: string;
  readonly identity: string;
  readonly spokenAt: string;
  readonly locked: boolean;
  /** As `Clip.chosen`. */
  readonly chosen: number | undefined;
}

/**
 * Which clips a manifest says are locked, or were chosen: their files do not know. What was decided goes with a clip that
 * something moved since the manifest was written, to another segment's place or among the takes.
 */
export class ClipLocks {
  readonly #listed: ReadonlyMap<string, ListedClip>;
  /** Which decisions chose clips, by `sayingOf`. */
  readonly #chosen = new Map<string, number>();

  constructor(listed: readonly ListedClip[]) {
    this.#listed = new Map(listed.map((entry) => [entry.file, entry]));
    for (const entry of listed) {
      if (entry.chosen !== undefined) this.#chosen.set(sayingOf(entry), entry.chosen);
    }
  }

  /** These clips, as users decided on them. What has not changed is the same object. */
  applyTo(clips: readonly Clip[]): readonly Clip[] {
    const locked = new Set<Clip>();
    const moved: Clip[] = [];
    /** The locked entries whose clip does not lie where they say. */
    const left = new Set([...this.#listed.values()].filter((entry) => entry.locked));
    for (const clip of clips) {
      const entry = this.#listed.get(listedName(clip.path));
      if (!entry || sayingOf(entry) !== sayingOf(clip)) moved.push(clip);
      else if (left.delete(entry)) locked.add(clip);
    }
    for (const entry of left) {
      const clip = moved.find((other) => sayingOf(entry) === sayingOf(other) && !locked.has(other));
      if (clip) locked.add(clip);
    }
    return clips.map((clip) => {
      const chosen = setChosen(clip, this.#chosen.get(sayingOf(clip)));
      return locked.has(clip) === clip.locked ? chosen : { ...chosen, locked: locked.has(clip) };
    });
  }
}

/** These clips, of which those are locked that `isLocked` names. What has not changed is the same object. */
export function setLocks(
  clips: readonly Clip[],
  isLocked: (clip: Clip) => boolean,
): readonly Clip[] {
  return clips.map((clip) => {
    const locked = isLocked(clip);
    return locked === clip.locked ? clip : { ...clip, locked };
  });
}

/** A clip that this decision chose, or none; itself, where it is such. */
export function setChosen(clip: Clip, chosen: number | undefined): Clip {
  if (clip.chosen === chosen) return clip;
  if (chosen !== undefined) return { ...clip, chosen };
  const unchosen: { -readonly [Key in keyof Clip]: Clip[Key] } = { ...clip };
  delete unchosen.chosen;
  return unchosen;
}
