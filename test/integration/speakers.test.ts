import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { clear, clipFolder, edit, eventually, lensTitles, open } from "./workspace.ts";

const play = `---
speech:
  cast: { ROSALIND: slt, ORLANDO: rms }
---

ROSALIND: What is't o'clock?

ORLANDO: You should ask me what time o' day.
`;

/** What was said, and with which voice, as the manifest has it. */
async function said(document: vscode.TextDocument): Promise<string[]> {
  const text = await readFile(join(clipFolder(document), "manifest.json"), "utf8");
  const { clips } = JSON.parse(text) as {
    clips: { segment: number | null; transcript: string; voice: string }[];
  };
  return clips
    .filter(({ segment }) => segment !== null)
    .map(({ voice, transcript }) => `${voice}: ${transcript}`);
}

describe("A script with a cast", () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("service", "local", vscode.ConfigurationTarget.Global);
  });

  afterEach(clear);

  it("has lenses for each speaker's lines, and is said in their voices", async () => {
    const editor = await open(play);
    const { document } = editor;
    const titles = await eventually(
      () => lensTitles(document),
      (found) => found.includes("ROSALIND, Flite slt") && found.includes("ORLANDO, Flite rms"),
    );
    assert.equal(titles.filter((title) => title.endsWith("Preview")).length, 2);
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    assert.deepEqual(await said(document), [
      "slt: What is't o'clock?",
      "rms: You should ask me what time o' day.",
    ]);
    await eventually(
      () => lensTitles(document),
      (found) =>
        found.filter((title) => /^\w+, Flite (?:slt|rms) · \d+\.\d s$/.test(title)).length === 2,
    );
    await edit(editor, "ORLANDO: rms", "ORLANDO: awb"); // whose name nobody has told
    await eventually(
      () => lensTitles(document),
      (found) => found.includes("ORLANDO · changed"),
    );
  });

  it("names no voice where all is said in one", async () => {
    const { document } = await open(play.replace("rms", "slt"));
    const titles = await eventually(
      () => lensTitles(document),
      (found) => found.includes("ROSALIND"),
    );
    assert.ok(titles.includes("ORLANDO"));
    assert.ok(!titles.some((title) => title.includes("Flite")));
  });
});
