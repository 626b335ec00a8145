import * as fileSystem from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { planArrangement } from "./arrangement.ts";
import type { Arrangement } from "./arrangement.ts";
import type { Clip, NewClip } from "./clip.ts";
import { ClipError, onDisk } from "./clipError.ts";
import { encodeClip, readClip, readClips, readVersions, sortClips } from "./clipFile.ts";
import { assertInside, kindOf, removeQuietly, writeAside } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { flushName } from "./fileName.ts";
import { ManifestFile } from "./manifestFile.ts";
import { carryOut, isStrangerAt, putInPlace } from "./placing.ts";
import type { Places } from "./placing.ts";
import { adoptTemporaries } from "./temporaries.ts";

/** Kept clips beyond so many for each segment are removed, the oldest first … */
const keptPerSegment = 5;
/** … but in a short script so many are kept in any case. */
const keptAnyway = 100;

/** What a store is opened with; `findClipFolder` finds the first three. */
export interface ClipStoreOptions {
  /** The absolute path of the clips' folder, which need not be there yet. */
  readonly folder: string;
  /** The document as the manifest names it. */
  readonly documentName: string;
  /** The folder that clips may not leave, links followed; the one that `folder` lies in, unless it is named. */
  readonly within?: string | undefined;
  /** Takes a line for the log. */
  readonly log?: ((line: string) => void) | undefined;
  readonly disk?: Disk | undefined;
}

/**
 * The clips of one document, on disk: `flush_NNN.wav` for the segment NNN, `kept_….wav` for clips that no segment wants now
 * (an undone edit finds them again), and `manifest.json`, an index of them.
 *
 * The files say themselves what they are, and are believed before the manifest. At every instant each of them is absent
 * or whole. What is done to the folder is done one after the other; a folder should have one store at a time.
 */
export class ClipStore {
  readonly folder: string;
  readonly #within: string;
  readonly #disk: Disk;
  readonly #log: (line: string) => void;
  readonly #manifest: ManifestFile;
  readonly #notices: string[] = [];
  #clips: readonly Clip[] = [];
  #lastTurn: Promise<unknown> = Promise.resolve();

  private constructor({ folder, documentName, within, log, disk }: ClipStoreOptions) {
    this.folder = folder;
    this.#within = within ?? dirname(folder);
    this.#disk = disk ?? fileSystem;
    this.#log = log ?? (() => undefined);
    const notice = (message: string): void => this.#notice(message);
    this.#manifest = new ManifestFile({ folder, documentName, disk: this.#disk, notice });
  }

  /**
   * Opens a document's clips. Makes no folder; in one that is there it ends what a crash interrupted, and writes the manifest
   * anew where it does not say what the files say.
   * @throws {ClipError} `not-ours` where a file stands in the folder's place, or the folder is another document's;
   *   `outside` where it is a link that leads out; `disk` where it can't be read.
   */
  static async open(options: ClipStoreOptions): Promise<ClipStore> {
    const store = new ClipStore(options);
    await store.#load();
    return store;
  }

  /** What the user should be told, in sentences, oldest first. */
  get notices(): readonly string[] {
    return this.#notices;
  }

  /** All clips: those of segments in the script's order, then those kept aside. */
  clips(): readonly Clip[] {
    return this.#clips;
  }

  /** The clips of an identity: those of segments first, then one kept aside. */
  find(identity: string): Clip[] {
    return this.#clips.filter((clip) => clip.identity === identity);
  }

  /**
   * Saves a clip in its segment's place. A clip of another identity that is there is kept aside; one of the same identity is
   * replaced. A clip that is saved is among `clips()` even where the manifest could not be written after it.
   * @returns the clip as its file says it.
   * @throws {ClipError} of any code; no other clip is lost then.
   * @throws {WavError} where the sound fits into no WAV file.
   * @throws {RangeError} where the segment is no index.
   */
  async save(clip: NewClip): Promise<Clip> {
    if (!Number.isSafeInteger(clip.segment) || clip.segment < 0) {
      throw new RangeError(`A segment's index can't be ${clip.segment}.`);
    }
    const bytes = encodeClip(clip); // now, for the caller's samples may change
    return this.#inTurn(async () => {
      const places = await this.#prepare();
      const path = join(this.folder, flushName(clip.segment));
      const temporary = await writeAside(this.#disk, path, bytes);
      try {
        await this.#readAgain(await putInPlace(places, temporary, path, clip.identity));
      } catch (error) {
        await removeQuietly(this.#disk, temporary);
        await this.#readAll();
        throw error;
      }
      await this.#removeOldest();
      await this.#manifest.write(this.#clips);
      const saved = this.#clips.find((other) => other.path === path);
      if (saved) return saved;
      throw new ClipError("disk", `“${path}” was removed as soon as it was saved.`);
    });
  }

  /**
   * Removes the clip in this segment's place, if it has this identity: what was saved turned out not to be its sound.
   * @throws {ClipError} of any code.
   */
  async discard(segment: number, identity: string): Promise<void> {
    await this.#inTurn(async () => {
      const clip = this.#clips.find(
        (other) => other.segment === segment && other.identity === identity,
      );
      if (!clip) return;
      await this.#prepare();
      await onDisk(clip.path, () => this.#disk.rm(clip.path, { force: true }));
      await this.#readAgain([clip.path]);
      await this.#manifest.write(this.#clips);
    });
  }

  /**
   * Gives clips the places of the segments that want them: segments were moved, inserted, deleted, or their text changed.
   * A clip that several segments want is copied. One that none wants stays where it is, unless another clip wants its place or
   * the script ends before it: then it is kept aside. Where a file that is not ours is in the way, its place is left out.
   * @param wanted for each segment the identity of its clip; `undefined` where it has nothing to say.
   * @throws {ClipError} of any code; nothing is lost then.
   */
  async arrange(wanted: readonly (string | undefined)[]): Promise<void> {
    await this.#inTurn(async () => {
      if (isEmpty(planArrangement(this.#clips, wanted))) return;
      const places = await this.#prepare();
      await this.#readAll();
      const plan = await this.#planAroundStrangers(places, wanted);
      try {
        await carryOut(places, plan);
      } catch (error) {
        await onDisk(this.folder, () => adoptTemporaries(this.#disk, this.folder));
        throw error;
      } finally {
        await this.#readAll();
      }
      await this.#manifest.write(this.#clips);
    });
  }

  /**
   * Looks at the folder again: something else may have changed it. Quick where nothing has.
   * @throws {ClipError} as `open`.
   */
  async refresh(): Promise<void> {
    await this.#inTurn(async () => {
      const versions = await onDisk(this.folder, () => readVersions(this.#disk, this.folder));
      const known = new Map(this.#clips.map(({ path, version }) => [path, version]));
      if (!isDeepStrictEqual(versions, known)) await this.#load();
    });
  }

  /** Nothing of it fails where the folder can be read but not written: its clips can be heard all the same. */
  async #load(): Promise<void> {
    const kind = await kindOf(this.#disk, this.folder);
    if (kind === "absent") {
      this.#clips = [];
      return;
    }
    if (kind === "file" || kind === "other") {
      throw new ClipError(
        "not-ours",
        `“${this.folder}” is needed as the folder of clips, but a file has that name. Move or rename that file.`,
      );
    }
    await assertInside(this.#disk, this.folder, this.#within);
    const isOurs = await this.#try(async () => {
      await this.#manifest.claim();
      await adoptTemporaries(this.#disk, this.folder);
    });
    await this.#readAll();
    if (isOurs) await this.#try(() => this.#manifest.correct(this.#clips));
  }

  /** @returns whether the folder could be changed; the user is told why not. */
  async #try(work: () => Promise<void>): Promise<boolean> {
    try {
      await onDisk(this.folder, work);
      return true;
    } catch (error) {
      if (!(error instanceof ClipError) || !["disk", "newer"].includes(error.code)) throw error;
      this.#notice(error.message);
      return false;
    }
  }

  /** Makes the folder ready to be written. */
  async #prepare(): Promise<Places> {
    await assertInside(this.#disk, this.folder, this.#within);
    await onDisk(this.folder, () => this.#disk.mkdir(this.folder, { recursive: true }));
    return {
      disk: this.#disk,
      folder: this.folder,
      listed: await this.#manifest.claim(),
      notice: (message) => this.#notice(message),
    };
  }

  async #planAroundStrangers(
    places: Places,
    wanted: readonly (string | undefined)[],
  ): Promise<Arrangement<Clip>> {
    const { copies, moves } = planArrangement(this.#clips, wanted);
    const possible = [...wanted];
    for (const { to } of [...copies, ...moves]) {
      const path = join(this.folder, flushName(to));
      if (!(await isStrangerAt(places, path))) continue;
      possible[to] = undefined;
      this.#notice(`“${path}” is not a clip of this extension: it is left alone, and in the way.`);
    }
    return planArrangement(this.#clips, possible);
  }

  async #removeOldest(): Promise<void> {
    const kept = this.#clips.filter(({ segment }) => segment === undefined);
    const most = Math.max(keptAnyway, keptPerSegment * (this.#clips.length - kept.length));
    if (kept.length <= most) return;
    const byAge = kept.sort((a, b) => (a.spokenAt < b.spokenAt ? -1 : 1));
    const paths = byAge.slice(0, kept.length - most).map(({ path }) => path);
    for (const path of paths) await removeQuietly(this.#disk, path);
    await this.#readAgain(paths);
  }

  async #readAll(): Promise<void> {
    this.#clips = await onDisk(this.folder, () => readClips(this.#disk, this.folder));
  }

  async #readAgain(paths: readonly string[]): Promise<void> {
    const others = this.#clips.filter(({ path }) => !paths.includes(path));
    const found = await Promise.all(paths.map((path) => readClip(this.#disk, path)));
    this.#clips = sortClips([...others, ...found.filter((clip) => clip !== undefined)]);
  }

  #notice(message: string): void {
    this.#log(message);
    if (!this.#notices.includes(message)) this.#notices.push(message);
  }

  /** Does `work` when all that was asked before is done. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }
}

function isEmpty({ copies, moves, aside }: Arrangement<Clip>): boolean {
  return copies.length + moves.length + aside.length === 0;
}
