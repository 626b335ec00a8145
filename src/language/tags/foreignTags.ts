import * as l10n from "@vscode/l10n";
import { isDialect, isForeign } from "../../script/model/htmlTags.ts";
import { emotions, tagNames } from "./vocabulary.ts";
import type { TagText } from "./tagText.ts";

/** What the service has instead of a tag of other speech services. */
export interface Instead {
  /** A sentence. */
  readonly advice: string;
  /** What does the same where the tag stands; "" where the service has nothing for it, so that the tag may as well go. */
  readonly open?: string;
  /** The same where its element ends. */
  readonly close?: string;
  /** What is said in the place of all of the element. */
  readonly whole?: string;
}

/** What the service has instead of a tag that it does not know; nothing for tags that are nobody's. */
export function insteadOf(tag: TagText): Instead | undefined {
  const { name } = tag;
  if (name === "sub") return insteadOfAlias(tag);
  const own = isDialect(name) ? name.slice(name.indexOf(":") + 1) : name;
  if (own === name && !isForeign(name)) return undefined;
  if (own === "prosody") return insteadOfProsody(tag);
  if (own === "silence") return insteadOfSilence(tag);
  if (/^(?:whisper|shout|sing)|^(?:effect|style|emotion|express-as|domain)$/.test(own)) {
    return insteadOfStyle(tag);
  }
  if (/^(?:laugh|chuckle|giggle)/.test(own)) {
    const advice = l10n.t("For laughter it has `[laughter]`.");
    return tag.isEmpty ? { advice, open: "[laughter]" } : { advice, open: "", close: "" };
  }
  if (SOUND.test(own)) {
    const advice = l10n.t("The one sound that it makes is `[laughter]`.");
    return { advice, open: "", close: "" };
  }
  if (own === "say-as") return insteadOfSayAs(tag);
  if (own === "emphasis") {
    return {
      advice: l10n.t("It stresses a word by its place in the sentence, and by punctuation."),
      open: "",
      close: "",
    };
  }
  if (/^(?:phoneme|lexicon)$/.test(own)) {
    const advice = l10n.t(
      "Write the sounds as in `<<h|ə|l|oʊ>>`, or the word under `pronunciations` in the front matter.",
    );
    return { advice, open: "", close: "" };
  }
  if (/^(?:voice|lang)$/.test(own)) {
    const advice = l10n.t(
      "Speakers have their voices and languages under `cast` in the front matter.",
    );
    return { advice, open: "", close: "" };
  }
  const names = tagNames.map((known) => `\`<${known}/>\``).join(", ");
  return { advice: l10n.t("It knows {0} and {1}.", names, "`<spell>`"), open: "", close: "" };
}

const SOUND =
  /^(?:sigh|cough|sneeze|sniff|gasp|groan|yawn|breath|cry|sob|hmm|clear-throat|audio|backgroundaudio|viseme|ambiance)/;

function valueOf({ attributes }: TagText, ...names: readonly string[]): string | undefined {
  return attributes.find(({ name }) => names.includes(name))?.value.trim();
}

function insteadOfAlias(tag: TagText): Instead | undefined {
  const alias = valueOf(tag, "alias");
  if (alias === undefined) return undefined; // HTML
  const advice = l10n.t("Write what is to be said, or the word under `pronunciations`.");
  return /[<>&]/.test(alias) ? { advice } : { advice, whole: alias };
}

/** How fast and how loud the words of SSML are (W3C, "SSML 1.1", 3.2.4), within what the service takes. */
const RATIOS: Readonly<Record<string, string>> = {
  "x-slow": "0.6",
  slow: "0.8",
  medium: "1.0",
  default: "1.0",
  fast: "1.2",
  "x-fast": "1.5",
  "x-soft": "0.5",
  soft: "0.7",
  loud: "1.4",
  "x-loud": "2.0",
};

function insteadOfProsody(tag: TagText): Instead {
  const advice = l10n.t(
    'It has `<speed ratio="0.8"/>` and `<volume ratio="0.8"/>`, which hold from their place on.',
  );
  let [open, close] = ["", ""];
  for (const [name, written] of [
    ["speed", valueOf(tag, "rate")],
    ["volume", valueOf(tag, "volume")],
  ] as const) {
    if (written === undefined) continue;
    const ratio = Object.hasOwn(RATIOS, written) ? RATIOS[written] : percentage(written, name);
    if (ratio === undefined) return { advice };
    open += `<${name} ratio="${ratio}"/>`;
    close += `<${name} ratio="1.0"/>`;
  }
  return { advice, open, close };
}

/** `80%` and `0.8` are rates; what SSML adds to a volume is in decibels, which is another matter. */
function percentage(written: string, name: "speed" | "volume"): string | undefined {
  const [, number, percent] = /^(\d{1,3}(?:\.\d{1,3})?)(%?)$/.exec(written) ?? [];
  const ratio = Number(number) / (percent ? 100 : 1);
  return name === "speed" && ratio >= 0.6 && ratio <= 1.5 ? String(ratio) : undefined;
}

function insteadOfSilence(tag: TagText): Instead {
  const time = valueOf(tag, "value", "time", "duration") ?? "";
  const open = /^\d+(?:\.\d+)?m?s$/.test(time) ? `<break time="${time}"/>` : undefined;
  return {
    advice: l10n.t('For a pause it has `<break time="1s"/>`.'),
    ...(open !== undefined && { open }),
  };
}

function insteadOfStyle(tag: TagText): Instead {
  const style = valueOf(tag, "style", "name", "emotion", "type")?.toLowerCase() ?? "";
  const emotion = style === "cheerful" ? "happy" : style;
  const advice = l10n.t(
    'What it has for that is `<emotion value="…"/>` and `<volume ratio="…"/>`.',
  );
  if (!emotions.includes(emotion)) return { advice, open: "", close: "" };
  return { advice, open: `<emotion value="${emotion}"/>`, close: '<emotion value="neutral"/>' };
}

function insteadOfSayAs(tag: TagText): Instead {
  const advice = l10n.t(
    "It reads dates and numbers by itself, and signs one by one in `<spell>…</spell>`.",
  );
  const kind = valueOf(tag, "interpret-as", "type") ?? "";
  return /^(?:characters|spell-out|letters|digits|verbatim|alphanumeric)$/.test(kind)
    ? { advice, open: "<spell>", close: "</spell>" }
    : { advice, open: "", close: "" };
}
