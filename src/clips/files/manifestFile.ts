import * as l10n from "@vscode/l10n";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Clip } from "../model/clip.ts";
import { ClipError, onDisk } from "../model/clipError.ts";
import { ClipLocks } from "./clipLocks.ts";
import { appendTo, removeQuietly, rename, whenLetGo, writeAside } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { asideName, journalName, listedName, manifestName } from "../model/fileName.ts";
import {
  decodeJournal,
  encodeJournalLine,
  encodeManifest,
  foundIn,
  isSameDocument,
  manifestOf,
  readManifestTexts,
  saysTheSame,
  withDocument,
} from "./manifest.ts";
import type { FoundManifest, ManifestTexts } from "./manifest.ts";
import { RawRecords, recordOfClip } from "./rawClip.ts";

/** What the manifest of a folder says that is ours to change. */
export interface ClaimedManifest {
  /** The names of the files that it lists. */
  readonly files: ReadonlySet<string>;
  readonly records: RawRecords;
  readonly locks: ClipLocks;
  /** Whether something else wrote it since it was last seen here. */
  readonly changed: boolean;
  /** Whether it could not be understood, and was set aside. */
  readonly damaged: boolean;
  /** Whether it was there when it was last seen, and is no more. */
  readonly missing: boolean;
}

/** What is known of the clips of a folder by its manifest, where there is none. */
export const nothingListed = {
  files: new Set<string>(),
  locks: new ClipLocks([]),
} as const;

/** The `manifest.json` of one folder of clips, on disk, and the journal of raw clips that it does not list yet. */
export class ManifestFile {
  readonly #path: string;
  readonly #journalPath: string;
  readonly #folder: string;
  readonly #documentName: string;
  readonly #disk: Disk;
  readonly #notice: (message: string) => void;
  /** Their texts as they were last read or written here … */
  #seen: ManifestTexts = { manifest: undefined, journal: undefined };
  /** … what the manifest says … */
  #found: FoundManifest = { kind: "none" };
  /** … and what both say of raw clips. */
  #records = new RawRecords([]);
  /** How many decisions were made, the latest not yet written maybe. */
  #decisions = 0;

  constructor(place: {
    readonly folder: string;
    readonly documentName: string;
    readonly disk: Disk;
    /** Tells the user something they should know, in a sentence. */
    readonly notice: (message: string) => void;
  }) {
    this.#path = join(place.folder, manifestName);
    this.#journalPath = join(place.folder, journalName);
    this.#folder = place.folder;
    this.#documentName = place.documentName;
    this.#disk = place.disk;
    this.#notice = place.notice;
  }

  /**
   * Reads it, and changes nothing.
   * @throws {ClipError} `not-ours` where it is another document's; else as `readManifest`.
   */
  async look(): Promise<FoundManifest> {
    this.#see(await readManifestTexts(this.#disk, this.#folder));
    const found = this.#found;
    if (found.kind === "none" || found.document === undefined) return found;
    if (isSameDocument(found.document, this.#documentName)) return found;
    throw new ClipError(
      "not-ours",
      l10n.t(
        "“{0}” holds the clips of “{1}”. Preview the script again, so that it gets a folder of its own.",
        this.#folder,
        found.document,
      ),
    );
  }

  /**
   * Reads it before something is changed, and changes nothing.
   * @throws {ClipError} `newer`; else as `look`.
   */
  async lookToChange(): Promise<Exclude<FoundManifest, { readonly kind: "newer" }>> {
    const found = await this.look();
    if (found.kind !== "newer") return found;
    throw new ClipError(
      "newer",
      l10n.t(
        "“{0}” was written by a newer version of this extension. Update the extension, or remove that file, to save clips there.",
        this.#path,
      ),
    );
  }

  /**
   * Makes sure that the folder's clips are ours to change. A manifest that can't be understood is set aside.
   * @throws {ClipError} as `lookToChange`.
   */
  async claim(): Promise<ClaimedManifest> {
    const before = this.#seen;
    const found = await this.lookToChange();
    const damaged = found.kind === "damaged";
    if (damaged) await this.#setAside();
    const { files, locks } = found.kind === "ours" ? found : nothingListed;
    const missing = found.kind === "none" && before.manifest !== undefined;
    const changed = !isDeepStrictEqual(this.#seen, before);
    return { files, records: this.#records, locks, damaged, missing, changed };
  }

  /** Whether there was one when it was last read or written here. */
  get isThere(): boolean {
    return this.#seen.manifest !== undefined;
  }

  /** How long it was then, in UTF-16 units. */
  get length(): number {
    return this.#seen.manifest?.length ?? 0;
  }

  /** What it and the journal said then of clips whose files say nothing. */
  get records(): RawRecords {
    return this.#records;
  }

  /** How many decisions it said then were made on the clips' places. */
  get decisions(): number {
    return this.#decisions;
  }

  /** Counts another decision; the manifest is to be written after it. @returns its number. */
  decide(): number {
    return ++this.#decisions;
  }

  /**
   * Removes it, if it is there.
   * @throws {ClipError} `disk`
   */
  async remove(): Promise<void> {
    await onDisk(this.#path, () => whenLetGo(() => this.#disk.rm(this.#path, { force: true })));
    await this.#removeJournal();
    this.#see({ ...this.#seen, manifest: undefined });
  }

  /**
   * Whether it is, to the letter, as it was last seen here.
   * @throws {ClipError} as `readManifest`.
   */
  async isUnchanged(): Promise<boolean> {
    return isDeepStrictEqual(await readManifestTexts(this.#disk, this.#folder), this.#seen);
  }

  /** Whether it says alone what these clips say, as it was last seen here; or there is none, and nothing to say. */
  agreesWith(clips: readonly Clip[]): boolean {
    const { manifest, journal } = this.#seen;
    if (journal !== undefined) return false;
    if (manifest === undefined) return clips.length === 0;
    return saysTheSame(manifest, encodeManifest(this.#documentName, clips, this.#decisions));
  }

  /**
   * Says what a raw clip is, though the manifest does not list it yet: that of many clips is long.
   * @throws {ClipError} `disk`
   */
  async note(clip: Clip): Promise<void> {
    const line = encodeJournalLine(clip);
    await onDisk(this.#path, () => appendTo(this.#disk, this.#journalPath, Buffer.from(line)));
    this.#seen = { ...this.#seen, journal: (this.#seen.journal ?? "") + line };
    const record = recordOfClip(clip, listedName(clip.path));
    if (record) this.#records.add(record);
  }

  /**
   * Writes the manifest of these clips, unless it says the same.
   * @throws {ClipError} as `write`.
   */
  async correct(clips: readonly Clip[]): Promise<void> {
    if (!this.agreesWith(clips)) await this.write(clips);
  }

  /**
   * Writes the manifest of these clips: all that there are, for the journal goes.
   * @throws {ClipError} `disk`; then the manifest is as it was.
   */
  async write(clips: readonly Clip[]): Promise<void> {
    const manifest = encodeManifest(this.#documentName, clips, this.#decisions);
    await this.#replace(manifest);
    await this.#removeJournal();
    this.#seen = { ...this.#seen, manifest };
    const found = manifestOf(this.#documentName, clips, this.#decisions);
    this.#found = found;
    this.#records = found.records;
  }

  /**
   * Names another document in it, if there is one that can be understood.
   * @throws {ClipError} `disk`; then the manifest is as it was. Else as `look`.
   */
  async rename(documentName: string): Promise<void> {
    const found = await this.look();
    if (found.kind !== "ours" || this.#seen.manifest === undefined) return;
    const manifest = withDocument(this.#seen.manifest, documentName);
    await this.#replace(manifest);
    this.#see({ ...this.#seen, manifest });
  }

  /** Takes texts that were read: what was seen before need not be understood anew. */
  #see(texts: ManifestTexts): void {
    if (isDeepStrictEqual(texts, this.#seen)) return;
    this.#seen = texts;
    const found = foundIn(texts);
    this.#found = found;
    if (found.kind === "ours") this.#decisions = found.decisions;
    this.#records =
      found.kind === "ours" ? found.records : new RawRecords(decodeJournal(texts.journal ?? ""));
  }

  async #removeJournal(): Promise<void> {
    if (this.#seen.journal === undefined) return;
    await removeQuietly(this.#disk, this.#journalPath); // what it says is true
    this.#seen = { ...this.#seen, journal: undefined };
  }

  async #replace(text: string): Promise<void> {
    const temporary = await writeAside(this.#disk, this.#path, Buffer.from(text));
    try {
      await rename(this.#disk, temporary, this.#path);
    } catch (error) {
      await removeQuietly(this.#disk, temporary);
      throw error;
    }
  }

  async #setAside(): Promise<void> {
    const aside = asideName(basename(this.#path), new Date());
    await rename(this.#disk, this.#path, join(this.#folder, aside));
    this.#see({ ...this.#seen, manifest: undefined });
    this.#notice(
      l10n.t(
        "“{0}” could not be read. It is now “{1}”; WAV clips say themselves what they are, but none is locked any more.",
        this.#path,
        aside,
      ),
    );
  }
}
