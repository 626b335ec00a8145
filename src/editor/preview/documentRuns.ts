import * as vscode from "vscode";
import type { Clip } from "../../clips/model/clip.ts";
import { ffplayCommand } from "../../clips/ffplayCommand.ts";
import {
  spokenSegments,
  type RunCost,
  type RunPlan,
  type RunRequest,
} from "../../preview/plan/plan.ts";
import type { ScriptPreview } from "../../preview/scriptPreview.ts";
import { confirmCost } from "./confirmCost.ts";
import type { Consent } from "./consent.ts";
import type { DocumentReading } from "./documentReading.ts";
import { showFailure } from "../common/errors.ts";
import type { IgnoreOffer } from "./ignoreOffer.ts";
import { showInformation } from "../common/notifications.ts";
import { RunProgress, tellEnding } from "./runProgress.ts";
import type { Service } from "../service/services.ts";
import { readUserSettings } from "../common/settings.ts";
import type { VoicePrices } from "../../session/voices/voicePrices.ts";
import type { Endpoint } from "../../session/connection/connection.ts";

/** What a document's runs need of its preview. */
export interface RunsSource {
  readonly reading: DocumentReading;
  readonly consent: Consent;
  readonly ignoreOffer: IgnoreOffer;
  readonly prices: VoicePrices;
  readonly log: vscode.LogOutputChannel;
  readonly showPanel: () => void;
  /** Ends the run, and silences the panel. */
  readonly stop: () => Promise<void>;
}

/** Whether the user wants what this press does. */
export type Allows = (service: Service, plan: RunPlan) => Promise<boolean>;

/** The presses of Preview for one document: what each asks of the user, shows and tells. */
export class DocumentRuns {
  readonly #source: RunsSource;
  readonly #progress = new RunProgress();
  #press = new AbortController();

  constructor(source: RunsSource) {
    this.#source = source;
  }

  /** A press that is still being prepared does not begin. */
  cancel(): void {
    this.#press.abort();
    this.#press = new AbortController();
  }

  /** Says a sentence where the run that is on is shown. */
  say(message: string): void {
    this.#progress.say(message);
  }

  /**
   * Speaks what needs speech in this part of the script, and plays it. A run that is on ends; one of what has `changed` waits
   * for that, and makes no press void.
   * @param allows asked before anything is sent, for what is to be known of this press beside its cost.
   */
  async run(asked: RunRequest, allows: Allows = () => Promise.resolve(true)): Promise<void> {
    const { reading, consent, ignoreOffer, showPanel, log } = this.#source;
    const byItself = asked.kind === "changed";
    if (!byItself) this.cancel();
    const { signal } = this.#press;
    const preview = await reading.read();
    const { service } = reading;
    if (!service || signal.aborted) return;
    const request = asWished(asked);
    const now = preview.plan(request);
    if (isIdle(request, now) || this.#tellIdle(request, now, preview)) return;
    const { document } = reading;
    const sends = now.groups.length > 0;
    const asks = sends && consent.asksToSend(document);
    if (asks && byItself) return; // nobody is there to be asked
    const speaking = new Speaking(service, sends && !asks);
    let spoken: readonly number[] = [];
    const confirm = async (plan: RunPlan, costNow: () => RunCost): Promise<boolean> => {
      spoken = spokenSegments(plan.groups);
      // What has been written since is spoken when that is saved.
      if (byItself && reading.document.isDirty) return false;
      // It waited, and says what stands there now: so speaks the one that the script was last read for.
      if (byItself) speaking.service = reading.service ?? service;
      const how = { service: speaking.service, folder: reading.opened?.folder ?? "" };
      if (plan.characters > 0 && !(await consent.allowsSending(document, plan, how))) return false;
      if (!(await allows(how.service, plan))) return false;
      // Asked for at each press, for what is shown from then on; waited for where the price is asked about.
      const prices = this.#learnPrices(how.service, plan);
      const learn = async () => ({ isKnown: await prices, credits: costNow().credits });
      if (!(await confirmCost(how.service, plan, learn))) return false;
      if (asks && !signal.aborted) showPanel();
      return true;
    };
    if (!asks) showPanel(); // while VS Code opens it, the run begins
    const { uri } = document;
    const ending = await this.#progress.during(
      uri,
      () => preview.run(request, () => speaking.endpoint(), confirm, signal),
      () => this.#source.stop(),
    );
    reading.tellNotices();
    for (const { clip } of preview.segments(spoken)) if (clip) log.info(playingLine(clip));
    const failed = (error: unknown): Promise<void> => showFailure(error, log);
    if (ending.saved > 0 && !reading.opened?.inStorage) void ignoreOffer.make(uri).catch(failed);
    const model = {
      document: reading.document,
      isOwn: preview.reading?.options.model !== undefined,
    };
    tellEnding(ending, log, () => this.run(asked, allows).catch(failed), model);
  }

  /** Learns what the voices of a plan cost, where they cost something. @returns whether that is known of all */
  async #learnPrices(service: Service, { groups }: RunPlan): Promise<boolean> {
    if (!service.charges) return true;
    const voices = groups.flatMap((group) => group[0]?.sound?.voice ?? []);
    return this.#source.prices.learn(service, voices);
  }

  /** Says why nothing can be done, where that is so. */
  #tellIdle(request: RunRequest, plan: RunPlan, preview: ScriptPreview): boolean {
    const { document } = this.#source.reading;
    const [lacking] = plan.unfilled;
    const reason = lacking === undefined ? undefined : preview.segments([lacking])[0]?.reason;
    if (plan.play.length === 0 && reason !== undefined) {
      void showInformation(reason);
      return true;
    }
    if (plan.play.length === 0) {
      void showInformation(vscode.l10n.t("There is nothing to say here."));
      return true;
    }
    const [segment] = plan.play;
    const isRefused = (request.again ?? false) && plan.groups.length === 0;
    if (!isRefused || segment === undefined || !preview.segments([segment])[0]?.locked)
      return false;
    const unlock = vscode.l10n.t("Unlock");
    void showInformation(
      vscode.l10n.t("Segment {0} is locked, and is not spoken again.", segment + 1),
      unlock,
    ).then((chosen) => {
      if (chosen !== unlock) return undefined;
      return vscode.commands.executeCommand("scriptedSpeech.unlockSegment", {
        document: document.uri.toString(),
        segment,
      });
    });
    return true;
  }
}

/** What is asked for, as the user wants all to be spoken. */
export function asWished(asked: RunRequest): RunRequest {
  return { inContext: readUserSettings().alwaysInContext, ...asked };
}

/** The line that plays a clip, or why there is none. */
function playingLine(clip: Clip): string {
  try {
    return ffplayCommand(clip);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What was saved has not changed what is heard: that is no reason to say anything. */
function isIdle({ kind }: RunRequest, { groups }: RunPlan): boolean {
  return kind === "changed" && groups.length === 0;
}

/** Who speaks in one press of Preview, and where it is reached. */
class Speaking {
  #service: Service;
  /** Asked for before it is needed: the key lies in another process, and the local voice takes its time to start. */
  #early: Promise<Endpoint> | undefined;

  /** `isNeeded`: something is to be spoken. */
  constructor(service: Service, isNeeded: boolean) {
    this.#service = service;
    this.#early = isNeeded ? service.endpoint() : undefined;
    this.#early?.catch(() => {}); // whoever takes it hears of it
  }

  get service(): Service {
    return this.#service;
  }

  /** Another service speaks, for the script was read for it. */
  set service(service: Service) {
    if (service === this.#service) return;
    this.#service = service;
    this.#early = undefined;
  }

  /** Where the service is reached. Asked again, it looks again: the key may have changed. */
  endpoint(): Promise<Endpoint> {
    const early = this.#early;
    this.#early = undefined;
    return early ?? this.#service.endpoint();
  }
}
