import * as vscode from "vscode";
import type { FromPanel } from "../panel/messages.ts";
import type { RunScope } from "../preview/plan.ts";
import type { DocumentPreview, PreviewSurroundings } from "./documentPreview.ts";
import { goToSegment, insertMarkers } from "./edits.ts";
import { showFailure } from "./errors.ts";

/** Does what the page of a document's panel asks for. */
export function answerPanel(
  message: FromPanel,
  preview: DocumentPreview,
  { scripts, soundMemory, log }: PreviewSurroundings,
): void {
  const during = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => showFailure(error, log));
  };
  const run = (scope: RunScope): void => during(preview.run(scope));
  switch (message.type) {
    case "ready":
      return preview.panel.showAnew();
    case "sound":
      return during(soundMemory.keep(message, preview.panel));
    case "setApiKey":
      return during(Promise.resolve(vscode.commands.executeCommand("scriptedSpeech.setApiKey")));
    case "previewSegment":
      return run({ kind: "segment", segment: message.segment });
    case "previewScript":
      return run({ kind: "script" });
    case "previewAgain":
    case "sayWithVoice":
    case "restoreTake":
    case "deleteTake":
    case "lock":
      return; // nothing here answers them yet
    case "stop":
      return during(preview.stop());
    case "goTo":
      return during(goToSegment(preview.document, scripts, message.segment));
    case "saveBeside":
      return during(preview.saveBeside());
    case "insertMarkers":
      return during(insertMarkers(preview.document, message.at));
    case "heard":
      return preview.hear(message);
    case "playbackFailed":
      log.error(`segment ${message.segment + 1} could not be played: ${message.reason}`);
      return;
  }
}
