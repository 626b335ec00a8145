import * as vscode from "vscode";
import type { KnownVoices } from "../../language/language.ts";
import type { LocalVoice } from "../../localVoice/localVoice.ts";
import { newestVersion, type ApiVersion } from "../../protocol/clientMessage.ts";
import type { Endpoint } from "../../session/connection/connection.ts";
import {
  endpointAt,
  isCartesia,
  isUsable,
  serviceNameOf,
  shownEndpoint,
} from "../../session/connection/endpoint.ts";
import { Failure } from "../../session/connection/failure.ts";
import type { ApiKeys, KeySource } from "./apiKeys.ts";
import { readUserSettings, type UserSettings } from "../common/settings.ts";
import type { VoiceNames } from "./voiceNames.ts";

/** What speaks. */
export interface Service {
  /** Its part in a clip's identity: `local`, `cartesia`, or another endpoint's host. */
  readonly name: string;
  /** Which voice is heard, in words. */
  readonly label: string;
  /** Whether what it says is paid for by the character. */
  readonly charges: boolean;
  /** Whether it speaks only because there is no key for another. */
  readonly keyless: boolean;
  /** What is known of its voices; nothing is asked. */
  readonly voices: () => KnownVoices;
  /** The names of the accents that it has told of, by their ids; nothing is asked. */
  readonly accents: () => Readonly<Record<string, string>>;
  /** The version of the API that it is asked by. */
  readonly apiVersion: ApiVersion;
  /**
   * Where it is reached, and with which headers; starts the local voice.
   * @throws Failure `no-key` where a key is needed and none is stored; `bad-request` for an endpoint that can't be used.
   */
  readonly endpoint: () => Promise<Endpoint>;
}

/** Chooses who speaks, and owns the local voice. */
export class Services implements vscode.Disposable {
  readonly #keys: ApiKeys;
  readonly #dist: vscode.Uri;
  readonly #names: VoiceNames;
  readonly #log: vscode.LogOutputChannel;
  #localVoice: Promise<LocalVoice> | undefined;

  /** `dist` is the folder of our bundles. */
  constructor(keys: ApiKeys, dist: vscode.Uri, names: VoiceNames, log: vscode.LogOutputChannel) {
    this.#keys = keys;
    this.#dist = dist;
    this.#names = names;
    this.#log = log;
  }

  /** The service that a press of Preview would use now. */
  async choose(): Promise<Service> {
    const settings = readUserSettings();
    const { service, endpoint } = settings;
    if (service === "local") return this.#local(false);
    const key = isUsable(endpoint) ? await this.#keys.locate(endpoint) : undefined;
    return service === "auto" && !key ? this.#local(true) : this.#remote(settings, key);
  }

  dispose(): void {
    const voice = this.#localVoice;
    this.#localVoice = undefined;
    voice
      ?.then((running) => running.close())
      .catch((error: unknown) => this.#log.error(String(error)));
  }

  #local(keyless: boolean): Service {
    return {
      name: "local",
      label: vscode.l10n.t("Local voice (English, offline)"),
      charges: false,
      keyless,
      voices: () => this.#names.languages("local"),
      accents: () => this.#names.accentNames("local"),
      apiVersion: newestVersion,
      endpoint: async () => {
        const { url, token } = await (this.#localVoice ??= this.#startLocalVoice());
        return endpointAt(url, token, newestVersion);
      },
    };
  }

  #remote({ endpoint, apiVersion }: UserSettings, key: KeySource | undefined): Service {
    const name = serviceNameOf(endpoint);
    const label = isCartesia(endpoint)
      ? "Cartesia"
      : vscode.l10n.t("Cartesia’s protocol at {0}", name);
    return {
      name,
      label: key === "environment" ? vscode.l10n.t("{0}, key from CARTESIA_API_KEY", label) : label,
      charges: true,
      keyless: false,
      voices: () => this.#names.languages(name),
      accents: () => this.#names.accentNames(name),
      apiVersion,
      endpoint: async () => {
        if (!isUsable(endpoint)) throw new Failure("bad-request", unusable(endpoint));
        const found = await this.#keys.find(endpoint);
        if (found === undefined) {
          throw new Failure(
            "no-key",
            vscode.l10n.t(
              "There is no API key for {0}. Set one, or use the local voice.",
              endpoint,
            ),
          );
        }
        return endpointAt(endpoint, found, apiVersion);
      },
    };
  }

  async #startLocalVoice(): Promise<LocalVoice> {
    try {
      const { startLocalVoice } = await import("../../localVoice/localVoice.ts");
      return await startLocalVoice({
        workerPath: vscode.Uri.joinPath(this.#dist, "localVoiceWorker.js").fsPath,
        wasmPath: vscode.Uri.joinPath(this.#dist, "flite.wasm.br").fsPath,
      });
    } catch (cause) {
      this.#localVoice = undefined; // the next press tries again
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Failure("offline", vscode.l10n.t("The local voice did not start: {0}", reason), {
        cause,
      });
    }
  }
}

export function unusable(endpoint: string): string {
  return vscode.l10n.t(
    "The setting “scriptedSpeech.endpoint” is “{0}”. It must begin with wss://, or with ws:// for this machine, and have no query, name or password.",
    shownEndpoint(endpoint),
  );
}
