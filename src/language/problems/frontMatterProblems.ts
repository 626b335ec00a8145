import * as l10n from "@vscode/l10n";
import { isRetired, recommendedModel } from "../../protocol/models.ts";
import { findFrontMatter } from "../../script/frontMatter/frontMatterBlock.ts";
import {
  languageOf,
  readNormalization,
  settingNames,
  settingRanges,
} from "../../script/frontMatter/frontMatter.ts";
import type { Script, ScriptProblem, Span } from "../../script/model/script.ts";
import { onlyNames, skippable } from "../../script/model/spokenParts.ts";
import { findSilentFront } from "./silentProse.ts";
import { nearest } from "../tags/nearest.ts";
import { changeTo, valueProblem, type Fix, type Problem } from "./problem.ts";
import { unknownEmotion } from "../tags/tagValue.ts";
import { emotions, languages, models, newLanguages } from "../tags/vocabulary.ts";

/** What is known of how a script will be spoken. */
export interface SpeakingWith {
  /** What speaks: `local`, `cartesia`, or another service's name. */
  readonly service?: string;
  /** The settings' model: it counts where the front matter names none. */
  readonly model?: string;
  /** The settings' voice, by its id: it counts where the front matter names none. */
  readonly voice?: string;
  /** The settings' language: it counts where the front matter names none. */
  readonly spoken?: string;
  /** What is known of the service's voices, by their ids. */
  readonly voices?: KnownVoices;
  /** The names of the accents that the service has told of, by their ids. */
  readonly accents?: Readonly<Record<string, string>>;
  /** The version of the API that is asked for: the newest, where it is missing. */
  readonly apiVersion?: string;
}

/** Voices by their ids. Ask it with `Object.hasOwn`: what its keys are is not ours to say. */
export type KnownVoices = Readonly<Record<string, KnownVoice>>;

/** What is known of a voice. */
export interface KnownVoice {
  readonly name: string;
  /** The codes of the languages that it speaks without a foreign accent; none where that is not known. */
  readonly languages: readonly string[];
  /** The ids of its accents; missing where they are not known. */
  readonly accents?: readonly string[];
  /** Whether it is a professional voice clone. */
  readonly isPro?: boolean;
}

/** What is wrong with the values of a front matter that can be read. Places are the document's. */
export function findFrontMatterProblems(
  text: string,
  { options, places }: Script,
  speaking: SpeakingWith,
): Problem[] {
  const { model, cast = {} } = options;
  const spokenWith = { ...speaking, ...(model ? { model } : {}) };
  return [
    ...(model && places.model ? faultOfModel(text, model, places.model) : []),
    ...faultsOfVoice(text, { options, places }, spokenWith),
    ...Object.entries(cast).flatMap(([name, own]) =>
      faultsOfVoice(text, { options: own, places: places.castVoices?.[name] ?? {} }, spokenWith),
    ),
  ].filter(isFirstOfLanguage());
}

/** What the local voice makes of a language is told once, not for each speaker anew. */
function isFirstOfLanguage(): (problem: Problem) => boolean {
  const told = new Set<string>();
  return ({ code, message }) => code !== "local-language" || told.size < told.add(message).size;
}

/** What the script, or one of its cast, sounds like, and where that stands. */
interface Voicing {
  readonly options: Pick<Script["options"], "emotion" | "language" | "normalization">;
  readonly places: Pick<Script["places"], "emotion" | "language" | "normalization">;
}

function faultsOfVoice(
  text: string,
  { options: { emotion, language, normalization }, places }: Voicing,
  speaking: SpeakingWith,
): Problem[] {
  return [
    ...(emotion && places.emotion ? faultOfEmotion(text, emotion, places.emotion) : []),
    ...(language && places.language ? faultOfLanguage(language, places.language, speaking) : []),
    ...(normalization && places.normalization
      ? faultOfNormalization(text, normalization, places.normalization, speaking)
      : []),
  ];
}

function faultOfModel(text: string, model: string, place: Span): Problem[] {
  if (isRetired(model)) {
    const message = l10n.t(
      "The model `{0}` is no more: the service refuses it. Take a newer one, such as `{1}`.",
      model,
      recommendedModel,
    );
    return [valueProblem(text, place, { code: "model", message, better: recommendedModel })];
  }
  if (/^sonic-\d+(?:\.\d+)?(?:-(?:latest|preview|\d{4}-\d{2}-\d{2}))?$/.test(model)) return [];
  const better = models.some((name) => name === model) ? undefined : nearest(model, models);
  if (better === undefined) return [];
  const message = l10n.t(
    "The service has no model `{0}`, and refuses it. Did you mean `{1}`?",
    model,
    better,
  );
  return [valueProblem(text, place, { code: "model", message, better })];
}

function faultOfEmotion(text: string, emotion: string, place: Span): Problem[] {
  if (emotions.includes(emotion)) return [];
  const better = nearest(emotion, emotions);
  const message = unknownEmotion(emotion, better);
  return [valueProblem(text, place, { code: "emotion", message, better })];
}

function faultOfLanguage(
  language: string,
  place: Span,
  { service, model }: SpeakingWith,
): Problem[] {
  const problem = (severity: Problem["severity"], code: string, message: string): Problem[] => [
    { ...place, code, severity, message, fixes: [] },
  ];
  const spoken = languageOf(language);
  if (!languages.includes(spoken)) {
    const message = l10n.t(
      "The service speaks no language `{0}`, and refuses it. Take the code of the text’s language, such as `en`.",
      language,
    );
    return problem("warning", "language", message);
  }
  if (service === "local" && spoken !== "en") {
    const message = l10n.t(
      "The local voice speaks English only: it reads this script (`{0}`) as if it were English. Set an API key to hear it in its own language.",
      language,
    );
    return problem("information", "local-language", message);
  }
  if (newLanguages.includes(spoken) && olderModels.test(model ?? "")) {
    const message = l10n.t(
      "The model `{0}` does not speak `{1}`. Write `model: sonic-3.6`.",
      model ?? "",
      language,
    );
    return problem("warning", "language", message);
  }
  return [];
}

/** Models before sonic-3.6, as far as there are any. */
const olderModels = /^sonic-3(?:\.5)?(?:-|$)/;

/** Sources: Cartesia's docs, "Text normalization": the codes, and the models that take them. */
function faultOfNormalization(
  text: string,
  normalization: string,
  place: Span,
  { model, apiVersion }: SpeakingWith,
): Problem[] {
  const problem = (message: string, better?: string): Problem[] => [
    valueProblem(text, place, { code: "normalization", message, better }),
  ];
  const unsent = unsentBefore(apiVersion, "normalization");
  if (unsent !== undefined) return problem(unsent);
  const read = readNormalization(normalization);
  if (read === "auto" || read === "off") return [];
  if (read === undefined || !languages.includes(languageOf(read))) {
    const meant = /^(?:none|no|false|never)$/i.test(normalization) ? "off" : undefined;
    const usual = /^(?:on|yes|true|all|default|always)$/i.test(normalization) ? "auto" : undefined;
    return problem(
      l10n.t(
        "`normalization` is `auto`, `off` or the code of a language: the service refuses `{0}`.",
        normalization,
      ),
      meant ?? usual ?? nearest(normalization, ["auto", "off"]),
    );
  }
  if (!olderModels.test(model ?? "")) return [];
  return problem(
    l10n.t(
      "The model `{0}` takes `auto` and `off` alone, and refuses `{1}`. Write `model: sonic-3.6`.",
      model ?? "",
      normalization,
    ),
  );
}

/** That an option is not sent, where the version of the API that is asked for does not know it. */
export function unsentBefore(
  apiVersion: string | undefined,
  option: "accent" | "normalization",
): string | undefined {
  if (apiVersion === undefined || apiVersion >= "2026-08-14") return undefined;
  return l10n.t(
    "`{0}` is not sent: version {1} of the API does not know it. Set `scriptedSpeech.apiVersion` to 2026-08-14.",
    option,
    apiVersion,
  );
}

/** What the reader has said of a script, with what can be done about it. */
export function describeReaderProblem(text: string, problem: ScriptProblem): Problem {
  const { start, end, code = "script" } = problem;
  const written = text.slice(start, end);
  const known: Problem = { ...problem, code, severity: problem.severity ?? "warning", fixes: [] };
  switch (code) {
    case "unknown-setting":
      return unknownSetting(text, known, written);
    case "setting-value":
      return {
        ...known,
        message: `${known.message} ${l10n.t("As it is, the settings’ value counts.")}`,
        fixes: fixValue(text, known, written),
      };
    case "missing-part":
      return { ...known, fixes: fixNames(known, written, onlyNames) };
    case "speech-comment":
      return { ...known, fixes: [removal(text, known)] };
    case "misplaced-front-matter":
      return { ...known, fixes: moveToStart(text, known) };
    case "front-matter":
      return { ...known, fixes: findSilentFront(text).flatMap(({ fixes }) => fixes) };
    case "marker-in-spell":
      return { ...known, fixes: markersBehind(text, known, written) };
    default:
      return known;
  }
}

/** Moves a block to the start of the script, where none stands there. */
function moveToStart(text: string, { start, end }: Span): Fix[] {
  if (findFrontMatter(text)) return [];
  const first = text.startsWith("\uFEFF") ? 1 : 0;
  const ending = /(?:\r\n|\n|\r)?/y;
  ending.lastIndex = end;
  const [line = ""] = ending.exec(text) ?? [];
  const isAlone = text.slice(first, start).trim() === "";
  const edits = isAlone
    ? [{ start: first, end: start, text: "" }]
    : [
        { start: first, end: first, text: text.slice(start, end) + (line || "\n") },
        { start, end: end + line.length, text: "" },
      ];
  return [{ title: l10n.t("Move it to the start of the script"), edits }];
}

function unknownSetting(text: string, known: Problem, written: string): Problem {
  const name = written.replace(/^["']|["']$/g, "");
  const remove = removeLine(text, known);
  if (name === "locale") {
    const front = findFrontMatter(text);
    const yaml = front ? text.slice(front.yaml.start, front.yaml.end) : "";
    const both = /^[ \t]+["']?language["']?[ \t]*:/m.test(yaml);
    const message = both
      ? l10n.t(
          "The service takes `language` or `locale`, and refuses both together. `language` is what counts here: remove `locale`.",
        )
      : l10n.t(
          "`speech` has no setting `locale`: it does nothing. Write `language`, with a region where one is meant, such as `en-GB`.",
        );
    return {
      ...known,
      code: both ? "language-and-locale" : known.code,
      message,
      fixes: both ? remove : [],
    };
  }
  const meant = nearest(name, settingNames);
  const names = settingNames.map((setting) => `\`${setting}\``).join(", ");
  if (!meant)
    return {
      ...known,
      message: l10n.t("`speech` has no setting `{0}`: it does nothing. It has {1}.", name, names),
      fixes: remove,
    };
  return {
    ...known,
    message: l10n.t(
      "`speech` has no setting `{0}`: it does nothing. Did you mean `{1}`?",
      name,
      meant,
    ),
    fixes: [
      {
        title: l10n.t("Change to `{0}`", meant),
        edits: [{ start: known.start, end: known.end, text: meant }],
      },
    ],
  };
}

/** Removes the line of a key, where it has one to itself. */
function removeLine(text: string, { start, end }: Span): Fix[] {
  let from = start;
  while (/[ \t]/.test(text[from - 1] ?? "")) from--;
  const rest = /[ \t]*:[ \t]*[^\s{}[\]|>&*#][^\r\n]*(?:\r\n|\n|\r)/y;
  rest.lastIndex = end;
  const alone = from < start && /[\r\n]/.test(text[from - 1] ?? "") && rest.test(text);
  return alone
    ? [
        {
          title: l10n.t("Remove the line"),
          edits: [{ start: from, end: rest.lastIndex, text: "" }],
        },
      ]
    : [];
}

function fixValue(text: string, place: Span, written: string): Fix[] {
  const line = text.slice(Math.max(0, place.start - 80), place.start);
  const key = /([a-z]+)["']?[ \t]*:[ \t]*$/.exec(line)?.[1];
  if (key === "skip" || /^\[|^- /.test(written)) return fixNames(place, written, skippable);
  const value = written.replace(/^["']|["']$/g, "").trim();
  let better: string | undefined;
  if (key === "speed" || key === "volume") {
    const [least, most] = settingRanges[key];
    const number = /^-?\d{1,6}(?:[.,]\d{1,6})?$/.test(value)
      ? Number(value.replace(",", "."))
      : NaN;
    if (!Number.isNaN(number)) better = String(Math.min(Math.max(number, least), most));
  } else if (key === "language") {
    const code = /^([a-z]{2})(?:[-_ ].*)?$/i.exec(value)?.[1]?.toLowerCase();
    if (code && languages.includes(code)) better = code;
  }
  return better === undefined ? [] : [changeTo(place, better)];
}

/** Corrects the names of a list that are nearly known. */
function fixNames({ start }: Span, written: string, known: readonly string[]): Fix[] {
  return [...written.matchAll(/[a-z]{3,20}/gi)].flatMap(({ index, 0: name }) => {
    const meant = nearest(name, known);
    if (meant === undefined || meant === name) return [];
    return [changeTo({ start: start + index, end: start + index + name.length }, meant)];
  });
}

/** Removes a comment, and the line that it has to itself. */
function removal(text: string, { start, end }: Span): Fix {
  let from = start;
  while (/[ \t]/.test(text[from - 1] ?? "")) from--;
  const rest = /[ \t]*(?:\r\n|\n|\r)/y;
  rest.lastIndex = end;
  const alone = (from === 0 || /[\r\n]/.test(text[from - 1] ?? "")) && rest.test(text);
  const edit = alone ? { start: from, end: rest.lastIndex } : { start, end };
  return { title: l10n.t("Remove the comment"), edits: [{ ...edit, text: "" }] };
}

const MARKER = /<flush[ \t]*\/>|<!--[ \t]*flush[ \t]*-->/gi;

/** Puts one marker behind a spell element, and the punctuation after it, for those that stand in it, unless one stands there. */
function markersBehind(text: string, { start, end }: Span, written: string): Fix[] {
  const [punctuation = ""] = /^\p{P}*/u.exec(text.slice(end, end + 20).split("<")[0] ?? "") ?? [];
  const last = end + punctuation.length;
  const isCut = /^\s*(?:<flush[ \t]*\/>|<!--[ \t]*flush)/i.test(text.slice(last, last + 40));
  const put = `${written.replace(MARKER, "")}${punctuation}${isCut ? "" : "<flush/>"}`;
  const title = isCut ? l10n.t("Remove the marker") : l10n.t("Move the marker behind `</spell>`");
  return [{ title, edits: [{ start, end: last, text: put }] }];
}
