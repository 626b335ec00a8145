import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { outFolder, projectRoot } from "../support/paths.ts";
import { runNpm } from "../support/processes.ts";

/** Where the packed extension lies after `packExtension`. */
export const vsixFile = join(outFolder, "scripted-speech.vsix");

/**
 * Builds the extension afresh and packs it, as it would be published.
 * @throws when the build or the packing fails; their lines say why
 */
export async function packExtension(): Promise<void> {
  await mkdir(outFolder, { recursive: true });
  const code = await runNpm(["run", "--silent", "package", "--", "--out", vsixFile], projectRoot);
  if (code !== 0) throw new Error("The extension could not be built and packed (see above).");
}
