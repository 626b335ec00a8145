import * as vscode from "vscode";
import type { Completion, VoiceKeys } from "../../language/language.ts";
import { inertText } from "../../session/connection/inertText.ts";
import { markdown } from "../common/inertMarkdown.ts";
import { scriptSelector, languageOf, type Scripts } from "../common/scripts.ts";
import type { Service } from "../service/services.ts";
import type { VoiceParts } from "../service/voiceParts.ts";
import { readDocumentSettings } from "../common/settings.ts";
import { offeredAccents, offeredVoices } from "../voices/voicePicker.ts";
import { rangeOf, textOf } from "../common/documentText.ts";

const kinds = {
  tag: vscode.CompletionItemKind.Keyword,
  setting: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
} as const;

/**
 * Offers tags, their values, and the front matter's keys and values, in scripts only. Voices are offered as far as they are
 * known: VoiceNames and VoiceDirectory are asked, no service. VS Code does not tell typing from asking, so that a request here
 * would be one for a keystroke; *Select Voice…* stands below them for those who want all.
 */
export class Completions implements vscode.CompletionItemProvider, vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #parts: VoiceParts;
  readonly #registration: vscode.Disposable;

  constructor(scripts: Scripts, parts: VoiceParts) {
    this.#scripts = scripts;
    this.#parts = parts;
    this.#registration = vscode.languages.registerCompletionItemProvider(
      scriptSelector,
      this,
      "<",
      '"',
      ":",
    );
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    if (!this.#scripts.isScript(document)) return [];
    const text = textOf(document);
    const offset = document.offsetAt(position);
    const front = this.#scripts.scan(document).frontMatter;
    const service = front && offset < front.end ? await this.#parts.services.choose() : undefined;
    const { completionsAt, voiceKeysAt } = await import("../../language/language.ts");
    const completions = completionsAt(text, offset, {
      language: languageOf(document),
      voices: () => (service ? offeredVoices(this.#parts, service.name) : []),
      accents: (written) => {
        const voice = written ?? readDocumentSettings(document.uri).voice;
        return service ? offeredAccents(this.#parts, { service: service.name, voice }) : [];
      },
    });
    const items = completions.map((completion, at) => itemOf(document, completion, at));
    const place = service && voiceKeysAt(text, offset);
    return place ? [...items, selectItem(document, position, place, service)] : items;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function itemOf(
  document: vscode.TextDocument,
  completion: Completion,
  at: number,
): vscode.CompletionItem {
  const { label, text, isSnippet, filter, detail, description, kind } = completion;
  const item = new vscode.CompletionItem(inertText(label), kinds[kind]);
  item.range = rangeOf(document, completion);
  item.insertText = isSnippet ? new vscode.SnippetString(text) : text;
  // VS Code matches what is typed, the bracket included, with this.
  item.filterText = kind === "tag" ? label.replace(">", "") : (filter ?? label);
  item.sortText = String(at).padStart(6, "0");
  if (kind === "setting") {
    item.command = { command: "editor.action.triggerSuggest", title: "" }; // for its values
  }
  if (detail !== undefined) item.detail = inertText(detail);
  if (description !== undefined) item.documentation = markdown(description);
  return item;
}

/** Writes nothing itself, and has a voice of the service chosen for that place. */
function selectItem(
  document: vscode.TextDocument,
  position: vscode.Position,
  place: VoiceKeys,
  service: Service,
): vscode.CompletionItem {
  const title = vscode.l10n.t("Select Voice…");
  const item = new vscode.CompletionItem(title, vscode.CompletionItemKind.Event);
  const range = rangeOf(document, place);
  item.range = range;
  item.insertText = document.getText(range);
  item.filterText = document.getText(range.with({ end: position })); // whatever is typed there
  item.sortText = "~"; // the last
  item.detail = service.label;
  item.command = {
    command: "scriptedSpeech.selectVoice",
    title,
    arguments: [document.uri, place.keys],
  };
  return item;
}
