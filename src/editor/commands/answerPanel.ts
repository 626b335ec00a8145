import * as vscode from "vscode";
import type { FromPanel } from "../../panel/messages.ts";
import type { RunRequest } from "../../preview/plan/plan.ts";
import type { InsertBy } from "../../script/edits/insertionPoints.ts";
import type { DocumentPreview, PreviewContext } from "../preview/documentPreview.ts";
import { goToSegment, insertMarkers } from "../common/edits.ts";
import { showFailure } from "../common/errors.ts";
import { deleteTake, restoreTake, setLocked } from "./takeActions.ts";
import { sayWithVoice } from "../voices/voicePicker.ts";

/** Does what the page of a document's panel asks for. */
export function answerPanel(
  message: FromPanel,
  preview: DocumentPreview,
  { scripts, consent, samples, soundMemory, voices, log }: PreviewContext,
): void {
  const during = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => showFailure(error, log));
  };
  const mark = async (at: InsertBy): Promise<void> => {
    if (await consent.allowsWriting(preview.document))
      await insertMarkers(preview.document, samples, at);
  };
  const run = (request: RunRequest): void => during(preview.run(request));
  /** Where the segment is now; one that is gone from the script has no answer. */
  const at = ({ segment }: { readonly segment: number }, answer: (index: number) => void): void => {
    const index = preview.indexOf(segment);
    if (index !== undefined) answer(index);
  };
  switch (message.type) {
    case "ready":
      return preview.panel.showAll();
    case "ping":
      return; // its panel has answered
    case "sound":
      return during(soundMemory.keep(message, preview.panel));
    case "setApiKey":
      return during(Promise.resolve(vscode.commands.executeCommand("scriptedSpeech.setApiKey")));
    case "previewScript":
      return run({ kind: "script" });
    case "stop":
      return during(preview.stop());
    case "saveBeside":
      return during(preview.saveBeside());
    case "insertMarkers":
      return during(mark(message.at));
    case "heard":
      return preview.heard.tell(message);
    case "playbackFailed": {
      const number = (preview.indexOf(message.segment) ?? message.segment) + 1;
      log.error(`segment ${number} could not be played: ${message.reason}`);
      return;
    }
    case "unread":
      log.warn(`the panel leaves out what it can't read: ${message.what}`);
      return;
    case "previewSegment":
      return at(message, (segment) => run({ kind: "segment", segment }));
    case "previewAgain":
      return at(message, (segment) => {
        const { inContext } = message;
        run({ kind: "segment", segment, again: true, ...(inContext && { inContext }) });
      });
    case "sayWithVoice":
      return at(message, (segment) => during(sayWithVoice(preview, segment, voices)));
    case "restoreTake":
      return at(message, (segment) => during(restoreTake(preview, segment, message.take, log)));
    case "deleteTake":
      return at(message, (segment) => during(deleteTake(preview, segment, message.take)));
    case "lock":
      return at(message, (segment) => during(setLocked(preview, segment, message.locked)));
    case "goTo":
      return at(message, (segment) => during(goToSegment(preview.document, scripts, segment)));
  }
}
