import { basename } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Clip, NewClip } from "./clip.ts";
import { ClipError, onDisk } from "./clipError.ts";
import { isSurplus, readClip, readClips, readVersions, sortClips } from "./clipFile.ts";
import type { ClipSource } from "./clipFile.ts";
import type { ClipFolder } from "./clipFolder.ts";
import { assertInside, kindOf, versionOf } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { FolderLock } from "./folderLock.ts";
import { ManifestFile } from "./manifestFile.ts";
import { keepAside } from "./placing.ts";
import type { Places } from "./placing.ts";
import { clipOf, RawRecords, recordOf } from "./rawClip.ts";
import { adoptTemporaries, isUnfinished, setUnknownAside } from "./tidying.ts";

/** What a folder of clips is opened with. */
export interface OpenFolderOptions {
  readonly disk: Disk;
  /** How many milliseconds a change waits for another writer. */
  readonly patienceMs: number;
  /** Tells the user something they should know, in a sentence. */
  readonly notice: (message: string) => void;
}

/** A folder of clips, the clips that were last seen in it, and the one way to change it: alone, and on what lies there then. */
export class OpenFolder {
  readonly place: ClipFolder;
  readonly #disk: Disk;
  readonly #notice: (message: string) => void;
  readonly #manifest: ManifestFile;
  readonly #lock: FolderLock;
  #clips: readonly Clip[] = [];

  constructor(place: ClipFolder, { disk, patienceMs, notice }: OpenFolderOptions) {
    this.place = place;
    this.#disk = disk;
    this.#notice = notice;
    this.#manifest = new ManifestFile({ ...place, disk, notice });
    this.#lock = new FolderLock(place.folder, disk, patienceMs);
  }

  /** The clips as they were last seen: those of segments in the script's order, then those kept aside. */
  get clips(): readonly Clip[] {
    return this.#clips;
  }

  /**
   * Looks at what lies there, and puts it right where a crash interrupted something or the manifest does not say what the files
   * say. Where the folder can be read but not changed, the user is told: its clips can be heard all the same.
   * @throws {ClipError} `not-ours` where a file stands in the folder's place, or the folder is another document's;
   *   `outside` where it is a link that leads out; `disk` where it can't be read.
   */
  async load(): Promise<void> {
    const { folder, within } = this.place;
    const kind = await kindOf(this.#disk, folder);
    if (kind === "absent") {
      this.#clips = [];
      return;
    }
    if (kind === "file" || kind === "other") throw inTheWay(folder);
    await assertInside(this.#disk, folder, within);
    // The manifest first: if somebody changes the folder meanwhile, it is then seen to have changed.
    const found = await this.#manifest.look();
    const records = found.kind === "ours" ? found.records : new RawRecords([]);
    await this.readAll({ disk: this.#disk, records });
    if (found.kind === "newer") await this.#try(() => this.#manifest.lookToChange());
    else if (found.kind === "damaged" || (await this.#isUntidy())) {
      await this.#try(() => this.change(folder, () => Promise.resolve(), { tidied: true }));
    }
  }

  /**
   * Whether the clips look from outside as they did when they were last seen.
   * @throws {ClipError} `disk`
   */
  async isUnchanged(): Promise<boolean> {
    const { folder } = this.place;
    const versions = await onDisk(folder, () => readVersions(this.#disk, folder));
    return isDeepStrictEqual(
      versions,
      new Map(this.#clips.map(({ path, version }) => [path, version])),
    );
  }

  /**
   * Makes the folder, if need be, and does work that changes it, while nobody else does.
   * @param named the path that is to be changed, for messages.
   * @throws {ClipError} of any code; before `work` is begun, or from it.
   */
  async change<T>(
    named: string,
    work: (places: Places) => Promise<T>,
    { tidied = false } = {},
  ): Promise<T> {
    const { folder, within } = this.place;
    await assertInside(this.#disk, folder, within);
    await onDisk(folder, () => this.#disk.mkdir(folder, { recursive: true }));
    return this.#lock.hold(named, async (inherited) => {
      const { files, records, changed, damaged } = await this.#manifest.claim();
      const places: Places = {
        disk: this.#disk,
        folder,
        records,
        listed: files,
        notice: this.#notice,
      };
      if (damaged) await onDisk(folder, () => setUnknownAside(places));
      if (tidied || inherited || changed || damaged) await this.#tidy(places);
      return work(places);
    });
  }

  /**
   * Says in the manifest what a raw clip under a temporary name is, before it gets its place: at no instant may a file have
   * a clip's name without anybody knowing what it is.
   * @returns the places, with what is known now.
   * @throws {ClipError} `disk`
   */
  async announce(places: Places, clip: NewClip, temporary: string): Promise<Places> {
    const found = await onDisk(temporary, () => this.#disk.lstat(temporary));
    const version = versionOf(found);
    const record = recordOf(clip, { file: basename(temporary), version });
    await this.#manifest.write([...this.#clips, clipOf(record, temporary, version)]);
    return { ...places, records: places.records.with(record) };
  }

  /**
   * Writes the manifest of the clips that were last seen.
   * @throws {ClipError} `disk`; then the manifest is as it was.
   */
  async writeManifest(): Promise<void> {
    await this.#manifest.write(this.#clips);
  }

  /** Reads all clips. @throws {ClipError} `disk` */
  async readAll(source: ClipSource): Promise<void> {
    const { folder } = this.place;
    this.#clips = await onDisk(folder, () => readClips(source, folder));
  }

  /** Reads again what lies at these paths; the other clips are as they were. */
  async readAgain(source: ClipSource, paths: readonly string[]): Promise<void> {
    const others = this.#clips.filter(({ path }) => !paths.includes(path));
    const found = await Promise.all(paths.map((path) => readClip(source, path)));
    this.#clips = sortClips([...others, ...found.filter((clip) => clip !== undefined)]);
  }

  async #isUntidy(): Promise<boolean> {
    const { folder } = this.place;
    if (this.#clips.some(isSurplus) || !this.#manifest.agreesWith(this.#clips)) return true;
    return onDisk(folder, () => isUnfinished(this.#disk, folder));
  }

  async #tidy(places: Places): Promise<void> {
    await onDisk(this.place.folder, () => adoptTemporaries(places));
    await this.readAll(places);
    const surplus = this.#clips.filter(isSurplus);
    for (const clip of surplus) await keepAside(places, clip);
    if (surplus.length > 0) await this.readAll(places);
    await this.#manifest.correct(this.#clips);
  }

  /** The user is told why it could not be done. */
  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await onDisk(this.place.folder, work);
    } catch (error) {
      if (!(error instanceof ClipError)) throw error;
      this.#notice(error.message);
    }
  }
}

function inTheWay(folder: string): ClipError {
  return new ClipError(
    "not-ours",
    `“${folder}” is needed as the folder of clips, but a file has that name. Move or rename that file.`,
  );
}
