import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, posix } from "node:path";
import ts from "typescript";

/** How a tree of TypeScript files is laid out. Paths are from its root, parts divided by "/". */
export interface SourceTree {
  readonly files: number;
  /** Line ends. */
  readonly lines: number;
  /** Of folders that have files of their own: how many. */
  readonly folders: readonly Folder[];
  /** Files that import each other, whatever way round; type imports and late ones count. */
  readonly cycles: readonly (readonly string[])[];
  /** Files that one other file imports, and no more. */
  readonly singleImporter: readonly string[];
  /** Names that more than one file has. */
  readonly sameNames: readonly string[];
}

/** A folder, with the number of files that lie in it itself. */
export interface Folder {
  readonly path: string;
  readonly files: number;
}

/** Reads all `.ts` and `.tsx` files below a folder. */
export async function readSourceTree(root: string): Promise<SourceTree> {
  const paths = (await readdir(root, { recursive: true }))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.tsx?$/.test(path))
    .sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), "utf8")));
  const imports = new Map(paths.map((path, at) => [path, importsOf(path, texts[at] ?? "")]));
  const importers = countOf([...imports.values()].flatMap((imported) => [...imported]));
  return {
    files: paths.length,
    lines: texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0),
    folders: [...countOf(paths.map((path) => dirname(path)))].map(([path, files]) => ({
      path,
      files,
    })),
    cycles: findCycles(imports),
    singleImporter: paths.filter((path) => importers.get(path) === 1),
    sameNames: namesOfSeveral(paths),
  };
}

/** The files of the tree that a file imports, each once, itself left out. */
function importsOf(path: string, text: string): ReadonlySet<string> {
  const named = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const own = named.filter((name) => name.startsWith("."));
  const imported = new Set(own.map((name) => posix.join(posix.dirname(path), name)));
  imported.delete(path);
  return imported;
}

/** How often each is there. */
function countOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function namesOfSeveral(paths: readonly string[]): string[] {
  const counts = [...countOf(paths.map((path) => basename(path)))];
  return counts.flatMap(([name, count]) => (count > 1 ? [name] : []));
}

/** The strongly connected parts of more than one file (Tarjan, 1972). */
function findCycles(imports: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const cycles: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (path: string): number => {
    const own = order.size;
    order.set(path, own);
    lowest.set(path, own);
    open.push(path);
    for (const next of imports.get(path) ?? []) {
      const reached = !order.has(next) ? visit(next) : open.includes(next) ? order.get(next) : own;
      lowest.set(path, Math.min(lowest.get(path) ?? own, reached ?? own));
    }
    const low = lowest.get(path) ?? own;
    if (low === own) {
      const part = open.splice(open.indexOf(path)).sort();
      if (part.length > 1) cycles.push(part);
    }
    return low;
  };
  for (const path of imports.keys()) if (!order.has(path)) visit(path);
  return cycles;
}
