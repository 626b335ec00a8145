import * as fileSystem from "node:fs/promises";
import { dirname, join } from "node:path";
import { planArrangement } from "./arrangement.ts";
import type { Clip, Container, NewClip } from "./clip.ts";
import { ClipError, onDisk } from "./clipError.ts";
import type { ClipSource } from "./clipFile.ts";
import type { ClipFolder } from "./clipFolder.ts";
import { removeQuietly, whenLetGo, writeAside } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { flushName } from "./fileName.ts";
import { oldestKept } from "./oldestKept.ts";
import { OpenFolder } from "./openFolder.ts";
import type { OpenFolderOptions } from "./openFolder.ts";
import { assertNoStrangerAt, carryOut, planPossible, putInPlace } from "./placing.ts";
import { wholeSamples } from "./rawClip.ts";
import { renameClipFolder } from "./renameClipFolder.ts";
import { adoptTemporaries } from "./tidying.ts";
import { encodeClip } from "./wavClip.ts";

/** What a store is opened with; `findClipFolder` finds the first three. */
export interface ClipStoreOptions {
  /** The absolute path of the clips' folder, which need not be there yet. */
  readonly folder: string;
  /** The document as the manifest names it. */
  readonly documentName: string;
  /** The folder that clips may not leave, links followed; the one that `folder` lies in, unless it is named. */
  readonly within?: string | undefined;
  /** How clips are saved; WAV, unless it is named. Those that are there stay as they are. */
  readonly container?: Container | undefined;
  /** How many milliseconds a change waits for another window or process that writes there; 10 seconds, unless named. */
  readonly patienceMs?: number | undefined;
  /** Takes a line for the log. */
  readonly log?: ((line: string) => void) | undefined;
  readonly disk?: Disk | undefined;
}

interface LookUp {
  readonly clips: readonly Clip[];
  readonly byIdentity: ReadonlyMap<string, readonly Clip[]>;
  readonly byPlace: ReadonlyMap<number, Clip>;
}

/**
 * The clips of one document, on disk: `flush_NNN.wav` for the segment NNN, `kept_….wav` for clips that no segment wants now
 * (an undone edit finds them again), and `manifest.json`, an index of them. Raw clips end in `.pcm`; a segment has one clip.
 *
 * WAV files say themselves what they are, and are believed before the manifest. A raw file is what the manifest says of its
 * very samples; one that it does not know is not ours. At every instant each file is absent or whole.
 *
 * What is done to the folder is done one after the other, by other stores, windows and processes too: a change begins
 * with what lies on disk then.
 */
export class ClipStore {
  readonly #container: Container;
  readonly #options: OpenFolderOptions;
  readonly #notices: string[] = [];
  #folder: OpenFolder;
  #known: LookUp | undefined;
  #lastTurn: Promise<unknown> = Promise.resolve();

  private constructor(options: ClipStoreOptions) {
    const { folder, documentName, within = dirname(folder), log } = options;
    this.#container = options.container ?? "wav";
    this.#options = {
      disk: options.disk ?? fileSystem,
      patienceMs: options.patienceMs ?? 10_000,
      notice: (message) => {
        log?.(message);
        if (!this.#notices.includes(message)) this.#notices.push(message);
      },
    };
    this.#folder = new OpenFolder({ folder, documentName, within }, this.#options);
  }

  /**
   * Opens a document's clips. Makes no folder; in one that is there it ends what a crash interrupted, and writes the manifest
   * anew where it does not say what the files say.
   * @throws {ClipError} `not-ours` where a file stands in the folder's place, or the folder is another document's;
   *   `outside` where it is a link that leads out; `disk` where it can't be read.
   */
  static async open(options: ClipStoreOptions): Promise<ClipStore> {
    const store = new ClipStore(options);
    await store.#folder.load();
    return store;
  }

  /** The absolute path of the clips' folder. */
  get folder(): string {
    return this.#folder.place.folder;
  }

  /** What the user should be told, in sentences, oldest first. */
  get notices(): readonly string[] {
    return this.#notices;
  }

  /** All clips: those of segments in the script's order, then those kept aside. */
  clips(): readonly Clip[] {
    return this.#folder.clips;
  }

  /** The clips of an identity: those of segments first, then one kept aside. */
  find(identity: string): readonly Clip[] {
    return this.#lookUp().byIdentity.get(identity) ?? [];
  }

  /** The clip in a segment's place. */
  at(segment: number): Clip | undefined {
    return this.#lookUp().byPlace.get(segment);
  }

  /**
   * Saves a clip in its segment's place. A clip of another identity that is there is kept aside; one of the same identity is
   * replaced. A clip that is saved is among `clips()` even where the manifest could not be written after it.
   * @returns the clip as its file, or of a raw clip the manifest, says it.
   * @throws {ClipError} of any code; no other clip is lost then.
   * @throws {WavError} where the sound fits into no WAV file.
   * @throws {RangeError} where the segment is no index, or the sample rate of a raw clip none.
   */
  async save(clip: NewClip): Promise<Clip> {
    if (!Number.isSafeInteger(clip.segment) || clip.segment < 0) {
      throw new RangeError(`A segment's index can't be ${clip.segment}.`);
    }
    // Now, for the caller's samples may change.
    const { container, bytes, said } = this.#encode(clip);
    return this.#inTurn(async () => {
      const path = join(this.folder, flushName(clip.segment, container));
      return this.#folder.change(path, async (places) => {
        await assertNoStrangerAt(places, path);
        const temporary = await writeAside(places.disk, path, bytes);
        try {
          const known =
            container === "raw" ? await this.#folder.announce(places, said, temporary) : places;
          const changed = await putInPlace(known, { ...said, container, temporary });
          await this.#folder.readAgain(known, changed);
        } catch (error) {
          await removeQuietly(places.disk, temporary);
          await this.#folder.readAll(places);
          throw error;
        }
        await this.#removeOldest(places);
        await this.#folder.writeManifest();
        const saved = this.clips().find((other) => other.path === path);
        if (saved) return saved;
        throw new ClipError("disk", `“${path}” was removed as soon as it was saved.`);
      });
    });
  }

  /**
   * Removes the clip in this segment's place, if it has this identity: what was saved turned out not to be its sound.
   * @throws {ClipError} of any code.
   */
  async discard(segment: number, identity: string): Promise<void> {
    const find = (): Clip | undefined =>
      this.find(identity).find((clip) => clip.segment === segment);
    await this.#inTurn(async () => {
      const known = find();
      if (!known) return;
      await this.#folder.change(known.path, async (places) => {
        const clip = find();
        if (!clip) return;
        await onDisk(clip.path, () => whenLetGo(() => places.disk.rm(clip.path, { force: true })));
        await this.#folder.readAgain(places, [clip.path]);
        await this.#folder.writeManifest();
      });
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
      const { copies, moves, aside } = planArrangement(this.clips(), wanted);
      if (copies.length + moves.length + aside.length === 0) return;
      await this.#folder.change(this.folder, async (places) => {
        await this.#folder.readAll(places);
        const plan = await planPossible(places, this.clips(), wanted);
        try {
          await carryOut(places, plan);
        } catch (error) {
          await onDisk(this.folder, () => adoptTemporaries(places));
          throw error;
        } finally {
          await this.#folder.readAll(places);
        }
        await this.#folder.writeManifest();
      });
    });
  }

  /**
   * Looks at the folder again: something else may have changed it. Quick where nothing has.
   * @throws {ClipError} as `open`.
   */
  async refresh(): Promise<void> {
    await this.#inTurn(async () => {
      if (!(await this.#folder.isUnchanged())) await this.#folder.load();
    });
  }

  /**
   * Follows the document, which was renamed or moved: its folder of clips gets another name, and the store goes on there.
   * What was asked before is done before.
   * @throws {ClipError} as `renameClipFolder`; then the store goes on where it was.
   */
  async moveTo(place: ClipFolder): Promise<void> {
    await this.#inTurn(async () => {
      await renameClipFolder(this.#folder.place, place, this.#options);
      this.#folder = new OpenFolder(place, this.#options);
      await this.#folder.load();
    });
  }

  #encode(clip: NewClip): {
    readonly container: Container;
    readonly bytes: Uint8Array;
    readonly said: NewClip;
  } {
    const container = this.#container;
    if (container === "wav") return { container, bytes: encodeClip(clip), said: clip };
    const samples = wholeSamples(clip);
    return { container, bytes: samples, said: { ...clip, samples } };
  }

  async #removeOldest(source: ClipSource): Promise<void> {
    const paths = oldestKept(this.clips()).map(({ path }) => path);
    for (const path of paths) await removeQuietly(source.disk, path);
    await this.#folder.readAgain(source, paths);
  }

  /** The clips by what they are looked up by, made anew where they have changed. */
  #lookUp(): LookUp {
    const clips = this.clips();
    if (this.#known?.clips === clips) return this.#known;
    const byIdentity = new Map<string, Clip[]>();
    const byPlace = new Map<number, Clip>();
    for (const clip of clips) {
      byIdentity.set(clip.identity, [...(byIdentity.get(clip.identity) ?? []), clip]);
      if (clip.segment !== undefined) byPlace.set(clip.segment, clip);
    }
    this.#known = { clips, byIdentity, byPlace };
    return this.#known;
  }

  /** Does `work` when all that was asked before is done. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }
}
