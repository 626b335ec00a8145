import { basename, join } from "node:path";
import type { Clip } from "./clip.ts";
import { ClipError, onDisk } from "./clipError.ts";
import { removeQuietly, writeAside } from "./disk.ts";
import type { Disk } from "./disk.ts";
import { asideName, manifestName } from "./fileName.ts";
import { encodeManifest, isSameDocument, readManifest, saysTheSame } from "./manifest.ts";

/** The `manifest.json` of one folder of clips, on disk. */
export class ManifestFile {
  readonly #path: string;
  readonly #folder: string;
  readonly #documentName: string;
  readonly #disk: Disk;
  readonly #notice: (message: string) => void;

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
   * Makes sure that the folder's clips are ours to change. A manifest that can't be understood is set aside.
   * @returns the names of the files that the manifest lists.
   * @throws {ClipError} `newer`; `not-ours` where it is another document's; else as `readManifest`.
   */
  async claim(): Promise<ReadonlySet<string>> {
    const found = await readManifest(this.#disk, this.#folder);
    switch (found.kind) {
      case "none":
        return new Set();
      case "damaged":
        await this.#setAside();
        return new Set();
      case "newer":
        throw new ClipError(
          "newer",
          `“${this.#path}” was written by a newer version of this extension. Update the extension, or remove that file, to save clips there.`,
        );
      case "ours":
        if (isSameDocument(found.document, this.#documentName)) return found.files;
        throw new ClipError(
          "not-ours",
          `“${this.#folder}” holds the clips of “${found.document}”. Preview the script again, so that it gets a folder of its own.`,
        );
    }
  }

  /**
   * Writes the manifest of these clips, unless there is one that says the same, or there is nothing to say.
   * @throws {ClipError} as `write`.
   */
  async correct(clips: readonly Clip[]): Promise<void> {
    const found = await readManifest(this.#disk, this.#folder);
    if (found.kind === "none" && clips.length === 0) return;
    const text = encodeManifest(this.#documentName, clips);
    if (found.kind !== "ours" || !saysTheSame(found.text, text)) await this.write(clips);
  }

  /**
   * Writes the manifest of these clips.
   * @throws {ClipError} `disk`; then the manifest is as it was.
   */
  async write(clips: readonly Clip[]): Promise<void> {
    const text = encodeManifest(this.#documentName, clips);
    const temporary = await writeAside(this.#disk, this.#path, Buffer.from(text));
    try {
      await onDisk(this.#path, () => this.#disk.rename(temporary, this.#path));
    } catch (error) {
      await removeQuietly(this.#disk, temporary);
      throw error;
    }
  }

  async #setAside(): Promise<void> {
    const aside = asideName(basename(this.#path), new Date());
    await onDisk(this.#path, () => this.#disk.rename(this.#path, join(this.#folder, aside)));
    this.#notice(
      `“${this.#path}” could not be read. It is now “${aside}”; the clips say themselves what they are.`,
    );
  }
}
