import * as vscode from "vscode";
import type { RunRequest } from "../../preview/plan/plan.ts";
import type { OfferedAccent, OfferedVoice } from "../../language/language.ts";
import { arrangeVoices } from "../../session/voices/arrangeVoices.ts";
import type { ListVoices } from "../../session/voices/voiceDirectory.ts";
import type { Voice } from "../../session/voices/voicePage.ts";
import type { PriceTools } from "../../session/voices/voicePrices.ts";
import { describeCost } from "../common/describeCost.ts";
import { describeVoice } from "../service/describeVoice.ts";
import type { DocumentPreview } from "../preview/documentPreview.ts";
import { showFailure } from "../common/errors.ts";
import { showInformation } from "../common/notifications.ts";
import type { Service } from "../service/services.ts";
import { readUserSettings } from "../common/settings.ts";
import type { VoiceOfService } from "../service/voiceNames.ts";
import type { VoiceParts } from "../service/voiceParts.ts";
import { VoiceQuickPick, type VoiceQuestion, type VoiceSample } from "./voiceQuickPick.ts";

/** Asks a service for its voices; what does so is loaded then. */
export const listVoicesLate: ListVoices = async (...asked) => {
  const { listVoices } = await import("../../session/voices/voices.ts");
  return listVoices(...asked);
};

/** Asks a service for a voice; what does so is loaded then. */
export const findVoiceLate: PriceTools["find"] = async (...asked) => {
  const { findVoice } = await import("../../session/voices/voices.ts");
  return findVoice(...asked);
};

/** Asks for a voice, and says a segment with it, as a take to be compared with its clip. */
export async function sayWithVoice(
  preview: DocumentPreview,
  segment: number,
  parts: VoiceParts,
): Promise<void> {
  const sample = await sampleOf(preview, segment, parts.log);
  const id = preview.idOf(segment);
  const place = vscode.l10n.t("It becomes a take of the segment; its clip stays as it is");
  const voice = await pickVoice(parts, await parts.services.choose(), {
    title: vscode.l10n.t("Say segment {0} with another voice", segment + 1),
    placeholder: [place, ...(sample ? [sample.cost] : [])].join(". "),
    inScript: await voicesInScript(preview.document),
    sample,
  });
  const now = id === undefined ? segment : preview.indexOf(id);
  if (voice && now === undefined) {
    void showInformation(vscode.l10n.t("The segment is no longer in the script."));
  } else if (voice && now !== undefined) {
    await preview.run({ kind: "segment", segment: now, voice: voice.id });
  }
}

/** Lists the voices of a service, and remembers the one that is chosen. */
export async function pickVoice(
  parts: VoiceParts,
  service: Service,
  question: Omit<VoiceQuestion, "recent" | "keyless">,
): Promise<Voice | undefined> {
  const { directory, names } = parts;
  void learnAccents(parts, service);
  const remembered = async (voices: readonly Voice[]): Promise<readonly Voice[]> => {
    await names.remember(service.name, voices);
    return voices;
  };
  const list = new VoiceQuickPick(
    { ...question, recent: directory.recent(service.name), keyless: service.keyless },
    {
      all: async (refreshed, report, signal) =>
        remembered(await directory.all(service, { refreshed, report }, signal)),
      search: async (query, signal) => remembered(await directory.search(service, query, signal)),
    },
  );
  try {
    const voice = await list.choose();
    if (voice) await directory.use(service.name, voice.id);
    return voice;
  } finally {
    list.dispose();
  }
}

/** The voices of a service that are known, those used lately first; nothing is fetched. */
export function offeredVoices({ directory, names }: VoiceParts, service: string): OfferedVoice[] {
  const told = Array.from(names.of(service).values(), (voice) => ({ ...voice, isOwner: false }));
  const groups = arrangeVoices({
    all: [...told, ...(directory.known(service) ?? [])],
    inScript: [],
    recent: directory.recent(service),
    found: [],
  });
  return groups.flatMap(({ voices }) =>
    voices.map((voice) => ({ id: voice.id, name: voice.name, detail: describeVoice(voice) })),
  );
}

/** The accents of a voice as far as they are known, or else those of its service; nothing is fetched. */
export function offeredAccents({ names }: VoiceParts, voice: VoiceOfService): OfferedAccent[] {
  const all = names.accents(voice.service);
  const own = names.find(voice)?.accents ?? all;
  return own.map(({ id, locale }) => {
    const name = all.find((accent) => accent.id === id)?.name ?? id;
    return { id, detail: [...(name === id ? [] : [name]), locale].filter(Boolean).join(", ") };
  });
}

/** Learns which accents a service has, where they are not known. It can do without: not every service tells them. */
async function learnAccents({ names, log }: VoiceParts, service: Service): Promise<void> {
  if (names.accents(service.name).length > 0) return;
  try {
    const { listAccents } = await import("../../session/voices/voices.ts");
    const accents = await listAccents(await service.endpoint(), AbortSignal.timeout(15_000));
    await names.rememberAccents(service.name, accents);
  } catch (error) {
    log.info(`accents: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** How a segment is heard with other voices, as takes of it; by default the script's first one that says something. */
export async function sampleOf(
  preview: DocumentPreview,
  segment: number | undefined,
  log: vscode.LogOutputChannel,
): Promise<VoiceSample | undefined> {
  const script = await preview.read();
  const first = preview.segments().find(({ state }) => state !== "nothing to say")?.index;
  const said = segment ?? first;
  if (said === undefined || !preview.service) return undefined;
  const inContext = readUserSettings().alwaysInContext;
  const request = (voice: string): RunRequest => ({ kind: "segment", segment: said, voice });
  const cost = describeCost(script.plan({ ...request("any"), inContext }), preview.service);
  return {
    cost,
    tooltip: vscode.l10n.t("Hear segment {0} with this voice. {1}", said + 1, cost),
    play: (voice) => {
      preview.run(request(voice)).catch((error: unknown) => showFailure(error, log));
    },
  };
}

/** The ids of the voices that a script's front matter names. */
export async function voicesInScript(document: vscode.TextDocument): Promise<string[]> {
  const { voicePlaces } = await import("../../script/frontMatter/frontMatterEdits.ts");
  return voicePlaces(document.getText()).flatMap(({ voice }) => voice ?? []);
}
