import * as fileSystem from "node:fs/promises";
import { dirname } from "node:path";
import type { Clip, Container, NewClip } from "./model/clip.ts";
import {
  adoptDecisions,
  arrangeClips,
  lockClip,
  removeClips,
  removeSpareTakes,
  restoreTake,
  setAside,
} from "./folder/changeClips.ts";
import type { ClipFolder } from "./folder/clipFolder.ts";
import { ClipLookUp, isSameSaving } from "./model/clipLookUp.ts";
import { ClipError } from "./model/clipError.ts";
import { kindOf } from "./model/disk.ts";
import type { Disk } from "./model/disk.ts";
import { afterMove, FolderTrace } from "./folder/folderTrace.ts";
import { OpenFolder } from "./folder/openFolder.ts";
import type { OpenFolderOptions } from "./folder/openFolder.ts";
import type { WantedClip } from "./pairing/pairClips.ts";
import type { Places } from "./folder/placing.ts";
import { renameClipFolder } from "./folder/renameClipFolder.ts";
import { assertSegment, encodeNewClip, saveClip } from "./folder/saveClip.ts";
import type { SavedAs } from "./folder/saveClip.ts";

/** What a store is opened with; `findClipFolder` finds the first four. */
export interface ClipStoreOptions {
  /** The absolute path of the clips' folder, which need not be there yet. */
  readonly folder: string;
  /** The document as the manifest names it. */
  readonly documentName: string;
  /** The folder that clips may not leave, links followed; the one that `folder` lies in, unless it is named. */
  readonly within?: string | undefined;
  /** The document's own folder, which is never made; the one that `folder` lies in, unless it is named. */
  readonly home?: string | undefined;
  /** Finds where the clips lie, where another document has taken the folder meanwhile; without it that fails. */
  readonly find?: (() => Promise<ClipFolder>) | undefined;
  /** How clips are saved; WAV, unless it is named. Those that are there stay as they are. */
  readonly container?: Container | undefined;
  /** How many takes of a transcript are kept, asked whenever a clip is saved; 5, unless named. */
  readonly takesKeep?: (() => number) | undefined;
  /** How many milliseconds a change waits for another window or process that writes there; 10 seconds, unless named. */
  readonly patienceMs?: number | undefined;
  /** Takes a line for the log. */
  readonly log?: ((line: string) => void) | undefined;
  readonly disk?: Disk | undefined;
}

/** So many takes of a transcript are kept, unless another number is named. */
const usualTakes = 5;

/**
 * The clips of one document, on disk: `flush_NNN.wav` for the segment NNN, `takes/take_….wav` for clips that have no segment's
 * place (another one was spoken in theirs, or their text is gone), and `manifest.json`, an index of them. Raw clips end in
 * `.pcm`; a segment has one clip.
 *
 * WAV files say themselves what they are, and are believed before the manifest. A raw file is what the manifest says of its
 * very samples; one that it does not know is not ours. At every instant each file is absent or whole. What users decided
 * (which clips are locked, and which they chose among takes) the manifest says alone. It is kept with the text it was made for.
 *
 * Where the document's own folder is renamed or moved, the store goes on in its new place, and makes no folder in the old one.
 *
 * What is done to the folder is done one after the other, by other stores, windows and processes too: a change begins
 * with what lies on disk then.
 */
export class ClipStore {
  readonly #container: Container;
  readonly #options: OpenFolderOptions;
  readonly #notices: string[] = [];
  /** How many takes of a transcript are kept now. */
  readonly takesKeep: () => number;
  readonly #find: (() => Promise<ClipFolder>) | undefined;
  #folder: OpenFolder;
  #known = new ClipLookUp([]);
  /** Where the document's own folder was when the folder of clips was opened. */
  #trace: FolderTrace | undefined;
  #lastTurn: Promise<unknown> = Promise.resolve();

  private constructor(options: ClipStoreOptions) {
    const { folder, documentName, log } = options;
    const { within = dirname(folder), home = dirname(folder) } = options;
    this.#container = options.container ?? "wav";
    this.#find = options.find;
    this.takesKeep = options.takesKeep ?? (() => usualTakes);
    this.#options = {
      disk: options.disk ?? fileSystem,
      patienceMs: options.patienceMs ?? 10_000,
      notice: (message) => {
        log?.(message);
        if (!this.#notices.includes(message)) this.#notices.push(message);
      },
    };
    this.#folder = new OpenFolder({ folder, documentName, within, home }, this.#options);
  }

  /**
   * Opens a document's clips. Only reads: what is amiss there is put right by `tidy`, or by the first change.
   * @throws {ClipError} `not-ours` where a file stands in the folder's place, or in that of its takes, or the folder is another
   *   document's; `outside` where it is a link that leads out, or its takes' folder a link; `disk` where it can't be read.
   */
  static async open(options: ClipStoreOptions): Promise<ClipStore> {
    const store = new ClipStore(options);
    await store.#enter(store.#folder.place);
    return store;
  }

  /** The absolute path of the clips' folder. */
  get folder(): string {
    return this.#folder.place.folder;
  }

  /** What the user should be told, in sentences, oldest first. */
  get notices(): readonly string[] {
    const { warning } = this.#folder;
    return warning === undefined ? this.#notices : [...this.#notices, warning];
  }

  /** How many decisions on its clips were made by now, in whatever window. */
  get decisions(): number {
    return this.#folder.decisions;
  }

  /** All clips: those of segments in the script's order, then takes. */
  clips(): readonly Clip[] {
    return this.#folder.clips;
  }

  /** The clips of an identity: those of segments first, then takes, newest first. */
  find(identity: string): readonly Clip[] {
    return this.#lookUp().find(identity);
  }

  /** The clip in a segment's place. */
  at(segment: number): Clip | undefined {
    return this.#lookUp().at(segment);
  }

  /** The takes of a transcript, newest first: clips that say it, and have no segment's place. */
  takes(transcript: string): readonly Clip[] {
    return this.#lookUp().takes(transcript);
  }

  /**
   * Makes sure that the folder is this document's, before anything is paid for: until there are clips in it, others may take it.
   * Where one has, the store goes on in the folder that `find` names. What is made for it `finish` removes again.
   * @throws {ClipError} of any code.
   */
  async claim(): Promise<void> {
    await this.#inTurn(() => this.#inOwn(() => this.#folder.claim()));
  }

  /**
   * Ends what `claim` and saving began: the manifest says all that was saved, and a folder in which nothing was saved is given
   * up.
   * @throws {ClipError} of any code.
   */
  async finish(): Promise<void> {
    await this.#inTurn(() => this.#folder.finish());
  }

  /**
   * Saves a clip in its segment's place. A clip that is there becomes a take. The clip is among `clips()` even where the manifest
   * could not be written after it. A long manifest follows later, or with `finish`: it is not written anew after each clip.
   * @returns the clip as its file, or of a raw clip the manifest, says it.
   * @throws {ClipError} of any code; no other clip is lost then.
   * @throws {WavError} where the sound fits into no WAV file.
   * @throws {RangeError} where the segment is no index, or the sample rate of a raw clip none.
   */
  async save(clip: NewClip): Promise<Clip> {
    return this.#save(clip, "place");
  }

  /**
   * Saves a clip in its segment's place, unless a user has decided on the clip that is there then, in whatever window: then as
   * a take. That is so where it is locked, or was chosen since the new one was asked for.
   * @param since `decisions` when it was asked for.
   * @returns and throws as `save`.
   */
  async saveUnlessDecided(clip: NewClip, since: number): Promise<Clip> {
    return this.#save(clip, { unlessDecidedSince: since });
  }

  /**
   * Saves a clip as a take, whatever segment it names; no clip in place is touched.
   * @returns and throws as `save`.
   */
  async saveTake(clip: NewClip): Promise<Clip> {
    return this.#save(clip, "take");
  }

  /**
   * Gives a take a segment's place, or a copy of the clip of another segment, and locks it there, or does not: it is the one
   * of its sound that its text has from now on, also when that was gone meanwhile. The clip that is there becomes a take, and
   * is locked no more.
   * @throws {ClipError} of any code, `disk` where the take has vanished; nothing is lost then.
   * @throws {RangeError} where the segment is no index.
   */
  async restore(take: Clip, segment: number, lock: boolean): Promise<Clip> {
    assertSegment(segment);
    return this.#inTurn(() => restoreTake(this.#folder, take, { segment, lock }));
  }

  /**
   * Makes the clip in a segment's place a take, if there is one, on which nobody has decided. Arranging gives it a place again where its sound is wanted.
   * @throws {ClipError} of any code; nothing is lost then.
   */
  async setAside(segment: number): Promise<void> {
    await this.#inTurn(() => setAside(this.#folder, segment));
  }

  /**
   * Removes a take, if it is there.
   * @throws {ClipError} of any code.
   */
  async deleteTake(take: Clip): Promise<void> {
    const isIt = ({ path, segment }: Clip): boolean => segment === undefined && path === take.path;
    await this.#inTurn(() => removeClips(this.#folder, isIt));
  }

  /**
   * Locks the clip in a segment's place, or unlocks it.
   * @throws {ClipError} of any code, `disk` where there is none to lock; then it is as it was.
   */
  async setLocked(segment: number, locked: boolean): Promise<void> {
    await this.#inTurn(() => lockClip(this.#folder, segment, locked));
  }

  /**
   * Decides on clips as users did elsewhere on the same ones: those that are locked or were chosen there are so here.
   * @throws {ClipError} of any code.
   */
  async adoptDecisions(clips: readonly Clip[]): Promise<void> {
    await this.#inTurn(() => adoptDecisions(this.#folder, clips));
  }

  /**
   * Takes back what was saved, which turned out not to be its segment's sound: removes that very saving, and copies of it,
   * wherever it lies by then, locked or not. No other clip is touched, also where it has the same place or sound.
   * @param saved as saving gave it.
   * @throws {ClipError} of any code.
   */
  async takeBack(saved: Clip): Promise<void> {
    await this.#inTurn(() => removeClips(this.#folder, (clip) => isSameSaving(clip, saved)));
  }

  /**
   * Gives each clip the place of the segment that `pairClips` pairs it with: segments were moved, inserted, deleted, or their
   * text changed. A clip that several segments want is copied; one in place that no segment has becomes a take, locked if it was,
   * so that its text finds it again. Where a file that is not ours is in the way, its place is left out.
   * @param wanted for each segment what its clip would have to be; `undefined` where it has nothing to say.
   * @throws {ClipError} of any code; nothing is lost then.
   */
  async arrange(wanted: readonly (WantedClip | undefined)[]): Promise<void> {
    await this.#inTurn(() => arrangeClips(this.#folder, wanted));
  }

  /**
   * Looks at the folder again: something else may have changed it. Only reads; quick where nothing has.
   * @throws {ClipError} as `open`.
   */
  async refresh(): Promise<void> {
    await this.#inTurn(() =>
      this.#inOwn(async () => {
        if (!(await this.#folder.isUnchanged())) await this.#folder.load();
      }),
    );
  }

  /**
   * Puts right what was found amiss when the folder was last looked at: ends what a crash interrupted, sets a damaged manifest
   * aside, and writes it anew where it does not say what the files say. Where that can't be done, `notices` say why.
   */
  async tidy(): Promise<void> {
    await this.#inTurn(() => this.#folder.tidy());
  }

  /**
   * Follows the document, which was renamed or moved: its folder of clips gets another name, and the store goes on there.
   * What was asked before is done before.
   * @throws {ClipError} as `renameClipFolder`; then the store goes on where it was.
   */
  async moveTo(place: ClipFolder): Promise<void> {
    await this.#inTurn(async () => {
      await renameClipFolder(this.#folder.place, place, this.#options);
      await this.#enter(place);
    });
  }

  async #save(clip: NewClip, as: SavedAs): Promise<Clip> {
    // Now, for the caller's samples may change.
    const encoded = encodeNewClip(clip, this.#container);
    const saveThere = (): Promise<Clip> => {
      const folder = this.#folder;
      const tidy = async (places: Places, path: string): Promise<void> =>
        removeSpareTakes(folder, places, { keep: this.takesKeep(), except: path });
      return saveClip(folder, encoded, { as, tidy });
    };
    return this.#inTurn(() => this.#inOwn(saveThere));
  }

  /** Does work in the folder; where that is another document's by now, in the one that is found instead. */
  async #inOwn<T>(work: () => Promise<T>): Promise<T> {
    const { folder } = this;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ClipError) || error.code !== "not-ours") throw error;
      const place = await this.#find?.();
      if (!place || place.folder === folder) throw error;
      await this.#enter(place);
    }
    return this.#inOwn(work);
  }

  /** The clips by what they are looked up by, made anew where they have changed. */
  #lookUp(): ClipLookUp {
    const clips = this.clips();
    if (this.#known.clips !== clips) this.#known = new ClipLookUp(clips);
    return this.#known;
  }

  /** Goes on in a folder, and remembers where the document's own is. */
  async #enter(place: ClipFolder): Promise<void> {
    this.#folder = new OpenFolder(place, this.#options);
    await this.#folder.load();
    this.#trace = await FolderTrace.of(this.#options.disk, place.home);
  }

  /** Does work; where the document's folder was renamed or moved since it was last seen, in the place that it has now. */
  async #whereItIs<T>(work: () => Promise<T>): Promise<T> {
    await this.#follow();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ClipError) || !(await this.#follow())) throw error;
    }
    return work(); // it was renamed meanwhile
  }

  /** @returns whether the document's folder has another place now, where its clips are too. */
  async #follow(): Promise<boolean> {
    const { place } = this.#folder;
    if ((await kindOf(this.#options.disk, place.home)) !== "absent") return false;
    const moved = await this.#trace?.findMoved();
    if (!moved) return false;
    await this.#enter({
      folder: afterMove(place.folder, moved),
      documentName: place.documentName,
      within: afterMove(place.within, moved),
      home: afterMove(place.home, moved),
    });
    return true;
  }

  /** Does `work` when all that was asked before is done. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(() => this.#whereItIs(work));
    this.#lastTurn = turn.catch(() => undefined);
    return turn;
  }
}
