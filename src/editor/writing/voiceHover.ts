import * as vscode from "vscode";
import { findFrontMatter, hasSpeechKey } from "../../script/frontMatter/frontMatterBlock.ts";
import type { VoicePlace } from "../../script/frontMatter/voicePlaces.ts";
import { inertMarkdown } from "../../session/connection/inertText.ts";
import { describeVoice } from "../service/describeVoice.ts";
import { markdownFor } from "../common/inertMarkdown.ts";
import { scriptSelector, type Scripts } from "../common/scripts.ts";
import type { VoiceParts } from "../service/voiceParts.ts";

/** Says whose voice it is, over an id in a script's front matter. What is not known is not fetched. */
export class VoiceHover implements vscode.HoverProvider, vscode.Disposable {
  readonly #scripts: Scripts;
  readonly #parts: VoiceParts;
  readonly #registered: vscode.Disposable;

  constructor(scripts: Scripts, parts: VoiceParts) {
    this.#scripts = scripts;
    this.#parts = parts;
    this.#registered = vscode.languages.registerHoverProvider(scriptSelector, this);
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    if (!this.#scripts.isScript(document)) return undefined;
    const place = await placeAt(document.getText(), document.offsetAt(position));
    if (place?.voice === undefined || !place.span) return undefined;
    const { start, end } = place.span;
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const { name, label } = await this.#parts.services.choose();
    const said = this.#describe({ name, label }, place.voice);
    const given = encodeURIComponent(JSON.stringify([undefined, place.keys]));
    const select = given.replaceAll("(", "%28").replaceAll(")", "%29"); // which would end the link
    const title = vscode.l10n.t("Select Voice…");
    said.appendMarkdown(`[${title}](command:scriptedSpeech.selectVoice?${select})`);
    return new vscode.Hover(said, range);
  }

  dispose(): void {
    this.#registered.dispose();
  }

  #describe(
    service: { readonly name: string; readonly label: string },
    id: string,
  ): vscode.MarkdownString {
    const { directory, names } = this.#parts;
    const listed = directory.find(service.name, id);
    const voice = listed ?? names.find({ service: service.name, voice: id });
    const name = voice?.name ?? names.findAnywhere(id);
    const text = markdownFor("scriptedSpeech.selectVoice");
    const add = (said: string): unknown => text.appendMarkdown(`${inertMarkdown(said)}\n\n`);
    if (name !== undefined) text.appendMarkdown(`**${inertMarkdown(name)}** `);
    if (voice) {
      add([service.label, describeVoice(voice)].filter(Boolean).join(", "));
      if (listed?.description) add(listed.description);
    } else if (service.name === "local") {
      add(vscode.l10n.t("The local voice says this with one of its own voices."));
    } else {
      add(vscode.l10n.t("{0} has not told the name of this voice yet.", service.label));
    }
    return text;
  }
}

/** The voice that stands at an offset. What reads YAML is loaded for a front matter that may hold one. */
async function placeAt(text: string, offset: number): Promise<VoicePlace | undefined> {
  const yaml = findFrontMatter(text)?.yaml;
  if (!yaml || offset < yaml.start || offset > yaml.end) return undefined;
  if (!hasSpeechKey(text.slice(yaml.start, yaml.end))) return undefined;
  const { voicePlaces } = await import("../../script/frontMatter/frontMatterEdits.ts");
  return voicePlaces(text).find(
    ({ span }) => span !== undefined && offset >= span.start && offset <= span.end,
  );
}
