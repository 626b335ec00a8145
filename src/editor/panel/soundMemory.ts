import * as vscode from "vscode";
import type { SoundPreferences } from "../../panel/messages.ts";

const key = "scriptedSpeech.sound";

/** How the user likes to hear, in every panel and after a restart. */
export class SoundMemory implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<unknown>();

  /** The user wants to hear otherwise; tells in which panel that was said. */
  readonly onChanged = this.#changed.event;

  /** `memory` is the extension's, of all workspaces. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** As it was last, or as it was said, at full volume. */
  get sound(): SoundPreferences {
    return this.#memory.get<SoundPreferences>(key, { speed: 1, volume: 1 });
  }

  /** `from` is the panel in which it was said. */
  async keep({ speed, volume }: SoundPreferences, from: unknown): Promise<void> {
    await this.#memory.update(key, { speed, volume });
    this.#changed.fire(from);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
