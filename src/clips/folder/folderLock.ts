import * as l10n from "@vscode/l10n";
import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ClipError, isDiskError, onDisk } from "../model/clipError.ts";
import { isRecord, parseJson } from "../model/clipFacts.ts";
import { ifAbsent, readFlags, removeQuietly, whenLetGo, writeNew } from "../model/disk.ts";
import type { Disk } from "../model/disk.ts";
import { lockName, takeoverName } from "../model/fileName.ts";
import {
  askWhether,
  readProcessMark,
  runsForMs,
  thisProcess,
  type ProcessMark,
  type Running,
} from "../model/runningProcess.ts";
import { generator } from "../files/wavClip.ts";

/** What a lock's file says, once it is whole: the start of it shows that it is ours. */
const opening = `{"generator":${JSON.stringify(generator)},`;
/** Locks that stores of this process hold: one that says it is ours and is not among them was left over. */
const held = new Set<string>();

/** A lock is shorter, in bytes. */
const longest = 4096;

/** How often one who waits looks again, and how often they ask whether the owner lives. */
const pollMs = 10;
const askMs = 100;
/**
 * A turn takes seconds at most: a lock older than this was left by who can't be asked whether they live. Its age is told by the
 * clock of the disk that it lies on, which may be a file server's.
 */
const oldestMs = 60_000;
/** A lock that says nothing for so long was left by who died while making it. */
const muteMs = 300;

interface Owner extends ProcessMark {
  /** An ISO 8601 date. */
  readonly since: string;
  /** Is given once. */
  readonly token: string;
}

/** A lock that stands in the way. */
interface FoundLock {
  /** Names this very lock: 12 hexadecimal digits. */
  readonly mark: string;
  /** What it says of its owner; `undefined` where it is not whole. */
  readonly owner: Owner | undefined;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

/**
 * The right to change one folder, for one turn at a time, among all windows and processes: the file `.lock` in it. It says
 * who holds it, and is taken over from who died.
 */
export class FolderLock {
  readonly #folder: string;
  readonly #path: string;
  readonly #disk: Disk;
  readonly #patienceMs: number;

  /** @param patienceMs how long a turn waits for another writer. */
  constructor(folder: string, disk: Disk, patienceMs: number) {
    this.#folder = folder;
    this.#path = join(folder, lockName);
    this.#disk = disk;
    this.#patienceMs = patienceMs;
  }

  /**
   * Does `work` while nobody else changes the folder, which must be there.
   * @param named the path that is to be changed, for messages.
   * @param work is told whether somebody died in the middle of their turn.
   * @throws {ClipError} `busy` where another writer does not end; `not-ours` where something else has the lock's name;
   *   `disk`. Then `work` was not begun.
   */
  async hold<T>(named: string, work: (inherited: boolean) => Promise<T>): Promise<T> {
    const token = randomBytes(12).toString("hex");
    held.add(token);
    try {
      const inherited = await onDisk(named, () => this.#acquire(token));
      return await work(inherited);
    } finally {
      await this.#release(token);
      held.delete(token);
    }
  }

  /** @returns whether it was taken over from somebody who died. */
  async #acquire(token: string): Promise<boolean> {
    const deadline = Date.now() + this.#patienceMs;
    let inherited = false;
    let watched = { mark: "", since: 0, askedAt: 0, leftOverAtMs: Infinity };
    for (;;) {
      const made = await this.#create(this.#path, token);
      const found = await this.#read();
      // One that was long in the making may have been taken for left over meanwhile.
      if (made && found?.owner?.token === token) return inherited;
      if (!found) continue; // let go just now
      const { mark } = found;
      const isKnown = mark === watched.mark;
      if (!isKnown || (watched.leftOverAtMs === Infinity && Date.now() - watched.askedAt > askMs)) {
        const askedAt = Date.now();
        const leftOverAtMs = await this.#leftOverAt(found);
        watched = { mark, since: isKnown ? watched.since : askedAt, askedAt, leftOverAtMs };
      }
      const watchedMs = Date.now() - watched.since;
      if (watchedMs >= watched.leftOverAtMs) {
        if (await this.#takeOver(found, token, watchedMs)) inherited = true;
        else if (Date.now() >= deadline) throw this.#busy(found); // nobody can remove it
      } else if (Date.now() >= deadline) throw this.#busy(found);
      else await sleep(pollMs);
    }
  }

  /** @returns whether the file was made; not, where there is one. */
  async #create(path: string, token: string): Promise<boolean> {
    const since = new Date().toISOString();
    const owner: Owner = { ...(await thisProcess()), since, token };
    try {
      await writeNew(this.#disk, path, Buffer.from(JSON.stringify({ generator, ...owner })));
      return true;
    } catch (error) {
      if (isDiskError(error, "EEXIST")) return false;
      throw error;
    }
  }

  /**
   * For how many milliseconds a lock must have been seen here until it was left over: 0 where it was for certain, `Infinity` while
   * its owner lives, however old it is.
   */
  async #leftOverAt(lock: FoundLock): Promise<number> {
    const { owner } = lock;
    if (!owner) return muteMs;
    if (held.has(owner.token)) return Infinity;
    switch (await askOwner(owner)) {
      case "running":
        return Infinity;
      case "ended":
        return 0;
      case "elsewhere":
        return oldestMs - (await this.#ageOf(lock));
      case "unknown":
        return owner.began !== undefined && (await this.#ageOf(lock)) > runsForMs() ? 0 : Infinity;
    }
  }

  /** How old a lock is, in milliseconds, beside a file that is made there now; 0 where none can be made. */
  async #ageOf({ changedAt }: FoundLock): Promise<number> {
    const beside = join(this.#folder, takeoverName(randomBytes(6).toString("hex")));
    try {
      if (!(await this.#create(beside, ""))) return 0;
      return (await this.#disk.lstat(beside)).mtimeMs - changedAt;
    } catch (error) {
      if (!isDiskError(error)) throw error;
      return 0;
    } finally {
      await removeQuietly(this.#disk, beside);
    }
  }

  async #read(): Promise<FoundLock | undefined> {
    const found = await this.#disk.lstat(this.#path).catch(ifAbsent);
    if (!found) return undefined;
    if (!found.isFile() || found.size > longest) throw this.#stranger();
    const options = { encoding: "utf8", flag: readFlags } as const;
    const text = await this.#disk.readFile(this.#path, options).catch(ifAbsent);
    if (text === undefined) return undefined;
    // A machine that lost its power may leave a file empty, or full of zeros.
    const plain = text.replace(/\0+$/, "");
    if (!plain.startsWith(opening) && !opening.startsWith(plain)) throw this.#stranger();
    const mark = createHash("sha256").update(`${found.mtimeMs} ${text}`).digest("hex");
    return { mark: mark.slice(0, 12), owner: readOwner(plain), changedAt: found.mtimeMs };
  }

  /**
   * Removes a lock that was left over. Of all who find it, only the one who makes the file with its mark may do so: else
   * one would remove the lock that another has made in its place.
   * @returns whether it was removed.
   */
  async #takeOver(lock: FoundLock, token: string, watchedMs: number): Promise<boolean> {
    const right = join(this.#folder, takeoverName(lock.mark));
    if (!(await this.#create(right, token))) {
      if (watchedMs > muteMs) await removeQuietly(this.#disk, right); // who made it died as well
      await sleep(pollMs);
      return false;
    }
    try {
      if ((await this.#read())?.mark !== lock.mark) return false;
      await whenLetGo(() => this.#disk.rm(this.#path, { force: true }));
      return true;
    } finally {
      await removeQuietly(this.#disk, right);
    }
  }

  /** One that can't be removed is left over: the next turn, which is told that nobody holds it, takes it over. */
  async #release(token: string): Promise<void> {
    try {
      if ((await this.#read())?.owner?.token !== token) return;
      await whenLetGo(() => this.#disk.rm(this.#path, { force: true }));
    } catch (error) {
      if (!isDiskError(error) && !(error instanceof ClipError)) throw error;
    }
  }

  #busy({ owner }: FoundLock): ClipError {
    const who = owner
      ? l10n.t("process {0} on “{1}”, since {2}", owner.pid, owner.host, owner.since)
      : l10n.t("it does not say which");
    return new ClipError(
      "busy",
      l10n.t(
        "Another window or program writes to “{0}” ({1}). Try again when it is done; if nothing runs there any more, remove “{2}”.",
        this.#folder,
        who,
        this.#path,
      ),
    );
  }

  #stranger(): ClipError {
    return new ClipError(
      "not-ours",
      l10n.t(
        "“{0}” is not a file of this extension, but stands where it marks that it writes there. Move or rename it.",
        this.#path,
      ),
    );
  }
}

function readOwner(text: string): Owner | undefined {
  const said = parseJson(text);
  const mark = readProcessMark(said);
  if (!mark || !isRecord(said)) return undefined;
  const { since, token } = said;
  return typeof since === "string" && typeof token === "string"
    ? { ...mark, since, token }
    : undefined;
}

/** As `askWhether`: what this process holds is among `held`. */
async function askOwner(owner: Owner): Promise<Running> {
  const state = await askWhether(owner);
  return state !== "elsewhere" && owner.pid === process.pid ? "ended" : state;
}
