import assert from "node:assert/strict";
import { listFiles } from "@vscode/vsce";
import { projectRoot } from "../vscode/paths.ts";

describe("The package", () => {
  it("holds what it needs and nothing else", async () => {
    const files = await listFiles({ cwd: projectRoot, dependencies: false });
    assert.deepEqual(files.sort(), [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/ThirdPartyNotices.txt",
      "dist/codicon.css",
      "dist/codicon.ttf",
      "dist/extension.cjs",
      "dist/flite.wasm",
      "dist/frontMatter.cjs",
      "dist/insertionPoints.cjs",
      "dist/localVoice.cjs",
      "dist/localVoiceWorker.cjs",
      "dist/preview.cjs",
      "dist/webview.js",
      "media/icon.png",
      "media/panel.css",
      "media/screenshots/preview.png",
      "media/walkthrough/welcome.speech.md",
      "package.json",
      "package.nls.json",
    ]);
  });
});
