import * as vscode from "vscode";
import type { SegmentView } from "../preview/scriptPreview.ts";
import type { Span } from "../script/script.ts";
import type { SegmentPlace } from "../script/segmentPlaces.ts";
import { describeCost, describeLength } from "./describeCost.ts";
import type { DocumentPreview } from "./documentPreview.ts";
import { lensReach, type LensReach } from "./lensReach.ts";
import type { Previews } from "./previews.ts";
import type { Scripts } from "./scripts.ts";
import type { Services } from "./services.ts";
import { readDocumentSettings } from "./settings.ts";
import { speakerLabels } from "./speakerLabels.ts";
import type { VoiceNames } from "./voiceNames.ts";

/** What lenses need to tell. */
export interface LensSurroundings {
  readonly scripts: Scripts;
  readonly previews: Previews;
  readonly services: Services;
  readonly names: VoiceNames;
  readonly onServiceChanged: (callback: () => void) => vscode.Disposable;
}

/** The lenses above each segment: what can be done with it, and what is known of it. */
export class SegmentLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #surroundings: LensSurroundings;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The segments that lenses were last made for. */
  readonly #reaches = new WeakMap<vscode.TextDocument, LensReach>();
  readonly #listeners: vscode.Disposable;
  /** Who speaks, by name, as far as that is known; the voices are theirs. */
  #service: string | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(surroundings: LensSurroundings) {
    this.#surroundings = surroundings;
    const { scripts, previews, names, onServiceChanged } = surroundings;
    this.#listeners = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider(
        [{ language: "markdown" }, { language: "plaintext" }],
        this,
      ),
      previews.onChanged(() => this.#changed.fire()),
      names.onChanged(() => this.#changed.fire()),
      scripts.onChanged(() => this.#forgetService()),
      onServiceChanged(() => this.#forgetService()),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor: { document } }) => {
        if (this.#leavesReach(document)) this.#changed.fire();
      }),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { scripts, previews } = this.#surroundings;
    if (!scripts.isScript(document)) return [];
    const settings = readDocumentSettings(document.uri);
    if (!settings.codeLens) return [];
    const segments = scripts.segments(document);
    const speakers = scripts.speakers(document);
    const labels = this.#labels(document, settings.voice);
    const preview = previews.find(document);
    const view = viewTeller(preview, segments.length);
    const says = ({ start, end }: SegmentPlace, at: number): boolean =>
      end > start && view(at)?.state !== "nothing to say";
    const first = segments.findIndex(says);
    const tell = costTeller(preview, segments);
    const reach = lensReach(document, segments, farthest);
    this.#reaches.set(document, reach);
    return segments.slice(reach.from, reach.to).flatMap((place, index) => {
      const at = reach.from + index;
      if (!says(place, at)) return [];
      const { line, character } = place;
      const crowded = [segments[at - 1], segments[at + 1]].some((other) => other?.line === line);
      const range = new vscode.Range(line, character, line, character);
      return lensesFor({
        uri: document.uri,
        segment: at,
        isFirst: at === first,
        label: crowded ? `${at + 1} ` : "",
        running: preview?.running ?? false,
        speaker: labels.get(speakers[at]),
        view: view(at),
        tell,
      }).map((command) => new vscode.CodeLens(range, command));
    });
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }

  /** What is said of who speaks; only a script with a cast needs to know the service. */
  #labels(document: vscode.TextDocument, voice: string): ReturnType<typeof speakerLabels> {
    const { scripts, names } = this.#surroundings;
    const { cast, voice: own = voice } = scripts.voices(document);
    if (!cast) return new Map();
    if (this.#service === undefined) this.#askService();
    const service = this.#service;
    return speakerLabels(scripts.speakers(document), {
      own,
      cast,
      nameOf: (voice) => service && names.find({ service, voice })?.name,
    });
  }

  #askService(): void {
    const told = this.#surroundings.services.choose().then(({ name }) => {
      if (this.#service === name) return;
      this.#service = name;
      this.#changed.fire();
    });
    told.catch(() => {}); // then no voice is named
  }

  /** Another service may speak now. */
  #forgetService(): void {
    if (this.#service !== undefined) this.#askService();
    this.#changed.fire();
  }

  /** Whether what is in view comes near to segments that have no lenses yet. */
  #leavesReach(document: vscode.TextDocument): boolean {
    const reach = this.#reaches.get(document);
    if (!reach) return false;
    const segments = this.#surroundings.scripts.segments(document);
    const near = lensReach(document, segments, farthest / 2);
    return near.from < reach.from || near.to > Math.min(reach.to, segments.length);
  }
}

/** How many segments before and behind what is in view have lenses. */
const farthest = 250;

/** What is known of segments, looked at when asked for; nothing where the text has been read with other segments. */
function viewTeller(
  preview: DocumentPreview | undefined,
  count: number,
): (segment: number) => SegmentView | undefined {
  if (preview?.segmentCount !== count) return () => undefined;
  return (segment) => preview.segments([segment])[0];
}

interface LensPlace {
  readonly uri: vscode.Uri;
  readonly segment: number;
  readonly isFirst: boolean;
  /** The segment's number, where several segments begin on one line. */
  readonly label: string;
  readonly running: boolean;
  /** Who says it, where that is to be told. */
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
  const known = [speaker, view && stateOf(view)].filter(Boolean);
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

/** What is known of a segment, in words; nothing where nothing is. */
function stateOf({ state, reason, clip, locked }: SegmentView): string | undefined {
  switch (state) {
    case "ready":
      if (!clip) return undefined;
      return locked
        ? vscode.l10n.t("{0} s, locked", clip.seconds.toFixed(1))
        : vscode.l10n.t("{0} s", clip.seconds.toFixed(1));
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
