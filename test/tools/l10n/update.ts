/** Brings the translations of run-time strings in step with the code: what is left over goes, what is missing is there to be filled in. */
import { writeFile } from "node:fs/promises";
import { bundlePath, readBundle, runTimeStrings } from "./runTimeStrings.ts";

const language = "de";
const known = await readBundle(language);
const texts = await runTimeStrings();
const bundle = Object.fromEntries(texts.map((text) => [text, known[text] ?? ""]));
await writeFile(bundlePath(language), `${JSON.stringify(bundle, null, 2)}\n`);
for (const [text, translation] of Object.entries(bundle)) {
  if (translation === "") console.log(`to be translated: ${text}`);
}
