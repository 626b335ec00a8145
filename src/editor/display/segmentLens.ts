import * as vscode from "vscode";
import type { SegmentView } from "../../preview/scriptPreview.ts";
import { inertText } from "../../session/connection/inertText.ts";
import type { RunRequest } from "../../preview/plan/plan.ts";
import { formatSeconds } from "../common/wordsLanguage.ts";

/** A segment, and what its lenses tell of it. */
export interface LensPlace {
  readonly uri: vscode.Uri;
  readonly segment: number;
  readonly isFirst: boolean;
  /** The segment's number, where several segments begin on one line. */
  readonly label: string;
  readonly running: boolean;
  /** Who says it, where that is to be told. */
  readonly speaker: string | undefined;
  readonly view: SegmentView | undefined;
  /** Of the first segment on a line: the others that begin there, whose own lenses the editor may cut off. */
  readonly others: readonly SegmentView[];
}

/** What a lens can speak. */
export type LensRequest = Extract<RunRequest, { readonly kind: "script" | "segment" | "from" }>;

/** A lens, and what a press of it speaks, where it does: it is to say what that sends. */
export interface Lens {
  readonly command: vscode.Command;
  readonly request?: LensRequest;
}

/** What the lenses say of every segment: asked for once, and not for each. */
export interface LensWords {
  readonly preview: string;
  readonly fromHere: string;
}

export function lensWords(): LensWords {
  return { preview: vscode.l10n.t("Preview"), fromHere: vscode.l10n.t("From here") };
}

/** The lenses above a segment. */
export function segmentLenses(place: LensPlace, words: LensWords): Lens[] {
  const { uri, segment, isFirst, label, running, speaker, view, others } = place;
  const lens = (title: string, command: string, ...more: unknown[]): vscode.Command => ({
    title,
    command: `scriptedSpeech.${command}`,
    arguments: [uri, ...more],
  });
  const known = [speaker, view && (reasonOf(view) ?? stateOf(view))].filter(Boolean);
  const rest = describeOthers(view, others);
  const awaited = view?.state === "queued" || view?.state === "speaking";
  return [
    ...(rest === "" ? [] : [{ command: lens(rest, "openPanel") }]),
    ...(running && (awaited || isFirst)
      ? [{ command: lens(`$(debug-stop) ${label}${vscode.l10n.t("Stop")}`, "stop") }]
      : []),
    ...(awaited
      ? []
      : [
          {
            command: lens(`$(play) ${label}${words.preview}`, "previewSegment", segment),
            request: { kind: "segment", segment } as const,
          },
          {
            command: lens(words.fromHere, "previewFromHere", segment),
            request: { kind: "from", segment } as const,
          },
        ]),
    ...(isFirst
      ? [
          {
            command: lens(vscode.l10n.t("Preview Script"), "previewScript"),
            request: { kind: "script" } as const,
          },
        ]
      : []),
    ...(known.length > 0 ? [{ command: lens(known.join(" · "), "openPanel") }] : []),
  ];
}

/** How many other segments of a line are told of: the first ones. */
const mostOthers = 12;

/**
 * The states of the other segments that begin on this one's line: "2: changed · 3: 1.2 s". Empty where nothing is known of
 * any, or all are ready, as the gutter tells.
 */
function describeOthers(own: SegmentView | undefined, others: readonly SegmentView[]): string {
  const all = [...(own ? [own] : []), ...others];
  const isTold = all.some((view) => stateOf(view) !== undefined);
  if (!isTold || all.every(({ state, locked }) => state === "ready" && !locked)) return "";
  const told = others
    .slice(0, mostOthers)
    .map((view) => `${view.index + 1}: ${stateOf(view) ?? vscode.l10n.t("not spoken")}`);
  return [...told, ...(others.length > mostOthers ? ["…"] : [])].join(" · ");
}

/** What is known of a segment, in words; nothing where nothing is. */
function stateOf({ state, clip, locked }: SegmentView): string | undefined {
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
      return vscode.l10n.t("failed");
    case "incomplete":
      return vscode.l10n.t("incomplete");
    case "not spoken":
    case "nothing to say":
      return undefined;
  }
}

/** Why a segment is not ready, where its run says so. */
function reasonOf({ state, reason }: SegmentView): string | undefined {
  if (state === "failed") return vscode.l10n.t("failed: {0}", shortened(reason));
  if (state === "incomplete") return vscode.l10n.t("incomplete: {0}", shortened(reason));
  return undefined;
}

/** How much a lens says of a reason, in UTF-16 units: the panel and the message say all of it. */
const longestReason = 200;

function shortened(reason = ""): string {
  return inertText(reason, longestReason);
}
