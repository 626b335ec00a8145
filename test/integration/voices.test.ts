import assert from "node:assert/strict";
import * as vscode from "vscode";
import { voicePlaces } from "../../src/script/frontMatterEdits.ts";
import { writeVoice } from "../../src/editor/selectVoice.ts";
import { clear, eventually, lensTitles, open } from "./workspace.ts";

describe("Voices", () => {
  afterEach(clear);

  it("are written into a script's front matter, in one step to be undone", async () => {
    const { document } = await open("One.<flush/>Two.");
    assert.equal(await writeVoice(document, ["speech", "voice"], "tessa"), true);
    const named = "---\nspeech:\n  voice: tessa\n---\n\nOne.<flush/>Two.";
    assert.equal(document.getText(), named);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), "One.<flush/>Two.");
    await vscode.commands.executeCommand("redo");
    assert.equal(document.getText(), named);
  });

  it("are written for a speaker of the cast, and leave the rest to the byte", async () => {
    const before = "---\r\ntitle: A talk # mine\r\nspeech:\r\n  cast: { ANNA: a }\r\n---\r\nOne.";
    const { document } = await open(before);
    const anna = voicePlaces(document.getText()).find(({ speaker }) => speaker === "ANNA");
    assert.ok(anna);
    assert.equal(await writeVoice(document, anna.keys, "tessa"), true);
    assert.equal(document.getText(), before.replace("ANNA: a", "ANNA: tessa"));
  });

  it("are not written where that would break what stands there", async () => {
    const before = "---\nspeech: [not, keys]\n---\nOne.";
    const { document } = await open(before);
    assert.equal(await writeVoice(document, ["speech", "voice"], "tessa"), false);
    assert.equal(document.getText(), before);
  });
});

describe("The hover over a voice", () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("service", "local", vscode.ConfigurationTarget.Global);
  });
  afterEach(clear);

  const hovers = async (document: vscode.TextDocument, at: string): Promise<string[]> => {
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      document.positionAt(document.getText().indexOf(at) + 1),
    );
    const texts = found.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
    return texts.map(({ value }) => value).filter((value) => value.includes("selectVoice"));
  };

  it("is there over its id, and over nothing else", async () => {
    const { document } = await open("---\nspeech:\n  voice: some-voice\n---\nOne.<flush/>Two.");
    const [said = "", ...more] = await hovers(document, "some-voice");
    assert.match(said, /The local voice says this with one of its own voices/);
    assert.deepEqual(more, []);
    assert.deepEqual(await hovers(document, "speech"), []);
    assert.deepEqual(await hovers(document, "Two"), []);
  });
});

describe("A new script", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await clear();
  });

  it("is an untitled one with two segments, and its first words selected", async () => {
    await vscode.commands.executeCommand("scriptedSpeech.newScript");
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const { document, selection } = editor;
    assert.equal(document.uri.scheme, "untitled");
    assert.equal(document.languageId, "markdown");
    assert.equal(document.getText(selection), "Write here what is to be said.");
    const titles = await eventually(
      () => lensTitles(document),
      (found) => found.length > 0,
    );
    assert.equal(titles.filter((title) => title.endsWith("Preview")).length, 2);
  });
});
