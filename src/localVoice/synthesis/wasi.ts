import { MemoryFile } from "./memoryFile.ts";
import type { WasmInstance } from "./webAssembly.ts";

/** Error numbers of WASI preview 1. */
const errno = { success: 0, badDescriptor: 8, invalid: 28, noEntry: 44, notSeekable: 70 } as const;

/** File types of WASI preview 1. */
const fileType = { characterDevice: 2, directory: 3, regularFile: 4 } as const;

/** Flags of WASI's `path_open` and `fdflags`. */
const openCreate = 1;
const openTruncate = 8;
const flagAppend = 1;

const directoryDescriptor = 3;
const allRights = 0x1fffffffn;

interface OpenFile {
  readonly file: MemoryFile;
  readonly appends: boolean;
  position: number;
}

/** Ends a program from within a call of its own, as `proc_exit` must. */
class Exit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/**
 * A world for one run of a WASI command: arguments, a clock, one directory kept in memory, standard output kept as
 * text, no standard input. It offers the 13 calls of WASI preview 1 that Flite imports, and touches nothing outside.
 */
export class MemoryWasi {
  readonly #arguments: readonly Uint8Array[];
  readonly #files = new Map<string, MemoryFile>();
  readonly #open = new Map<number, OpenFile>();
  readonly #printed = new Map([
    [1, new MemoryFile()],
    [2, new MemoryFile()],
  ]);
  #nextDescriptor = directoryDescriptor + 1;
  #memory: { readonly buffer: ArrayBuffer } = { buffer: new ArrayBuffer(0) };

  /**
   * @param args the command's name and arguments, without NUL
   * @param files the directory's content: texts by their names
   */
  constructor(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
    this.#arguments = args.map((argument) => Buffer.from(`${argument}\0`));
    for (const [name, text] of Object.entries(files)) {
      const file = new MemoryFile();
      file.write(0, Buffer.from(text));
      this.#files.set(name, file);
    }
  }

  /** What the command wrote to its standard output. */
  get stdout(): string {
    return Buffer.from(this.#printed.get(1)?.bytes ?? []).toString();
  }

  /** What the command wrote to its standard error. */
  get stderr(): string {
    return Buffer.from(this.#printed.get(2)?.bytes ?? []).toString();
  }

  /** The content of a file that the command wrote. */
  file(name: string): Uint8Array<ArrayBuffer> | undefined {
    return this.#files.get(name)?.bytes;
  }

  /** Runs a command to its end. @returns its exit code. @throws WebAssembly.RuntimeError where it traps. */
  run(instance: WasmInstance): number {
    this.#memory = instance.exports["memory"] as { readonly buffer: ArrayBuffer };
    try {
      (instance.exports["_start"] as () => void)();
      return 0;
    } catch (error) {
      if (error instanceof Exit) return error.code;
      throw error;
    }
  }

  /** What the command is to be instantiated with. Pointers and lengths count bytes of its memory. */
  get imports(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    return {
      wasi_snapshot_preview1: {
        args_sizes_get: (count: number, size: number) => this.#sizeArguments(count, size),
        args_get: (pointers: number, text: number) => this.#copyArguments(pointers, text),
        clock_time_get: (_clock: number, _precision: bigint, time: number) => {
          this.#view().setBigUint64(time, BigInt(Date.now()) * 1_000_000n, true);
          return errno.success;
        },
        fd_close: (fd: number) => (this.#open.delete(fd) ? errno.success : errno.badDescriptor),
        fd_fdstat_get: (fd: number, stat: number) => this.#describe(fd, stat),
        fd_fdstat_set_flags: () => errno.success,
        fd_prestat_get: (fd: number, prestat: number) => this.#describeDirectory(fd, prestat),
        fd_prestat_dir_name: (fd: number, name: number) => this.#nameDirectory(fd, name),
        fd_read: (fd: number, vectors: number, count: number, read: number) =>
          this.#read(fd, vectors, count, read),
        fd_write: (fd: number, vectors: number, count: number, written: number) =>
          this.#write(fd, vectors, count, written),
        fd_seek: (fd: number, offset: bigint, whence: number, position: number) =>
          this.#seek(fd, Number(offset), whence, position),
        path_open: this.#openPath.bind(this),
        proc_exit: (code: number) => {
          throw new Exit(code);
        },
      },
    };
  }

  /** Made anew for each call, since the memory's buffer is replaced when it grows. */
  #view(): DataView {
    return new DataView(this.#memory.buffer);
  }

  #bytes(start: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, start, length);
  }

  /** The stretches of memory that a vectored read or write names. */
  #vectors(start: number, count: number): Uint8Array[] {
    const view = this.#view();
    return Array.from({ length: count }, (_, index) => {
      const vector = start + 8 * index;
      return this.#bytes(view.getUint32(vector, true), view.getUint32(vector + 4, true));
    });
  }

  #sizeArguments(count: number, size: number): number {
    const view = this.#view();
    view.setUint32(count, this.#arguments.length, true);
    const total = this.#arguments.reduce((sum, argument) => sum + argument.length, 0);
    view.setUint32(size, total, true);
    return errno.success;
  }

  #copyArguments(pointers: number, text: number): number {
    const view = this.#view();
    let at = text;
    this.#arguments.forEach((argument, index) => {
      view.setUint32(pointers + 4 * index, at, true);
      this.#bytes(at, argument.length).set(argument);
      at += argument.length;
    });
    return errno.success;
  }

  #describe(fd: number, stat: number): number {
    const open = this.#open.get(fd);
    if (!open && fd > directoryDescriptor) return errno.badDescriptor;
    const view = this.#view();
    const other = fd === directoryDescriptor ? fileType.directory : fileType.characterDevice;
    view.setUint8(stat, open ? fileType.regularFile : other);
    view.setUint16(stat + 2, open?.appends ? flagAppend : 0, true);
    view.setBigUint64(stat + 8, allRights, true);
    view.setBigUint64(stat + 16, allRights, true);
    return errno.success;
  }

  #describeDirectory(fd: number, prestat: number): number {
    if (fd !== directoryDescriptor) return errno.badDescriptor;
    const view = this.#view();
    view.setUint8(prestat, 0);
    view.setUint32(prestat + 4, 1, true); // the length of its name, "."
    return errno.success;
  }

  #nameDirectory(fd: number, name: number): number {
    if (fd !== directoryDescriptor) return errno.badDescriptor;
    this.#bytes(name, 1).set(Buffer.from("."));
    return errno.success;
  }

  #openPath(
    _directory: number,
    _lookup: number,
    path: number,
    length: number,
    flags: number,
    _rights: bigint,
    _inherited: bigint,
    fdFlags: number,
    descriptor: number,
  ): number {
    const name = Buffer.from(this.#bytes(path, length)).toString().replace(/^\.\//, "");
    let file = this.#files.get(name);
    if (!file) {
      if (!(flags & openCreate)) return errno.noEntry;
      this.#files.set(name, (file = new MemoryFile()));
    }
    if (flags & openTruncate) file.truncate();
    const fd = this.#nextDescriptor++;
    this.#open.set(fd, { file, appends: (fdFlags & flagAppend) !== 0, position: 0 });
    this.#view().setUint32(descriptor, fd, true);
    return errno.success;
  }

  #read(fd: number, vectors: number, count: number, read: number): number {
    const open = this.#open.get(fd);
    if (!open && fd !== 0) return errno.badDescriptor;
    let total = 0;
    if (open) {
      for (const target of this.#vectors(vectors, count)) {
        const source = open.file.bytes.subarray(open.position, open.position + target.length);
        target.set(source);
        open.position += source.length;
        total += source.length;
      }
    }
    this.#view().setUint32(read, total, true);
    return errno.success;
  }

  #write(fd: number, vectors: number, count: number, written: number): number {
    const open = this.#open.get(fd);
    const file = open?.file ?? this.#printed.get(fd);
    if (!file) return errno.badDescriptor;
    let total = 0;
    for (const source of this.#vectors(vectors, count)) {
      const position = open && !open.appends ? open.position : file.size;
      file.write(position, source);
      if (open) open.position = position + source.length;
      total += source.length;
    }
    this.#view().setUint32(written, total, true);
    return errno.success;
  }

  #seek(fd: number, offset: number, whence: number, result: number): number {
    const open = this.#open.get(fd);
    if (!open) return fd <= directoryDescriptor ? errno.notSeekable : errno.badDescriptor;
    const base = [0, open.position, open.file.size][whence];
    if (base === undefined || base + offset < 0) return errno.invalid;
    open.position = base + offset;
    this.#view().setBigUint64(result, BigInt(open.position), true);
    return errno.success;
  }
}
