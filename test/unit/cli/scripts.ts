import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildCli, callCli, type CliCall, type CliResult } from "../../support/cli/builtCli.ts";
import { projectRoot } from "../../support/paths.ts";
import { useScratchFolder } from "../clips/scratch.ts";

/** Calls the built command line on scripts in an empty folder, which each test of a suite gets anew. */
export function useCli() {
  const folder = useScratchFolder();
  before(async () => {
    await buildCli();
  });
  const inFolder = (...names: readonly string[]): string => join(folder(), ...names);
  return {
    folder,
    inFolder,
    /** Calls it in the folder, with the local voice unless the arguments or the environment say otherwise. */
    cli: (args: readonly string[], call: Partial<CliCall> = {}): Promise<CliResult> =>
      callCli(args, { cwd: folder(), ...call }),
    write: async (name: string, text: string | Uint8Array): Promise<string> => {
      await mkdir(dirname(inFolder(name)), { recursive: true });
      await writeFile(inFolder(name), text);
      return name;
    },
  };
}

/** A script of these segments. */
export function scriptOf(...segments: readonly string[]): string {
  return `${segments.join("\n\n<flush/>\n\n")}\n`;
}

/** All that is seen of a folder from outside: names, bytes, and when they were changed. */
export async function pictureOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const { mtimeMs, size } = await stat(join(folder, name));
      return `${name} ${size} ${mtimeMs}`;
    }),
  );
}

/** A clip's samples and all. */
export function readClipFile(folder: string, segment: number): Promise<Buffer> {
  return readFile(join(folder, `flush_${String(segment).padStart(3, "0")}.wav`));
}

/** The package's manifest: its version, and the defaults of the extension's settings. */
export async function readManifest(): Promise<{
  readonly version: string;
  readonly defaultOf: (setting: string) => unknown;
}> {
  const { version, contributes } = JSON.parse(
    await readFile(join(projectRoot, "package.json"), "utf8"),
  ) as {
    version: string;
    contributes: { configuration: { properties: Record<string, { default: unknown }> } };
  };
  const { properties } = contributes.configuration;
  return { version, defaultOf: (setting) => properties[`scriptedSpeech.${setting}`]?.default };
}
