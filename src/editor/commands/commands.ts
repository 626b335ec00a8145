import * as vscode from "vscode";
import { assertPasteable } from "../../clips/commandLine.ts";
import { ffplayCommand } from "../../clips/ffplayCommand.ts";
import type { RunScope, SpeechVariation } from "../../preview/plan/plan.ts";
import { isUsable } from "../../session/connection/endpoint.ts";
import { Failure } from "../../session/connection/failure.ts";
import type { ApiKeys } from "../service/apiKeys.ts";
import { offerToSpeak, revealClip, type ClipPlace } from "./clipActions.ts";
import { CommandPlaces, wordAt, type CommandPlace } from "./commandPlaces.ts";
import type { Consent } from "../preview/consent.ts";
import { goToSegment, insertMarkerAtCursors, segmentAtPosition } from "../common/edits.ts";
import { confirmLeadIn } from "../preview/confirmCost.ts";
import { showFailure } from "../common/errors.ts";
import { exportAudioOf } from "../export/exportAudioCommand.ts";
import { exportCaptionsOf } from "../export/exportCaptionsCommand.ts";
import { copyAsCode, copyScriptFfplayCommand } from "../export/exportCodeCommand.ts";
import { fixPronunciation } from "./fixPronunciation.ts";
import type { PreviewOnSave } from "../preview/previewOnSave.ts";
import type { Previews } from "../preview/previews.ts";
import type { SampleValues } from "../common/sampleValues.ts";
import type { Scripts } from "../common/scripts.ts";
import { selectVoice } from "../voices/selectVoice.ts";
import { chooseMarkers, joinWithNext, moveSegment, splitSegment } from "./editSegments.ts";
import { selectSampleValues } from "./selectSampleValues.ts";
import { unusable } from "../service/services.ts";
import { readUserSettings } from "../common/settings.ts";
import type { SpokenForms } from "../writing/spokenForms.ts";
import { chooseTake, setLocked } from "./takeActions.ts";
import type { VoiceParts } from "../service/voiceParts.ts";
import { sayWithVoice } from "../voices/voicePicker.ts";
import { wordsLanguage } from "../common/wordsLanguage.ts";

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
  "scriptedSpeech.selectVoice": [uri?: vscode.Uri, keys?: readonly string[]];
  "scriptedSpeech.newScript": [];
  "scriptedSpeech.showSpokenForm": [uri?: vscode.Uri];
  "scriptedSpeech.showSilence": [uri?: vscode.Uri];
  "scriptedSpeech.moveSegmentUp": [];
  "scriptedSpeech.moveSegmentDown": [];
  "scriptedSpeech.splitSegment": [];
  "scriptedSpeech.joinWithNext": [];
  "scriptedSpeech.insertFlushMarkers": [];
  "scriptedSpeech.selectSampleValues": [uri?: vscode.Uri];
  "scriptedSpeech.fixPronunciation": [];
}

/** What commands act on. */
export interface CommandParts {
  readonly extension: vscode.Uri;
  readonly previews: Previews;
  readonly scripts: Scripts;
  readonly consent: Consent;
  readonly keys: ApiKeys;
  readonly onSave: PreviewOnSave;
  readonly voices: VoiceParts;
  readonly spokenForms: SpokenForms;
  readonly samples: SampleValues;
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
  const { extension, previews, scripts, consent, keys, log, onSave, voices, samples } = parts;
  const places = new CommandPlaces(previews, scripts);
  const run = (
    uri: vscode.Uri | undefined,
    scopeIn: (at: CommandPlace) => RunScope,
  ): Promise<void> => places.withPlace(uri, (at) => previews.get(at.document).run(scopeIn(at)));
  const step = (by: 1 | -1): Promise<void> =>
    places.withPlace(undefined, (at) =>
      goToSegment(at.document, scripts, places.segmentAt(at) + by),
    );
  const again = (at: ClipPlace | undefined, variation: SpeechVariation): Promise<void> =>
    places.withSegment(at, (preview, segment) =>
      preview.run({ kind: "segment", segment, ...variation }),
    );
  const edit = async (make: (editor: vscode.TextEditor) => Promise<void>): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    if (editor && (await consent.allowsWriting(editor.document))) await make(editor);
  };
  const lock = (at: ClipPlace | undefined, locked: boolean): Promise<void> =>
    places.withSegment(at, (preview, segment) => setLocked(preview, segment, locked));
  return {
    "scriptedSpeech.previewScript": (uri) => run(uri, () => ({ kind: "script" })),
    "scriptedSpeech.previewSegment": (uri, segment) =>
      run(uri, (at) => ({ kind: "segment", segment: segment ?? places.segmentAt(at) })),
    "scriptedSpeech.previewFromHere": (uri, segment) =>
      run(uri, (at) => ({ kind: "from", segment: segment ?? places.segmentAt(at) })),
    "scriptedSpeech.previewSelection": () =>
      run(undefined, ({ document, selection: { start, end } }) => ({
        kind: "range",
        first: segmentAtPosition(document, scripts, start),
        last: segmentAtPosition(document, scripts, end),
      })),
    "scriptedSpeech.previewAndAdvance": () =>
      places.withPlace(undefined, async (at) => {
        const segment = places.segmentAt(at);
        await goToSegment(at.document, scripts, segment + 1);
        await previews.get(at.document).run({ kind: "segment", segment });
      }),
    "scriptedSpeech.playFromCursor": () =>
      places.withPlace(undefined, async ({ document, selection }) => {
        const offset = document.offsetAt(selection.active);
        if (!(await previews.get(document).playFrom(offset))) await offerToSpeak(document.uri);
      }),
    "scriptedSpeech.revealClip": (at) => places.withClip(at, revealClip),
    "scriptedSpeech.copyClipPath": (at) =>
      places.withClip(at, ({ path }) => {
        assertPasteable(path);
        return vscode.env.clipboard.writeText(path);
      }),
    "scriptedSpeech.copyFfplayCommand": (at) =>
      places.withClip(at, (clip) => vscode.env.clipboard.writeText(ffplayCommand(clip))),
    "scriptedSpeech.previewAgain": (at) => again(at, { again: true }),
    "scriptedSpeech.previewAgainInContext": (at) =>
      places.withSegment(at, (preview, segment) =>
        preview.run({ kind: "segment", segment, again: true, inContext: true }, confirmLeadIn),
      ),
    "scriptedSpeech.sayWithVoice": (at) =>
      places.withSegment(at, (preview, segment) => sayWithVoice(preview, segment, voices)),
    "scriptedSpeech.chooseTake": (at) =>
      places.withSegment(at, (preview, segment) =>
        chooseTake(preview, segment, { names: voices.names, log }),
      ),
    "scriptedSpeech.lockSegment": (at) => lock(at, true),
    "scriptedSpeech.unlockSegment": (at) => lock(at, false),
    "scriptedSpeech.togglePreviewOnSave": (uri) =>
      places.withPlace(uri, ({ document }) => onSave.toggle(document.uri)),
    "scriptedSpeech.exportAudio": (uri) => places.withPreview(uri, exportAudioOf),
    "scriptedSpeech.exportCaptions": (uri) => places.withPreview(uri, exportCaptionsOf),
    "scriptedSpeech.copyAsCode": (uri) => places.withPreview(uri, copyAsCode),
    "scriptedSpeech.copyScriptFfplayCommand": (uri) =>
      places.withPreview(uri, copyScriptFfplayCommand),
    "scriptedSpeech.stop": async (uri) => {
      if (!uri) return previews.stopAll();
      await previews.get(await vscode.workspace.openTextDocument(uri)).stop();
    },
    "scriptedSpeech.openPanel": (uri) => places.withPreview(uri, (preview) => preview.openPanel()),
    "scriptedSpeech.insertFlushMarker": () => edit(insertMarkerAtCursors),
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
    "scriptedSpeech.selectVoice": (uri, keys) => selectVoice(uri, keys, parts),
    "scriptedSpeech.newScript": newScript,
    "scriptedSpeech.showSpokenForm": (uri) =>
      places.withPlace(uri, ({ document }) => parts.spokenForms.show(document)),
    "scriptedSpeech.showSilence": (uri) =>
      places.withPlace(uri, ({ document }) => parts.spokenForms.show(document, true)),
    "scriptedSpeech.moveSegmentUp": () => edit((editor) => moveSegment(editor, samples, -1)),
    "scriptedSpeech.moveSegmentDown": () => edit((editor) => moveSegment(editor, samples, 1)),
    "scriptedSpeech.splitSegment": () => edit((editor) => splitSegment(editor, samples)),
    "scriptedSpeech.joinWithNext": () => edit((editor) => joinWithNext(editor, samples)),
    "scriptedSpeech.insertFlushMarkers": () => edit((editor) => chooseMarkers(editor, samples)),
    "scriptedSpeech.selectSampleValues": (uri) =>
      places.withPlace(uri, ({ document }) => selectSampleValues(document, samples)),
    "scriptedSpeech.fixPronunciation": () =>
      places.withPlace(undefined, (at) =>
        fixPronunciation(previews.get(at.document), places.segmentAt(at), wordAt(at), log),
      ),
  };
}

/** Opens a copy, so that the clips lie where the user can find them and the original stays as it is. */
async function openExample(extension: vscode.Uri): Promise<void> {
  const example = vscode.Uri.joinPath(extension, "media", "walkthrough", "welcome.speech.md");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const proposed = folder && vscode.Uri.joinPath(folder, "welcome.speech.md");
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t("Save the example as"),
    ...(proposed && { defaultUri: proposed }),
    filters: { Markdown: ["md"] },
  });
  if (!target) return;
  await vscode.workspace.fs.copy(example, target, { overwrite: true }); // the dialog has asked
  await vscode.window.showTextDocument(target);
}

/** Opens a new, untitled script, with the cursor in its first words. */
async function newScript(): Promise<void> {
  const first = vscode.l10n.t("Write here what is to be said.");
  const second = vscode.l10n.t("A flush marker, as above, begins the next segment.");
  const language = wordsLanguage().slice(0, 2); // that of these words
  const content = `---\nspeech:\n  language: ${language}\n---\n\n${first}\n\n<flush/>\n\n${second}\n`;
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  const start = document.positionAt(document.getText().indexOf(first));
  const end = start.translate(0, first.length);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, end) });
}
