import { settingRanges } from "../script/frontMatter.ts";
import { primaryEmotions, tagRules, type TagName } from "./vocabulary.ts";

const [slowest, fastest] = tagRules.speed.range;
const [softest, loudest] = tagRules.volume.range;
const someEmotions = primaryEmotions.map((emotion) => `\`${emotion}\``).join(", ");

/** What each of the service's tags does, in Markdown. */
export const tagDescriptions: Readonly<Record<TagName | "spell" | "flush" | "laughter", string>> = {
  break:
    "A pause of this length. `time` in seconds or milliseconds: `1s`, `500ms`. It counts as one character. Several in a row are better written as one.",
  speed: `From here on the voice speaks so many times as fast as it does by itself. \`ratio\` from ${slowest} to ${fastest}; 1 is the voice’s own speed.`,
  volume: `From here on the voice is so many times as loud as it is by itself. \`ratio\` from ${softest} to ${loudest}; 1 is the voice’s own loudness.`,
  emotion: `From here on the voice sounds so. \`value\` is one of the service’s emotions, such as ${someEmotions}. How well it is heard depends on the voice.`,
  spell:
    "What stands between `<spell>` and `</spell>` is read sign by sign: codes, numbers, names. The two tags count as one character.",
  flush:
    "A flush marker: the script is cut here. Each part is sent, spoken and saved by itself, all in one voice without a break.",
  laughter: "The voice laughs here.",
};

/** What each setting under `speech:` does, in Markdown. */
export const settingDescriptions: Readonly<Record<string, string>> = {
  voice: "The voice’s id, as the service lists it.",
  model: "The model that speaks, such as `sonic-3`.",
  language: "The language of the text, as a code of two letters, such as `en`.",
  speed: `How fast the script is spoken: ${settingRanges.speed.join(" to ")}; 1 is the voice’s own speed.`,
  volume: `How loud the script is spoken: ${settingRanges.volume.join(" to ")}; 1 is the voice’s own loudness.`,
  emotion: `How the voice sounds, such as ${someEmotions}.`,
  flush:
    'More flush markers: texts that cut the script where they are alone on their line, such as `["---", "***"]`.',
  variables: "Values for the template variables of the script: `name: Ada` is said for `{{name}}`.",
  pronunciations:
    "What is said for words as they are written: `Nguyen: win`. Whole words, in the case given.",
  pronunciation_dict: "The id of one of the service’s own pronunciation dictionaries.",
  cast: "The speakers by their names, and the voice of each: `ANNA: <voice id>`, or `ANNA: { voice: …, speed: 1.1 }`. A paragraph that begins with `ANNA:` is said in that voice, without the name.",
};

/** What `speech:` itself is. */
export const speechDescription =
  "How this script is spoken. What stands here counts for this document, and instead of the settings.";
