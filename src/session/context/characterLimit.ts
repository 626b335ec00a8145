import * as l10n from "@vscode/l10n";
import { Failure } from "../connection/failure.ts";

/** How many characters may be sent, over however many contexts and runs: what is said again counts again. */
export class CharacterLimit {
  readonly #most: number;
  #sent = 0;
  #isReached = false;

  /** `most` in UTF-16 units of transcripts. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether something was not to be sent any more: then nothing is. */
  get isReached(): boolean {
    return this.#isReached;
  }

  /** Takes note that so many characters are to be sent. @returns whether they may be. */
  take(characters: number): boolean {
    this.#isReached ||= this.#sent + characters > this.#most;
    if (!this.#isReached) this.#sent += characters;
    return !this.#isReached;
  }

  /** Why what is left is not sent. */
  failure(): Failure {
    const sentence =
      this.#most === 1
        ? l10n.t("More than {0} character would have been sent, which is the limit.", this.#most)
        : l10n.t("More than {0} characters would have been sent, which is the limit.", this.#most);
    return new Failure("too-many-characters", sentence, { ofConnection: true });
  }
}
