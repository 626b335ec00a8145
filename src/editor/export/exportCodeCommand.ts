import * as vscode from "vscode";
import { codeLanguages } from "../../export/code/codeLanguages.ts";
import { chooseSegments } from "../../export/common/exportScript.ts";
import { ffplayScriptCommand } from "../../export/ffplayScript.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import { readExportScript, settleUnready, telling } from "./scriptToExport.ts";
import { showInStatusBar } from "../common/notifications.ts";
import { pickOne } from "../common/quickInputs.ts";
import { readExportSettings } from "../common/settings.ts";

/** *Copy as Code…*: puts the script on the clipboard as a program for one of Cartesia's SDKs. */
export function copyAsCode(preview: DocumentPreview): Promise<void> {
  return telling(async () => {
    const options = { title: vscode.l10n.t("Copy as Code") };
    const items = codeLanguages.map(({ id, label, detail }) => ({
      id,
      label,
      description: detail,
    }));
    const chosen = await pickOne(items, options);
    if (!chosen) return;
    const script = await readExportScript(preview);
    const sound = (await preview.read()).soundOf(undefined);
    if (!sound) return;
    const { writeCode } = await import("../../export/exports.ts");
    await vscode.env.clipboard.writeText(writeCode(script, sound, chosen.id));
    showInStatusBar(vscode.l10n.t("Copied the script as a program in {0}.", chosen.label));
  });
}

/** *Copy ffplay Command for the Script*: puts the line on the clipboard that plays all clips in order. */
export function copyScriptFfplayCommand(preview: DocumentPreview): Promise<void> {
  return telling(async () => {
    const script = await readExportScript(preview);
    const unready = await settleUnready(script, preview.document.uri);
    if (!unready) return;
    const clips = chooseSegments(script, unready).map(({ clip }) => clip);
    const { gapSeconds } = readExportSettings(preview.document.uri);
    await vscode.env.clipboard.writeText(ffplayScriptCommand(clips, gapSeconds));
  });
}
