import * as vscode from "vscode";

const key = "scriptedSpeech.voiceNames";

/** The voice of the service's own examples, and of our settings. Source: Cartesia TTS WebSocket reference, voice ids. */
const defaultVoice = { id: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b", name: "Tessa" };

/** The names of voices, as far as a service has told them: people do not know voices by their ids. */
export class VoiceNames {
  readonly #memory: vscode.Memento;

  /** `memory` is the extension's, of all workspaces. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** A voice's name or, where it is not known, its id. */
  nameOf({ service, voice }: { readonly service: string; readonly voice: string }): string {
    const known = this.#known[voice];
    if (known !== undefined) return known;
    if (service === "local") return vscode.l10n.t("local voice");
    return voice === defaultVoice.id ? defaultVoice.name : voice;
  }

  /** Keeps what a service has said. */
  async remember(voices: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
    const told = Object.fromEntries(voices.map(({ id, name }) => [id, name]));
    await this.#memory.update(key, { ...this.#known, ...told });
  }

  get #known(): Readonly<Record<string, string>> {
    return this.#memory.get<Readonly<Record<string, string>>>(key, {});
  }
}
