import * as vscode from "vscode";
import { describeCost } from "./describeCost.ts";
import type { DocumentPreview } from "./documentPreview.ts";
import type { Services } from "./services.ts";
import { readUserSettings } from "./settings.ts";
import type { VoiceNames } from "./voiceNames.ts";

/** What choosing a voice needs of the extension. */
export interface VoiceParts {
  readonly services: Services;
  readonly names: VoiceNames;
}

/** Asks for a voice, and says a segment with it, as a take to be compared with its clip. */
export async function sayWithVoice(
  preview: DocumentPreview,
  segment: number,
  parts: VoiceParts,
): Promise<void> {
  const asked = {
    kind: "segment",
    segment,
    inContext: readUserSettings().alwaysInContext,
  } as const;
  const cost = (await preview.read()).plan({ ...asked, voice: "" }); // the same, whichever it will be
  const sends = preview.service ? describeCost(cost, preview.service) : "";
  const voice = await chooseVoice(segment, sends, parts);
  if (voice !== undefined) await preview.run({ kind: "segment", segment, voice });
}

/** A voice that can be chosen. */
interface VoiceItem extends vscode.QuickPickItem {
  readonly id: string;
}

/** Lists the voices of the service that speaks, as soon as it has told them. @returns the id of the one that was chosen */
async function chooseVoice(
  segment: number,
  sends: string,
  { services, names }: VoiceParts,
): Promise<string | undefined> {
  const leaving = new AbortController();
  const list = async (): Promise<VoiceItem[]> => {
    const { listVoices } = await import("../session/voices.ts");
    const service = await services.choose();
    const voices = await listVoices(await service.endpoint(), {}, leaving.signal);
    await names.remember(voices);
    return voices.map(({ id, name, gender, language, description }) => ({
      id,
      label: name,
      description: [language, gender].filter(Boolean).join(", "),
      detail: description,
    }));
  };
  const source = new vscode.CancellationTokenSource();
  const items = list();
  items.catch(() => source.cancel()); // the error boundary tells it; the list goes
  const chosen = await vscode.window.showQuickPick(
    items.catch(() => []),
    {
      title: vscode.l10n.t("Say segment {0} with another voice", segment + 1),
      placeHolder: [
        vscode.l10n.t("It becomes a take of the segment; its clip stays as it is"),
        sends,
      ].join(". "),
      matchOnDescription: true,
      matchOnDetail: true,
    },
    source.token,
  );
  if (!chosen) leaving.abort();
  await items;
  return chosen?.id;
}
