import * as vscode from "vscode";
import { segmentAt } from "../../script/model/segmentAt.ts";
import type { Previews } from "../preview/previews.ts";
import type { Scripts } from "../common/scripts.ts";
import { lineSigns, signs, type Sign } from "./lineSigns.ts";
import { onSettingsChanged, readDocumentSettings } from "../common/settings.ts";

/** Shows beside each segment that is in view what is known of its clip. */
export class Gutter implements vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #previews: Previews;
  readonly #looks: Readonly<Record<Sign, vscode.TextEditorDecorationType>>;
  readonly #listeners: vscode.Disposable;

  /** `extension` is the folder that the extension lies in. */
  constructor(extension: vscode.Uri, scripts: Scripts, previews: Previews) {
    this.#scripts = scripts;
    this.#previews = previews;
    const look = (sign: Sign): vscode.TextEditorDecorationType => createLook(extension, sign);
    this.#looks = {
      ready: look("ready"),
      changed: look("changed"),
      notSpoken: look("notSpoken"),
      speaking: look("speaking"),
      failed: look("failed"),
      locked: look("locked"),
    };
    const showAll = (document?: vscode.TextDocument): void => {
      for (const editor of vscode.window.visibleTextEditors) {
        if (!document || editor.document === document) this.#show(editor);
      }
    };
    this.#listeners = vscode.Disposable.from(
      ...Object.values(this.#looks),
      previews.onChanged(showAll),
      scripts.onChanged(() => showAll()),
      onSettingsChanged(() => showAll()),
      vscode.window.onDidChangeVisibleTextEditors(() => showAll()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.#show(textEditor)),
    );
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #show(editor: vscode.TextEditor): void {
    const places = this.#placesIn(editor);
    for (const sign of signs) editor.setDecorations(this.#looks[sign], places.get(sign) ?? []);
  }

  /** The lines of each sign in the part of the document that is in view: a long script costs no more than a short one. */
  #placesIn({ document, visibleRanges }: vscode.TextEditor): ReadonlyMap<Sign, vscode.Range[]> {
    const places = new Map<Sign, vscode.Range[]>();
    const preview = this.#previews.find(document);
    if (!preview || !readDocumentSettings(document.uri).gutter) return places;
    const segments = this.#scripts.segments(document);
    const inView = visibleRanges.flatMap(({ start, end }) => {
      const first = segmentAt(segments, document.offsetAt(start.with({ character: 0 })));
      const last = segmentAt(segments, document.offsetAt(new vscode.Position(end.line + 1, 0)));
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    });
    const views = preview.segments([...new Set(inView)]);
    for (const [line, sign] of lineSigns(views, (segment) => segments[segment]?.line)) {
      const range = new vscode.Range(line, 0, line, 0);
      places.set(sign, [...(places.get(sign) ?? []), range]);
    }
    return places;
  }
}

function createLook(extension: vscode.Uri, sign: Sign): vscode.TextEditorDecorationType {
  const icon = (theme: "light" | "dark"): { readonly gutterIconPath: vscode.Uri } => ({
    gutterIconPath: vscode.Uri.joinPath(extension, "media", "gutter", `${sign}-${theme}.svg`),
  });
  return vscode.window.createTextEditorDecorationType({
    gutterIconSize: "contain",
    light: icon("light"),
    dark: icon("dark"),
    ...(sign === "failed" && {
      overviewRulerColor: new vscode.ThemeColor("editorOverviewRuler.errorForeground"),
      overviewRulerLane: vscode.OverviewRulerLane.Left,
    }),
  });
}
