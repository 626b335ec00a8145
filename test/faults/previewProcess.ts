/**
 * A process that previews one document, as the extension host would, until it is done or killed.
 *
 *     node test/faults/previewProcess.ts DOCUMENT URL
 */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openPreview } from "../../src/preview/openPreview.ts";
import { previewInput } from "./stage.ts";

const [path = "", url = ""] = process.argv.slice(2);
const { preview } = await openPreview(
  {
    uri: `file://${path}`,
    path,
    audioFolder: "",
    workspaceRoot: undefined,
    storage: join(dirname(path), "storage"),
    container: "wav",
  },
  { report: () => {}, trace: () => {} },
);
preview.read(previewInput(await readFile(path, "utf8")));
await preview.run({ kind: "script" }, () =>
  Promise.resolve({ url, headers: {}, version: "2026-08-14" }),
);
