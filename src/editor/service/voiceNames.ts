import * as vscode from "vscode";
import type { KnownVoices } from "../../language/language.ts";
import { accent as ownAccent, ownVoices } from "../../localVoice/synthesis/ownVoices.ts";
import { VoiceRegistry } from "../../session/voices/voiceRegistry.ts";
import type { Accent, KnownVoice } from "../../session/voices/voicePage.ts";

/** The voice of the service's own examples, and of our settings. Source: Cartesia TTS WebSocket reference, voice ids. */
const defaultVoice = {
  id: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
  name: "Tessa",
  language: "en",
  gender: "feminine",
};

/** A voice of a service: each service has ids of its own. */
export interface VoiceOfService {
  readonly service: string;
  /** Its id. */
  readonly voice: string;
}

/** The names of voices and what else is known of them, as far as a service has told. Nothing is fetched. */
export class VoiceNames implements vscode.Disposable {
  readonly #told: VoiceRegistry;
  readonly #changed = new vscode.EventEmitter<void>();

  /** More is known. */
  readonly onChanged = this.#changed.event;

  /** `memory` is the extension's, of all workspaces. */
  constructor(memory: vscode.Memento) {
    // The local voice takes others' ids, too, and does not go by their names.
    this.#told = new VoiceRegistry(memory, (service) =>
      service === "local" ? ownVoices : [defaultVoice],
    );
  }

  /** A voice's name or, where it is not known, its id. */
  nameOf({ service, voice }: VoiceOfService): string {
    const known = this.find({ service, voice });
    if (known !== undefined) return known.name;
    return service === "local" ? vscode.l10n.t("local voice") : voice;
  }

  /** A voice, where it is known. */
  find({ service, voice }: VoiceOfService): KnownVoice | undefined {
    return this.#told.of(service).get(voice);
  }

  /** A voice's name at whichever service has told one. */
  findAnywhere(voice: string): string | undefined {
    const services = [...this.#told.services, "cartesia"];
    return services.map((service) => this.find({ service, voice })?.name).find((name) => name);
  }

  /** All voices of a service that are known, by their ids. It is the same object until more is known. */
  of(service: string): ReadonlyMap<string, KnownVoice> {
    return this.#told.of(service);
  }

  /** All voices of a service that are known, as those need them who ask what they speak. */
  languages(service: string): KnownVoices {
    const voices = Array.from(this.of(service), ([id, voice]) => {
      const { name, language, otherLanguages = [], accents, isPro = false } = voice;
      const languages = [language, ...otherLanguages].filter(Boolean);
      const ids = accents?.map((accent) => accent.id);
      return [id, { name, languages, isPro, ...(ids && { accents: ids }) }] as const;
    });
    return Object.fromEntries(voices);
  }

  /** The accents that a service has told of; none where it has not. */
  accents(service: string): readonly Accent[] {
    return service === "local" ? [ownAccent] : this.#told.accentsOf(service);
  }

  /** The names of these, by their ids. */
  accentNames(service: string): Readonly<Record<string, string>> {
    return Object.fromEntries(this.accents(service).map(({ id, name }) => [id, name]));
  }

  /** Keeps the accents that a service has said it has. */
  async rememberAccents(service: string, accents: readonly Accent[]): Promise<void> {
    await this.#told.rememberAccents(service, accents);
    this.#changed.fire();
  }

  /** Keeps what a service has said. */
  async remember(service: string, voices: readonly KnownVoice[]): Promise<void> {
    if (await this.#told.remember(service, voices)) this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Who speaks, in words: the service, and its voice where the name is known. */
export function describeSpeaker(
  service: { readonly name: string; readonly label: string } | undefined,
  voice: string | undefined,
  names: VoiceNames,
): string {
  if (!service) return "";
  const name = voice === undefined ? undefined : names.find({ service: service.name, voice })?.name;
  return name === undefined ? service.label : vscode.l10n.t("{0}, {1}", service.label, name);
}
