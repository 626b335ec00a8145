import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { Session } from "node:inspector";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import {
  clear,
  clipFolder,
  clipNames,
  edit,
  eventually,
  inWorkspace,
  lensTitles,
  open,
} from "./workspace.ts";

/** Which of the modules that are heavy this extension host has loaded. */
function loadedLate(): string[] {
  const names: string[] = [];
  const session = new Session();
  session.connect();
  session.on("Debugger.scriptParsed", ({ params: { url } }) => names.push(basename(url)));
  session.post("Debugger.enable"); // which tells of all there are
  session.disconnect();
  return names.flatMap(
    (name) =>
      /^(openPreview|localVoice|frontMatter|insertionPoints)-\w+\.js$/.exec(name)?.[1] ?? [],
  );
}

describe("Previewing in the editor", () => {
  before(async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("service", "local", vscode.ConfigurationTarget.Global);
  });

  afterEach(clear);

  it("loads nothing heavy before the first run", async () => {
    const { document } = await open("One. <flush/> Two.");
    await eventually(
      () => lensTitles(document),
      (titles) => titles.length > 0,
    );
    assert.deepEqual(loadedLate(), []);
  });

  it("puts lenses on each segment's first line, and says whose they are where a line has several", async () => {
    const { document } = await open("One. <flush/> Two.\n\n<flush/>\n\nThree.");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      1000,
    );
    assert.deepEqual(
      lenses.map(({ command, range }) => `${range.start.line}: ${command?.title}`),
      [
        "0: $(play) 1 Preview",
        "0: From here",
        "0: Preview Script",
        "0: $(play) 2 Preview",
        "0: From here",
        "4: $(play) Preview",
        "4: From here",
      ],
    );
  });

  it("leaves a document alone that is no script", async () => {
    const { document } = await open("# Read me\n\n`<flush/>` is a marker.");
    assert.deepEqual(await lensTitles(document), []);
  });

  it("speaks a script, saves a file for each segment, and tells each one's length", async () => {
    const { document } = await open("Stay hungry, <flush/>stay foolish.");
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    assert.deepEqual(await clipNames(document), ["flush_000.wav", "flush_001.wav"]);
    assert.deepEqual(loadedLate().sort(), ["localVoice", "openPreview"]);
    const titles = await eventually(
      () => lensTitles(document),
      (found) => found.filter((title) => / s$/.test(title)).length === 2,
    );
    assert.match(titles.at(-1) ?? "", /^\d+\.\d s$/);
    const manifest = JSON.parse(
      await readFile(join(clipFolder(document), "manifest.json"), "utf8"),
    ) as { clips: { transcript: string }[] };
    assert.deepEqual(
      manifest.clips.map(({ transcript }) => transcript),
      ["Stay hungry,", "stay foolish."],
    );
  });

  it("speaks the segment at the cursor alone", async () => {
    const editor = await open("One.\n<flush/>\nTwo.\n<flush/>\nThree.");
    const { document } = editor;
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand("scriptedSpeech.previewSegment");
    assert.deepEqual(await clipNames(document), ["flush_001.wav"]);
  });

  it("speaks from the cursor on", async () => {
    const editor = await open("One.\n<flush/>\nTwo.\n<flush/>\nThree.");
    const { document } = editor;
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand("scriptedSpeech.previewFromHere");
    assert.deepEqual(await clipNames(document), ["flush_001.wav", "flush_002.wav"]);
  });

  it("marks what was edited as changed, and speaks only that again", async () => {
    const editor = await open("One.<flush/>Two.");
    const { document } = editor;
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    const first = await readFile(join(clipFolder(document), "flush_000.wav"));
    await edit(editor, "Two", "Twenty-two");
    await eventually(
      () => lensTitles(document),
      (titles) => titles.includes("changed"),
    );
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    assert.deepEqual(await readFile(join(clipFolder(document), "flush_000.wav")), first);
    const titles = await eventually(
      () => lensTitles(document),
      (found) => !found.includes("changed"),
    );
    assert.equal(titles.filter((title) => / s$/.test(title)).length, 2);
  });

  it("tells the states of all segments of a line before the editor may cut them off", async () => {
    const editor = await open("One. <flush/> Two. <flush/> Three.\n\n<flush/>\n\nFour.");
    const { document } = editor;
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    await edit(editor, "Two", "Twenty-two");
    const titles = await eventually(
      () => lensTitles(document),
      (found) => found.includes("changed"),
    );
    assert.match(titles[0] ?? "", /^2: changed · 3: \d\.\d s$/);
    assert.equal(titles.filter((title) => title.includes("2: changed")).length, 1);
  });

  it("stops, keeps what is whole, and leaves nothing half-written", async () => {
    const text = Array.from({ length: 500 }, (_, at) => `This is sentence number ${at}.`);
    const { document } = await open(text.join("\n<flush/>\n"));
    const run = vscode.commands.executeCommand("scriptedSpeech.previewScript");
    await eventually(
      () => clipNames(document),
      (names) => names.length >= 2,
    );
    await vscode.commands.executeCommand("scriptedSpeech.stop");
    await run;
    const names = await readdir(clipFolder(document));
    assert.ok(names.length < 400, `${names.length} files`);
    assert.ok(names.every((name) => /^(flush_\d{3}\.wav|manifest\.json)$/.test(name)));
  });

  it("runs two documents at once, each for itself", async () => {
    const one = await open("One.<flush/>Two.");
    const other = await open("Three.<flush/>Four.");
    await Promise.all(
      [one, other].map(({ document }) =>
        vscode.commands.executeCommand("scriptedSpeech.previewScript", document.uri),
      ),
    );
    assert.equal((await clipNames(one.document)).length, 2);
    assert.equal((await clipNames(other.document)).length, 2);
  });

  it("keeps the clips of an untitled document in the extension's storage", async () => {
    const content = "One.<flush/>Two.";
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    await eventually(
      () => lensTitles(document),
      (titles) => titles.filter((title) => / s$/.test(title)).length === 2,
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("takes the clips along when a document is renamed", async () => {
    const { document } = await open("One.<flush/>Two.");
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    const from = clipFolder(document);
    const edit = new vscode.WorkspaceEdit();
    const renamed = vscode.Uri.file(inWorkspace("try-renamed.md"));
    edit.renameFile(document.uri, renamed);
    await vscode.workspace.applyEdit(edit);
    await eventually(
      () => readdir(inWorkspace("try-renamed.speech")).catch((): string[] => []),
      (names) => names.includes("flush_001.wav"),
    );
    await assert.rejects(readdir(from));
    await eventually(
      () => readFile(inWorkspace("try-renamed.speech/manifest.json"), "utf8"),
      (manifest) => manifest.includes('"document": "try-renamed.md"'),
    );
  });

  it("takes the clips along when a document is renamed that is not open", async () => {
    const from = inWorkspace("try-there.md");
    await writeFile(from, "One.<flush/>Two.");
    await vscode.commands.executeCommand("scriptedSpeech.previewScript", vscode.Uri.file(from));
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(vscode.Uri.file(from), vscode.Uri.file(inWorkspace("try-elsewhere.md")));
    await vscode.workspace.applyEdit(edit);
    await eventually(
      () => readdir(inWorkspace("try-elsewhere.speech")).catch((): string[] => []),
      (names) => names.includes("flush_001.wav"),
    );
  });

  it("gives the clips of an untitled document to the file that it is saved as", async () => {
    const path = inWorkspace("try-saved.md");
    const uri = vscode.Uri.file(path).with({ scheme: "untitled" });
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((change) => change.insert(new vscode.Position(0, 0), "One.<flush/>Two."));
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    assert.ok(await document.save());
    const names = await eventually(
      () => readdir(inWorkspace("try-saved.speech")).catch((): string[] => []),
      (found) => found.includes("manifest.json") && found.length > 2,
    );
    assert.deepEqual(
      names.filter((name) => name.startsWith("flush_")),
      ["flush_000.wav", "flush_001.wav"],
    );
    const saved = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(saved);
    await eventually(
      () => lensTitles(saved),
      (titles) => titles.filter((title) => / s$/.test(title)).length === 2,
    );
  });

  it("takes the clips of a folder's scripts along where they lie elsewhere, opened before or not", async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("audio.folder", "../try-clips", vscode.ConfigurationTarget.Global);
    try {
      await mkdir(inWorkspace("try-talks"));
      const from = inWorkspace("try-talks/talk.md");
      await writeFile(from, "One.<flush/>Two.");
      await vscode.commands.executeCommand("scriptedSpeech.previewScript", vscode.Uri.file(from));
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
      const edit = new vscode.WorkspaceEdit();
      edit.renameFile(
        vscode.Uri.file(inWorkspace("try-talks")),
        vscode.Uri.file(inWorkspace("try-speeches")),
      );
      await vscode.workspace.applyEdit(edit);
      const moved = await vscode.workspace.openTextDocument(inWorkspace("try-speeches/talk.md"));
      await vscode.window.showTextDocument(moved);
      await eventually(
        () => lensTitles(moved),
        (titles) => titles.filter((title) => / s$/.test(title)).length === 2,
      );
    } finally {
      await settings.update("audio.folder", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("shows its lenses where a script begins with a marker", async () => {
    const { document } = await open("<flush/>\n\nOne.\n\n<flush/>\n\nTwo.");
    const titles = await eventually(
      () => lensTitles(document),
      (found) => found.length > 0,
    );
    assert.deepEqual(titles.slice(0, 3), ["$(play) Preview", "From here", "Preview Script"]);
  });

  it("takes a setting of a wrong type for one that is not set", async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("flushMarkers", "---", vscode.ConfigurationTarget.Global);
    await settings.update("audio.folder", 5, vscode.ConfigurationTarget.Global);
    try {
      const { document } = await open("One.");
      await vscode.commands.executeCommand("scriptedSpeech.previewScript");
      assert.deepEqual(await clipNames(document), ["flush_000.wav"]);
    } finally {
      await settings.update("flushMarkers", undefined, vscode.ConfigurationTarget.Global);
      await settings.update("audio.folder", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("saves headerless samples where they are wanted", async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("audio.container", "raw", vscode.ConfigurationTarget.Global);
    try {
      const { document } = await open("One.");
      await vscode.commands.executeCommand("scriptedSpeech.previewScript");
      assert.deepEqual(await clipNames(document), ["flush_000.pcm"]);
      const samples = await readFile(join(clipFolder(document), "flush_000.pcm"));
      const manifest = JSON.parse(
        await readFile(join(clipFolder(document), "manifest.json"), "utf8"),
      ) as { clips: { bytes: number }[] };
      assert.equal(manifest.clips[0]?.bytes, samples.length);
    } finally {
      await settings.update("audio.container", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("puts clips elsewhere when a setting says so, for a document that is open, too", async () => {
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    const { document } = await open("One.");
    await vscode.commands.executeCommand("scriptedSpeech.previewScript");
    await settings.update("audio.folder", "try-audio", vscode.ConfigurationTarget.Global);
    try {
      await vscode.commands.executeCommand("scriptedSpeech.previewScript");
      const folder = basename(clipFolder(document));
      const names = await readdir(inWorkspace(join("try-audio", folder)));
      assert.ok(names.includes("flush_000.wav"));
    } finally {
      await settings.update("audio.folder", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("speaks the segments that a selection touches", async () => {
    const editor = await open("One.\n<flush/>\nTwo.\n<flush/>\nThree.\n<flush/>\nFour.");
    editor.selection = new vscode.Selection(2, 1, 4, 2);
    await vscode.commands.executeCommand("scriptedSpeech.previewSelection");
    assert.deepEqual(await clipNames(editor.document), ["flush_001.wav", "flush_002.wav"]);
  });

  it("is silent when the last tab of a document is closed", async () => {
    const text = Array.from({ length: 500 }, (_, at) => `This is sentence number ${at}.`);
    const { document } = await open(text.join("\n<flush/>\n"));
    const run = vscode.commands.executeCommand("scriptedSpeech.previewScript");
    await eventually(
      () => clipNames(document),
      (names) => names.length >= 2,
    );
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await run;
    assert.ok((await clipNames(document)).length < 400);
  });

  it("shows what is wrong in the front matter on its place", async () => {
    const { document } = await open("---\nspeech:\n  speed: 9\n---\nOne.");
    await vscode.commands.executeCommand("scriptedSpeech.openPanel");
    const [problem] = await eventually(
      () => vscode.languages.getDiagnostics(document.uri),
      (found) => found.some(({ source }) => source === "scripted-speech"),
    );
    assert.equal(problem && document.getText(problem.range), "9");
  });

  it("cuts at the markers that the front matter declares", async () => {
    const { document } = await open('---\nspeech:\n  flush: ["%%"]\n---\nOne.\n\n%%\n\nTwo.');
    await eventually(
      () => lensTitles(document),
      (titles) => titles.filter((title) => title === "$(play) Preview").length === 2,
    );
  });

  it("moves the cursor by segments, and inserts a marker without touching the selection", async () => {
    const editor = await open("One.\n<flush/>\nTwo.");
    await vscode.commands.executeCommand("scriptedSpeech.nextSegment");
    assert.equal(editor.selection.active.line, 2);
    await vscode.commands.executeCommand("scriptedSpeech.previousSegment");
    assert.equal(editor.selection.active.line, 0);
    editor.selection = new vscode.Selection(2, 0, 2, 3);
    await vscode.commands.executeCommand("scriptedSpeech.insertFlushMarker");
    assert.equal(editor.document.lineAt(2).text, "Two<flush/>.");
  });

  it("speaks the segment at the cursor, and puts the cursor to the next", async () => {
    const editor = await open("One.\n<flush/>\nTwo.\n<flush/>\nThree.");
    for (const line of [2, 4, 4]) {
      await vscode.commands.executeCommand("scriptedSpeech.previewAndAdvance");
      assert.equal(editor.selection.active.line, line);
    }
    assert.deepEqual(await clipNames(editor.document), [
      "flush_000.wav",
      "flush_001.wav",
      "flush_002.wav",
    ]);
  });

  for (const [name, language, text] of [
    ["try.env", "plaintext", "KEY=of a secret"],
    ["try-id_rsa", "plaintext", "-----BEGIN OPENSSH PRIVATE KEY-----"],
    ["try.py", "python", "print('hello') # <flush/>"],
    ["try.json", "json", '{ "password": "secret" }'],
  ] as const) {
    it(`speaks nothing of ${name} unasked, and writes nothing into it`, async () => {
      await writeFile(inWorkspace(name), text);
      const opened = await vscode.workspace.openTextDocument(inWorkspace(name));
      const document = await vscode.languages.setTextDocumentLanguage(opened, language);
      await vscode.window.showTextDocument(document);
      // VS Code answers no question of a test: what is asked is as good as refused.
      for (const command of [
        "previewScript",
        "previewSegment",
        "previewFromHere",
        "previewAndAdvance",
      ]) {
        await vscode.commands.executeCommand(`scriptedSpeech.${command}`);
      }
      await vscode.commands.executeCommand("scriptedSpeech.previewScript", document.uri);
      const at = { document: document.uri.toString(), segment: 0 };
      await vscode.commands.executeCommand("scriptedSpeech.previewAgain", at);
      for (const command of [
        "insertFlushMarker",
        "splitSegment",
        "joinWithNext",
        "moveSegmentUp",
      ]) {
        await vscode.commands.executeCommand(`scriptedSpeech.${command}`);
      }
      assert.equal(document.getText(), text);
      const names = await readdir(inWorkspace(""));
      assert.deepEqual(
        names.filter((found) => found.startsWith("try")),
        [name],
      );
    });
  }

  it("does not let a workspace choose the service or its endpoint", async () => {
    const folder = inWorkspace(".vscode");
    const settings = {
      "scriptedSpeech.service": "cartesia",
      "scriptedSpeech.endpoint": "ws://127.0.0.1:9",
    };
    await vscode.workspace.fs.createDirectory(vscode.Uri.file(folder));
    await writeFile(join(folder, "settings.json"), JSON.stringify(settings));
    try {
      const { document } = await open("One.");
      await vscode.commands.executeCommand("scriptedSpeech.previewScript");
      assert.deepEqual(await clipNames(document), ["flush_000.wav"]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
