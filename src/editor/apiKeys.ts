import * as vscode from "vscode";

/**
 * The API keys, in VS Code's SecretStorage alone. Each is bound to the origin it was given for, so another endpoint
 * never gets it.
 */
export class ApiKeys {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** Calls back when a key was stored or removed, in whichever window. */
  onChanged(callback: () => void): vscode.Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) callback();
    });
  }

  /** The key for this endpoint; `undefined` where none is stored. */
  async get(endpoint: string): Promise<string | undefined> {
    return this.#secrets.get(nameFor(endpoint));
  }

  /** Asks the user for the key of this endpoint; `false` where they gave none. */
  async ask(endpoint: string): Promise<boolean> {
    const key = await vscode.window.showInputBox({
      title: vscode.l10n.t("Cartesia API Key"),
      prompt: vscode.l10n.t("Kept in VS Code's secret storage, and sent to {0} alone.", endpoint),
      placeHolder: "sk_car_…",
      password: true,
      ignoreFocusOut: true,
      validateInput: explainKey,
    });
    if (key === undefined) return false;
    await this.#secrets.store(nameFor(endpoint), key.trim());
    return true;
  }

  /** Forgets the key of this endpoint. */
  async remove(endpoint: string): Promise<void> {
    await this.#secrets.delete(nameFor(endpoint));
  }
}

const prefix = "scriptedSpeech.apiKey ";

function nameFor(endpoint: string): string {
  return prefix + new URL(endpoint).origin;
}

/** What is wrong with a key as it is typed: what can't be sent in a header, or is no key at all. */
function explainKey(text: string): string | undefined {
  const key = text.trim();
  if (key === "") return vscode.l10n.t("Paste the key, or press Escape to leave.");
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return vscode.l10n.t("A key has letters, digits and signs only, without spaces.");
  }
  return undefined;
}
