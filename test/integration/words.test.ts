import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { clear, clipFolder, eventually, lensTitles, open } from "./workspace.ts";

const preview = (): Thenable<unknown> =>
  vscode.commands.executeCommand("scriptedSpeech.previewScript");
const settings = (): vscode.WorkspaceConfiguration =>
  vscode.workspace.getConfiguration("scriptedSpeech");

/** What was sent for the clips in place, in the script's order. */
async function spoken(document: vscode.TextDocument): Promise<string[]> {
  const text = await readFile(join(clipFolder(document), "manifest.json"), "utf8");
  const { clips } = JSON.parse(text) as {
    clips: { segment: number | null; transcript: string }[];
  };
  return clips.filter(({ segment }) => segment !== null).map(({ transcript }) => transcript);
}

const samplesOf = ({ uri }: vscode.TextDocument): string =>
  uri.fsPath.replace(/\.md$/, ".samples.yaml");

describe("What is put in the place of what is written", () => {
  before(() => settings().update("service", "local", vscode.ConfigurationTarget.Global));

  afterEach(clear);

  it("leaves a segment unspoken while a variable has no value, and says so", async () => {
    const { document } = await open("One.<flush/>Hello {{name}}.");
    await preview();
    assert.deepEqual(await spoken(document), ["One."]);
    const [problem] = await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.some(({ source }) => source === "scripted-speech"),
    );
    assert.equal(problem && document.getText(problem.range), "{{name}}");
    await eventually(
      () => lensTitles(document),
      (titles) => titles.includes("failed: The variable {{name}} has no value."),
    );
  });

  it("fills variables from the sample values beside the script, and notices other ones", async () => {
    const { document } = await open("One.<flush/>Hello {{name}}.");
    await writeFile(samplesOf(document), "default:\n  name: Anna\n");
    await preview();
    assert.deepEqual(await spoken(document), ["One.", "Hello Anna."]);
    await writeFile(samplesOf(document), "default:\n  name: Ben\n");
    await eventually(
      () => lensTitles(document),
      (titles) => titles.filter((title) => title === "changed").length === 1,
    );
    await preview();
    assert.deepEqual(await spoken(document), ["One.", "Hello Ben."]);
  });

  it("says words as the settings pronounce them", async () => {
    const { document } = await open("The SQL here.<flush/>NoSQL there.");
    await preview();
    await settings().update("pronunciations", { SQL: "sequel" }, vscode.ConfigurationTarget.Global);
    try {
      await eventually(
        () => lensTitles(document),
        (titles) => titles.filter((title) => title === "changed").length === 1,
      );
      await preview();
      assert.deepEqual(await spoken(document), ["The sequel here.", "NoSQL there."]);
    } finally {
      await settings().update("pronunciations", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("writes into the workspace's settings how a word is said", async () => {
    const target = vscode.ConfigurationTarget.Workspace;
    await settings().update("pronunciations", { SQL: "squeal", AWS: "aws" }, target);
    try {
      const editor = await open("The SQL here.");
      editor.selection = new vscode.Selection(0, 5, 0, 5);
      const fixed = vscode.commands.executeCommand("scriptedSpeech.fixPronunciation");
      await eventually(
        async () => {
          // The first one is the word as it is written.
          await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
          return settings().inspect("pronunciations")?.workspaceValue;
        },
        (value) => !Object.hasOwn(value ?? {}, "SQL"),
      );
      await fixed;
      assert.deepEqual(settings().inspect("pronunciations")?.workspaceValue, { AWS: "aws" });
    } finally {
      await settings().update("pronunciations", undefined, target);
    }
  });
});
