import { dirname } from "node:path";
import * as vscode from "vscode";
import { mostForeignBytes, readForeignFile, type Unread } from "../../clips/model/foreignFile.ts";
import { defaultSet, sampleFileNames } from "../../script/frontMatter/sampleFiles.ts";
import type { Samples } from "../../script/frontMatter/samples.ts";
import type { Words } from "../../script/model/script.ts";
import { fileNameOf } from "./documentText.ts";

const key = "scriptedSpeech.sampleValues";

/** A document's file of sample values, as it was last read. */
export interface SampleFile extends Samples {
  readonly uri: vscode.Uri;
}

/** What is known of the sample values of a document. */
interface Known {
  readonly watcher: vscode.Disposable;
  file?: Promise<SampleFile | undefined> | undefined;
  /** The set whose values counted when they were last asked for. */
  set?: string | undefined;
}

/**
 * The values that fill a script's template variables while it is previewed: sets in a file beside it. Which set is chosen is kept
 * in the extension's own memory of the workspace; `default` counts where none is.
 */
export class SampleValues implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  readonly #known = new Map<string, Known>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #listener: vscode.Disposable;

  /** A document's values may be others now. */
  readonly onChanged = this.#changed.event;

  constructor(memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#memory = memory;
    this.#log = log;
    this.#listener = vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) void this.#follow(oldUri, newUri);
    });
  }

  /** The values for a document; nothing where there is no set for it. */
  async valuesOf(document: vscode.Uri): Promise<Words | undefined> {
    const known = this.#watch(document);
    if (!known) return undefined;
    known.file ??= this.#read(document);
    const file = await known.file;
    const name = this.chosen(document);
    known.set = file?.sets.has(name) ? name : undefined;
    return file?.sets.get(name);
  }

  /** A document's file, read anew; nothing where there is none. */
  async fileOf(document: vscode.Uri): Promise<SampleFile | undefined> {
    return document.scheme === "untitled" ? undefined : this.#read(document);
  }

  /** The name of the set that is chosen for a document; "" where none is to count. */
  chosen(document: vscode.Uri): string {
    return this.#choices[document.toString()] ?? defaultSet;
  }

  /** The name of the set whose values are in use for a document, where one is. */
  inUse(document: vscode.Uri): string | undefined {
    return this.#known.get(document.toString())?.set;
  }

  /** Chooses a set for a document; "" for none. */
  async choose(document: vscode.Uri, set: string): Promise<void> {
    await this.#memory.update(key, { ...this.#choices, [document.toString()]: set });
    this.#changed.fire(document);
  }

  /** A document is closed: its file is watched no longer. */
  forget(document: vscode.Uri): void {
    this.#known.get(document.toString())?.watcher.dispose();
    this.#known.delete(document.toString());
  }

  dispose(): void {
    for (const { watcher } of this.#known.values()) watcher.dispose();
    this.#listener.dispose();
    this.#changed.dispose();
  }

  get #choices(): Readonly<Record<string, string>> {
    return this.#memory.get<Readonly<Record<string, string>>>(key, {});
  }

  #watch(document: vscode.Uri): Known | undefined {
    if (document.scheme === "untitled") return undefined;
    const known = this.#known.get(document.toString());
    if (known) return known;
    const stem = (sampleFileNames(fileNameOf(document))[0] ?? "").replace(/\.yaml$/, "");
    // Glob signs in a name would be understood as such.
    const pattern = `${stem.replace(/[[\]{}*?!]/g, "?")}.{yaml,yml,json}`;
    const folder = vscode.Uri.joinPath(document, "..");
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, pattern),
    );
    const fresh: Known = { watcher };
    const change = (): void => {
      fresh.file = undefined;
      this.#changed.fire(document);
    };
    watcher.onDidCreate(change);
    watcher.onDidChange(change);
    watcher.onDidDelete(change);
    this.#known.set(document.toString(), fresh);
    return fresh;
  }

  async #read(document: vscode.Uri): Promise<SampleFile | undefined> {
    for (const name of sampleFileNames(fileNameOf(document))) {
      const uri = vscode.Uri.joinPath(document, "..", name);
      const bytes = await readBytes(uri, document);
      if (bytes === "absent") continue;
      const { readSamples } = await import("../../script/frontMatter/frontMatter.ts");
      const { sets, faults } =
        typeof bytes === "string"
          ? { sets: new Map<string, Words>(), faults: [unreadReason(bytes)] }
          : readSamples(new TextDecoder().decode(bytes));
      for (const fault of faults) this.#log.warn(`${name}: ${fault}`);
      return { uri, sets, faults };
    }
    return undefined;
  }

  async #follow(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const { [from.toString()]: set, ...others } = this.#choices;
    this.forget(from);
    if (set !== undefined) await this.#memory.update(key, { ...others, [to.toString()]: set });
  }
}

/** Reads a file beside a document; a link is followed inside its workspace folder only, or else inside the document's. */
async function readBytes(uri: vscode.Uri, document: vscode.Uri): Promise<Uint8Array | Unread> {
  if (uri.scheme !== "file") return readVirtual(uri);
  const root = vscode.workspace.getWorkspaceFolder(document)?.uri.fsPath ?? dirname(uri.fsPath);
  const found = await readForeignFile(uri.fsPath, [root]).catch(() => "absent" as const);
  return typeof found === "string" ? found : found.bytes;
}

async function readVirtual(uri: vscode.Uri): Promise<Uint8Array | Unread> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File) return "no-file";
    return size > mostForeignBytes ? "too-long" : await vscode.workspace.fs.readFile(uri);
  } catch {
    return "absent";
  }
}

function unreadReason(why: Exclude<Unread, "absent">): string {
  switch (why) {
    case "link-out":
      return vscode.l10n.t("It is a link that leads out of the workspace, and is not read.");
    case "too-long":
      return vscode.l10n.t(
        "It is longer than {0} MB, and is not read.",
        mostForeignBytes / 2 ** 20,
      );
    case "folder":
    case "no-file":
      return vscode.l10n.t("It is not a file, and is not read.");
  }
}
