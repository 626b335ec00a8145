import * as vscode from "vscode";
import { audioFormats, type AudioFormat } from "../../export/audio/audioFormat.ts";
import type { AudioExport, ExportedAudio } from "../../export/audio/exportAudio.ts";
import type { Loudness } from "../../export/audio/levelling.ts";
import type { ExportScript } from "../../export/common/exportScript.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import {
  proposeFile,
  proposeFolder,
  readExportScript,
  settleUnready,
  telling,
  tellExported,
} from "./scriptToExport.ts";
import { ask, showProgress } from "../common/notifications.ts";
import { pickOne } from "../common/quickInputs.ts";
import { readExportSettings, type ExportSettings } from "../common/settings.ts";

/** *Export Audio…*: asks for a format and a place, and writes the script's sound there. */
export function exportAudioOf(preview: DocumentPreview): Promise<void> {
  return telling(async () => {
    const { document } = preview;
    const script = await readExportScript(preview);
    const unready = await settleUnready(script, document.uri);
    const format = unready && (await pickFormat());
    const settings = readExportSettings(document.uri);
    const to = format && (await pickPlace(document, format, settings));
    if (!unready || !format || !to) return;
    const { gapSeconds, loudness } = settings;
    const request = { ...unready, format, to, gapSeconds, loudness };
    // The dialog for one file has asked whether it may be replaced.
    const overwrite = "file" in to || (await mayReplace(script, request));
    if (overwrite === undefined) return;
    const exported = await write(script, { ...request, overwrite });
    if (exported) await tell(exported, to);
  });
}

async function pickFormat(): Promise<AudioFormat | undefined> {
  const items = audioFormats.map((format) => ({
    label: format.label(),
    description: format.ending,
    detail: format.detail(),
    format,
  }));
  const options = { title: vscode.l10n.t("Export Audio: Format"), matchOnDetail: true };
  return (await pickOne(items, options))?.format;
}

type Place = AudioExport["to"];

async function pickPlace(
  document: vscode.TextDocument,
  format: AudioFormat,
  { fileNames }: ExportSettings,
): Promise<Place | undefined> {
  const one = { label: vscode.l10n.t("One file"), detail: vscode.l10n.t("The whole script.") };
  const each = {
    label: vscode.l10n.t("A file for each segment"),
    detail: vscode.l10n.t("In a folder, named {0}.", fileNames),
  };
  const options = { title: vscode.l10n.t("Export Audio: Files") };
  const chosen = await pickOne([one, each], options);
  if (chosen === one) {
    const file = await vscode.window.showSaveDialog({
      title: vscode.l10n.t("Export Audio"),
      filters: { [format.label()]: [format.ending.slice(1)] },
      ...defaultUri(proposeFile(document, format.ending)),
    });
    return file && { file: file.fsPath };
  }
  if (chosen !== each) return undefined;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Export Audio: Folder"),
      openLabel: vscode.l10n.t("Export Here"),
      canSelectFiles: false,
      canSelectFolders: true,
      ...defaultUri(proposeFolder(document.uri)),
    })) ?? [];
  return folder && { folder: folder.fsPath, pattern: fileNames };
}

function defaultUri(uri: vscode.Uri | undefined): { defaultUri?: vscode.Uri } {
  return uri ? { defaultUri: uri } : {};
}

/** @returns whether files are to be replaced; nothing where some would have to be and may not */
async function mayReplace(
  script: ExportScript,
  request: AudioExport,
): Promise<boolean | undefined> {
  const { filesInTheWay } = await import("../../export/exports.ts");
  const files = await filesInTheWay(script, request);
  const [first] = files;
  if (first === undefined) return false;
  const replace = vscode.l10n.t("Replace");
  const message =
    files.length === 1
      ? vscode.l10n.t("“{0}” is there already.", first)
      : vscode.l10n.t("“{0}” and {1} more are there already.", first, files.length - 1);
  const chosen = await ask({ message }, replace);
  return chosen === replace ? true : undefined;
}

/** @returns nothing where the user has called it off */
async function write(
  script: ExportScript,
  request: AudioExport,
): Promise<ExportedAudio | undefined> {
  const { exportAudio } = await import("../../export/exports.ts");
  return showProgress(vscode.l10n.t("Exporting audio"), async (report, cancelled) => {
    const controller = new AbortController();
    const listening = cancelled.onCancellationRequested(() => controller.abort());
    let told = 0;
    const onProgress = (done: number): void => {
      const percent = Math.floor(done * 100);
      if (percent > told) report({ increment: percent - told });
      told = percent;
    };
    try {
      return await exportAudio(script, request, { signal: controller.signal, onProgress });
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

async function tell(
  { files, segments, seconds, clipped, loudness }: ExportedAudio,
  to: Place,
): Promise<void> {
  const length = `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const place = "file" in to ? to.file : to.folder;
  const message =
    segments === 1
      ? vscode.l10n.t("Exported one segment, {0}, to “{1}”.", length, place)
      : vscode.l10n.t("Exported {0} segments, {1}, to “{2}”.", segments, length, place);
  const loud =
    clipped === 1
      ? vscode.l10n.t(
          "{0} sample was beyond full scale and is clipped: lower the script's volume, or export 32-bit float.",
          clipped,
        )
      : vscode.l10n.t(
          "{0} samples were beyond full scale and are clipped: lower the script's volume, or export 32-bit float.",
          clipped,
        );
  const [first = ""] = files;
  const parts = [
    message,
    ...(clipped > 0 ? [loud] : []),
    ...(loudness ? [describe(loudness)] : []),
  ];
  await tellExported(parts.join(" "), first);
}

/** How loud it was made, and by how much each voice was changed for that. */
function describe({ target, integrated, truePeak, voices }: Loudness): string {
  const shown = new Intl.NumberFormat(vscode.env.language, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const number = (value: number): string => (Number.isFinite(value) ? shown.format(value) : "−∞");
  const gains = voices.map(({ gain }) => (gain < 0 ? "" : "+") + number(gain)).join(", ");
  const [now, peak] = [number(integrated), number(truePeak)];
  return Math.abs(target - integrated) > 0.5
    ? vscode.l10n.t(
        "Loudness {0} LUFS, for {1} can't be reached below the peak limit; true peak {2} dBTP, voices changed by {3} dB.",
        now,
        number(target),
        peak,
        gains,
      )
    : vscode.l10n.t(
        "Loudness {0} LUFS, true peak {1} dBTP, voices changed by {2} dB.",
        now,
        peak,
        gains,
      );
}
