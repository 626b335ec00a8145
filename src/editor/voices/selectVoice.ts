import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { VoicePlace } from "../../script/frontMatter/voicePlaces.ts";
import type { Voice } from "../../session/voices/voicePage.ts";
import { showInStatusBar, showWarning } from "../common/notifications.ts";
import { fileNameOf } from "../common/documentText.ts";
import type { Previews } from "../preview/previews.ts";
import { pickOne } from "../common/quickInputs.ts";
import type { Scripts } from "../common/scripts.ts";
import type { VoiceParts } from "../service/voiceParts.ts";
import { pickVoice, sampleOf } from "./voicePicker.ts";
import { writeFrontMatter } from "../common/writeFrontMatter.ts";

const section = "scriptedSpeech";

/** What *Select Voice…* needs of the extension. */
export interface SelectingParts {
  readonly previews: Previews;
  readonly scripts: Scripts;
  readonly voices: VoiceParts;
}

/**
 * Asks for a voice and, where there is a choice, for what it is to speak; and writes it there. Without `uri` it is for the
 * text in the active editor or panel, where there is one that could be a script. With `keys`, from the top of the YAML, it is
 * for that place of the front matter.
 */
export async function selectVoice(
  uri: vscode.Uri | undefined,
  keys: readonly string[] | undefined,
  { previews, scripts, voices: parts }: SelectingParts,
): Promise<void> {
  const atHand = await scriptAtHand(uri, { previews, scripts });
  const preview = atHand && previews.get(atHand);
  const service = await parts.services.choose();
  const document = preview?.document;
  const { voicePlaces } = await import("../../script/frontMatter/frontMatterEdits.ts");
  const places = document ? voicePlaces(document.getText()) : [];
  const voice = await pickVoice(parts, service, {
    title: vscode.l10n.t("Select Voice"),
    placeholder: vscode.l10n.t("A voice of: {0}", service.label),
    inScript: places.flatMap(({ voice }) => voice ?? []),
    sample: preview && (await sampleOf(preview, undefined, parts.log)),
  });
  const given = places.find((place) => isDeepStrictEqual(place.keys, keys));
  const known = document && given && inFrontMatter(document, given);
  const target = voice && (known ?? (await chooseTarget(document, places, voice)));
  if (!voice || !target) return;
  const isWritten = await target.write(voice.id);
  if (!isWritten) return tellUnwritten(voice);
  showInStatusBar(vscode.l10n.t("{0} set for {1}", voice.name, target.said));
}

/** Settings and code are no scripts. */
async function scriptAtHand(
  uri: vscode.Uri | undefined,
  { previews, scripts }: Omit<SelectingParts, "voices">,
): Promise<vscode.TextDocument | undefined> {
  const document =
    uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : previews.active();
  return document && scripts.isMeant(document) ? document : undefined;
}

/** Where a voice can be written. */
interface VoiceTarget extends vscode.QuickPickItem {
  /** What it is, within a sentence. */
  readonly said: string;
  /** @returns false where it can't be. */
  readonly write: (voice: string) => Promise<boolean>;
}

async function chooseTarget(
  document: vscode.TextDocument | undefined,
  places: readonly VoicePlace[],
  { name }: Voice,
): Promise<VoiceTarget | undefined> {
  const own = places.find(({ speaker }) => speaker === undefined)?.voice;
  const targets = [
    ...(document ? places.map((place) => inFrontMatter(document, place)) : []),
    ...inSettings(document?.uri, own !== undefined),
  ];
  if (targets.length === 1) return targets[0];
  return pickOne(targets, {
    title: vscode.l10n.t("Use {0} for", name),
  });
}

function inFrontMatter(document: vscode.TextDocument, { keys, speaker }: VoicePlace): VoiceTarget {
  const name = fileNameOf(document.uri);
  return {
    label: speaker ?? vscode.l10n.t("This script: {0}", name),
    said: speaker ?? name,
    iconPath: new vscode.ThemeIcon(speaker === undefined ? "file" : "person"),
    description: vscode.l10n.t("front matter, {0}", keys.join(": ")),
    write: (voice) => writeFrontMatter(document, keys, voice),
  };
}

/** `isOverridden`: the script names a voice of its own. */
function inSettings(uri: vscode.Uri | undefined, isOverridden: boolean): VoiceTarget[] {
  const settings = vscode.workspace.getConfiguration(section, uri);
  const { workspaceValue, workspaceFolderValue } = settings.inspect("voice") ?? {};
  const kept = vscode.l10n.t("This script names a voice in its front matter, and keeps it.");
  const target = (
    [label, said]: readonly [string, string],
    icon: string,
    where: vscode.ConfigurationTarget,
  ): VoiceTarget => ({
    label,
    said,
    iconPath: new vscode.ThemeIcon(icon),
    description: vscode.l10n.t("setting {0}", `${section}.voice`),
    ...(isOverridden && { detail: kept }),
    write: async (voice) => {
      await settings.update("voice", voice, where);
      return true;
    },
  });
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const inWorkspace = workspaceFolderValue === undefined ? Workspace : WorkspaceFolder;
  const all = target(
    [vscode.l10n.t("All my scripts"), vscode.l10n.t("all my scripts")],
    "account",
    Global,
  );
  if (!vscode.workspace.workspaceFolders) return [all];
  const isOwn = (workspaceFolderValue ?? workspaceValue) !== undefined;
  const other = vscode.l10n.t("This workspace has a voice in its settings, and keeps it.");
  return [
    target(
      [vscode.l10n.t("The scripts of this workspace"), vscode.l10n.t("this workspace")],
      "root-folder",
      inWorkspace,
    ),
    isOwn && !isOverridden ? { ...all, detail: other } : all,
  ];
}

/** The id is the way to do it by hand. */
async function tellUnwritten({ id, name }: Voice): Promise<void> {
  const copy = vscode.l10n.t("Copy Voice Id");
  const chosen = await showWarning(
    vscode.l10n.t(
      "The front matter of this script can’t be changed without risk. Write the id of {0} under “speech:” yourself.",
      name,
    ),
    copy,
  );
  if (chosen === copy) await vscode.env.clipboard.writeText(id);
}
