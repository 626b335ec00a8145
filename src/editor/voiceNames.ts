import * as vscode from "vscode";

const key = "scriptedSpeech.voiceNames";

/** The voice of the service's own examples, and of our settings. Source: Cartesia TTS WebSocket reference, voice ids. */
const defaultVoice = { id: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b", name: "Tessa" };

/** A voice of a service: each service has ids of its own. */
export interface VoiceOfService {
  readonly service: string;
  /** Its id. */
  readonly voice: string;
}

/** Names by ids, by services. */
type KnownNames = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** The names of voices, as far as a service has told them: people do not know voices by their ids. Nothing is fetched. */
export class VoiceNames implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();

  /** More names are known. */
  readonly onChanged = this.#changed.event;

  /** `memory` is the extension's, of all workspaces. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** A voice's name or, where it is not known, its id. */
  nameOf({ service, voice }: VoiceOfService): string {
    const known = this.find({ service, voice });
    if (known !== undefined) return known;
    return service === "local" ? vscode.l10n.t("local voice") : voice;
  }

  /** A voice's name, where it is known. The local voice takes others' ids, too, and does not go by their names. */
  find({ service, voice }: VoiceOfService): string | undefined {
    const known = this.#known[service]?.[voice];
    if (typeof known === "string") return known;
    return service !== "local" && voice === defaultVoice.id ? defaultVoice.name : undefined;
  }

  /** A voice's name at whichever service has told one. */
  findAnywhere(voice: string): string | undefined {
    const services = [...Object.keys(this.#known), "cartesia"];
    return services.map((service) => this.find({ service, voice })).find((name) => name);
  }

  /** Keeps what a service has said. */
  async remember(
    service: string,
    voices: readonly { readonly id: string; readonly name: string }[],
  ): Promise<void> {
    const isNews = voices.some(({ id, name }) => this.#known[service]?.[id] !== name);
    if (!isNews) return;
    const told = Object.fromEntries(voices.map(({ id, name }) => [id, name]));
    const known = { ...this.#known, [service]: { ...this.#known[service], ...told } };
    await this.#memory.update(key, known);
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #known(): KnownNames {
    return this.#memory.get<KnownNames>(key, {});
  }
}

/** Who speaks, in words: the service, and its voice where the name is known. */
export function describeSpeaker(
  service: { readonly name: string; readonly label: string } | undefined,
  voice: string | undefined,
  names: VoiceNames,
): string {
  if (!service) return "";
  const name = voice === undefined ? undefined : names.find({ service: service.name, voice });
  return name === undefined ? service.label : vscode.l10n.t("{0}, {1}", service.label, name);
}
