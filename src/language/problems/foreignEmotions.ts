import * as l10n from "@vscode/l10n";
import { languageOf } from "../../script/frontMatter/frontMatter.ts";
import { findServiceTags } from "../../script/model/serviceTags.ts";
import type { Script, Segment, Span } from "../../script/model/script.ts";
import type { SpeakingWith } from "./frontMatterProblems.ts";
import { languageName } from "../tags/languageName.ts";
import type { Problem } from "./problem.ts";
import { languages } from "../tags/vocabulary.ts";

/**
 * Emotions that a text in another language than English asks for, in the front matter and in tags: the service supports them
 * for English only. Source: Cartesia TTS WebSocket reference, emotions. Places are the document's.
 */
export function findForeignEmotions(
  { options, places, segments }: Script,
  speaking: SpeakingWith,
): Problem[] {
  if (speaking.service === "local") return []; // it has none at all
  const own = options.language ?? speaking.spoken;
  const languageBy = (speaker: string | undefined): string | undefined =>
    foreign((speaker !== undefined && castOf(options, speaker)?.language) || own);
  const problems: Problem[] = [];
  const report = (place: Span | undefined, language: string | undefined): void => {
    if (place && language !== undefined) problems.push(problemAt(place, language));
  };
  if (options.emotion !== undefined) report(places.emotion, languageBy(undefined));
  for (const [speaker, { emotion }] of Object.entries(options.cast ?? {})) {
    if (emotion !== undefined) report(places.castVoices?.[speaker]?.emotion, languageBy(speaker));
  }
  for (const segment of segments) {
    const language = languageBy(segment.speaker);
    if (language === undefined || !segment.transcript.includes("<")) continue;
    for (const place of emotionTags(segment)) report(place, language);
  }
  return problems;
}

function castOf({ cast = {} }: Script["options"], speaker: string) {
  return Object.hasOwn(cast, speaker) ? cast[speaker] : undefined;
}

/** The language, where it is one of the service's and not English. */
function foreign(code: string | undefined): string | undefined {
  const language = code === undefined ? "en" : languageOf(code);
  return language !== "en" && languages.includes(language) ? language : undefined;
}

function emotionTags({ start, transcript, offsets }: Segment): Span[] {
  return findServiceTags(transcript).flatMap((tag) => {
    const from = offsets[tag.start];
    const last = offsets[tag.end - 1];
    const isEmotion = /^<emotion\b/i.test(transcript.slice(tag.start, tag.start + 9));
    if (!isEmotion || from === undefined || last === undefined) return [];
    return { start: start + from, end: start + last + 1 };
  });
}

function problemAt({ start, end }: Span, language: string): Problem {
  const message = l10n.t(
    "The service’s emotions are for English only: in {0} this one may do nothing.",
    languageName(language),
  );
  return { start, end, code: "emotion-language", severity: "information", message, fixes: [] };
}
