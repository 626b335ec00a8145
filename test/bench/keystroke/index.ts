import { writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type { Keystrokes } from "../keystroke.ts";

const keystrokes = Number(process.env["BENCH_KEYSTROKES"] ?? 40);
/** Until all that follows a keystroke is over, the look for problems in the pause after it included. */
const restMs = 1500;

/** Runs in the extension host: types into a long script, and writes what that costs into a file. */
export async function run(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error("No folder is open.");
  const results: Record<string, Keystrokes> = {};
  for (const script of (process.env["BENCH_SCRIPTS"] ?? "").split(",")) {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, script));
    const editor = await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("outline.focus"); // it asks for symbols
    await vscode.window.showTextDocument(document);
    await waitForClips(document);
    const middle = document.positionAt(document.getText().length / 2);
    const end = document.lineAt(middle.line).range.end;
    editor.selection = new vscode.Selection(end, end);
    editor.revealRange(editor.selection);
    await sleep(4 * restMs);
    results[script] = await typeAndProfile(editor);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  await writeFile(process.env["BENCH_RESULTS"] ?? "", JSON.stringify(results));
}

async function waitForClips(document: vscode.TextDocument): Promise<void> {
  for (let look = 0; look < 240; look++) {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      document.uri,
      10,
    );
    if (lenses.some(({ command }) => / s$/.test(command?.title ?? ""))) return;
    await sleep(500);
  }
  throw new Error("The script's clips were not found.");
}

async function typeAndProfile(editor: vscode.TextEditor): Promise<Keystrokes> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  const profiles: unknown[] = [];
  for (let at = -3; at < keystrokes; at++) {
    await session.post("Profiler.start");
    await editor.edit((edit) => edit.insert(editor.selection.active, "x"));
    await sleep(restMs);
    const { profile } = await session.post("Profiler.stop");
    if (at >= 0) profiles.push(profile);
  }
  session.disconnect();
  return { profiles: profiles as Keystrokes["profiles"] };
}
