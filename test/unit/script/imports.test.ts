import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const SCRIPT = new URL("../../../src/script/", import.meta.url);

/** What a module imports, and what that imports, types aside. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.startsWith("file:")) return seen;
  const source = readFileSync(new URL(file), "utf8");
  for (const [, imported = ""] of source.matchAll(
    /^(?:import|export)\s(?!type)[^;]*?from "([^"]+)"/gm,
  )) {
    importsOf(imported.startsWith(".") ? new URL(imported, file).href : imported, seen);
  }
  return seen;
}

describe("what the lenses need of a script", () => {
  for (const file of [
    "scanner/scan.ts",
    "model/script.ts",
    "model/segmentAt.ts",
    "frontMatter/frontMatterBlock.ts",
    "transcript/seam.ts",
    "incremental/scriptCuts.ts",
  ]) {
    it(`${file} needs no library`, () => {
      assert.deepEqual(
        [...importsOf(new URL(file, SCRIPT).href)].filter((name) => !name.startsWith("file:")),
        [],
      );
    });
  }

  it("while reading a script needs its libraries", () => {
    assert.ok(importsOf(new URL("reader/parseScript.ts", SCRIPT).href).has("yaml"));
  });
});
