import * as vscode from "vscode";
import { findFrontMatter, hasSpeechKey } from "../../script/frontMatter/frontMatterBlock.ts";
import type { VoicePlace } from "../../script/frontMatter/voicePlaces.ts";
import { segmentAt } from "../../script/model/segmentAt.ts";
import { sentSeam } from "../../script/transcript/spokenForm.ts";
import { inertMarkdown } from "../../session/connection/inertText.ts";
import { rangeOf, textOf } from "../common/documentText.ts";
import { markdown, markdownFor } from "../common/inertMarkdown.ts";
import { scriptSelector, type Scripts } from "../common/scripts.ts";
import type { Previews } from "../preview/previews.ts";
import { describeVoice } from "../service/describeVoice.ts";
import type { VoiceParts } from "../service/voiceParts.ts";

/** What hovers need to tell. */
interface HoverContext {
  readonly scripts: Scripts;
  readonly voices: VoiceParts;
  readonly previews: Previews;
}

type Hovering = (
  document: vscode.TextDocument,
  position: vscode.Position,
  context: HoverContext,
) => Promise<vscode.Hover | undefined>;

/** Says over a voice, a marker, a tag, a key and a segment's first line what they are and do, in scripts only. */
export function registerHovers(context: HoverContext): vscode.Disposable {
  const register = (hover: Hovering): vscode.Disposable =>
    vscode.languages.registerHoverProvider(scriptSelector, {
      provideHover: (document, position) =>
        context.scripts.isScript(document) ? hover(document, position, context) : undefined,
    });
  return vscode.Disposable.from(...[hoverVoice, hoverMark, hoverSpoken].map(register));
}

/** What a flush marker, a tag, a key or an accent of the front matter does. */
const hoverMark: Hovering = async (document, position, { scripts, voices }) => {
  const { markers, segments, frontMatter } = scripts.scan(document);
  const text = textOf(document);
  const offset = document.offsetAt(position);
  const { hoverAt } = await import("../../language/language.ts");
  const inFront = frontMatter !== undefined && offset < frontMatter.end;
  const accents = inFront ? (await voices.services.choose()).accents : undefined;
  const hover = hoverAt(text, offset, { markers, segments }, accents);
  return hover && new vscode.Hover(markdown(hover.text), rangeOf(document, hover));
};

/** Whose voice it is, over an id in a script's front matter. What is not known is not fetched. */
const hoverVoice: Hovering = async (document, position, { voices }) => {
  const place = await voiceAt(document.getText(), document.offsetAt(position));
  if (place?.voice === undefined || !place.span) return undefined;
  const { name, label } = await voices.services.choose();
  const said = describeVoiceOf({ name, label }, place.voice, voices);
  const given = encodeURIComponent(JSON.stringify([undefined, place.keys]));
  const select = given.replaceAll("(", "%28").replaceAll(")", "%29"); // which would end the link
  const title = vscode.l10n.t("Select Voice…");
  said.appendMarkdown(`[${title}](command:scriptedSpeech.selectVoice?${select})`);
  return new vscode.Hover(said, rangeOf(document, place.span));
};

/** Exactly what is sent for a segment, on its first line. */
const hoverSpoken: Hovering = async (document, position, { scripts, previews }) => {
  const segments = scripts.segments(document);
  const offset = document.offsetAt(position);
  const index = segmentAt(scripts.scan(document).segments, offset);
  const { start = 0, end = 0 } = segments[index] ?? {};
  const first = document.positionAt(start);
  if (offset < start || offset > end || position.line !== first.line) return undefined;
  const { version } = document;
  const { readSegments, soundOf } = await previews.get(document).read();
  const segment = readSegments[index];
  if (!segment?.speakable || document.version !== version) return undefined;
  const lineEnd = document.lineAt(first.line).range.end;
  const last = document.positionAt(end);
  const range = new vscode.Range(first, last.isBefore(lineEnd) ? last : lineEnd);
  const next = readSegments.slice(index + 1).find(({ speakable }) => speakable);
  const seam = sentSeam(segment, next, soundOf);
  return new vscode.Hover(describeSent(segment.transcript, seam, index), range);
};

function describeVoiceOf(
  service: { readonly name: string; readonly label: string },
  id: string,
  { directory, names }: VoiceParts,
): vscode.MarkdownString {
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

/** The voice that stands at an offset. What reads YAML is loaded for a front matter that may hold one. */
async function voiceAt(text: string, offset: number): Promise<VoicePlace | undefined> {
  const yaml = findFrontMatter(text)?.yaml;
  if (!yaml || offset < yaml.start || offset > yaml.end) return undefined;
  if (!hasSpeechKey(text.slice(yaml.start, yaml.end))) return undefined;
  const { voicePlaces } = await import("../../script/frontMatter/frontMatterEdits.ts");
  return voicePlaces(text).find(
    ({ span }) => span !== undefined && offset >= span.start && offset <= span.end,
  );
}

/** How much of a transcript a hover shows, in UTF-16 units. */
const mostShown = 2000;

function describeSent(transcript: string, seam: string, index: number): vscode.MarkdownString {
  const shown = transcript.length > mostShown ? `${transcript.slice(0, mostShown)}…` : transcript;
  const count = transcript.length + seam.length;
  const text = markdown();
  text.appendText(
    seam === ""
      ? count === 1
        ? vscode.l10n.t("Segment {0} sends {1} character:", index + 1, count)
        : vscode.l10n.t("Segment {0} sends {1} characters:", index + 1, count)
      : vscode.l10n.t(
          "Segment {0} sends {1} characters, with the space before the next:",
          index + 1,
          count,
        ),
  );
  text.appendCodeblock(shown, "plaintext");
  return text;
}
