import * as vscode from "vscode";
import { segmentFolds } from "../../script/outline/outline.ts";
import { scriptSelector, type Scripts } from "../common/scripts.ts";

/** Lets each segment of a script be folded behind its first line. */
export function segmentFolding(scripts: Scripts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.FoldingRangeProvider = {
    onDidChangeFoldingRanges: changed.event,
    provideFoldingRanges(document) {
      if (!scripts.isScript(document)) return [];
      return segmentFolds(scripts.segments(document)).map(
        ({ first, last }) => new vscode.FoldingRange(first, last, vscode.FoldingRangeKind.Region),
      );
    },
  };
  return vscode.Disposable.from(
    changed,
    scripts.onChanged(() => changed.fire()),
    vscode.languages.registerFoldingRangeProvider(scriptSelector, provider),
  );
}
