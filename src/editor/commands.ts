import * as vscode from "vscode";
import { ffplayCommand } from "../clips/ffplayCommand.ts";
import type { RunScope, SpeechWishes } from "../preview/plan.ts";
import { isUsable } from "../session/endpoint.ts";
import { Failure } from "../session/failure.ts";
import type { ApiKeys } from "./apiKeys.ts";
import {
  offerToSpeak,
  revealClip,
  useClip,
  type ClipPlace,
  type UseClip,
  type UseSegment,
} from "./clipActions.ts";
import type { DocumentPreview } from "./documentPreview.ts";
import { goToSegment, insertMarkerAtCursors, segmentAtPosition } from "./edits.ts";
import { showFailure } from "./errors.ts";
import { exportAudioOf } from "./exportAudio.ts";
import { exportCaptionsOf } from "./exportCaptions.ts";
import { copyAsCode, copyScriptFfplayCommand } from "./exportCode.ts";
import type { PreviewOnSave } from "./previewOnSave.ts";
import type { Previews } from "./previews.ts";
import type { Scripts } from "./scripts.ts";
import { chooseMarkers, joinWithNext, moveSegment, splitSegment } from "./segmentEdits.ts";
import { unusable } from "./services.ts";
import { readUserSettings } from "./settings.ts";
import { scriptUri, type SpokenForms } from "./spokenForm.ts";
import { chooseTake, setLocked } from "./takeActions.ts";
import { sayWithVoice, type VoiceParts } from "./voicePicker.ts";

/** What each command takes. Without arguments it is for the active editor, and the segment at its cursor. */
export interface CommandArguments {
  "scriptedSpeech.previewScript": [uri?: vscode.Uri];
  "scriptedSpeech.previewSegment": [uri?: vscode.Uri, segment?: number];
  "scriptedSpeech.previewFromHere": [uri?: vscode.Uri, segment?: number];
  "scriptedSpeech.previewSelection": [];
  "scriptedSpeech.previewAndAdvance": [];
  "scriptedSpeech.playFromCursor": [];
  "scriptedSpeech.stop": [uri?: vscode.Uri];
  "scriptedSpeech.openPanel": [uri?: vscode.Uri];
  "scriptedSpeech.insertFlushMarker": [];
  "scriptedSpeech.revealClip": [clip?: ClipPlace];
  "scriptedSpeech.copyClipPath": [clip?: ClipPlace];
  "scriptedSpeech.copyFfplayCommand": [clip?: ClipPlace];
  "scriptedSpeech.previewAgain": [clip?: ClipPlace];
  "scriptedSpeech.previewAgainInContext": [clip?: ClipPlace];
  "scriptedSpeech.sayWithVoice": [clip?: ClipPlace];
  "scriptedSpeech.chooseTake": [clip?: ClipPlace];
  "scriptedSpeech.lockSegment": [clip?: ClipPlace];
  "scriptedSpeech.unlockSegment": [clip?: ClipPlace];
  "scriptedSpeech.togglePreviewOnSave": [uri?: vscode.Uri];
  "scriptedSpeech.exportAudio": [uri?: vscode.Uri];
  "scriptedSpeech.exportCaptions": [uri?: vscode.Uri];
  "scriptedSpeech.copyAsCode": [uri?: vscode.Uri];
  "scriptedSpeech.copyScriptFfplayCommand": [uri?: vscode.Uri];
  "scriptedSpeech.nextSegment": [];
  "scriptedSpeech.previousSegment": [];
  "scriptedSpeech.setApiKey": [];
  "scriptedSpeech.removeApiKey": [];
  "scriptedSpeech.openExample": [];
  "scriptedSpeech.showLog": [];
  "scriptedSpeech.showSpokenForm": [uri?: vscode.Uri];
  "scriptedSpeech.moveSegmentUp": [];
  "scriptedSpeech.moveSegmentDown": [];
  "scriptedSpeech.splitSegment": [];
  "scriptedSpeech.joinWithNext": [];
  "scriptedSpeech.insertFlushMarkers": [];
}

/** What commands act on. */
export interface CommandParts {
  readonly extension: vscode.Uri;
  readonly previews: Previews;
  readonly scripts: Scripts;
  readonly keys: ApiKeys;
  readonly onSave: PreviewOnSave;
  readonly voices: VoiceParts;
  readonly spokenForms: SpokenForms;
  readonly log: vscode.LogOutputChannel;
}

type Commands = {
  [Id in keyof CommandArguments]: (...given: CommandArguments[Id]) => Promise<void> | void;
};

/** Registers every command, each behind the one error boundary. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const commands = Object.entries(commandTable(parts)) as [
    string,
    (...given: unknown[]) => Promise<void> | void,
  ][];
  return vscode.Disposable.from(
    ...commands.map(([id, run]) =>
      vscode.commands.registerCommand(id, async (...given: unknown[]) => {
        try {
          await run(...given);
        } catch (error) {
          void showFailure(error, parts.log, () => vscode.commands.executeCommand(id, ...given));
        }
      }),
    ),
  );
}

function commandTable(parts: CommandParts): Commands {
  const { extension, previews, scripts, keys, log, onSave, voices } = parts;
  const run = async (
    uri: vscode.Uri | undefined,
    scopeIn: (at: Place) => RunScope,
  ): Promise<void> => {
    const document = await documentFor(uri, previews);
    if (!document) return;
    await previews.get(document).run(scopeIn({ document, selection: selectionIn(document) }));
  };
  const segmentIn = ({ document, selection }: Place): number =>
    segmentAtPosition(document, scripts, selection.active);
  const step = async (by: 1 | -1): Promise<void> => {
    const document = await documentFor(undefined, previews);
    if (!document) return;
    const segment = segmentIn({ document, selection: selectionIn(document) }) + by;
    await goToSegment(document, scripts, segment);
  };
  const withPreview = async (
    uri: vscode.Uri | undefined,
    use: (preview: DocumentPreview) => Promise<void>,
  ): Promise<void> => {
    const document = await documentFor(uri, previews);
    if (document) await use(previews.get(document));
  };
  const withSegment = async (at: ClipPlace | undefined, use: UseSegment): Promise<void> => {
    const document = await documentFor(at && vscode.Uri.parse(at.document), previews);
    if (!document) return;
    const segment = at?.segment ?? segmentIn({ document, selection: selectionIn(document) });
    await use(previews.get(document), segment);
  };
  const withClip = (at: ClipPlace | undefined, use: UseClip): Promise<void> =>
    withSegment(at, (preview, segment) => useClip(preview, segment, use));
  const again = (at: ClipPlace | undefined, wishes: SpeechWishes): Promise<void> =>
    withSegment(at, (preview, segment) => preview.run({ kind: "segment", segment, ...wishes }));
  const lock = (at: ClipPlace | undefined, locked: boolean): Promise<void> =>
    withSegment(at, (preview, segment) => setLocked(preview, segment, locked));
  return {
    "scriptedSpeech.previewScript": (uri) => run(uri, () => ({ kind: "script" })),
    "scriptedSpeech.previewSegment": (uri, segment) =>
      run(uri, (at) => ({ kind: "segment", segment: segment ?? segmentIn(at) })),
    "scriptedSpeech.previewFromHere": (uri, segment) =>
      run(uri, (at) => ({ kind: "from", segment: segment ?? segmentIn(at) })),
    "scriptedSpeech.previewSelection": () =>
      run(undefined, ({ document, selection: { start, end } }) => ({
        kind: "range",
        first: segmentAtPosition(document, scripts, start),
        last: segmentAtPosition(document, scripts, end),
      })),
    "scriptedSpeech.previewAndAdvance": async () => {
      const document = await documentFor(undefined, previews);
      if (!document) return;
      const segment = segmentIn({ document, selection: selectionIn(document) });
      await goToSegment(document, scripts, segment + 1);
      await previews.get(document).run({ kind: "segment", segment });
    },
    "scriptedSpeech.playFromCursor": async () => {
      const document = await documentFor(undefined, previews);
      if (!document) return;
      const offset = document.offsetAt(selectionIn(document).active);
      if (!(await previews.get(document).playFrom(offset))) await offerToSpeak(document.uri);
    },
    "scriptedSpeech.revealClip": (at) => withClip(at, revealClip),
    "scriptedSpeech.copyClipPath": (at) =>
      withClip(at, ({ path }) => vscode.env.clipboard.writeText(path)),
    "scriptedSpeech.copyFfplayCommand": (at) =>
      withClip(at, (clip) => vscode.env.clipboard.writeText(ffplayCommand(clip))),
    "scriptedSpeech.previewAgain": (at) => again(at, { again: true }),
    "scriptedSpeech.previewAgainInContext": (at) => again(at, { again: true, inContext: true }),
    "scriptedSpeech.sayWithVoice": (at) =>
      withSegment(at, (preview, segment) => sayWithVoice(preview, segment, voices)),
    "scriptedSpeech.chooseTake": (at) =>
      withSegment(at, (preview, segment) =>
        chooseTake(preview, segment, { names: voices.names, log }),
      ),
    "scriptedSpeech.lockSegment": (at) => lock(at, true),
    "scriptedSpeech.unlockSegment": (at) => lock(at, false),
    "scriptedSpeech.togglePreviewOnSave": async (uri) => {
      const document = await documentFor(uri, previews);
      if (document) await onSave.toggle(document.uri);
    },
    "scriptedSpeech.exportAudio": (uri) => withPreview(uri, exportAudioOf),
    "scriptedSpeech.exportCaptions": (uri) => withPreview(uri, exportCaptionsOf),
    "scriptedSpeech.copyAsCode": (uri) => withPreview(uri, copyAsCode),
    "scriptedSpeech.copyScriptFfplayCommand": (uri) => withPreview(uri, copyScriptFfplayCommand),
    "scriptedSpeech.stop": async (uri) => {
      if (!uri) return previews.stopAll();
      await previews.get(await vscode.workspace.openTextDocument(uri)).stop();
    },
    "scriptedSpeech.openPanel": async (uri) => {
      const document = await documentFor(uri, previews);
      if (!document) return;
      await previews.get(document).openPanel();
    },
    "scriptedSpeech.insertFlushMarker": async () => {
      const editor = vscode.window.activeTextEditor;
      if (editor) await insertMarkerAtCursors(editor);
    },
    "scriptedSpeech.nextSegment": () => step(1),
    "scriptedSpeech.previousSegment": () => step(-1),
    "scriptedSpeech.setApiKey": async () => {
      const { endpoint } = readUserSettings();
      if (!isUsable(endpoint)) throw new Failure("bad-request", unusable(endpoint));
      await keys.ask(endpoint);
    },
    "scriptedSpeech.removeApiKey": () => keys.remove(readUserSettings().endpoint),
    "scriptedSpeech.openExample": () => openExample(extension),
    "scriptedSpeech.showLog": () => log.show(),
    "scriptedSpeech.showSpokenForm": async (uri) => {
      const document = await documentFor(uri, previews);
      if (document) await parts.spokenForms.show(document);
    },
    "scriptedSpeech.moveSegmentUp": () => moveSegment(-1),
    "scriptedSpeech.moveSegmentDown": () => moveSegment(1),
    "scriptedSpeech.splitSegment": () => splitSegment(),
    "scriptedSpeech.joinWithNext": () => joinWithNext(),
    "scriptedSpeech.insertFlushMarkers": () => chooseMarkers(),
  };
}

interface Place {
  readonly document: vscode.TextDocument;
  readonly selection: vscode.Selection;
}

/** The document that a command is for: the one given, the active editor's, or that of the active panel. */
async function documentFor(
  uri: vscode.Uri | undefined,
  previews: Previews,
): Promise<vscode.TextDocument | undefined> {
  if (uri instanceof vscode.Uri) return vscode.workspace.openTextDocument(uri);
  const active = vscode.window.activeTextEditor?.document ?? previews.inActivePanel();
  const script = active && scriptUri(active.uri);
  if (script) return vscode.workspace.openTextDocument(script);
  if (!active) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a script first."));
  }
  return active;
}

function selectionIn(document: vscode.TextDocument): vscode.Selection {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const editor = editors.find((candidate) => candidate?.document === document);
  return editor?.selection ?? new vscode.Selection(0, 0, 0, 0);
}

/** Opens a copy, so that the clips lie where the user can find them and the original stays as it is. */
async function openExample(extension: vscode.Uri): Promise<void> {
  const example = vscode.Uri.joinPath(extension, "media", "walkthrough", "welcome.speech.md");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const proposed = folder && vscode.Uri.joinPath(folder, "welcome.speech.md");
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Where shall the example lie?"),
    ...(proposed && { defaultUri: proposed }),
    filters: { Markdown: ["md"] },
  });
  if (!target) return;
  await vscode.workspace.fs.copy(example, target, { overwrite: true }); // the dialog has asked
  await vscode.window.showTextDocument(target);
}
