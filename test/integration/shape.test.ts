import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { clear, clipFolder, edit, eventually, inWorkspace, lensTitles, open } from "./workspace.ts";

const run = (command: string): Thenable<unknown> =>
  vscode.commands.executeCommand(`scriptedSpeech.${command}`);

/** Puts the cursor where this text begins. */
function goTo(editor: vscode.TextEditor, text: string): void {
  const { document } = editor;
  const position = document.positionAt(document.getText().indexOf(text));
  editor.selection = new vscode.Selection(position, position);
}

/** What stands behind the cursor. */
function behindCursor({ document, selection }: vscode.TextEditor): string {
  return document.getText().slice(document.offsetAt(selection.active));
}

async function symbols({ uri }: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    "vscode.executeDocumentSymbolProvider",
    uri,
  );
  return found ?? [];
}

/** Symbols that are ours, as lines: Markdown's own have headings alone. */
const segmentLines = (found: readonly vscode.DocumentSymbol[], above = ""): string[] =>
  found.flatMap(({ name, detail, children }) => [
    ...(detail.startsWith("Segment ") ? [`${above}${detail}: ${name}`] : []),
    ...segmentLines(children, `${name} > `),
  ]);

const flat = (found: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] =>
  found.flatMap((symbol) => [symbol, ...flat(symbol.children)]);

async function folds({ uri }: vscode.TextDocument): Promise<string[]> {
  const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
    "vscode.executeFoldingRangeProvider",
    uri,
  );
  return (ranges ?? []).map(({ start, end }) => `${start}-${end}`);
}

const spokenEditor = (): vscode.TextEditor | undefined =>
  vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.scheme === "scripted-speech-spoken",
  );

/** Waits until the spoken form beside a script has this text. */
const spokenText = (holds: (text: string) => boolean): Promise<string> =>
  eventually(() => spokenEditor()?.document.getText() ?? "", holds);

describe("The shape of a script", () => {
  afterEach(clear);

  it("is in the outline: segments by their first words, under the headings above them", async () => {
    const { document } = await open("# One\n\nFirst.\n\n<flush/>\n\nSecond.\n\n## Two\n\nStill.\n");
    assert.deepEqual(segmentLines(await symbols(document)), [
      "One > Segment 1: One First.",
      "One > Segment 2: Second.",
    ]);
  });

  it("folds by segment, together with what Markdown folds", async () => {
    const { document } = await open("One\nmore\n\n<flush/>\n\n- two\n- three\n\n<flush/>\nfour");
    const found = await folds(document);
    assert.ok(found.includes("0-1"), found.join());
    assert.ok(found.includes("5-6"), found.join());
    assert.ok(!found.some((fold) => fold.startsWith("9-")));
  });

  it("is right after each edit: names, numbers and places in the outline", async () => {
    const editor = await open("# One\n\nFirst.\n\n<flush/>\n\nSecond.\n\n<flush/>\n\nThird.\n");
    const places = async (): Promise<string[]> =>
      flat(await symbols(editor.document)).map(
        ({ name, detail, range }) => `${detail} ${name} ${range.start.line}-${range.end.line}`,
      );
    const ofOurs = async (): Promise<string[]> =>
      (await places()).filter((place) => place.startsWith("Segment"));
    assert.deepEqual(await ofOurs(), [
      "Segment 1 One First. 0-2",
      "Segment 2 Second. 6-6",
      "Segment 3 Third. 10-10",
    ]);
    await edit(editor, "First.", "First.\n\n<flush/>\n\nAnother.");
    assert.deepEqual(await ofOurs(), [
      "Segment 1 One First. 0-2",
      "Segment 2 Another. 6-6",
      "Segment 3 Second. 10-10",
      "Segment 4 Third. 14-14",
    ]);
  });

  it("has lenses where one looks, however long it is", async () => {
    const count = 3000;
    const editor = await open(
      Array.from({ length: count }, (_, at) => `Segment ${at + 1}.`).join("\n<flush/>\n"),
    );
    const lines = async (): Promise<number[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        editor.document.uri,
      );
      return lenses.map(({ range }) => range.start.line);
    };
    const atTop = await lines();
    assert.ok(atTop.includes(0) && !atTop.includes(2 * count - 2) && atTop.length < count);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.revealRange(new vscode.Range(end, end));
    await eventually(lines, (now) => now.includes(end.line) && !now.includes(0));
  });

  it("is not shown of a document that is no script", async () => {
    const { document } = await open("# One\n\nFirst\nline.\n\nSecond\nline.\n");
    assert.deepEqual(segmentLines(await symbols(document)), []);
    assert.ok(!(await folds(document)).includes("2-3"));
  });

  it("is there in plain text, too", async () => {
    const path = inWorkspace("try-plain.txt");
    await writeFile(path, "One\nmore.\n<flush/>\nTwo.");
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    assert.deepEqual(segmentLines(await symbols(document)), [
      "Segment 1: One more.",
      "Segment 2: Two.",
    ]);
    assert.ok((await folds(document)).includes("0-1"));
  });

  it("is that of the language mode, as soon as that is another one", async () => {
    const path = inWorkspace("try-mode.txt");
    await writeFile(path, "One.\n<flush/>\n```\nTwo.\n<flush/>\n```\nThree.");
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    const segments = async (): Promise<number> =>
      (await lensTitles(document)).filter((title) => title.endsWith("Preview")).length;
    await eventually(segments, (count) => count === 3);
    await vscode.languages.setTextDocumentLanguage(document, "markdown");
    await eventually(segments, (count) => count === 2); // a marker in code is none
    await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    await eventually(segments, (count) => count === 3);
  });
});

describe("Edits by segment", () => {
  afterEach(clear);

  it("move a segment with the cursor, and back by one undo", async () => {
    const text = "One.\n\n<flush/>\n\nTwo words.\n\n<flush/> Three.\n";
    const editor = await open(text);
    const { document } = editor;
    goTo(editor, "words");
    await run("moveSegmentUp");
    assert.equal(document.getText(), "Two words.\n\n<flush/>\n\nOne.\n\n<flush/> Three.\n");
    assert.ok(behindCursor(editor).startsWith("words."));
    await run("moveSegmentDown");
    assert.equal(document.getText(), text);
    await run("moveSegmentDown");
    assert.equal(document.getText(), "One.\n\n<flush/>\n\nThree.\n\n<flush/> Two words.\n");
    assert.ok(behindCursor(editor).startsWith("words."));
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), text);
    goTo(editor, "One");
    await run("moveSegmentUp");
    assert.equal(document.getText(), text);
  });

  it("split a segment between two words, and join it again, each by one step", async () => {
    const text = "Stay hungry, *stay* foolish.\n";
    const editor = await open(text);
    const { document } = editor;
    goTo(editor, "tay* foolish");
    await run("splitSegment");
    assert.equal(document.getText(), "Stay hungry, <flush/>*stay* foolish.\n");
    assert.ok(behindCursor(editor).startsWith("*stay*"));
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), text);
    await vscode.commands.executeCommand("redo");
    goTo(editor, "hungry");
    await run("joinWithNext");
    assert.equal(document.getText(), text);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), "Stay hungry, <flush/>*stay* foolish.\n");
  });
});

describe("Inserting flush markers", () => {
  afterEach(clear);

  it("asks what is to be a segment each, and is one step", async () => {
    const text = "One.\n\nTwo.\n\nThree.\n";
    const { document } = await open(text);
    const done = run("insertFlushMarkers");
    await eventually(
      async () => {
        await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
        return document.getText();
      },
      (now) => now !== text, // the first choice: paragraphs
    );
    await done;
    assert.equal(document.getText(), "One.\n\n<flush/>\n\nTwo.\n\n<flush/>\n\nThree.\n");
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), text);
  });
});

describe("The spoken form", () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("service", "local", vscode.ConfigurationTarget.Global);
  });

  afterEach(clear);

  it("is what was sent, beside the script, read-only", async () => {
    const { document } = await open("# One\n\nStay *hungry*, <flush/>stay &amp; go.<flush/>…");
    await run("showSpokenForm");
    const text = await spokenText((shown) => shown !== "");
    assert.equal(text, "────────\nOne. Stay hungry,\n──── ␣ ────\nstay & go.\n");
    assert.equal(vscode.window.activeTextEditor?.document, document, "the focus stays");
    await run("previewScript");
    const manifest = await readFile(join(clipFolder(document), "manifest.json"), "utf8");
    const { clips } = JSON.parse(manifest) as { clips: { transcript: string }[] };
    assert.deepEqual(
      clips.map(({ transcript }) => transcript),
      text.split("\n").filter((line) => line !== "" && !line.startsWith("─")),
    );
  });

  it("lists what is not spoken, where one asks for it", async () => {
    await open("One <!-- aside --> *two*.\n\n[Three](https://a.b).");
    await run("showSilence");
    const text = await spokenText((shown) => shown.includes("aside"));
    assert.equal(
      text,
      [
        "────────\nOne two. Three.\n\n",
        "Line 1: <!-- aside -->  (Not spoken: a comment.)",
        "Line 3: (https://a.b)  (Not spoken: where a link leads.)\n",
      ].join("\n"),
    );
    await run("showSpokenForm");
    await spokenText((shown) => shown === "────────\nOne two. Three.\n");
  });

  it("follows what is written", async () => {
    const editor = await open("One.<flush/>Two.");
    await run("showSpokenForm");
    await spokenText((shown) => shown.includes("Two."));
    await edit(editor, "Two.", "Three.<flush/>Four.");
    const text = await spokenText((shown) => shown.includes("Four."));
    assert.equal(text, "────────\nOne.\n──── ␣ ────\nThree.\n──── ␣ ────\nFour.\n");
  });

  it("is in step with the cursor, both ways", async () => {
    const many = Array.from({ length: 200 }, (_, at) => `Part number ${at}.`);
    const editor = await open(many.join("\n\n<flush/>\n\n"));
    await run("showSpokenForm");
    await spokenText((shown) => shown.includes("Part number 199."));
    const spoken = spokenEditor();
    assert.ok(spoken);
    const isInView = (shown: vscode.TextEditor, text: string): boolean => {
      const { line } = shown.document.positionAt(shown.document.getText().indexOf(text));
      return shown.visibleRanges.some(({ start, end }) => start.line <= line && line <= end.line);
    };
    goTo(editor, "Part number 150.");
    await eventually(
      () => isInView(spoken, "Part number 150."),
      (seen) => seen,
    );
    await vscode.window.showTextDocument(spoken.document, { viewColumn: spoken.viewColumn! });
    goTo(spoken, "Part number 20.");
    await eventually(
      () => isInView(editor, "Part number 20."),
      (seen) => seen,
    );
    assert.ok(behindCursor(editor).startsWith("Part number 150."), "no cursor is moved");
  });

  it("is told of one segment by a hover on its first line", async () => {
    const { document } = await open("Say *one*\nand more.\n\n<flush/>\n\nTwo.");
    const hoversAt = async (line: number): Promise<string> => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        new vscode.Position(line, 2),
      );
      const contents = hovers.flatMap((hover) => hover.contents);
      return contents.map((part) => (typeof part === "string" ? part : part.value)).join("\n");
    };
    assert.match(await hoversAt(0), /Say one and more\./);
    assert.doesNotMatch(await hoversAt(1), /Say one and more\./);
  });
});
