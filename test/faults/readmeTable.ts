/**
 * The short form of the fault matrix in the README.
 *
 *     node test/faults/readmeTable.ts --write     renews it
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { FaultGroup } from "./fault.ts";
import { matrix } from "./matrix.ts";

const readmePath = new URL("../../README.md", import.meta.url);

const begin = "<!-- faults: made by test/faults/readmeTable.ts -->";
const end = "<!-- /faults -->";

/** What renews the table. */
export const renewal = "node_modules/.bin/node test/faults/readmeTable.ts --write";

/** The README as it is. */
export function readReadme(): string {
  return readFileSync(readmePath, "utf8");
}

/**
 * The README with the table as the matrix has it.
 * @throws Error where it has no place for the table.
 */
export function withTable(readme: string): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md has no “${begin}” … “${end}”.`);
  return `${readme.slice(0, from)}${begin}\n\n${tableOf(matrix)}\n\n${readme.slice(to)}`;
}

function tableOf(groups: readonly FaultGroup[]): string {
  const rows = groups.map(({ when, shows, keeps }) => `| ${when} | ${shows} | ${keeps} |`);
  return ["| what happens | what you see | on disk |", "| --- | --- | --- |", ...rows].join("\n");
}

if (process.argv[1] === import.meta.filename && process.argv[2] === "--write") {
  writeFileSync(readmePath, withTable(readReadme()));
}
