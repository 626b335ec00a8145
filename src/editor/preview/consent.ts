import { basename } from "node:path";
import * as vscode from "vscode";
import type { RunCost } from "../../preview/plan/plan.ts";
import { count } from "../common/describeCost.ts";
import { ask } from "../common/notifications.ts";
import { fileNameOf } from "../common/documentText.ts";
import type { Scripts } from "../common/scripts.ts";
import type { Service } from "../service/services.ts";

/**
 * Asks before a press sends or changes what may not be meant: a file that is neither Markdown nor plain text nor a script,
 * such as a program or a file of secrets. Asked once for each file and purpose; a yes holds for the session.
 */
export class Consent {
  readonly #scripts: Scripts;
  readonly #toSend = new Set<unknown>();
  readonly #toWrite = new Set<unknown>();

  constructor(scripts: Scripts) {
    this.#scripts = scripts;
  }

  /** Whether a press would ask before it sends this document. */
  asksToSend(document: vscode.TextDocument): boolean {
    return !this.#scripts.isMeant(document) && !this.#toSend.has(keyOf(document));
  }

  /** Whether the user wants so much of this document said by this service, and its clips in this folder. */
  async allowsSending(
    document: vscode.TextDocument,
    { characters }: RunCost,
    { service, folder }: { readonly service: Service; readonly folder: string },
  ): Promise<boolean> {
    if (!this.asksToSend(document)) return true;
    const name = fileNameOf(document.uri);
    const sent = count(characters);
    const [question, yes] = service.charges
      ? [
          characters === 1
            ? vscode.l10n.t("Send {0} character of “{1}” to {2}?", sent, name, service.label)
            : vscode.l10n.t("Send {0} characters of “{1}” to {2}?", sent, name, service.label),
          vscode.l10n.t("Send"),
        ]
      : [
          characters === 1
            ? vscode.l10n.t("Speak {0} character of “{1}” with the local voice?", sent, name)
            : vscode.l10n.t("Speak {0} characters of “{1}” with the local voice?", sent, name),
          vscode.l10n.t("Speak"),
        ];
    const detail = vscode.l10n.t(
      "This is neither Markdown nor plain text nor a script. Its audio would be saved in “{0}”.",
      basename(folder),
    );
    return this.#ask(document, this.#toSend, { question, detail, yes });
  }

  /** Whether the user wants markers, and what else belongs to a script, written into this document. */
  async allowsWriting(document: vscode.TextDocument): Promise<boolean> {
    if (this.#scripts.isMeant(document) || this.#toWrite.has(keyOf(document))) return true;
    return this.#ask(document, this.#toWrite, {
      question: vscode.l10n.t("Edit “{0}” as a script?", fileNameOf(document.uri)),
      detail: vscode.l10n.t("This is neither Markdown nor plain text nor a script."),
      yes: vscode.l10n.t("Edit"),
    });
  }

  async #ask(
    document: vscode.TextDocument,
    given: Set<unknown>,
    { question, detail, yes }: Record<"question" | "detail" | "yes", string>,
  ): Promise<boolean> {
    const chosen = await ask({ message: question, detail }, yes);
    if (chosen === yes) given.add(keyOf(document));
    return chosen === yes;
  }
}

/** A file by its name; what was never saved as itself, for another one has its name next. */
function keyOf(document: vscode.TextDocument): unknown {
  return document.isUntitled ? document : document.uri.toString();
}
