import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../vscode/paths.ts";

describe("The package", function () {
  this.timeout(20_000);

  it("holds what it needs and nothing else", async () => {
    const vsce = join(projectRoot, "node_modules", "@vscode", "vsce", "vsce");
    const list = [vsce, "ls", "--no-dependencies"];
    const { stdout } = await promisify(execFile)(process.execPath, list, { cwd: projectRoot });
    assert.deepEqual(stdout.trim().split(/\r?\n/).sort(), [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/ThirdPartyNotices.txt",
      "dist/cli.cjs",
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
    ]);
  });
});
