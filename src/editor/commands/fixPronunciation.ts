import * as vscode from "vscode";
import { sayingOf, type WordPronunciations } from "../../script/model/script.ts";
import { respellingsOf } from "../../script/transcript/respellings.ts";
import type { RunRequest } from "../../preview/plan/plan.ts";
import type { ScriptPreview } from "../../preview/scriptPreview.ts";
import { describeCost } from "../common/describeCost.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import { showFailure } from "../common/errors.ts";
import { showInformation } from "../common/notifications.ts";
import { createPick } from "../common/quickInputs.ts";
import { readDocumentSettings } from "../common/settings.ts";

/** What a word may be written as; "" for the word itself. */
interface Spelling extends vscode.QuickPickItem {
  readonly said: string;
}

interface Fixing {
  readonly preview: DocumentPreview;
  readonly opened: ScriptPreview;
  readonly segment: number;
  readonly word: string;
  readonly log: vscode.LogOutputChannel;
}

/**
 * *Fix Pronunciation…*: asks how a word of a segment is said. A candidate can be heard in its sentence, as a take; the one that is
 * chosen goes into the workspace's settings, and its take, if it has one, is the segment's clip then.
 */
export async function fixPronunciation(
  preview: DocumentPreview,
  segment: number,
  word: string,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const opened = await preview.read();
  const fault = faultOf(opened, segment, word);
  if (fault !== undefined) return void showInformation(fault);
  const said = await askSpelling({ preview, opened, segment, word, log });
  if (said === undefined) return;
  await writePronunciation(preview.document.uri, word, said);
  await preview.settle(); // a take that was heard becomes the clip
}

/** Why nothing can be done about a word. */
function faultOf({ reading }: ScriptPreview, segment: number, word: string): string | undefined {
  if (word === "") return vscode.l10n.t("Select a word first.");
  if (Object.hasOwn(reading?.options.pronunciations ?? {}, word)) {
    return vscode.l10n.t("The front matter says how “{0}” is said. Change it there.", word);
  }
  const { transcript, unfilled } = reading?.segments[segment] ?? {};
  if (unfilled) return vscode.l10n.t("A variable of this segment has no value. Give it one first.");
  const probe = ["a", "b"].map((said) => reading?.saidWith(segment, { [word]: said }));
  return transcript === undefined || probe[0] === probe[1]
    ? vscode.l10n.t("“{0}” is not said here as a word of its own.", word)
    : undefined;
}

/** @returns nothing where none was chosen */
function askSpelling(fixing: Fixing): Promise<string | undefined> {
  const { preview, word, log } = fixing;
  return new Promise((resolve) => {
    const pick = createPick<Spelling>();
    const candidates = candidatesFor(fixing);
    const show = (): void => {
      const typed = pick.value.trim();
      const isNew = typed !== "" && candidates.every(({ said }) => said !== typed);
      pick.items = isNew ? [itemOf(typed, fixing), ...candidates] : candidates;
    };
    pick.title = vscode.l10n.t("How is “{0}” said?", word);
    pick.placeholder = vscode.l10n.t("Type it as it sounds, or choose");
    pick.ignoreFocusOut = true; // the panel may be clicked while a candidate is heard
    pick.onDidChangeValue(show);
    pick.onDidTriggerItemButton(({ item }) => {
      preview.run(requestFor(fixing, item.said)).catch((error: unknown) => showFailure(error, log));
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (!item) return;
      resolve(item.said);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    show();
    pick.show();
  });
}

function candidatesFor(fixing: Fixing): readonly Spelling[] {
  const { preview, word } = fixing;
  const { pronunciations } = readDocumentSettings(preview.document.uri);
  const known = Object.hasOwn(pronunciations, word) ? pronunciations[word] : undefined;
  const spellings = new Set([word, ...(known ? [sayingOf(known)] : []), ...respellingsOf(word)]);
  return [...spellings].map((said) => itemOf(said, fixing));
}

function itemOf(said: string, fixing: Fixing): Spelling {
  const { preview, opened, word } = fixing;
  const { service } = preview;
  const cost = service && describeCost(opened.plan(requestFor(fixing, said)), service);
  const hear = vscode.l10n.t("Hear It in Its Sentence");
  return {
    said,
    label: said,
    alwaysShow: true,
    ...(said === word && { description: vscode.l10n.t("as it is written") }),
    buttons: [
      {
        iconPath: new vscode.ThemeIcon("play"),
        tooltip: cost === undefined ? hear : `${hear}. ${cost}`,
      },
    ],
  };
}

function requestFor({ opened, segment, word }: Fixing, said: string): RunRequest {
  const transcript = opened.reading?.saidWith(segment, { [word]: said }) ?? "";
  return { kind: "segment", segment, said: { segment, transcript } };
}

/** Writes into the workspace's settings how a word is said; into the user's, where there is no workspace. */
async function writePronunciation(document: vscode.Uri, word: string, said: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration("scriptedSpeech", document);
  const found = settings.inspect<WordPronunciations>("pronunciations");
  const inWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const here = (inWorkspace ? found?.workspaceValue : found?.globalValue) ?? {};
  const others = Object.fromEntries(Object.entries(here).filter(([other]) => other !== word));
  // Of a window with one folder, that folder's settings are the workspace's.
  const inFolder = vscode.workspace.workspaceFile && found?.workspaceFolderValue;
  const elsewhere = { ...(inWorkspace && found?.globalValue), ...inFolder };
  const isNeeded = said !== word || Object.hasOwn(elsewhere, word);
  const now = here[word];
  await settings.update(
    "pronunciations",
    isNeeded
      ? { ...others, [word]: typeof now === "object" ? { ...now, say: said } : said }
      : others,
    inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
  );
}
