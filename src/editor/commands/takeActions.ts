import { basename } from "node:path";
import * as vscode from "vscode";
import type { Clip } from "../../clips/model/clip.ts";
import { offerToSpeak } from "./clipActions.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import { showFailure } from "../common/errors.ts";
import { ask, showInformation } from "../common/notifications.ts";
import { createPick } from "../common/quickInputs.ts";
import type { VoiceNames } from "../service/voiceNames.ts";
import { formatSeconds } from "../common/wordsLanguage.ts";
import { wordsLanguage } from "../common/wordsLanguage.ts";

/** Gives a segment's place to one of its takes, and offers to take that back. `take` is its file name. */
export async function restoreTake(
  preview: DocumentPreview,
  segment: number,
  take: string,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const undo = await (await preview.read()).takes.restore(segment, take);
  const label = vscode.l10n.t("Undo");
  const message = vscode.l10n.t("Segment {0} is said by the chosen take now.", segment + 1);
  const offer = async (): Promise<void> => {
    if ((await showInformation(message, label)) === label) await undo();
  };
  offer().catch((error: unknown) => showFailure(error, log));
}

/** Deletes a take of a segment, where the user says yes: it was paid for, and nothing brings it back. */
export async function deleteTake(
  preview: DocumentPreview,
  segment: number,
  take: string,
): Promise<void> {
  const opened = await preview.read();
  const id = preview.idOf(segment) ?? segment;
  const label = vscode.l10n.t("Delete");
  const chosen = await ask(
    {
      message: vscode.l10n.t("Delete this take of segment {0}?", segment + 1),
      detail: vscode.l10n.t("Its file is deleted. This can’t be undone."),
    },
    label,
  );
  if (chosen === label) await opened.takes.delete(preview.indexOf(id) ?? segment, take);
}

/** Locks a segment's clip, or unlocks it; where there is none, says so. */
export async function setLocked(
  preview: DocumentPreview,
  segment: number,
  locked: boolean,
): Promise<void> {
  const { takes } = await preview.read();
  if (preview.segments([segment])[0]?.placed) await takes.setLocked(segment, locked);
  else await offerToSpeak(preview.document.uri, segment);
}

/** Lists a segment's takes: one that is chosen is restored, a button deletes. */
export async function chooseTake(
  preview: DocumentPreview,
  segment: number,
  { names, log }: { readonly names: VoiceNames; readonly log: vscode.LogOutputChannel },
): Promise<void> {
  await preview.read();
  const takes = preview.segments([segment])[0]?.takes ?? [];
  if (takes.length === 0) {
    void showInformation(
      vscode.l10n.t(
        "Segment {0} has no takes: it has not been spoken more than once.",
        segment + 1,
      ),
    );
    return;
  }
  const button = { iconPath: new vscode.ThemeIcon("trash"), tooltip: vscode.l10n.t("Delete") };
  const items = takes.map((clip) => ({ ...itemOf(clip, names), buttons: [button], clip }));
  const picked = await pickWithButtons(items, segment);
  if (!picked) return;
  const take = basename(picked.item.clip.path);
  if (picked.button) await deleteTake(preview, segment, take);
  else await restoreTake(preview, segment, take, log);
}

function itemOf(clip: Clip, names: VoiceNames): vscode.QuickPickItem {
  return {
    label: new Date(clip.spokenAt).toLocaleString(wordsLanguage()),
    description: names.nameOf(clip),
    detail: vscode.l10n.t("{0} s", formatSeconds(clip.seconds)),
  };
}

function pickWithButtons<Item extends vscode.QuickPickItem>(
  items: readonly Item[],
  segment: number,
): Promise<{ readonly item: Item; readonly button: boolean } | undefined> {
  return new Promise((resolve) => {
    const pick = createPick<Item>();
    pick.title = vscode.l10n.t("Takes of segment {0}", segment + 1);
    pick.placeholder = vscode.l10n.t("Choose the take to use");
    pick.items = items;
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item) resolve({ item, button: false });
      pick.hide();
    });
    pick.onDidTriggerItemButton(({ item }) => {
      resolve({ item, button: true });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
