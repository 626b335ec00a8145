import * as vscode from "vscode";
import { captionFormats } from "../../export/captions/captionText.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import {
  proposeFile,
  readExportScript,
  settleUnready,
  telling,
  tellExported,
} from "./scriptToExport.ts";
import { readExportSettings } from "../common/settings.ts";

/** *Export Captions…*: asks for a place, whose ending says the format, and writes captions in step with the exported audio. */
export function exportCaptionsOf(preview: DocumentPreview): Promise<void> {
  return telling(async () => {
    const { document } = preview;
    const script = await readExportScript(preview);
    const unready = await settleUnready(script, document.uri);
    if (!unready) return;
    const proposed = proposeFile(document, ".vtt");
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t("Export Captions"),
      filters: Object.fromEntries(
        captionFormats.map(({ label, ending }) => [label, [ending.slice(1)]]),
      ),
      ...(proposed && { defaultUri: proposed }),
    });
    if (!target) return;
    const file = target.fsPath;
    const format = file.toLowerCase().endsWith(".srt") ? "srt" : "vtt";
    const { gapSeconds, speakers: named } = readExportSettings(document.uri);
    const { exportCaptions } = await import("../../export/exports.ts");
    // The dialog has asked whether a file may be replaced.
    const options = { named, gapSeconds, overwrite: true };
    await exportCaptions(script, { ...unready, ...options, format, file });
    await tellExported(vscode.l10n.t("Exported captions to “{0}”.", file), file);
  });
}
