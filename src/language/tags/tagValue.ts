import * as l10n from "@vscode/l10n";
import { nearest } from "./nearest.ts";
import { emotions, tagRules, type TagName, type TagRule } from "./vocabulary.ts";

/** What is wrong with a tag's value, and what was probably meant. */
export interface ValueFault {
  readonly message: string;
  /** A value that is right. */
  readonly better: string | undefined;
}

/** Looks whether the service understands a value of a tag. @returns what is wrong with it, if anything */
export function faultOfValue(tag: TagName, value: string): ValueFault | undefined {
  const rule: TagRule = tagRules[tag];
  if (rule.attribute === "time") return faultOfTime(value);
  if (rule.attribute === "ratio") return faultOfRatio(tag, value, rule.range ?? [0, Infinity]);
  return faultOfEmotion(value);
}

const TIME = /^(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(?:s|ms)$/;
const LOOSE_TIME =
  /^\s*((?:\d{1,9}(?:[.,]\d{1,9})?|[.,]\d{1,9}))\s*(ms|msecs?|milli(?:second)?s?|s|secs?|seconds?)?\s*$/i;

function faultOfTime(value: string): ValueFault | undefined {
  if (TIME.test(value)) return undefined;
  const [, written, unit = ""] = LOOSE_TIME.exec(value) ?? [];
  const number = written?.replace(",", ".");
  const isMilliseconds = /^m/i.test(unit) || (unit === "" && Number(number) >= 20);
  return {
    message: l10n.t(
      "`{0}` is no length of time: the pause is not made. Write seconds or milliseconds, such as `1s` or `500ms`.",
      value,
    ),
    better: number === undefined ? undefined : `${number}${isMilliseconds ? "ms" : "s"}`,
  };
}

const RATIO = /^(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})$/;
const LOOSE_RATIO = /^\s*\+?(-?(?:\d{1,9}(?:[.,]\d{0,9})?|[.,]\d{1,9}))\s*([%x×]?)\s*$/i;

function faultOfRatio(
  tag: TagName,
  value: string,
  [least, most]: readonly [number, number],
): ValueFault | undefined {
  const number = RATIO.test(value) ? Number(value) : NaN;
  if (number >= least && number <= most) return undefined;
  const [, written, unit] = LOOSE_RATIO.exec(value) ?? [];
  const meant = Number(written?.replace(",", ".")) / (unit === "%" ? 100 : 1);
  const within = Math.min(Math.max(meant, least), most);
  return {
    message: Number.isNaN(number)
      ? noRatio(tag, value, least, most)
      : l10n.t(
          "A {0} of {1} is out of range: the service refuses it. Write a number from {2} to {3}.",
          tag,
          value,
          least,
          most,
        ),
    better: Number.isNaN(within) ? undefined : String(Math.round(within * 1000) / 1000),
  };
}

function noRatio(tag: TagName, value: string, least: number, most: number): string {
  return tag === "speed"
    ? l10n.t(
        "`{0}` is no ratio: the speed stays as it is. Write a number from {1} to {2}.",
        value,
        least,
        most,
      )
    : l10n.t(
        "`{0}` is no ratio: the loudness stays as it is. Write a number from {1} to {2}.",
        value,
        least,
        most,
      );
}

function faultOfEmotion(value: string): ValueFault | undefined {
  if (emotions.includes(value)) return undefined;
  const listed = value.trim().toLowerCase();
  if (emotions.includes(listed)) {
    const message = l10n.t(
      "The service knows its emotions only as it lists them: `{0}` may be ignored. Write `{1}`.",
      value,
      listed,
    );
    return { message, better: listed };
  }
  const better = nearest(value.trim(), emotions);
  return { message: unknownEmotion(value, better), better };
}

/** The sentence about an emotion that the service does not know. */
export function unknownEmotion(value: string, better: string | undefined): string {
  const advice =
    better === undefined
      ? l10n.t("Take one that it knows, such as `calm` or `sad`.")
      : l10n.t("Did you mean `{0}`?", better);
  const fault = l10n.t(
    "The service knows no emotion `{0}`: the voice stays as it is, or the text is refused.",
    value,
  );
  return `${fault} ${advice}`;
}
