import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isScript, scanScript } from "../../../src/script/scanner/scan.ts";

const modules = new URL("../../../node_modules/", import.meta.url).pathname;

/** Real Markdown files that are no scripts: what the packages beside us say of themselves. */
const files = readdirSync(modules)
  .flatMap((name) =>
    name.startsWith("@") ? readdirSync(join(modules, name)).map((own) => join(name, own)) : [name],
  )
  .filter((name) => !name.startsWith("."))
  .flatMap((name) => {
    const within = readdirSync(join(modules, name));
    return within
      .filter((file) => /^(?:readme|changelog|history)\.(?:md|markdown)$/i.test(file))
      .map((file) => join(modules, name, file));
  });

describe("Markdown files that are no scripts", () => {
  it("are none, so that nothing is said of them", () => {
    assert.ok(files.length >= 50, `${files.length} files`);
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      assert.ok(!isScript(text, scanScript(text, { language: "markdown" }), file), file);
    }
  });
});
