import * as vscode from "vscode";
import type { SegmentView } from "../../preview/scriptPreview.ts";
import { firstIndex } from "../../script/model/firstIndex.ts";
import type { SegmentPlace } from "../../script/model/segmentPlaces.ts";
import { describeCost, describeLength } from "../common/describeCost.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import type { Previews } from "../preview/previews.ts";
import { scriptSelector, type Scripts } from "../common/scripts.ts";
import { lensWords, segmentLenses, type Lens, type LensRequest } from "./segmentLens.ts";
import type { Services } from "../service/services.ts";
import { readDocumentSettings } from "../common/settings.ts";
import { speakerLabels } from "./speakerLabels.ts";
import type { VoiceNames } from "../service/voiceNames.ts";

/** What lenses need to tell. */
export interface LensContext {
  readonly scripts: Scripts;
  readonly previews: Previews;
  readonly services: Services;
  readonly names: VoiceNames;
  readonly onServiceChanged: (callback: () => void) => vscode.Disposable;
}

/** The lenses above each segment: what can be done with it, and what is known of it. */
export class SegmentLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #context: LensContext;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The segments that lenses were last made for. */
  readonly #reaches = new WeakMap<vscode.TextDocument, LensReach>();
  readonly #listeners: vscode.Disposable;
  /** Who speaks, by name, as far as that is known; the voices are theirs. */
  #service: string | undefined;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(context: LensContext) {
    this.#context = context;
    const { scripts, previews, names, onServiceChanged } = context;
    this.#listeners = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider(scriptSelector, this),
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
    const { scripts, previews } = this.#context;
    if (!scripts.isScript(document)) return [];
    const settings = readDocumentSettings(document.uri);
    if (!settings.codeLens) return [];
    const segments = scripts.segments(document);
    const speakers = scripts.speakers(document);
    const { titles } = scripts.scan(document);
    const labels = this.#labels(document, settings.voice);
    const preview = previews.find(document);
    const view = viewTeller(preview, segments.length);
    const says = ({ start, end }: SegmentPlace, at: number): boolean =>
      end > start && view(at)?.state !== "nothing to say";
    const first = segments.findIndex(says);
    const words = lensWords();
    const reach = lensReach(document, segments, farthest);
    this.#reaches.set(document, reach);
    let lineBefore = -1;
    return segments.slice(reach.from, reach.to).flatMap((place, index) => {
      const at = reach.from + index;
      if (!says(place, at)) return [];
      const { line, character } = place;
      const isFirstOfLine = line !== lineBefore;
      lineBefore = line;
      const isCrowded = [segments[at - 1], segments[at + 1]].some((other) => other?.line === line);
      const range = new vscode.Range(line, character, line, character);
      const lenses = segmentLenses(
        {
          uri: document.uri,
          segment: at,
          isFirst: at === first,
          label: isCrowded ? `${at + 1} ` : "",
          others: isFirstOfLine ? othersOnLine(segments, at, view) : [],
          running: preview?.running ?? false,
          speaker: [titles[at], labels.get(speakers[at])].filter(Boolean).join(", "),
          view: view(at),
        },
        words,
      );
      return lenses.map((lens) => new SegmentLens(range, lens, document));
    });
  }

  /** Says what a press would send: looked up for the lenses that are seen, and not with each keystroke. */
  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (!(lens instanceof SegmentLens)) return lens;
    const { command, request } = lens.lens;
    const tooltip = request && this.#tellCost(request, lens.document);
    lens.command = { ...command, ...(tooltip !== undefined && { tooltip }) };
    return lens;
  }

  /** Of a script that has not been read yet only its length is known: reading it takes what is loaded with the first run. */
  #tellCost(request: LensRequest, document: vscode.TextDocument): string {
    const segments = this.#context.scripts.segments(document);
    const preview = this.#context.previews.find(document);
    const isKnown = preview?.segmentCount === segments.length;
    const cost = isKnown ? preview.costOf(request) : undefined;
    if (preview?.service && cost) return describeCost(cost, preview.service);
    const first = request.kind === "script" ? 0 : request.segment;
    const last = request.kind === "segment" ? first : segments.length;
    const written = segments.slice(first, last + 1);
    return describeLength(written.reduce((sum, { start, end }) => sum + end - start, 0));
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#changed.dispose();
  }

  /** What is said of who speaks; only a script with a cast needs to know the service. */
  #labels(document: vscode.TextDocument, voice: string): ReturnType<typeof speakerLabels> {
    const { scripts, names } = this.#context;
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
    const told = this.#context.services.choose().then(({ name }) => {
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
    const segments = this.#context.scripts.segments(document);
    const near = lensReach(document, segments, farthest / 2);
    return near.from < reach.from || near.to > Math.min(reach.to, segments.length);
  }
}

/** A lens without its command, which it gets when it is seen: those of a line are all shown at once then. */
class SegmentLens extends vscode.CodeLens {
  readonly lens: Lens;
  readonly document: vscode.TextDocument;

  constructor(range: vscode.Range, lens: Lens, document: vscode.TextDocument) {
    super(range);
    this.lens = lens;
    this.document = document;
  }
}

/** How many segments before and behind what is in view have lenses. */
const farthest = 150;

/** What is known of segments, looked at when asked for; nothing where the text has been read with other segments. */
function viewTeller(
  preview: DocumentPreview | undefined,
  count: number,
): (segment: number) => SegmentView | undefined {
  if (preview?.segmentCount !== count) return () => undefined;
  return (segment) => preview.segments([segment])[0];
}

/** What is known of the segments that begin on the same line behind this one. */
function othersOnLine(
  segments: readonly SegmentPlace[],
  first: number,
  view: (segment: number) => SegmentView | undefined,
): readonly SegmentView[] {
  const others: SegmentView[] = [];
  for (
    let at = first + 1;
    at < segments.length && segments[at]?.line === segments[first]?.line;
    at++
  ) {
    const known = view(at);
    if (known && known.state !== "nothing to say") others.push(known);
  }
  return others;
}

/** The segments that have lenses: from one on, and up to another. */
interface LensReach {
  readonly from: number;
  readonly to: number;
}

/**
 * The segments in view and so many on either side; all, where the document is nowhere in view. VS Code asks for the lenses of
 * all lines with each change: in a long script nearly all would be made, and sent, for nobody.
 */
function lensReach(
  document: vscode.TextDocument,
  segments: readonly SegmentPlace[],
  margin: number,
): LensReach {
  const ranges = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges);
  if (ranges.length === 0) return { from: 0, to: segments.length };
  const first = ranges.reduce((least, { start }) => Math.min(least, start.line), Infinity);
  const last = ranges.reduce((most, { end }) => Math.max(most, end.line), 0);
  return {
    from: Math.max(0, firstOnOrBehind(segments, first) - margin),
    to: Math.min(segments.length, firstOnOrBehind(segments, last + 1) + margin),
  };
}

/** The first segment that begins on this line or behind it. */
function firstOnOrBehind(segments: readonly SegmentPlace[], line: number): number {
  return firstIndex(segments.length, (at) => (segments[at]?.line ?? 0) >= line);
}
