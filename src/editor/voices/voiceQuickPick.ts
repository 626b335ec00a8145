import * as vscode from "vscode";
import { arrangeVoices, type VoiceGroup } from "../../session/voices/arrangeVoices.ts";
import type { Voice } from "../../session/voices/voicePage.ts";
import { describeVoice } from "../service/describeVoice.ts";
import { createPick } from "../common/quickInputs.ts";

/** What is asked for when a voice is to be chosen. */
export interface VoiceQuestion {
  readonly title: string;
  readonly placeholder: string;
  /** The ids of the voices that the script names. */
  readonly inScript: readonly string[];
  /** The ids of the voices that were used last. */
  readonly recent: readonly string[];
  /** Whether the local voice speaks because there is no key for another: then setting one is offered. */
  readonly keyless: boolean;
  /** How a voice is heard before it is chosen; missing where there is nothing that it could say. */
  readonly sample?: VoiceSample | undefined;
}

/** A sample of a voice. */
export interface VoiceSample {
  /** What saying it sends and costs. */
  readonly cost: string;
  /** What it says, and what that costs. */
  readonly tooltip: string;
  readonly play: (voice: string) => void;
}

/** Where the voices come from. */
export interface VoiceAnswers {
  /** All of them; told page by page, too. */
  readonly all: (
    refreshed: boolean,
    report: (found: readonly Voice[]) => void,
    signal: AbortSignal,
  ) => Promise<readonly Voice[]>;
  /** Those that the service finds for what was typed. */
  readonly search: (query: string, signal: AbortSignal) => Promise<readonly Voice[]>;
}

/** After the last keystroke, how long until the service is asked, in milliseconds. */
const searchAfterMs = 300;

interface VoiceItem extends vscode.QuickPickItem {
  readonly voice?: Voice;
}

/** Lists a service's voices as they come, and lets one be chosen. Ended by `dispose`. */
export class VoiceQuickPick implements vscode.Disposable {
  readonly #pick = createPick<VoiceItem>();
  readonly #question: VoiceQuestion;
  readonly #answers: VoiceAnswers;
  readonly #leaving = new AbortController();
  readonly #refresh: vscode.QuickInputButton;
  readonly #setKey: vscode.QuickInputButton;
  #searching = new AbortController();
  #typing: NodeJS.Timeout | undefined;
  /** How many answers are awaited. */
  #awaited = 0;
  #all: readonly Voice[] = [];
  /** What the service found for what is typed now. */
  #found: readonly Voice[] = [];

  constructor(question: VoiceQuestion, answers: VoiceAnswers) {
    this.#question = question;
    this.#answers = answers;
    this.#refresh = button("refresh", vscode.l10n.t("Refresh Voices"));
    this.#setKey = button("key", vscode.l10n.t("Set API Key…"));
    const pick = this.#pick;
    pick.title = question.title;
    pick.placeholder = question.placeholder;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.ignoreFocusOut = true; // a sample is heard in the panel, and what it costs may be asked
    pick.keepScrollPosition = true;
    pick.buttons = [...(question.keyless ? [this.#setKey] : []), this.#refresh];
  }

  /**
   * Shows the list until a voice is chosen, or none is.
   * @throws Failure where the service does not tell its voices.
   */
  async choose(): Promise<Voice | undefined> {
    const pick = this.#pick;
    const chosen = new Promise<Voice | undefined>((resolve, reject) => {
      const load = (refreshed: boolean): void => {
        this.#load(refreshed).catch(reject);
      };
      pick.onDidAccept(() => {
        const voice = pick.selectedItems[0]?.voice;
        if (voice) resolve(voice);
      });
      pick.onDidHide(() => resolve(undefined));
      pick.onDidChangeValue((value) => this.#searchSoon(value));
      pick.onDidTriggerItemButton(({ item }) => {
        if (item.voice) this.#question.sample?.play(item.voice.id);
      });
      pick.onDidTriggerButton((pressed) => {
        if (pressed === this.#refresh) return load(true);
        resolve(undefined);
        void vscode.commands.executeCommand("scriptedSpeech.setApiKey");
      });
      load(false);
    });
    pick.show();
    return chosen;
  }

  dispose(): void {
    clearTimeout(this.#typing);
    this.#leaving.abort();
    this.#searching.abort();
    this.#pick.dispose();
  }

  async #load(refreshed: boolean): Promise<void> {
    const report = (found: readonly Voice[]): void => {
      this.#all = found;
      this.#show();
    };
    report(await this.#waiting(this.#answers.all(refreshed, report, this.#leaving.signal)));
  }

  /** Has the service search for what was typed: it knows more of its voices than the list shows. */
  #searchSoon(value: string): void {
    clearTimeout(this.#typing);
    this.#searching.abort();
    if (this.#found.length > 0) {
      this.#found = [];
      this.#show(); // what was found for something else is not shown for this
    }
    const query = value.trim();
    if (query === "") return;
    this.#typing = setTimeout(() => {
      const searching = new AbortController();
      this.#searching = searching;
      this.#waiting(this.#answers.search(query, searching.signal))
        .then((found) => {
          if (searching.signal.aborted) return;
          this.#found = found;
          this.#show();
        })
        .catch(() => {}); // what has been listed is searched all the same
    }, searchAfterMs);
  }

  async #waiting<Answer>(answer: Promise<Answer>): Promise<Answer> {
    this.#awaited++;
    this.#pick.busy = true;
    try {
      return await answer;
    } finally {
      this.#awaited--;
      if (!this.#leaving.signal.aborted) this.#pick.busy = this.#awaited > 0;
    }
  }

  #show(): void {
    if (this.#leaving.signal.aborted) return;
    const pick = this.#pick;
    const active = pick.activeItems[0]?.voice?.id;
    const { inScript, recent } = this.#question;
    const groups = arrangeVoices({ all: this.#all, inScript, recent, found: this.#found });
    const found = new Set(this.#found.map(({ id }) => id));
    pick.items = groups.flatMap((group) => this.#itemsOf(group, found));
    const still = pick.items.find(({ voice }) => voice !== undefined && voice.id === active);
    if (still) pick.activeItems = [still];
  }

  /** `found` are the ids that are listed whether their words match or not. */
  #itemsOf({ kind, voices }: VoiceGroup, found: ReadonlySet<string>): VoiceItem[] {
    const { sample } = this.#question;
    const buttons = sample ? [button("unmute", sample.tooltip)] : [];
    return [
      { label: labelOf(kind), kind: vscode.QuickPickItemKind.Separator },
      ...voices.map((voice) => ({
        label: voice.name,
        description: describeVoice(voice),
        detail: voice.description || voice.tagline,
        alwaysShow: found.has(voice.id),
        buttons,
        voice,
      })),
    ];
  }
}

function labelOf(kind: VoiceGroup["kind"]): string {
  switch (kind) {
    case "script":
      return vscode.l10n.t("in this script");
    case "recent":
      return vscode.l10n.t("used lately");
    case "all":
      return vscode.l10n.t("all voices");
  }
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}
