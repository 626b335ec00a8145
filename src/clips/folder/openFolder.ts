import * as l10n from "@vscode/l10n";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Clip, NewClip } from "../model/clip.ts";
import { ClipError, onDisk } from "../model/clipError.ts";
import { isSurplus, readClip, readClips, readVersions, sortClips } from "../files/clipFile.ts";
import type { ClipSource } from "../files/clipFile.ts";
import { inTheWay, type ClipFolder } from "./clipFolder.ts";
import { setChosen, setLocks } from "../files/clipLocks.ts";
import type { ClipLocks } from "../files/clipLocks.ts";
import { sayingOf } from "../model/clipLookUp.ts";
import { assertInside, kindOf, makeFolder, versionOf } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { listedName, manifestName } from "../model/fileName.ts";
import { FolderLock } from "./folderLock.ts";
import type { FoundManifest } from "../files/manifest.ts";
import { ManifestFile, nothingListed } from "../files/manifestFile.ts";
import type { Places } from "./placing.ts";
import { clipOf, recordOf } from "../files/rawClip.ts";
import { becomeTake, hasTakes } from "../files/takes.ts";
import { adoptTemporaries, isUnfinished, setUnknownAside } from "./tidying.ts";

/** What a folder of clips is opened with. */
export interface OpenFolderOptions {
  readonly disk: Disk;
  /** How many milliseconds a change waits for another writer. */
  readonly patienceMs: number;
  /** Tells the user something they should know, in a sentence. */
  readonly notice: (message: string) => void;
}

/** What can be amiss with a folder: its manifest, or that a crash interrupted something or a file is not where it should be. */
type Amiss = "nothing" | "untidy" | "damaged" | "missing";

/** For how many milliseconds a long manifest is not written again after each clip … */
const laterMs = 1000;
/** … and what, in UTF-16 units, is short: some eighty clips. */
const shortLength = 65_536;

/** A folder of clips, the clips that were last seen in it, and the one way to change it: alone, and on what lies there then. */
export class OpenFolder {
  readonly place: ClipFolder;
  readonly #disk: Disk;
  readonly #notice: (message: string) => void;
  readonly #manifest: ManifestFile;
  readonly #lock: FolderLock;
  #clips: readonly Clip[] = [];
  /** What was found amiss when the folder was last looked at, and the next change puts right. */
  #amiss: Amiss = "nothing";
  /** Whether the manifest was made for a document that had no clips yet. */
  #isClaimed = false;
  /** How many clips were saved here since the manifest was last written; and when that was, on the performance clock. */
  #unlisted = 0;
  #writtenAt = -Infinity;
  /** What the manifest said of locks when it was last read. */
  #locks: ClipLocks = nothingListed.locks;

  constructor(place: ClipFolder, { disk, patienceMs, notice }: OpenFolderOptions) {
    this.place = place;
    this.#disk = disk;
    this.#notice = notice;
    this.#manifest = new ManifestFile({ ...place, disk, notice });
    this.#lock = new FolderLock(place.folder, disk, patienceMs);
  }

  /** The clips as they were last seen: those of segments in the script's order, then takes. */
  get clips(): readonly Clip[] {
    return this.#clips;
  }

  /** What is amiss with the manifest, and that the next change puts it right: a sentence for the user. */
  get warning(): string | undefined {
    const { folder } = this.place;
    switch (this.#amiss) {
      case "damaged":
        return l10n.t(
          "“{0}” could not be read. It is set aside when the script is next previewed; WAV clips say themselves what they are, but none is locked any more.",
          join(folder, manifestName),
        );
      case "missing":
        return l10n.t(
          "The manifest of “{0}” is missing. It is made anew from the clips when the script is next previewed; none of them is locked any more.",
          folder,
        );
      default:
        return undefined;
    }
  }

  /**
   * Looks at what lies there, and changes nothing: what a crash interrupted is seen as `tidy` would leave it.
   * @throws {ClipError} `not-ours` where a file stands in the folder's place, or in that of its takes, or the folder is another
   *   document's; `outside` where it is a link that leads out, or its takes' folder a link; `disk` where it can't be read.
   */
  async load(): Promise<void> {
    const { folder, within } = this.place;
    const kind = await kindOf(this.#disk, folder);
    if (kind === "absent") {
      this.#clips = [];
      this.#amiss = "nothing";
      return;
    }
    if (kind === "file" || kind === "other") throw inTheWay(folder);
    await assertInside(this.#disk, folder, within);
    // The manifest first: if somebody changes the folder meanwhile, it is then seen to have changed.
    const found = await this.#manifest.look();
    this.#locks = found.kind === "ours" ? found.locks : nothingListed.locks;
    await this.readAll({ disk: this.#disk, records: this.#manifest.records });
    this.#amiss = await this.#findAmiss(found.kind);
    if (found.kind === "newer") await this.#try(() => this.#manifest.lookToChange());
  }

  /**
   * Puts right what the last look found amiss: where a crash interrupted something, or the manifest does not say what the files
   * say. Where the folder can't be changed, the user is told: its clips can be heard all the same.
   */
  async tidy(): Promise<void> {
    if (this.#amiss === "nothing") return;
    await this.#try(() => this.change(this.place.folder, () => Promise.resolve()));
  }

  /**
   * Whether the clips look from outside as they did when they were last seen, and the manifest says the same.
   * @throws {ClipError} as `load`.
   */
  async isUnchanged(): Promise<boolean> {
    const { folder } = this.place;
    const versions = await onDisk(folder, () => readVersions(this.#disk, folder));
    const seen = new Map(this.#clips.map(({ path, version }) => [path, version]));
    return isDeepStrictEqual(versions, seen) && (await this.#manifest.isUnchanged());
  }

  /**
   * Makes the folder, if need be, but not the document's own, and does work that changes it, while nobody else does. What is
   * amiss is put right before.
   * @param named the path that is to be changed, for messages.
   * @throws {ClipError} of any code; before `work` is begun, or from it.
   */
  async change<T>(named: string, work: (places: Places) => Promise<T>): Promise<T> {
    const { folder, within, home } = this.place;
    await assertInside(this.#disk, folder, within);
    await hasTakes(this.#disk, folder);
    await makeFolder(this.#disk, folder, home);
    return this.#lock.hold(named, async (inherited) => {
      const { files, records, locks, changed, damaged, missing } = await this.#manifest.claim();
      this.#locks = locks;
      const places: Places = {
        disk: this.#disk,
        folder,
        records,
        listed: files,
        notice: this.#notice,
      };
      if (damaged) await onDisk(folder, () => setUnknownAside(places));
      const amiss = missing ? "missing" : this.#amiss;
      if (amiss !== "nothing" || inherited || changed || damaged) await this.#tidy(places);
      if (amiss === "missing" && this.#clips.length > 1) this.#tellLost();
      this.#amiss = "nothing";
      return work(places);
    });
  }

  /**
   * Makes the folder this document's, before it has clips: with a manifest that names the document, where there is none.
   * @throws {ClipError} of any code; `not-ours` where it is another document's by now.
   */
  async claim(): Promise<void> {
    const { folder } = this.place;
    await this.change(folder, async () => {
      if (this.#manifest.isThere) return;
      await this.writeManifest();
      this.#isClaimed = true;
    });
  }

  /**
   * Writes the manifest, if `writeManifestSoon` has left that; removes what `claim` made, where no clip has come since.
   * @throws {ClipError} of any code.
   */
  async finish(): Promise<void> {
    const { folder } = this.place;
    if ((await kindOf(this.#disk, folder)) === "absent") return;
    if (this.#unlisted > 0) await this.change(folder, () => this.writeManifest());
    if (!this.#isClaimed || this.#clips.length > 0) return;
    this.#isClaimed = false;
    await this.change(folder, async (places) => {
      await this.readAll(places);
      if (this.#clips.length === 0) await this.#manifest.remove();
    });
    // Not where something else lies there, or somebody else has come.
    if (this.#clips.length === 0) await this.#disk.rmdir(folder).catch(() => undefined);
  }

  /**
   * Says beside the manifest what a raw clip under a temporary name is, before it gets its place: at no instant may a file
   * have a clip's name without anybody knowing what it is.
   * @returns the places, with what is known now.
   * @throws {ClipError} `disk`
   */
  async announce(places: Places, clip: NewClip, temporary: string): Promise<Places> {
    const found = await onDisk(temporary, () => this.#disk.lstat(temporary));
    const version = versionOf(found);
    const record = recordOf(clip, { file: listedName(temporary), version });
    if (!this.#manifest.isThere) await this.#manifest.write(this.#clips); // whose clips these are
    await this.#manifest.note(clipOf(record, temporary, version));
    return { ...places, records: this.#manifest.records };
  }

  /**
   * Writes the manifest of the clips that were last seen.
   * @throws {ClipError} `disk`; then the manifest is as it was, and what it says of decisions holds.
   */
  async writeManifest(): Promise<void> {
    this.#isClaimed &&= this.#clips.length === 0;
    try {
      await this.#manifest.write(this.#clips);
      this.#unlisted = 0;
      this.#writtenAt = performance.now();
    } catch (error) {
      this.#clips = this.#locks.applyTo(this.#clips);
      throw error;
    }
  }

  /**
   * Writes the manifest after a clip was saved, where it is short, or that was not done within the last second and an eighth of the
   * clips are new: so what is written grows with the clips, not with their square. Else `finish`, or the next change, does it. For
   * what is known without it: a clip that says itself what it is, or that `announce` has told.
   * @throws {ClipError} as `writeManifest`.
   */
  async writeManifestSoon(): Promise<void> {
    this.#isClaimed &&= this.#clips.length === 0;
    this.#unlisted++;
    const isDue =
      performance.now() - this.#writtenAt >= laterMs && this.#unlisted * 8 >= this.#clips.length;
    if (isDue || this.#manifest.length <= shortLength) await this.writeManifest();
  }

  /**
   * Reads all clips. They are locked, and chosen, as the manifest said when it was last read.
   * @throws {ClipError} as `load`.
   */
  async readAll(source: ClipSource): Promise<void> {
    const { folder } = this.place;
    this.#clips = this.#locks.applyTo(await onDisk(folder, () => readClips(source, folder)));
  }

  /** Reads again what lies at these paths; the other clips are as they were. */
  async readAgain(source: ClipSource, paths: readonly string[]): Promise<void> {
    const others = this.#clips.filter(({ path }) => !paths.includes(path));
    const found = await Promise.all(paths.map((path) => readClip(source, path)));
    const clips = sortClips([...others, ...found.filter((clip) => clip !== undefined)]);
    this.#clips = this.#locks.applyTo(clips);
  }

  /** Locks those clips that `isLocked` names, and no other ones; the manifest is to be written after it. */
  lock(isLocked: (clip: Clip) => boolean): void {
    this.#clips = setLocks(this.#clips, isLocked);
  }

  /** How many decisions were made on the clips' places, as was last seen. */
  get decisions(): number {
    return this.#manifest.decisions;
  }

  /** Says of a clip, and of copies of it, that it was chosen last; the manifest is to be written after it. */
  choose(clip: Pick<Clip, "identity" | "spokenAt">): void {
    this.#setChosen(clip, this.#manifest.decide());
  }

  /** Says of a clip, and of copies of it, that nobody chose it; the manifest is to be written after it. */
  unchoose(clip: Clip): void {
    this.#setChosen(clip, undefined);
  }

  #setChosen(of: Pick<Clip, "identity" | "spokenAt">, chosen: number | undefined): void {
    const saying = sayingOf(of);
    this.#clips = this.#clips.map((clip) =>
      sayingOf(clip) === saying ? setChosen(clip, chosen) : clip,
    );
  }

  async #findAmiss(manifest: FoundManifest["kind"]): Promise<Amiss> {
    const { folder } = this.place;
    if (manifest === "newer") return "nothing"; // it is not ours to put right
    if (manifest === "damaged") return "damaged";
    // One clip is what a crash leaves behind that came before the first manifest.
    if (manifest === "none" && this.#clips.length > 1) return "missing";
    if (this.#clips.some(isSurplus) || !this.#manifest.agreesWith(this.#clips)) return "untidy";
    return (await onDisk(folder, () => isUnfinished(this.#disk, folder))) ? "untidy" : "nothing";
  }

  async #tidy(places: Places): Promise<void> {
    await onDisk(this.place.folder, () => adoptTemporaries(places));
    await this.readAll(places);
    const surplus = this.#clips.filter(isSurplus);
    for (const clip of surplus) await becomeTake(places, clip);
    if (surplus.length > 0) await this.readAll(places);
    await this.#manifest.correct(this.#clips);
  }

  #tellLost(): void {
    this.#notice(
      l10n.t(
        "The manifest of “{0}” was missing. It was made anew from the clips, of which none is locked any more.",
        this.place.folder,
      ),
    );
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
