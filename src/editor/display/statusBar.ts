import * as vscode from "vscode";
import type { SegmentView } from "../../preview/scriptPreview.ts";
import { inertName } from "../../session/connection/inertText.ts";
import { count, describeCost, describeLength } from "../common/describeCost.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import type { PreviewOnSave } from "../preview/previewOnSave.ts";
import type { Previews } from "../preview/previews.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import type { Scripts } from "../common/scripts.ts";

/** One item: the running time and the state of the script that commands are for. */
export class StatusBar implements vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #previews: Previews;
  readonly #onSave: PreviewOnSave;
  readonly #samples: SampleValues;
  readonly #item = vscode.window.createStatusBarItem(
    "scriptedSpeech.status",
    vscode.StatusBarAlignment.Right,
  );
  readonly #listeners: vscode.Disposable;

  constructor(scripts: Scripts, previews: Previews, onSave: PreviewOnSave, samples: SampleValues) {
    this.#scripts = scripts;
    this.#previews = previews;
    this.#onSave = onSave;
    this.#samples = samples;
    this.#item.name = vscode.l10n.t("Scripted Speech");
    const show = (): void => this.#show();
    this.#listeners = vscode.Disposable.from(
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(show),
      previews.onChanged(show),
      scripts.onChanged(show),
      onSave.onChanged(show),
    );
    show();
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #show(): void {
    const document = this.#previews.active();
    if (!document || !this.#scripts.isScript(document)) return this.#item.hide();
    const preview = this.#previews.find(document);
    const views = preview?.segments().filter(({ state }) => state !== "nothing to say") ?? [];
    const ready = views.filter(({ state }) => state === "ready").length;
    const { uri } = document;
    if (preview?.running) {
      this.#item.command = { title: "", command: "scriptedSpeech.stop", arguments: [uri] };
      this.#item.tooltip = vscode.l10n.t("Stop");
      this.#item.text = `$(sync~spin) ${vscode.l10n.t("Speaking: {0} of {1} ready", ready, views.length)}`;
    } else {
      this.#item.command = { title: "", command: "scriptedSpeech.openPanel", arguments: [uri] };
      this.#item.tooltip = [
        vscode.l10n.t("Open the preview panel of this script."),
        ...(preview?.service ? [vscode.l10n.t("Voice: {0}.", inertName(preview.speaker))] : []),
        ...this.#costs(document, preview),
        ...this.#sampled(uri),
      ].join("\n");
      this.#item.text = [
        `$(unmute) ${summarise(views, ready) ?? this.#count(document)}`,
        ...this.#toSend(preview),
        ...(this.#onSave.isOn(uri) ? [vscode.l10n.t("speaks on save")] : []),
      ].join(", ");
    }
    this.#item.show();
  }

  /** What Preview Script would send, where that is something, and known. */
  #toSend(preview: DocumentPreview | undefined): string[] {
    const characters = preview?.scriptCost?.characters ?? 0;
    if (characters === 0 || !preview?.service) return [];
    if (!preview.service.charges) {
      return [
        characters === 1
          ? vscode.l10n.t("{0} character to speak", count(characters))
          : vscode.l10n.t("{0} characters to speak", count(characters)),
      ];
    }
    return [
      characters === 1
        ? vscode.l10n.t("{0} character to send", count(characters))
        : vscode.l10n.t("{0} characters to send", count(characters)),
    ];
  }

  #sampled(document: vscode.Uri): string[] {
    const set = this.#samples.inUse(document);
    return set === undefined ? [] : [vscode.l10n.t("Sample values: {0}.", inertName(set))];
  }

  #costs(document: vscode.TextDocument, preview: DocumentPreview | undefined): string[] {
    const script = vscode.l10n.t("Preview Script");
    if (preview?.scriptCost && preview.service) {
      return [`${script}: ${describeCost(preview.scriptCost, preview.service)}.`];
    }
    const written = this.#scripts
      .segments(document)
      .reduce((sum, { start, end }) => sum + end - start, 0);
    return [`${script}: ${describeLength(written)}.`];
  }

  #count(document: vscode.TextDocument): string {
    const { length } = this.#scripts.segments(document);
    return length === 1
      ? vscode.l10n.t("{0} segment", count(length))
      : vscode.l10n.t("{0} segments", count(length));
  }
}

/** The running time of what is ready, and how much that is; nothing where nothing is known yet. */
function summarise(views: readonly SegmentView[], ready: number): string | undefined {
  if (views.length === 0) return undefined;
  const seconds = views.reduce(
    (sum, { state, clip }) => sum + (state === "ready" ? (clip?.seconds ?? 0) : 0),
    0,
  );
  const time = formatTime(seconds);
  return ready === views.length
    ? vscode.l10n.t("{0} ready", time)
    : vscode.l10n.t("{0}, {1} of {2} ready", time, ready, views.length);
}

/** Minutes and seconds, as `1:05`. */
function formatTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
