import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { answerPanel } from "./editor/commands/answerPanel.ts";
import type { PreviewContext } from "./editor/preview/documentPreview.ts";
import { ApiKeys, keyContext } from "./editor/service/apiKeys.ts";
import { registerCommands } from "./editor/commands/commands.ts";
import { Consent } from "./editor/preview/consent.ts";
import { Completions } from "./editor/writing/completion.ts";
import { Diagnostics } from "./editor/writing/diagnostics.ts";
import { segmentFolding } from "./editor/display/folding.ts";
import { Gutter } from "./editor/display/gutter.ts";
import { HeardMark } from "./editor/display/heardMark.ts";
import { registerHovers } from "./editor/writing/hovers.ts";
import { IgnoreOffer } from "./editor/preview/ignoreOffer.ts";
import { SegmentLenses } from "./editor/display/lenses.ts";
import { MarkerLooks } from "./editor/display/markerLooks.ts";
import { SilenceLooks } from "./editor/display/silenceLooks.ts";
import { PreviewOnSave } from "./editor/preview/previewOnSave.ts";
import { Previews } from "./editor/preview/previews.ts";
import { Problems } from "./editor/writing/problems.ts";
import { QuickFixes } from "./editor/writing/quickFixes.ts";
import { SampleValues } from "./editor/common/sampleValues.ts";
import { Scripts } from "./editor/common/scripts.ts";
import { Services } from "./editor/service/services.ts";
import { SoundMemory } from "./editor/panel/soundMemory.ts";
import { SpokenForms } from "./editor/writing/spokenForms.ts";
import { StatusBar } from "./editor/display/statusBar.ts";
import { segmentSymbols } from "./editor/display/symbols.ts";
import { VoiceNames } from "./editor/service/voiceNames.ts";
import { findVoiceLate, listVoicesLate } from "./editor/voices/voicePicker.ts";
import { VoicePrices } from "./session/voices/voicePrices.ts";
import { VoiceDirectory } from "./session/voices/voiceDirectory.ts";

let stop: (() => Promise<void>) | undefined;

/** Builds the parts and introduces them to each other; VS Code ends them in the list's order, so the last made is its first. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle }); // for what lies below the editor
  const own = <Part extends vscode.Disposable>(part: Part): Part => {
    context.subscriptions.unshift(part);
    return part;
  };
  const extension = context.extensionUri;
  const log = own(vscode.window.createOutputChannel("Scripted Speech", { log: true }));
  const keys = own(new ApiKeys(context.secrets));
  const names = own(new VoiceNames(context.globalState));
  const services = own(new Services(keys, vscode.Uri.joinPath(extension, "dist"), names, log));
  const scripts = own(new Scripts());
  const onServiceChanged = (callback: () => void) => keys.onChanged(callback);
  const consent = new Consent(scripts);
  const ignoreOffer = new IgnoreOffer(context.workspaceState);
  const storage = context.globalStorageUri;
  const soundMemory = own(new SoundMemory(context.globalState));
  const directory = new VoiceDirectory(context.globalState, listVoicesLate);
  const voices = { services, names, directory, log };
  const samples = own(new SampleValues(context.workspaceState, log));
  const prices = new VoicePrices({
    isKnown: (service, voice) => names.find({ service, voice }) !== undefined,
    find: findVoiceLate,
    remember: (service, told) => names.remember(service, told),
    trace: (line) => log.info(line),
  });
  const previewContext: PreviewContext = {
    extension,
    storage,
    services,
    scripts,
    consent,
    ignoreOffer,
    soundMemory,
    voices,
    prices,
    samples,
    log,
    answer: (message, preview) => answerPanel(message, preview, previewContext),
  };
  const previews = own(new Previews(previewContext, onServiceChanged));
  stop = () => previews.stopAll();
  own(keyContext(keys));
  own(new SegmentLenses({ scripts, previews, services, names, onServiceChanged }));
  own(new Gutter(extension, scripts, previews));
  const memory = context.workspaceState;
  const onSave = own(new PreviewOnSave({ memory, previews, scripts, log }));
  own(new StatusBar(scripts, previews, onSave, samples));
  own(new HeardMark(previews));
  const diagnostics = own(new Diagnostics(services, samples));
  const onVoicesChanged = (callback: () => void) =>
    vscode.Disposable.from(onServiceChanged(callback), names.onChanged(callback));
  own(
    new Problems({
      scripts,
      previews,
      diagnostics,
      samples,
      onServiceChanged: onVoicesChanged,
      log,
    }),
  );
  own(new QuickFixes(diagnostics));
  own(new Completions(scripts, voices));
  own(segmentSymbols(scripts));
  own(segmentFolding(scripts));
  own(new MarkerLooks(scripts));
  own(registerHovers({ scripts, voices, previews }));
  own(new SilenceLooks(scripts, samples, log));
  const spokenForms = own(new SpokenForms(previews, scripts, samples));
  own(
    registerCommands({
      extension,
      previews,
      scripts,
      consent,
      keys,
      onSave,
      voices,
      samples,
      spokenForms,
      log,
    }),
  );
}

/** Ends what is being spoken, and waits for it: no connection outlives the extension. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
