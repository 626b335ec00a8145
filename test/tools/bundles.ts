import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Metafile } from "esbuild";

/** The files that esbuild made of the host's code, by their names in `dist`. */
export interface Bundles {
  readonly names: readonly string[];
  /** The modules in a file, by their paths in the project. */
  readonly modulesIn: (name: string) => readonly string[];
  /** A file and all that it loads; with `atOnce`, what it loads by `import` statements alone. */
  readonly loadedBy: (name: string, options?: { readonly atOnce?: boolean }) => readonly string[];
}

/** Reads what the build says of its files in `meta.json`. */
export async function readBundles(dist: string): Promise<Bundles> {
  const { outputs } = JSON.parse(await readFile(join(dist, "meta.json"), "utf8")) as Metafile;
  const files = new Map(Object.entries(outputs).map(([path, file]) => [basename(path), file]));
  const file = (name: string): Metafile["outputs"][string] => {
    const found = files.get(name);
    if (!found) throw new Error(`The build made no ${name}.`);
    return found;
  };
  return {
    names: [...files.keys()],
    modulesIn: (name) => Object.keys(file(name).inputs),
    loadedBy: (name, { atOnce = false } = {}) => {
      const loaded = new Set([name]);
      for (const each of loaded) {
        for (const { path, kind, external } of file(each).imports) {
          if (!external && !(atOnce && kind === "dynamic-import")) loaded.add(basename(path));
        }
      }
      return [...loaded];
    },
  };
}
