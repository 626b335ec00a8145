import assert from "node:assert/strict";
import * as vscode from "vscode";
import { clear, edit, eventually, open } from "./workspace.ts";

/** The rules that have found something in a document. */
const codesOf = ({ uri }: vscode.TextDocument): string[] =>
  vscode.languages
    .getDiagnostics(uri)
    .map(({ code }) => (typeof code === "object" ? String(code.value) : String(code)));

/** Waits until just these rules have found something. */
const untilFound = (document: vscode.TextDocument, ...codes: string[]): Promise<string[]> =>
  eventually(
    () => codesOf(document),
    (found) => found.join() === codes.join(),
  );

/** The fixes for what is found first. */
async function fixesOf({ uri }: vscode.TextDocument): Promise<vscode.CodeAction[]> {
  const [diagnostic] = vscode.languages.getDiagnostics(uri);
  assert.ok(diagnostic);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    uri,
    diagnostic.range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

const behind = (document: vscode.TextDocument, words: string): vscode.Position =>
  document.positionAt(document.getText().indexOf(words) + words.length);

describe("Writing a script", () => {
  afterEach(clear);

  it("underlines a wrong ratio without a preview, and its fix removes it", async () => {
    const { document } = await open('One.<flush/>Two <speed ratio="3"/>three.');
    await untilFound(document, "ratio");
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
    assert.ok(diagnostic);
    assert.equal(document.getText(diagnostic.range), 'ratio="3"');
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Warning);
    const fix = (await fixesOf(document)).find(({ title }) => title.includes('ratio="1.5"'));
    assert.ok(fix?.edit);
    await vscode.workspace.applyEdit(fix.edit);
    assert.equal(document.getText(), 'One.<flush/>Two <speed ratio="1.5"/>three.');
    await untilFound(document);
  });

  it("says what is wrong without what turns the direction of reading, and fixes it all the same", async () => {
    const { document } = await open('One.<flush/>Two <emotion value="happi\u202e"/>three.');
    await untilFound(document, "emotion");
    const [diagnostic] = vscode.languages.getDiagnostics(document.uri);
    assert.match(diagnostic?.message ?? "", /knows no emotion `happi`/);
    assert.ok((await fixesOf(document)).length > 0);
  });

  it("finds what is written wrong, and forgets it with the last sign of a script", async () => {
    const editor = await open("One.<flush/>Two.");
    await edit(editor, "Two.", 'Two <brake time="1s"/>.');
    await untilFound(editor.document, "unknown-tag");
    await edit(editor, "<flush/>", " ");
    await untilFound(editor.document);
  });

  it("shows nothing of it where that is not wished", async () => {
    const { document } = await open('One.<flush/>Two <speed ratio="3"/>three.');
    await untilFound(document, "ratio");
    const settings = vscode.workspace.getConfiguration("scriptedSpeech");
    await settings.update("problems.enabled", false, vscode.ConfigurationTarget.Global);
    try {
      await untilFound(document);
    } finally {
      await settings.update("problems.enabled", undefined, vscode.ConfigurationTarget.Global);
    }
    await untilFound(document, "ratio");
  });

  it("says nothing about a Markdown file that is no script", async () => {
    const plain = await open('# Tags\n\nWrite `<flush/>`, and <speed ratio="9"/> and <brake/>.');
    const script = await open('One.<flush/>Two <speed ratio="9"/>.');
    await untilFound(script.document, "ratio");
    assert.deepEqual(codesOf(plain.document), []);
    const { uri } = plain.document;
    const [hovers, list] = await Promise.all([
      vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        uri,
        behind(plain.document, "<spe"),
      ),
      vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        uri,
        behind(plain.document, "and <"),
        "<",
      ),
    ]);
    assert.deepEqual(hovers, []);
    assert.ok(!list.items.some(({ label }) => label === "<break>"));
  });

  it("completes an emotion", async () => {
    const { document } = await open('One.<flush/><emotion value=""/>Two.');
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      behind(document, 'value="'),
      '"',
    );
    const labels = list.items.map(({ label }) => label);
    for (const emotion of ["angry", "calm", "skeptical"]) assert.ok(labels.includes(emotion));
  });

  it("says what a break does", async () => {
    const { document } = await open('One.<flush/>Two, <break time="1s"/>three.');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      behind(document, "<bre"),
    );
    const said = hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === "string" ? content : content.value)),
    );
    assert.ok(said.some((text) => text.startsWith("A pause of this length")));
  });
});
