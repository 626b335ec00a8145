import * as l10n from "@vscode/l10n";
import { readFrontMatter } from "../frontMatter/frontMatter.ts";
import { findFrontMatter } from "../frontMatter/frontMatterBlock.ts";
import { mostPutInScript } from "../model/scriptLimits.ts";
import { speakMarkdown } from "../markdown/markdown.ts";
import { speakPlainSegments } from "../transcript/plainText.ts";
import { Wording, type ReadOptions } from "./replaceWords.ts";
import { scanScript, withDeclared } from "../scanner/scan.ts";
import type { Script, ScriptProblem, Span } from "../model/script.ts";
import { noSegments, replaceSegments } from "./segmentList.ts";
import { loneTags, spelledMarkers } from "./strayTags.ts";
import { unfilledVariables } from "../transcript/variables.ts";

/**
 * Reads a document in one piece, as `parseScript` says it is read. What costs more than it should for a long document: the
 * parser's work grows faster than the text. Never throws, whatever the text.
 */
export function readWholeScript(text: string, options: ReadOptions): Script {
  const yaml = findFrontMatter(text)?.yaml;
  const frontMatter = yaml
    ? readFrontMatter(text.slice(yaml.start, yaml.end), yaml.start)
    : { options: {}, places: {}, problems: [] };
  const scan = scanScript(text, withDeclared(options, frontMatter.options));
  const {
    segments: spoken,
    parsed,
    intricate,
  } = options.language === "markdown"
    ? speakMarkdown(text, scan)
    : {
        segments: speakPlainSegments(text, scan.segments, scan.names),
        parsed: true,
        intricate: [],
      };
  const list = replaceSegments(
    noSegments,
    {
      first: 0,
      removed: 0,
      shiftBefore: 0,
      shiftBehind: 0,
      wording: new Wording(options, frontMatter.options),
      most: mostPutInScript(text.length),
    },
    scan.segments.map((span, at) => ({
      span,
      spoken: spoken[at] ?? nothing,
      speaker: scan.speakers[at],
    })),
  );
  const problems = [
    ...frontMatter.problems,
    ...spelledMarkers(text, scan.spells),
    ...loneTags(list),
    ...unfilledVariables(list.segments),
  ];
  if (!parsed) problems.push({ start: 0, end: text.length, message: unreadable() });
  for (const span of intricate) problems.push(tooIntricate(span));
  return {
    segments: list.segments,
    options: frontMatter.options,
    places: frontMatter.places,
    problems: problems.sort((a, b) => a.start - b.start),
  };
}

const nothing = { text: "", offsets: [] };

/** That a part of a document is not read as Markdown. */
export function tooIntricate({ start, end }: Span): ScriptProblem {
  return {
    start,
    end,
    message: l10n.t(
      "This part is too intricate to be read as Markdown, and is spoken without its structure. Put empty lines into it, or use fewer signs of Markdown.",
    ),
    code: "too-intricate",
  };
}

function unreadable(): string {
  return l10n.t(
    "This Markdown is too long or too deeply nested to be read, and is spoken without its structure. Split the script.",
  );
}
