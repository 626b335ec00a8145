import assert from "node:assert/strict";
import * as vscode from "vscode";
import { voicePlaces } from "../../src/script/frontMatter/frontMatterEdits.ts";
import { writeFrontMatter } from "../../src/editor/common/writeFrontMatter.ts";
import { clear, eventually, lensTitles, open } from "./workspace.ts";

describe("Voices", () => {
  afterEach(clear);

  it("are written into a script's front matter, in one step to be undone", async () => {
    const { document } = await open("One.<flush/>Two.");
    assert.equal(await writeFrontMatter(document, ["speech", "voice"], "tessa"), true);
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
    assert.equal(await writeFrontMatter(document, anna.keys, "tessa"), true);
    assert.equal(document.getText(), before.replace("ANNA: a", "ANNA: tessa"));
  });

  it("are not written where that would break what stands there", async () => {
    const before = "---\nspeech: [not, keys]\n---\nOne.";
    const { document } = await open(before);
    assert.equal(await writeFrontMatter(document, ["speech", "voice"], "tessa"), false);
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

  it("is there over that of a speaker, and selects for that one", async () => {
    const cast =
      "---\nspeech:\n  cast:\n    ANNA: slt\n    BERT: { speed: 1, voice: rms }\n---\nOne.";
    const { document } = await open(cast);
    const [anna = ""] = await hovers(document, "slt");
    assert.match(anna, /Flite slt.*English .*feminine/);
    assert.ok(decodeURIComponent(anna).includes('["speech","cast","ANNA"]'));
    const [bert = ""] = await hovers(document, "rms");
    assert.ok(decodeURIComponent(bert).includes('["speech","cast","BERT","voice"]'));
  });
});

describe("Completion of voices", () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("service", "local", vscode.ConfigurationTarget.Global);
  });
  afterEach(clear);

  const offered = async (text: string): Promise<[vscode.TextEditor, vscode.CompletionItem[]]> => {
    const at = text.indexOf("|");
    const editor = await open(text.replace("|", ""));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      editor.document.uri,
      editor.document.positionAt(at),
    );
    return [editor, items];
  };
  const labelOf = ({ label }: vscode.CompletionItem): string =>
    typeof label === "string" ? label : label.label;

  const places = [
    ["---\nspeech:\n  voice: |\n---\nOne.", "---\nspeech:\n  voice: slt\n---\nOne."],
    [
      "---\nspeech:\n  cast:\n    ANNA:|\n---\nANNA: One.",
      "---\nspeech:\n  cast:\n    ANNA: slt\n---\nANNA: One.",
    ],
    [
      "---\nspeech:\n  cast: { ANNA: { voice: r|, speed: 1 } }\n---\nANNA: One.",
      "---\nspeech:\n  cast: { ANNA: { voice: slt, speed: 1 } }\n---\nANNA: One.",
    ],
  ] as const;
  for (const [text, after] of places) {
    it(`offers them by name, and puts the id: ${text.split("\n").slice(2, -2).join(" ")}`, async () => {
      const [editor, items] = await offered(text);
      const slt = items.find((item) => labelOf(item) === "Flite slt");
      assert.ok(slt?.range instanceof vscode.Range);
      assert.equal(slt.detail, "English (en), feminine");
      assert.ok(slt.filterText?.endsWith(" slt"));
      const { range, insertText } = slt;
      assert.ok(typeof insertText === "string");
      await editor.edit((change) => change.replace(range, insertText));
      assert.equal(editor.document.getText(), after);
      const last = items.find((item) => labelOf(item) === "Select Voice…");
      assert.equal(last?.command?.command, "scriptedSpeech.selectVoice");
    });
  }

  it("offers speakers that the cast lacks, and no voices elsewhere", async () => {
    const cast = "---\nspeech:\n  cast:\n    ANNA: slt\n    |\n---\nANNA: One.\n\nBERT: Two.";
    const [, speakers] = await offered(cast);
    assert.deepEqual(
      speakers.filter(({ kind }) => kind === vscode.CompletionItemKind.Property).map(labelOf),
      ["BERT"],
    );
    const [, models] = await offered("---\nspeech:\n  model: |\n---\nOne.");
    assert.ok(models.map(labelOf).includes("sonic-3"));
    assert.ok(!models.map(labelOf).some((label) => /Flite|Select Voice/.test(label)));
  });
});

describe("A voice and another language", () => {
  afterEach(async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("language", undefined, vscode.ConfigurationTarget.Global);
    await settings.update("service", "local", vscode.ConfigurationTarget.Global);
    await clear();
  });

  const told = ({ uri }: vscode.TextDocument): string[] =>
    vscode.languages.getDiagnostics(uri).map(({ message }) => message);

  it("are told in the front matter, by what is known without asking", async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("service", "cartesia", vscode.ConfigurationTarget.Global);
    const { document } = await open("---\nspeech:\n  language: de\n---\nEins.<flush/>Zwei.");
    await eventually(
      () => told(document),
      (found) =>
        found.length === 1 && /^The settings’ voice, Tessa, speaks English/.test(found[0] ?? ""),
    );
  });

  it("are told where the settings name the language, of the local voice", async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("language", "de", vscode.ConfigurationTarget.Global);
    const { document } = await open("---\nspeech:\n  voice: slt\n---\nEins.<flush/>Zwei.");
    await eventually(
      () => told(document),
      (found) => found.length === 1 && /^The local voice speaks English only/.test(found[0] ?? ""),
    );
    const silent = await open("Eins.<flush/>Zwei.");
    await eventually(
      () => told(document),
      (found) => found.length === 1,
    );
    assert.deepEqual(told(silent.document), []);
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
