/** `npm run docs`: makes those parts of the pages in media/docs anew that are made from their sources. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { docsFolder, pageNames, readPage, renewed } from "./docPages.ts";

for (const name of await pageNames()) {
  const page = await readPage(name);
  const now = await renewed(page);
  if (now === page) continue;
  await writeFile(join(docsFolder, name), now);
  console.log(`media/docs/${name} is renewed`);
}
