import { writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import type { Keystroke } from "../keystroke.ts";

const keystrokes = 40;
/** Until all that follows a keystroke is over, the look for problems in the pause after it included. */
const restMs = 1500;

/** Runs in the extension host: types into a long script, and writes what that costs into a file. */
export async function run(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error("No folder is open.");
  const results: Record<string, Keystroke[]> = {};
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

async function typeAndProfile(editor: vscode.TextEditor): Promise<Keystroke[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 200 });
  const measured: Keystroke[] = [];
  for (let at = -3; at < keystrokes; at++) {
    await session.post("Profiler.start");
    const before = threadTime();
    await editor.edit((edit) => edit.insert(editor.selection.active, "x"));
    await sleep(restMs);
    const cpu = threadTime() - before;
    const { profile } = await session.post("Profiler.stop");
    if (at >= 0) measured.push({ profile: profile as Keystroke["profile"], cpu });
  }
  session.disconnect();
  return measured;
}

/** Microseconds that a processor has worked for this thread; VS Code's Node is newer than the types of the oldest that we run in. */
function threadTime(): number {
  const { threadCpuUsage } = process as unknown as {
    readonly threadCpuUsage: () => { readonly user: number; readonly system: number };
  };
  const { user, system } = threadCpuUsage.call(process);
  return user + system;
}
