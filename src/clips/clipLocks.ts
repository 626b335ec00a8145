import type { Clip } from "./clip.ts";
import { listedName } from "./fileName.ts";

/** What a manifest's entry says that bears on a lock. */
export interface ListedClip {
  /** The name of its file, from the clips' folder. Only to be compared: a stranger may have written it. */
  readonly file: string;
  readonly identity: string;
  readonly spokenAt: string;
  readonly locked: boolean;
}

/**
 * Which clips a manifest says are locked: their files do not know. A lock goes with a clip that something moved to another
 * segment's place since the manifest was written.
 */
export class ClipLocks {
  readonly #listed: ReadonlyMap<string, ListedClip>;

  constructor(listed: readonly ListedClip[]) {
    this.#listed = new Map(listed.map((entry) => [entry.file, entry]));
  }

  /** These clips, those in place locked or not. What has not changed is the same object. */
  applyTo(clips: readonly Clip[]): readonly Clip[] {
    const locked = new Set<Clip>();
    const moved: Clip[] = [];
    /** The locked entries whose clip does not lie where they say. */
    const left = new Set([...this.#listed.values()].filter((entry) => entry.locked));
    for (const clip of clips.filter(({ segment }) => segment !== undefined)) {
      const entry = this.#listed.get(listedName(clip.path));
      if (!entry || !isOf(entry, clip)) moved.push(clip);
      else if (left.delete(entry)) locked.add(clip);
    }
    for (const entry of left) {
      const clip = moved.find((other) => isOf(entry, other) && !locked.has(other));
      if (clip) locked.add(clip);
    }
    return setLocks(clips, (clip) => locked.has(clip));
  }
}

/** These clips, of which those in place are locked that `isLocked` names. What has not changed is the same object. */
export function setLocks(
  clips: readonly Clip[],
  isLocked: (clip: Clip) => boolean,
): readonly Clip[] {
  return clips.map((clip) => {
    const locked = clip.segment !== undefined && isLocked(clip);
    return locked === clip.locked ? clip : { ...clip, locked };
  });
}

function isOf(entry: ListedClip, { identity, spokenAt }: Clip): boolean {
  return entry.identity === identity && entry.spokenAt === spokenAt;
}
