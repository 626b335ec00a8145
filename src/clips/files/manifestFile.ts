import * as l10n from "@vscode/l10n";
import { basename, join } from "node:path";
import type { Clip } from "../model/clip.ts";
import { ClipError, onDisk } from "../model/clipError.ts";
import { ClipLocks } from "./clipLocks.ts";
import { removeQuietly, rename, whenLetGo, writeAside } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { asideName, manifestName } from "../model/fileName.ts";
import {
  decodeManifest,
  encodeManifest,
  isSameDocument,
  manifestOf,
  readManifestText,
  saysTheSame,
  withDocument,
} from "./manifest.ts";
import type { FoundManifest } from "./manifest.ts";
import { RawRecords } from "./rawClip.ts";

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
  records: new RawRecords([]),
  locks: new ClipLocks([]),
} as const;

/** The `manifest.json` of one folder of clips, on disk. */
export class ManifestFile {
  readonly #path: string;
  readonly #folder: string;
  readonly #documentName: string;
  readonly #disk: Disk;
  readonly #notice: (message: string) => void;
  /** Its text as it was last read or written here … */
  #seen: string | undefined;
  /** … and what that says. */
  #found: FoundManifest = { kind: "none" };

  constructor(place: {
    readonly folder: string;
    readonly documentName: string;
    readonly disk: Disk;
    /** Tells the user something they should know, in a sentence. */
    readonly notice: (message: string) => void;
  }) {
    this.#path = join(place.folder, manifestName);
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
    this.#see(await readManifestText(this.#disk, this.#folder));
    const found = this.#found;
    if (found.kind !== "ours" || isSameDocument(found.document, this.#documentName)) return found;
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
    const { files, records, locks } = found.kind === "ours" ? found : nothingListed;
    const missing = found.kind === "none" && before !== undefined;
    return { files, records, locks, damaged, missing, changed: this.#seen !== before };
  }

  /** Whether there was one when it was last read or written here. */
  get isThere(): boolean {
    return this.#seen !== undefined;
  }

  /** How long it was then, in UTF-16 units. */
  get length(): number {
    return this.#seen?.length ?? 0;
  }

  /**
   * Removes it, if it is there.
   * @throws {ClipError} `disk`
   */
  async remove(): Promise<void> {
    await onDisk(this.#path, () => whenLetGo(() => this.#disk.rm(this.#path, { force: true })));
    this.#see(undefined);
  }

  /**
   * Whether it is, to the letter, as it was last seen here.
   * @throws {ClipError} as `readManifest`.
   */
  async isUnchanged(): Promise<boolean> {
    return (await readManifestText(this.#disk, this.#folder)) === this.#seen;
  }

  /** Whether it says what these clips say, as it was last seen here; or there is none, and nothing to say. */
  agreesWith(clips: readonly Clip[]): boolean {
    if (this.#seen === undefined) return clips.length === 0;
    return saysTheSame(this.#seen, encodeManifest(this.#documentName, clips));
  }

  /**
   * Writes the manifest of these clips, unless it says the same.
   * @throws {ClipError} as `write`.
   */
  async correct(clips: readonly Clip[]): Promise<void> {
    if (!this.agreesWith(clips)) await this.write(clips);
  }

  /**
   * Writes the manifest of these clips.
   * @throws {ClipError} `disk`; then the manifest is as it was.
   */
  async write(clips: readonly Clip[]): Promise<void> {
    const found = manifestOf(this.#documentName, clips);
    await this.#replace(encodeManifest(this.#documentName, clips), found);
  }

  /**
   * Names another document in it, if there is one that can be understood.
   * @throws {ClipError} `disk`; then the manifest is as it was. Else as `look`.
   */
  async rename(documentName: string): Promise<void> {
    const found = await this.look();
    if (found.kind !== "ours" || this.#seen === undefined) return;
    const text = withDocument(this.#seen, documentName);
    await this.#replace(text, decodeManifest(text));
  }

  /** Takes a text that was read: what was seen before need not be understood anew. */
  #see(text: string | undefined): void {
    if (text === this.#seen) return;
    this.#seen = text;
    this.#found = text === undefined ? { kind: "none" } : decodeManifest(text);
  }

  async #replace(text: string, found: FoundManifest): Promise<void> {
    const temporary = await writeAside(this.#disk, this.#path, Buffer.from(text));
    try {
      await rename(this.#disk, temporary, this.#path);
    } catch (error) {
      await removeQuietly(this.#disk, temporary);
      throw error;
    }
    this.#seen = text;
    this.#found = found;
  }

  async #setAside(): Promise<void> {
    const aside = asideName(basename(this.#path), new Date());
    await rename(this.#disk, this.#path, join(this.#folder, aside));
    this.#see(undefined);
    this.#notice(
      l10n.t(
        "“{0}” could not be read. It is now “{1}”; WAV clips say themselves what they are, but none is locked any more.",
        this.#path,
        aside,
      ),
    );
  }
}
