import * as vscode from "vscode";
import type { Span } from "../script/script.ts";
import type { SegmentView } from "../preview/scriptPreview.ts";
import { describeCost, describeLength } from "./describeCost.ts";
import { formatSeconds } from "./wordsLanguage.ts";
import type { DocumentPreview } from "./documentPreview.ts";
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
    const speakers = this.#scripts.speakers(document);
    const preview = this.#previews.find(document);
    const views = preview?.segments() ?? [];
    const known = views.length === segments.length ? views : [];
    const starts = segments.map(({ start }) => document.positionAt(start));
    const says = segments.map(
      ({ start, end }, at) => end > start && known[at]?.state !== "nothing to say",
    );
    const first = says.indexOf(true);
    const tell = costTeller(preview, segments);
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
        speaker: speakers[at],
        view: known[at],
        tell,
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
  /** Who says it, where the script names one. */
  readonly speaker: string | undefined;
  readonly view: SegmentView | undefined;
  readonly tell: CostTeller;
}

/** What presses would send, in sentences, by segment. */
interface CostTeller {
  readonly own: (segment: number) => string;
  readonly fromHere: (segment: number) => string;
  readonly script: () => string;
}

/** Of a script that has not been read yet only its length is known: reading it takes what is loaded with the first run. */
function costTeller(preview: DocumentPreview | undefined, segments: readonly Span[]): CostTeller {
  const { costs, service } = preview ?? {};
  if (!costs || !service || costs.own.length !== segments.length) {
    const lengths = segments.map(({ start, end }) => end - start);
    const fromHere = lengths.slice();
    for (let at = lengths.length - 2; at >= 0; at--) {
      fromHere[at] = (lengths[at] ?? 0) + (fromHere[at + 1] ?? 0);
    }
    return {
      own: (at) => describeLength(lengths[at] ?? 0),
      fromHere: (at) => describeLength(fromHere[at] ?? 0),
      script: () => describeLength(fromHere[0] ?? 0),
    };
  }
  const nothing = { characters: 0, credits: 0 };
  return {
    own: (at) => describeCost(costs.own[at] ?? nothing, service),
    fromHere: (at) => describeCost(costs.fromHere[at] ?? nothing, service),
    script: () => describeCost(costs.script, service),
  };
}

function lensesFor(place: LensPlace): vscode.Command[] {
  const { uri, segment, isFirst, label, running, speaker, view, tell } = place;
  const lens = (title: string, command: string, ...more: unknown[]): vscode.Command => ({
    title,
    command: `scriptedSpeech.${command}`,
    arguments: [uri, ...more],
  });
  const priced = (command: vscode.Command, tooltip: string): vscode.Command => ({
    ...command,
    tooltip,
  });
  const known = [speaker && shortened(speaker), view && stateOf(view)].filter(Boolean);
  const stop = lens(`$(debug-stop) ${label}${vscode.l10n.t("Stop")}`, "stop");
  const awaited = view?.state === "queued" || view?.state === "speaking";
  return [
    ...(running && (awaited || isFirst) ? [stop] : []),
    ...(awaited
      ? []
      : [
          priced(
            lens(`$(play) ${label}${vscode.l10n.t("Preview")}`, "previewSegment", segment),
            tell.own(segment),
          ),
          priced(
            lens(vscode.l10n.t("From here"), "previewFromHere", segment),
            tell.fromHere(segment),
          ),
        ]),
    ...(isFirst
      ? [priced(lens(vscode.l10n.t("Preview Script"), "previewScript"), tell.script())]
      : []),
    ...(known.length > 0 ? [lens(known.join(" · "), "openPanel")] : []),
  ];
}

/** A line of lenses is no longer than a look takes. */
const longestName = 24;

/** A name that begins `$(` would show a sign instead. */
function shortened(name: string): string {
  const plain = name.replaceAll("$(", "$ (");
  return plain.length > longestName ? `${plain.slice(0, longestName - 1).trimEnd()}…` : plain;
}

/** What is known of a segment, in words; nothing where nothing is. */
function stateOf({ state, reason, clip, locked }: SegmentView): string | undefined {
  switch (state) {
    case "ready":
      if (!clip) return undefined;
      return locked
        ? vscode.l10n.t("{0} s, locked", formatSeconds(clip.seconds))
        : vscode.l10n.t("{0} s", formatSeconds(clip.seconds));
    case "queued":
      return vscode.l10n.t("queued");
    case "speaking":
      return vscode.l10n.t("speaking…");
    case "changed":
      return locked ? vscode.l10n.t("changed, locked") : vscode.l10n.t("changed");
    case "failed":
      return vscode.l10n.t("failed: {0}", reason ?? "");
    case "incomplete":
      return vscode.l10n.t("incomplete: {0}", reason ?? "");
    case "not spoken":
    case "nothing to say":
      return undefined;
  }
}
