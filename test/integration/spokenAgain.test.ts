import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { clear, clipFolder, clipNames, edit, eventually, lensTitles, open } from "./workspace.ts";

const preview = (): Thenable<unknown> =>
  vscode.commands.executeCommand("scriptedSpeech.previewScript");
const atSegment = ({ document }: vscode.TextEditor, segment: number) => ({
  document: document.uri.toString(),
  segment,
});

/** What the lens with this title says of its cost. */
async function tooltips({ uri }: vscode.TextDocument, title: string): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    uri,
    1000,
  );
  const found = lenses.filter(({ command }) => command?.title.endsWith(title));
  return found.map(({ command }) => command?.tooltip ?? "");
}

const takesOf = (document: vscode.TextDocument): Promise<string[]> =>
  readdir(join(clipFolder(document), "takes")).catch(() => []);

/** The transcripts and whether they are locked, as the manifest has them, in the script's order. */
async function inManifest(document: vscode.TextDocument): Promise<string[]> {
  const text = await readFile(join(clipFolder(document), "manifest.json"), "utf8");
  const { clips } = JSON.parse(text) as {
    clips: { segment: number | null; transcript: string; locked?: boolean }[];
  };
  return clips
    .filter(({ segment }) => segment !== null)
    .map(({ transcript, locked }) => (locked ? `${transcript} (locked)` : transcript));
}

describe("Speaking only what changed", () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("service", "local", vscode.ConfigurationTarget.Global);
  });

  afterEach(clear);

  it("says in each lens what its press would send", async () => {
    const editor = await open("One. <flush/>Two.<flush/>Three.");
    const { document } = editor;
    assert.deepEqual(await tooltips(document, "From here"), [
      "Sends about 14 characters",
      "Sends about 10 characters",
      "Sends about 6 characters",
    ]);
    await preview();
    const ready = "Sends nothing: what is ready is played";
    await eventually(
      () => tooltips(document, "Preview"),
      (found) => found.length === 3 && found.every((said) => said === ready),
    );
    await edit(editor, "Two.", "Two and a half.");
    const changed = "Speaks 15 characters with the local voice, at no cost";
    await eventually(
      () => tooltips(document, "Preview"),
      (found) => found[1] === changed && found[0] === ready,
    );
    assert.deepEqual(await tooltips(document, "From here"), [changed, changed, ready]);
    assert.deepEqual(await tooltips(document, "Preview Script"), [changed]);
  });

  it("keeps the former take of what is spoken again", async () => {
    const editor = await open("One.<flush/>Two.");
    await preview();
    assert.deepEqual(await takesOf(editor.document), []);
    await vscode.commands.executeCommand("scriptedSpeech.previewAgain", atSegment(editor, 1));
    assert.equal((await takesOf(editor.document)).length, 1);
    assert.deepEqual(await inManifest(editor.document), ["One.", "Two."]);
  });

  it("says a segment again in context, and saves no more than it", async () => {
    const editor = await open("One.<flush/>Two.<flush/>Three.");
    await preview();
    await vscode.commands.executeCommand(
      "scriptedSpeech.previewAgainInContext",
      atSegment(editor, 2),
    );
    assert.equal((await takesOf(editor.document)).length, 1);
  });

  it("leaves a locked segment alone until it is unlocked", async () => {
    const editor = await open("One.<flush/>Two.");
    const { document } = editor;
    await preview();
    await vscode.commands.executeCommand("scriptedSpeech.lockSegment", atSegment(editor, 1));
    assert.deepEqual(await inManifest(document), ["One.", "Two. (locked)"]);
    await eventually(
      () => lensTitles(document),
      (titles) => titles.some((title) => / s, locked$/.test(title)),
    );
    await edit(editor, "Two.", "Two, but different.");
    await eventually(
      () => lensTitles(document),
      (titles) => titles.includes("changed, locked"),
    );
    await preview();
    assert.deepEqual(await inManifest(document), ["One.", "Two. (locked)"]);
    await vscode.commands.executeCommand("scriptedSpeech.unlockSegment", atSegment(editor, 1));
    await preview();
    assert.deepEqual(await inManifest(document), ["One.", "Two, but different."]);
  });

  it("finds the clip of an edit that was undone", async () => {
    const editor = await open("One.<flush/>Two.");
    const { document } = editor;
    await preview();
    await edit(editor, "Two.", "Three.");
    await preview();
    await vscode.commands.executeCommand("undo");
    await eventually(
      () => lensTitles(document),
      (titles) => titles.filter((title) => / s$/.test(title)).length === 2,
    );
    await preview();
    assert.deepEqual(await inManifest(document), ["One.", "Two."]);
    assert.equal((await takesOf(document)).length, 1);
  });

  it("numbers the clips anew when the script is saved", async () => {
    const editor = await open("One.<flush/>Two.");
    const { document } = editor;
    await preview();
    await edit(editor, "One.<flush/>Two.", "Zero.<flush/>Two.<flush/>One.");
    await document.save();
    await eventually(
      () => inManifest(document),
      (found) => found.join() === "Two.,One.",
    );
    assert.deepEqual(await clipNames(document), ["flush_001.wav", "flush_002.wav"]);
  });

  it("speaks on save only where that was asked for, and then only what changed", async () => {
    const editor = await open("One.<flush/>Two.");
    const { document } = editor;
    await edit(editor, "One.", "One!");
    await document.save();
    assert.deepEqual(await clipNames(document), []);
    await vscode.commands.executeCommand("scriptedSpeech.togglePreviewOnSave", document.uri);
    await edit(editor, "One!", "One?");
    await document.save();
    await eventually(
      () => inManifest(document).catch(() => []),
      (found) => found.join() === "One?,Two.",
    );
    await edit(editor, "Two.", "Two!");
    await document.save();
    await eventually(
      () => inManifest(document),
      (found) => found.join() === "One?,Two!",
    );
    await vscode.commands.executeCommand("scriptedSpeech.togglePreviewOnSave", document.uri);
    await edit(editor, "Two!", "Two?");
    await document.save();
    await eventually(
      () => lensTitles(document),
      (titles) => titles.includes("changed"),
    );
    assert.deepEqual(await inManifest(document), ["One?", "Two!"]);
  });
});
