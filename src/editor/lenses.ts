import * as vscode from "vscode";
import type { SegmentView } from "../preview/scriptPreview.ts";
import type { Previews } from "./previews.ts";
import type { Scripts } from "./scripts.ts";
import { readDocumentSettings } from "./settings.ts";

/** The lenses above each segment: what can be done with it, and what is known of it. */
export class SegmentLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #previews: Previews;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(scripts: Scripts, previews: Previews) {
    this.#scripts = scripts;
    this.#previews = previews;
    this.#listeners = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider(
        [{ language: "markdown" }, { language: "plaintext" }],
        this,
      ),
      previews.onChanged(() => this.#changed.fire()),
      scripts.onChanged(() => this.#changed.fire()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.#scripts.isScript(document) || !readDocumentSettings(document.uri).codeLens)
      return [];
    const segments = this.#scripts.segments(document);
    const preview = this.#previews.find(document);
    const views = preview?.segments() ?? [];
    const known = views.length === segments.length ? views : [];
    const starts = segments.map(({ start }) => document.positionAt(start));
    const says = segments.map(
      ({ start, end }, at) => end > start && known[at]?.state !== "nothing to say",
    );
    const first = says.indexOf(true);
    return segments.flatMap((_, at) => {
      const start = starts[at];
      if (!start || !says[at]) return [];
      const crowded = [starts[at - 1], starts[at + 1]].some((other) => other?.line === start.line);
      return lensesFor({
        uri: document.uri,
        segment: at,
        isFirst: at === first,
        label: crowded ? `${at + 1} ` : "",
        running: preview?.running ?? false,
        view: known[at],
      }).map((command) => new vscode.CodeLens(new vscode.Range(start, start), command));
    });
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }
}

interface LensPlace {
  readonly uri: vscode.Uri;
  readonly segment: number;
  readonly isFirst: boolean;
  /** The segment's number, where several segments begin on one line. */
  readonly label: string;
  readonly running: boolean;
  readonly view: SegmentView | undefined;
}

function lensesFor({ uri, segment, isFirst, label, running, view }: LensPlace): vscode.Command[] {
  const lens = (title: string, command: string, ...more: unknown[]): vscode.Command => ({
    title,
    command: `scriptedSpeech.${command}`,
    arguments: [uri, ...more],
  });
  const state = view && stateOf(view);
  const stop = lens(`$(debug-stop) ${label}${vscode.l10n.t("Stop")}`, "stop");
  const awaited = view?.state === "queued" || view?.state === "speaking";
  return [
    ...(running && (awaited || isFirst) ? [stop] : []),
    ...(awaited
      ? []
      : [
          lens(`$(play) ${label}${vscode.l10n.t("Preview")}`, "previewSegment", segment),
          lens(vscode.l10n.t("From here"), "previewFromHere", segment),
        ]),
    ...(isFirst ? [lens(vscode.l10n.t("Preview Script"), "previewScript")] : []),
    ...(state !== undefined ? [lens(state, "openPanel")] : []),
  ];
}

/** What is known of a segment, in words; nothing where nothing is. */
function stateOf({ state, reason, clip }: SegmentView): string | undefined {
  switch (state) {
    case "ready":
      return clip && vscode.l10n.t("{0} s", clip.seconds.toFixed(1));
    case "queued":
      return vscode.l10n.t("queued");
    case "speaking":
      return vscode.l10n.t("speaking…");
    case "changed":
      return vscode.l10n.t("changed");
    case "failed":
      return vscode.l10n.t("failed: {0}", reason ?? "");
    case "incomplete":
      return vscode.l10n.t("incomplete: {0}", reason ?? "");
    case "not spoken":
    case "nothing to say":
      return undefined;
  }
}
