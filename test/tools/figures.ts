/** `npm run figures`: how large the project is and how it is laid out, beside what it should be. Packs the extension. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { packExtension, vsixFile } from "./packExtension.ts";
import { projectRoot } from "../support/paths.ts";
import { readSourceTree } from "./sourceTree.ts";

/** A figure, and the most that it should be, where there is a goal. */
type Figure = readonly [name: string, value: number, goal?: number | undefined, unit?: string];

await packExtension();
const source = await readSourceTree(join(projectRoot, "src"));
const tests = await readSourceTree(join(projectRoot, "test"));
const [largest] = [...source.folders].sort((one, other) => other.files - one.files);
const dist = join(projectRoot, "dist");
const sizes = await Promise.all(
  (await readdir(dist)).map(async (name) => [name, (await stat(join(dist, name))).size] as const),
);
const kilobytesOf = (isOurs: (name: string) => boolean): number =>
  sizes.reduce((sum, [name, size]) => (isOurs(name) ? sum + size : sum), 0) / 1000;

const figures: readonly Figure[] = [
  ["source files", source.files],
  ["source lines", source.lines, 34_500],
  ["test files", tests.files],
  ["test lines", tests.lines],
  ["folders", source.folders.length],
  ["files in a folder, mean", source.files / source.folders.length, 10],
  [`files in a folder, most (${largest?.path})`, largest?.files ?? 0, 20],
  ["import cycles", source.cycles.length, 0],
  ["files with one importer", source.singleImporter.length],
  ["names of several files", source.sameNames.length, 0],
  ["host code", kilobytesOf((name) => /^(?!webview\.).*\.[cm]?js$/.test(name)), 750, "kB"],
  ["page code", kilobytesOf((name) => name === "webview.js"), undefined, "kB"],
  ["VSIX", (await stat(vsixFile)).size / 1_000_000, 6, "MB"],
];
console.log();
for (const [name, value, goal, unit = ""] of figures) {
  const shown = Number.isInteger(value) || value >= 100 ? Math.round(value) : value.toFixed(1);
  const wanted = goal === undefined ? "" : `${value <= goal ? "✓" : "✗"} at most ${goal}`;
  console.log(`${name.padEnd(44)}${String(shown).padStart(8)} ${unit.padEnd(4)}${wanted}`);
}
for (const cycle of source.cycles) console.log(`\nimport cycle: ${cycle.join(", ")}`);
if (source.sameNames.length > 0) console.log(`\nof several files: ${source.sameNames.join(", ")}`);
