import type { RunCost } from "../../preview/plan/plan.ts";
import { inertName, inertText } from "../../session/connection/inertText.ts";
import type { ShownWith } from "../panel/clipView.ts";
import type { DocumentReading } from "./documentReading.ts";
import type { PanelHead } from "../panel/panelFeed.ts";
import { fileNameOf } from "../common/documentText.ts";
import { readUserSettings } from "../common/settings.ts";
import type { Scripts } from "../common/scripts.ts";
import type { VoiceNames } from "../service/voiceNames.ts";

/** What a document's panel shows beside the clips; `speaker` is who speaks, in words. */
export function panelHeadOf(
  { document, service, opened }: DocumentReading,
  scripts: Scripts,
  speaker: string,
): PanelHead {
  return {
    document: document.uri.toString(),
    title: inertName(fileNameOf(document.uri)),
    service: inertText(speaker),
    ...(opened?.inStorage && { storedIn: inertName(opened.folder) }),
    unmarked: scripts.scan(document).markers.length === 0,
    keyless: service?.keyless ?? false,
  };
}

/** What a document's panel shows of its segments beyond their views; `script` is what Preview Script would send. */
export function panelShownWith(
  { opened, service }: DocumentReading,
  script: RunCost | undefined,
  names: VoiceNames,
): Omit<ShownWith, "source"> {
  const { characters = 0, credits = 0 } = script ?? {};
  const { alwaysInContext: inContext } = readUserSettings();
  return {
    nameOf: (clip) => inertName(names.nameOf(clip)),
    voiceOf: (speaker) => opened?.preview.soundOf(speaker)?.voice,
    sends: (request) => opened?.preview.plan({ inContext, ...request }).characters ?? 0,
    cost: { characters, ...(service?.charges && { credits }) },
  };
}
