import * as vscode from "vscode";
import { segmentAt } from "../../script/model/segmentAt.ts";
import { sentSeam } from "../../script/transcript/spokenForm.ts";
import { markdown } from "../common/inertMarkdown.ts";
import type { Previews } from "../preview/previews.ts";
import { scriptSelector, type Scripts } from "../common/scripts.ts";

/** How much of a transcript a hover shows, in UTF-16 units. */
const mostShown = 2000;

/** Shows on the first line of a segment exactly what is sent for it. */
export function spokenHover(scripts: Scripts, previews: Previews): vscode.Disposable {
  const provider: vscode.HoverProvider = {
    async provideHover(document, position) {
      if (!scripts.isScript(document)) return undefined;
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
      return new vscode.Hover(describe(segment.transcript, seam, index), range);
    },
  };
  return vscode.languages.registerHoverProvider(scriptSelector, provider);
}

function describe(transcript: string, seam: string, index: number): vscode.MarkdownString {
  const shown = transcript.length > mostShown ? `${transcript.slice(0, mostShown)}…` : transcript;
  const count = transcript.length + seam.length;
  const text = markdown();
  text.appendText(
    seam === ""
      ? vscode.l10n.t("Segment {0} sends {1} characters:", index + 1, count)
      : vscode.l10n.t(
          "Segment {0} sends {1} characters, with the space before the next:",
          index + 1,
          count,
        ),
  );
  text.appendCodeblock(shown, "plaintext");
  return text;
}
