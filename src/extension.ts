import * as vscode from "vscode";
import { ApiKeys } from "./editor/apiKeys.ts";
import { registerCommands } from "./editor/commands.ts";
import { segmentFolding } from "./editor/folding.ts";
import { Gutter } from "./editor/gutter.ts";
import { HeardMark } from "./editor/heardMark.ts";
import { IgnoreOffer } from "./editor/ignoreOffer.ts";
import { keyContext } from "./editor/keyContext.ts";
import { SegmentLenses } from "./editor/lenses.ts";
import { MarkerLooks } from "./editor/markerLooks.ts";
import { PreviewOnSave } from "./editor/previewOnSave.ts";
import { Previews } from "./editor/previews.ts";
import { Problems } from "./editor/problems.ts";
import { Scripts } from "./editor/scripts.ts";
import { Services } from "./editor/services.ts";
import { SoundMemory } from "./editor/soundMemory.ts";
import { SpokenForms } from "./editor/spokenForm.ts";
import { spokenHover } from "./editor/spokenHover.ts";
import { StatusBar } from "./editor/statusBar.ts";
import { segmentSymbols } from "./editor/symbols.ts";
import { VoiceNames } from "./editor/voiceNames.ts";

let stop: (() => Promise<void>) | undefined;

/** Builds the parts and introduces them to each other; VS Code ends them in the list's order, so the last made is its first. */
export function activate(context: vscode.ExtensionContext): void {
  const own = <Part extends vscode.Disposable>(part: Part): Part => {
    context.subscriptions.unshift(part);
    return part;
  };
  const extension = context.extensionUri;
  const log = own(vscode.window.createOutputChannel("Scripted Speech", { log: true }));
  const keys = own(new ApiKeys(context.secrets));
  const services = own(new Services(keys, vscode.Uri.joinPath(extension, "dist"), log));
  const scripts = own(new Scripts());
  const onServiceChanged = (callback: () => void) => keys.onChanged(callback);
  const ignoreOffer = new IgnoreOffer(context.workspaceState);
  const storage = context.globalStorageUri;
  const soundMemory = own(new SoundMemory(context.globalState));
  const voices = { services, names: new VoiceNames(context.globalState) };
  const surroundings = {
    extension,
    storage,
    services,
    scripts,
    ignoreOffer,
    soundMemory,
    voices,
    log,
  };
  const previews = own(new Previews(surroundings, onServiceChanged));
  stop = () => previews.stopAll();
  own(keyContext(keys));
  own(new SegmentLenses(scripts, previews));
  own(new Gutter(extension, scripts, previews));
  const memory = context.workspaceState;
  const onSave = own(new PreviewOnSave({ memory, previews, scripts, log }));
  own(new StatusBar(scripts, previews, onSave));
  own(new HeardMark(previews));
  own(new Problems(previews));
  own(segmentSymbols(scripts));
  own(segmentFolding(scripts));
  own(new MarkerLooks(scripts));
  own(spokenHover(scripts, previews));
  const spokenForms = own(new SpokenForms(previews, scripts));
  own(registerCommands({ extension, previews, scripts, keys, onSave, voices, spokenForms, log }));
}

/** Ends what is being spoken, and waits for it: no connection outlives the extension. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
