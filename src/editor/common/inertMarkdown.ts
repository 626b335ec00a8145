import * as vscode from "vscode";
import { cleanText } from "../../session/connection/inertText.ts";

/*
 * The only place that makes Markdown for VS Code to show. No HTML is read in it, and no command is run from it, unless it is one of ours
 * that is named here.
 */

/** Our own Markdown; what it holds of others stands in it as code, or went through `inertMarkdown`. */
export function markdown(text = ""): vscode.MarkdownString {
  const lines = text.split("\n").map((line) => cleanText(line, Infinity));
  return new vscode.MarkdownString(lines.join("\n"));
}

/** As `markdown`, with links that run these commands of ours, and no others. */
export function markdownFor(...commands: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: commands };
  return text;
}
