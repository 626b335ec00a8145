import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readSourceTree, type SourceTree } from "../tools/sourceTree.ts";

const files: Readonly<Record<string, string>> = {
  "main.ts": `import { open } from "./shop/open.ts";\nvoid import("./shop/late.ts");\nopen();\n`,
  "shop/open.ts": `import { type Price } from "./price.ts";\nexport * from "../words.ts";\n`,
  "shop/price.ts": `import type { Open } from "./open.ts";\nimport fs from "node:fs";\n`,
  "shop/late.ts": `// import "./open.ts"\nexport type Late = import("../words.ts").Word;\n`,
  "words.ts": `export type Word = typeof import("./words.ts");\n`,
  "page/words.ts": ``,
  "page/style.css": `a {}\n`,
};

describe("The figures of a source tree", () => {
  let folder: string;
  let tree: SourceTree;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tree-"));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    tree = await readSourceTree(folder);
  });
  after(() => rm(folder, { recursive: true }));

  it("count files, lines and folders, of TypeScript alone", () => {
    assert.equal(tree.files, 6);
    assert.equal(tree.lines, 10);
    assert.deepEqual(tree.folders, [
      { path: ".", files: 2 },
      { path: "page", files: 1 },
      { path: "shop", files: 3 },
    ]);
  });

  it("have a cycle where files import each other, be it for a type; a file itself is none", () => {
    assert.deepEqual(tree.cycles, [["shop/open.ts", "shop/price.ts"]]);
  });

  it("tell which files have one importer, late imports and types of imports included", () => {
    assert.deepEqual(tree.singleImporter, ["shop/late.ts", "shop/price.ts"]);
  });

  it("tell which names several files have", () => {
    assert.deepEqual(tree.sameNames, ["words.ts"]);
  });
});

describe("The sources", () => {
  it("import each other in one direction, types included, and each name stands for one file", async () => {
    const { cycles, sameNames } = await readSourceTree(join(import.meta.dirname, "../../src"));
    assert.deepEqual(cycles, []);
    assert.deepEqual(sameNames, []);
  });
});
