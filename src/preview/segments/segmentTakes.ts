import * as l10n from "@vscode/l10n";
import { basename } from "node:path";
import type { Clip } from "../../clips/model/clip.ts";
import { ClipError } from "../../clips/model/clipError.ts";
import { sayingOf } from "../../clips/model/clipLookUp.ts";
import type { ClipStore } from "../../clips/clipStore.ts";
import type { ScriptReading } from "./scriptReading.ts";

/** What the takes of a script's segments need of its preview. */
export interface TakesSource {
  readonly store: ClipStore;
  /** The script as it was last read. */
  readonly reading: () => ScriptReading | undefined;
  /** Looks at the folder, and gives each clip its segment's place. @throws ClipError */
  readonly settle: () => Promise<void>;
  /** Segments have other clips, takes or locks now. */
  readonly changed: () => void;
}

/** Takes a restoring back, wherever the segment is by then. @throws ClipError */
export type Undo = () => Promise<void>;

/** What a user does with the takes of segments. `take` is a take's file name. */
export class SegmentTakes {
  readonly #source: TakesSource;

  constructor(source: TakesSource) {
    this.#source = source;
  }

  /**
   * Gives a segment's place to a take of it; the clip that was there becomes a take. One that is not just what the script asks for
   * (another voice, other settings) is locked, or else the next preview would replace it; a locked segment stays so.
   * @throws ClipError where the take is gone, or of any other code; nothing is lost then.
   */
  async restore(segment: number, take: string): Promise<Undo> {
    const { store, reading } = this.#source;
    const found = await this.#find(segment, take);
    const former = store.at(segment);
    const isOther = found.identity !== reading()?.identity(segment);
    const isLocked = isOther || (former?.locked ?? false);
    const restored = await this.#change(() => store.restore(found, segment, isLocked));
    return async () => {
      await this.#source.settle();
      const place = placeOf(restored, store, segment);
      if (place === undefined) throw gone(take);
      const back = former && findAgain(former, store);
      if (former && !back) throw gone(basename(former.path));
      await this.#change<unknown>(() =>
        back ? store.restore(back, place, former.locked) : store.setAside(place),
      );
    };
  }

  /**
   * Deletes a take, and its file.
   * @throws ClipError where it is gone, or of any other code.
   */
  async delete(segment: number, take: string): Promise<void> {
    const found = await this.#find(segment, take);
    await this.#change(() => this.#source.store.deleteTake(found));
  }

  /**
   * Locks the clip of a segment, so that the segment is not spoken until it is unlocked; or unlocks it.
   * @throws ClipError where the segment has no clip, or of any other code.
   */
  async setLocked(segment: number, locked: boolean): Promise<void> {
    const { store, settle } = this.#source;
    await settle();
    await this.#change(() => store.setLocked(segment, locked));
  }

  async #find(segment: number, take: string): Promise<Clip> {
    const { store, reading, settle } = this.#source;
    const named = (): Clip | undefined => {
      const transcript = reading()?.segments[segment]?.transcript ?? "";
      return store.takes(transcript).find(({ path }) => basename(path) === take);
    };
    const seen = named();
    await settle(); // which gives a take that a crash left under another name its own
    const found = named() ?? (seen && findAgain(seen, store));
    if (!found || found.segment !== undefined) throw gone(take);
    return found;
  }

  async #change<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } finally {
      this.#source.changed();
    }
  }
}

/** Where a restored clip is by now; of several places that have copies of it, the one that it was restored to. */
function placeOf(restored: Clip, store: ClipStore, segment: number): number | undefined {
  const at = store.at(segment);
  if (at && isSame(at, restored)) return segment;
  return store.clips().find((clip) => isSame(clip, restored))?.segment;
}

/** A clip that had to go, wherever it is by now: a take before a copy that another segment has. */
function findAgain(former: Clip, store: ClipStore): Clip | undefined {
  const alike = store.clips().filter((clip) => isSame(clip, former));
  return alike.find(({ segment }) => segment === undefined) ?? alike[0];
}

function isSame(one: Clip, other: Clip): boolean {
  return sayingOf(one) === sayingOf(other);
}

function gone(take: string): ClipError {
  return new ClipError("disk", l10n.t("The take “{0}” is no longer in the folder of clips.", take));
}
