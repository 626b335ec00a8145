import * as l10n from "@vscode/l10n";
import { languageOf } from "../../script/frontMatter/frontMatter.ts";
import type { Script, Span } from "../../script/model/script.ts";
import { setFrontMatterValue } from "../../script/frontMatter/setFrontMatterValue.ts";
import type { SpeakingWith } from "./frontMatterProblems.ts";
import { languageName, sentenceLanguage } from "../tags/languageName.ts";
import type { Fix, Problem } from "./problem.ts";
import { languages as spokenLanguages } from "../tags/vocabulary.ts";

/** What the script says, and where; what the settings say has no place in it. */
interface Said {
  readonly value: string;
  readonly place: Span | undefined;
}

/** The script's own voice, or a speaker's, and the language that it is to speak. */
interface Part {
  /** The keys above them, from the top of the YAML. */
  readonly keys: readonly string[];
  readonly voice: Said | undefined;
  readonly language: Said | undefined;
}

/**
 * Voices that are to speak a language that is not theirs, at what the script says of it: at the voice, or at the language
 * where the voice is the settings'. Where the script says neither, nothing is found.
 */
export function findForeignVoices(text: string, script: Script, speaking: SpeakingWith): Problem[] {
  const parts = partsOf(script, speaking);
  if (speaking.service === "local") return parts.flatMap(inEnglish).slice(0, 1);
  return parts.flatMap((part, at) =>
    withAccent(text, part, { ...speaking, fixed: at < mostFixed }),
  );
}

function partsOf({ options, places, segments }: Script, { voice, spoken }: SpeakingWith): Part[] {
  const own: Part = {
    keys: ["speech"],
    voice: said(options.voice, places.voice) ?? said(voice),
    language: said(options.language, places.language) ?? said(spoken),
  };
  const speakers = Object.entries(options.cast ?? {}).map(([name, speaker]): Part => {
    const at = places.castVoices?.[name] ?? {};
    return {
      keys: ["speech", "cast", name],
      voice: said(speaker.voice, at.voice),
      language: said(speaker.language, at.language) ?? own.language,
    };
  });
  const spokenSegments = segments.filter(({ speakable }) => speakable);
  const hasOwnWords =
    spokenSegments.length === 0 || spokenSegments.some(({ speaker }) => speaker === undefined);
  return hasOwnWords ? [own, ...speakers] : speakers;
}

function said(value: string | undefined, place?: Span): Said | undefined {
  return value === undefined ? undefined : { value, place };
}

/** The local voice speaks all as English. A language that the script names is told of where it stands, with the other faults of values. */
function inEnglish({ voice, language }: Part): Problem[] {
  if (!voice?.place || !language || language.place || languageOf(language.value) === "en")
    return [];
  const message = l10n.t(
    "The local voice speaks English only: it reads this script as if it were English, though the settings’ language is {0}. Set an API key to hear it in its own language.",
    named(language.value),
  );
  return [{ ...voice.place, code: "local-language", severity: "information", message, fixes: [] }];
}

/** For so many voices a change is offered: to try one, all of the front matter is read. */
const mostFixed = 20;

function withAccent(
  text: string,
  part: Part,
  { voices = {}, fixed }: SpeakingWith & { readonly fixed: boolean },
): Problem[] {
  const { voice, language } = part;
  const place = voice?.place ?? language?.place;
  if (!voice || !language || !place || !Object.hasOwn(voices, voice.value)) return [];
  const known = voices[voice.value];
  const own = known?.languages.map(languageOf);
  const wanted = languageOf(language.value);
  if (!known || !own || own.length === 0 || own.includes(wanted)) return [];
  if (!spokenLanguages.includes(wanted)) return []; // which is told where it stands
  const speaks = new Intl.ListFormat(sentenceLanguage()).format(own.map(languageName));
  const message = describe({ ...part, voice, language }, known.name, speaks);
  const fixes = language.place || !fixed ? [] : languageFix(text, part.keys, own);
  return [{ ...place, code: "voice-language", severity: "information", message, fixes }];
}

/** Source of what is heard: Cartesia's docs, "Multilingual voices". */
function describe(
  { voice, language }: { readonly voice: Said; readonly language: Said },
  name: string,
  speaks: string,
): string {
  const wanted = named(language.value);
  if (!language.place) {
    return l10n.t(
      "{0} speaks {1}, and the settings take the text for {2}: it is heard with a foreign accent. Write the text’s `language`, or choose another voice.",
      name,
      speaks,
      wanted,
    );
  }
  return voice.place
    ? l10n.t(
        "{0} speaks {1}: {2} is heard with a foreign accent. Choose a voice of that language.",
        name,
        speaks,
        wanted,
      )
    : l10n.t(
        "The settings’ voice, {0}, speaks {1}: {2} is heard with a foreign accent. Write a `voice` of that language, too.",
        name,
        speaks,
        wanted,
      );
}

/**
 * Where nobody has said what the text's language is, it is most likely the voice's. Where the script says one, no change is
 * safe: it or the voice may be meant.
 */
function languageFix(text: string, keys: readonly string[], own: readonly string[]): Fix[] {
  const [code] = own;
  if (code === undefined || own.length > 1 || !spokenLanguages.includes(code)) return [];
  const edit = setFrontMatterValue(text, [...keys, "language"], code);
  return edit ? [{ title: l10n.t("Add `language: {0}`", code), edits: [edit] }] : [];
}

function named(code: string): string {
  return `${languageName(code)} (\`${code}\`)`;
}
