import type { DocumentReading } from "./documentReading.ts";
import type { PanelHead } from "./panelFeed.ts";
import { fileNameOf } from "./previewPanel.ts";
import type { Scripts } from "./scripts.ts";

/** What a document's panel shows beside the clips; `speaker` is who speaks, in words. */
export function panelHeadOf(
  { document, service, opened }: DocumentReading,
  scripts: Scripts,
  speaker: string,
): PanelHead {
  return {
    document: document.uri.toString(),
    title: fileNameOf(document.uri),
    service: speaker,
    ...(opened?.inStorage && { storedIn: opened.folder }),
    unmarked: scripts.scan(document).markers.length === 0,
    keyless: service?.keyless ?? false,
  };
}
