import type * as vscode from "vscode";
import type { SoundWish } from "../panel/messages.ts";

const key = "scriptedSpeech.sound";

/** How the user likes to hear, in every panel and after a restart. */
export class SoundMemory {
  readonly #memory: vscode.Memento;

  /** `memory` is the extension's, of all workspaces. */
  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** As it was last, or as it was said, at full volume. */
  get sound(): SoundWish {
    return this.#memory.get<SoundWish>(key, { speed: 1, volume: 1 });
  }

  async keep({ speed, volume }: SoundWish): Promise<void> {
    await this.#memory.update(key, { speed, volume });
  }
}
