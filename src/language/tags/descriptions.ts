import * as l10n from "@vscode/l10n";
import { settingRanges } from "../../script/frontMatter/frontMatter.ts";
import { skippable } from "../../script/model/spokenParts.ts";
import { primaryEmotions, tagRules, type TagName } from "./vocabulary.ts";

const [slowest, fastest] = tagRules.speed.range;
const [softest, loudest] = tagRules.volume.range;
const someEmotions = primaryEmotions.map((emotion) => `\`${emotion}\``).join(", ");

/** What each of the service's tags does, in Markdown. */
export const tagDescriptions: Readonly<Record<TagName | "spell" | "flush" | "laughter", string>> = {
  get break() {
    return l10n.t(
      "A pause of this length. `time` in seconds or milliseconds: `1s`, `500ms`. It counts as one character. Several in a row are better written as one.",
    );
  },
  get speed() {
    return l10n.t(
      "From here on the voice speaks so many times as fast as it does by itself. `ratio` from {0} to {1}; 1 is the voice’s own speed.",
      slowest,
      fastest,
    );
  },
  get volume() {
    return l10n.t(
      "From here on the voice is so many times as loud as it is by itself. `ratio` from {0} to {1}; 1 is the voice’s own loudness.",
      softest,
      loudest,
    );
  },
  get emotion() {
    return l10n.t(
      "From here on the voice sounds so. `value` is one of the service’s emotions, such as {0}. How well it is heard depends on the voice.",
      someEmotions,
    );
  },
  get spell() {
    return l10n.t(
      "What stands between `<spell>` and `</spell>` is read sign by sign: codes, numbers, names. The two tags count as one character.",
    );
  },
  get flush() {
    return l10n.t(
      "A flush marker: the script is cut here. Each part is sent, spoken and saved by itself, all in one voice without a break.",
    );
  },
  get laughter() {
    return l10n.t("The voice laughs here.");
  },
};

/** What each setting under `speech:` does, in Markdown. */
export const settingDescriptions: Readonly<Record<string, string>> = {
  get voice() {
    return l10n.t("The voice’s id, as the service lists it.");
  },
  get model() {
    return l10n.t("The model that speaks, such as `sonic-3.6`.");
  },
  get language() {
    return l10n.t(
      "The language of the text, as a code such as `en`, or with a region such as `en-GB`.",
    );
  },
  get accent() {
    return l10n.t("The id of one of the voice’s accents, as the service lists them.");
  },
  get normalization() {
    return l10n.t(
      "How numbers, dates and the like are read: `auto`, `off` for a text that is written as it is said, or a language’s code.",
    );
  },
  get speed() {
    return l10n.t(
      "How fast the script is spoken: {0} to {1}; 1 is the voice’s own speed.",
      ...settingRanges.speed,
    );
  },
  get volume() {
    return l10n.t(
      "How loud the script is spoken: {0} to {1}; 1 is the voice’s own loudness.",
      ...settingRanges.volume,
    );
  },
  get emotion() {
    return l10n.t("How the voice sounds, such as {0}.", someEmotions);
  },
  get flush() {
    return l10n.t(
      'More flush markers: texts that cut the script where they are alone on their line, such as `["---", "***"]`.',
    );
  },
  get skip() {
    return l10n.t(
      "What is not spoken: {0}. In plain text only `parentheses` and `brackets` mean something.",
      skippable.map((part) => `\`${part}\``).join(", "),
    );
  },
  get only() {
    return l10n.t(
      'What alone is spoken: `quotes`, `notes` (the speaker notes of a deck, whose slides are then the segments), or the heading of a section, such as `"## Narration"`.',
    );
  },
  get variables() {
    return l10n.t(
      "Values for the template variables of the script: `name: Ada` is said for `{{name}}`.",
    );
  },
  get pronunciations() {
    return l10n.t(
      "What is said for words as they are written: `Nguyen: win`, or in any case `sql: { say: sequel, case: ignore }`. Whole words, and their plurals with `s`.",
    );
  },
  get pronunciation_dict() {
    return l10n.t("The id of one of the service’s own pronunciation dictionaries.");
  },
  get cast() {
    return l10n.t(
      "The speakers by their names, and the voice of each: `ANNA: <voice id>`, or `ANNA: { voice: …, speed: 1.1 }`. A paragraph that begins with `ANNA:` is said in that voice, without the name.",
    );
  },
  get names() {
    return l10n.t(
      "Where the names of the cast stand: `before` what is said, as `ANNA:`, or also `above` it, on a line of their own as in screenplays.",
    );
  },
  get headings() {
    return l10n.t(
      "`true` has headings said in a script with a cast, too. Those of one without are left out by `skip: [headings]`.",
    );
  },
};

/** What `speech:` itself is. */
export function speechDescription(): string {
  return l10n.t(
    "How this script is spoken. What stands here counts for this document, and instead of the settings.",
  );
}
