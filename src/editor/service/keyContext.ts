import * as vscode from "vscode";
import type { ApiKeys } from "./apiKeys.ts";
import { onSettingsChanged, readUserSettings } from "../common/settings.ts";

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
