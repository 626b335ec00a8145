import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("The extension", () => {
  const extension = vscode.extensions.getExtension("scripted-speech.scripted-speech");

  it("is known to VS Code and activates", async () => {
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("has every command that its manifest names, once active", async () => {
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    const known = new Set(await vscode.commands.getCommands(true));
    const missing = contributes.commands.filter(({ command }) => !known.has(command));
    assert.deepEqual(missing, []);
  });
});
