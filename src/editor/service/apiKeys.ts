import * as vscode from "vscode";
import { isCartesia, isSendable } from "../../session/connection/endpoint.ts";
import { ask } from "../common/notifications.ts";
import { askText } from "../common/quickInputs.ts";
import { onSettingsChanged, readUserSettings } from "../common/settings.ts";

/** Where a key is found. */
export type KeySource = "storage" | "environment";

/**
 * The API keys, in VS Code's SecretStorage alone. Each is bound to the origin it was given for, so another endpoint
 * never gets it. For Cartesia's own endpoint `CARTESIA_API_KEY` of the environment counts where none is stored.
 */
export class ApiKeys implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  /** By its name in the storage, whether a key is there: the storage is in another process, and asked at each press. */
  readonly #stored = new Map<string, Promise<boolean>>();
  readonly #listener: vscode.Disposable;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
    this.#listener = secrets.onDidChange(({ key }) => this.#stored.delete(key));
  }

  dispose(): void {
    this.#listener.dispose();
  }

  /** Calls back when a key was stored or removed, in whichever window. */
  onChanged(callback: () => void): vscode.Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) callback();
    });
  }

  /** Whether a key is stored for this endpoint. */
  async isStored(endpoint: string): Promise<boolean> {
    const name = nameFor(endpoint);
    const known = this.#stored.get(name);
    if (known) return known;
    const asked = Promise.resolve(this.#secrets.get(name)).then((key) => key !== undefined);
    this.#stored.set(name, asked);
    asked.catch(() => this.#stored.delete(name));
    return asked;
  }

  /** Where the key for this endpoint is; `undefined` where there is none. */
  async locate(endpoint: string): Promise<KeySource | undefined> {
    if (await this.isStored(endpoint)) return "storage";
    return keyInEnvironment(endpoint) === undefined ? undefined : "environment";
  }

  /** The key for this endpoint; `undefined` where there is none. */
  async find(endpoint: string): Promise<string | undefined> {
    return (await this.#secrets.get(nameFor(endpoint))) ?? keyInEnvironment(endpoint);
  }

  /** Asks the user for the key of this endpoint, until there is one to keep or they leave. */
  async ask(endpoint: string): Promise<void> {
    for (;;) {
      const question = {
        title: vscode.l10n.t("API Key"),
        prompt: vscode.l10n.t("Kept in VS Code's secret storage and sent only to {0}.", endpoint),
        placeHolder: isCartesia(endpoint) ? "sk_car_…" : "",
        password: true,
        ignoreFocusOut: true,
      };
      const typed = await askText(question, explainKey);
      const key = typed?.trim();
      if (key === undefined) return;
      if (!(await keeps(key, endpoint))) continue;
      await this.#secrets.store(nameFor(endpoint), key);
      return;
    }
  }

  /** Forgets the key of this endpoint. */
  async remove(endpoint: string): Promise<void> {
    await this.#secrets.delete(nameFor(endpoint));
  }
}

const prefix = "scriptedSpeech.apiKey ";

function keyInEnvironment(endpoint: string): string | undefined {
  const given = process.env["CARTESIA_API_KEY"]?.trim();
  return given && isCartesia(endpoint) ? given : undefined;
}

function nameFor(endpoint: string): string {
  return prefix + new URL(endpoint).origin;
}

/** What is wrong with a key as it is typed: what can't be sent in a header is no key at all. */
function explainKey(text: string): string | undefined {
  const key = text.trim();
  if (key === "") return vscode.l10n.t("Paste the key, or press Escape to cancel.");
  if (!isSendable(key)) {
    return vscode.l10n.t("A key has letters, digits and signs only, without spaces.");
  }
  return undefined;
}

/** Cartesia's keys have a known beginning; one without it may be a slip, or of a kind that came later. */
async function keeps(key: string, endpoint: string): Promise<boolean> {
  if (!isCartesia(endpoint) || key.startsWith("sk_car_")) return true;
  const keep = vscode.l10n.t("Keep It");
  const chosen = await ask(
    {
      message: vscode.l10n.t(
        "This does not look like an API key of Cartesia, which begins with sk_car_.",
      ),
    },
    keep,
    vscode.l10n.t("Enter Again"),
  );
  return chosen === keep;
}

/** Tells `when` clauses whether a key is stored for the endpoint, as `scriptedSpeech.hasKey`. */
export function keyContext(keys: ApiKeys): vscode.Disposable {
  const tell = async (): Promise<void> => {
    const { endpoint } = readUserSettings();
    const stored = URL.canParse(endpoint) && (await keys.isStored(endpoint).catch(() => false));
    await vscode.commands.executeCommand("setContext", "scriptedSpeech.hasKey", stored);
  };
  void tell();
  return vscode.Disposable.from(
    keys.onChanged(() => void tell()),
    onSettingsChanged(() => void tell()),
  );
}
