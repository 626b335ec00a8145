import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const SCRIPT = new URL("../../../src/script/", import.meta.url);

/** What a module imports, and what that imports, types aside. */
function importsOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!file.startsWith("./")) return seen;
  const source = readFileSync(new URL(file, SCRIPT), "utf8");
  for (const [, imported = ""] of source.matchAll(
    /^(?:import|export)\s(?!type)[^;]*?from "([^"]+)"/gm,
  )) {
    importsOf(imported, seen);
  }
  return seen;
}

describe("what the lenses need of a script", () => {
  for (const file of [
    "./scan.ts",
    "./script.ts",
    "./segmentAt.ts",
    "./frontMatterBlock.ts",
    "./seam.ts",
    "./scriptCuts.ts",
  ]) {
    it(`${file} needs no library`, () => {
      assert.deepEqual(
        [...importsOf(file)].filter((name) => !name.startsWith("./")),
        [],
      );
    });
  }

  it("while reading a script needs its libraries", () => {
    assert.ok(importsOf("./parseScript.ts").has("yaml"));
  });
});
