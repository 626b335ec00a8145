import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readBundles } from "../tools/bundles.ts";
import { vsixFile } from "../tools/packExtension.ts";
import { projectRoot } from "../support/paths.ts";

const dist = join(projectRoot, "dist");

describe("The package", () => {
  it("holds what it needs and nothing else", async () => {
    const names = namesInZip(await readFile(vsixFile));
    const ours = names.flatMap((name) => /^extension\/(.*)$/.exec(name)?.slice(1) ?? []);
    const host = (await readBundles(dist)).names.map((name) => `dist/${name}`);
    assert.deepEqual(ours.filter((name) => !host.includes(name)).sort(), [
      "LICENSE.txt",
      "changelog.md",
      "dist/ThirdPartyNotices.txt",
      "dist/codicon.css",
      "dist/codicon.ttf",
      "dist/flite.wasm.br",
      "dist/webview.js",
      "media/clips.css",
      "media/docs/command-line.md",
      "media/docs/faults.md",
      "media/docs/files.md",
      "media/docs/keys.md",
      "media/docs/limits.md",
      "media/docs/manifest.md",
      "media/docs/markdown.md",
      "media/docs/previewing.md",
      "media/docs/settings.md",
      "media/docs/spoken.md",
      "media/docs/writing.md",
      "media/gutter/changed-dark.svg",
      "media/gutter/changed-light.svg",
      "media/gutter/failed-dark.svg",
      "media/gutter/failed-light.svg",
      "media/gutter/locked-dark.svg",
      "media/gutter/locked-light.svg",
      "media/gutter/notSpoken-dark.svg",
      "media/gutter/notSpoken-light.svg",
      "media/gutter/ready-dark.svg",
      "media/gutter/ready-light.svg",
      "media/gutter/speaking-dark.svg",
      "media/gutter/speaking-light.svg",
      "media/icon.png",
      "media/l10n/bundle.l10n.de.json",
      "media/manifest.schema.json",
      "media/panel.css",
      "media/screenshots/preview.webp",
      "media/snippets.json",
      "media/walkthrough/files.svg",
      "media/walkthrough/hear.svg",
      "media/walkthrough/key.svg",
      "media/walkthrough/marker.svg",
      "media/walkthrough/voice.svg",
      "media/walkthrough/welcome.speech.md",
      "package.json",
      "package.nls.de.json",
      "package.nls.json",
      "readme.md",
    ]);
    assert.deepEqual(
      host.filter((name) => !ours.includes(name)),
      [],
    );
  });

  it("holds each module once", async () => {
    const { names, modulesIn } = await readBundles(dist);
    const modules = names.flatMap(modulesIn);
    assert.ok(modules.includes("node_modules/@vscode/l10n/dist/main.js"));
    assert.deepEqual(
      modules.filter((name, at) => modules.indexOf(name) < at),
      [],
    );
  });

  it("reads no library when it activates, but the one that translates", async () => {
    const { loadedBy, modulesIn } = await readBundles(dist);
    const atOnce = loadedBy("extension.js", { atOnce: true }).flatMap(modulesIn);
    const libraries = (modules: readonly string[]) =>
      modules.filter((name) => name.startsWith("node_modules/"));
    assert.deepEqual(libraries(atOnce), ["node_modules/@vscode/l10n/dist/main.js"]);
    const all = libraries(loadedBy("extension.js").flatMap(modulesIn)).join("\n");
    for (const late of ["yaml", "micromark", "ws"]) assert.match(all, new RegExp(`/${late}/`));
  });
});

/** The names of the files in a ZIP archive, by its central directory (APPNOTE.TXT, 4.3.12 and 4.3.16). */
function namesInZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((by) => zip.readUInt16LE(at + by));
    const start = at + 46;
    at = start + name + extra + comment;
    return zip.toString("utf8", start, start + name);
  });
}
