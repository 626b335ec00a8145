import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as l10n from "@vscode/l10n";
import type * as exporter from "../../src/export/exports.ts";
import type * as language from "../../src/language/language.ts";
import type * as reader from "../../src/script/reader/parseScript.ts";
import type * as voices from "../../src/session/voices/voices.ts";
import { readBundle } from "../l10n/runTimeStrings.ts";
import { vsixFile } from "../vscode/packExtension.ts";
import { projectRoot } from "../vscode/paths.ts";

describe("The package", () => {
  it("holds what it needs and nothing else", async () => {
    const names = namesInZip(await readFile(vsixFile));
    const ours = names.flatMap((name) => /^extension\/(.*)$/.exec(name)?.slice(1) ?? []);
    assert.deepEqual(ours.sort(), [
      "LICENSE.txt",
      "changelog.md",
      "dist/ThirdPartyNotices.txt",
      "dist/cli.cjs",
      "dist/clipPlace.cjs",
      "dist/codicon.css",
      "dist/codicon.ttf",
      "dist/export.cjs",
      "dist/extension.cjs",
      "dist/flite.wasm",
      "dist/frontMatter.cjs",
      "dist/frontMatterEdits.cjs",
      "dist/insertionPoints.cjs",
      "dist/l10n.cjs",
      "dist/language.cjs",
      "dist/localVoice.cjs",
      "dist/localVoiceWorker.cjs",
      "dist/parseScript.cjs",
      "dist/preview.cjs",
      "dist/segmentEdits.cjs",
      "dist/voices.cjs",
      "dist/webview.js",
      "media/clips.css",
      "media/docs/limits.md",
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
      "media/screenshots/preview.png",
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
  });

  it("speaks German in every bundle once it is told to in one", async () => {
    const dist = join(projectRoot, "dist");
    const require = createRequire(import.meta.url);
    const load = <Bundle>(name: string): Bundle => require(join(dist, `${name}.cjs`)) as Bundle;
    load<typeof l10n>("l10n").config({ contents: await readBundle("de") });

    const { parseScript } = load<typeof reader>("parseScript");
    const { problems } = parseScript("{{name}}", { language: "markdown" });
    assert.match(problems[0]!.message, /^Die Variable \{\{name\}\} hat keinen Wert/);

    const { ScriptLinter } = load<typeof language>("language");
    const [problem] = new ScriptLinter().lint("<brake/> Hi.", { language: "markdown" });
    assert.match(problem!.message, /^Ein Tag `<brake>` gibt es nicht/);

    const { exportCaptions } = load<typeof exporter>("export");
    const exported = exportCaptions({ title: "", segments: [] }, { format: "vtt", file: "/x.vtt" });
    await assert.rejects(exported, /^ExportError: Es gibt nichts zu exportieren/);

    const { listVoices } = load<typeof voices>("voices");
    const nowhere = { url: "ws://127.0.0.1:9", headers: {}, version: "2026-03-01" } as const;
    const listed = listVoices(nowhere, {}, AbortSignal.timeout(10_000));
    await assert.rejects(
      listed,
      /Der Sprachdienst unter 127\.0\.0\.1:9 war nicht zu erreichen: die /,
    );
  });

  it("holds what translates once, so that no bundle is left untold", async () => {
    const dist = join(projectRoot, "dist");
    const bundles = (await readdir(dist)).filter((name) => name.endsWith(".cjs"));
    const texts = await Promise.all(
      bundles.map(async (name) => [name, await readFile(join(dist, name), "utf8")] as const),
    );
    const own = texts.filter(([, text]) => text.includes("first argument to l10n.t"));
    assert.deepEqual(
      own.map(([name]) => name),
      ["l10n.cjs"],
    );
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
