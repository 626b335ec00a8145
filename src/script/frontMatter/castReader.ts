import * as l10n from "@vscode/l10n";
import { isMap, isScalar } from "yaml";
import type { Document, Pair, YAMLMap } from "yaml";
import { readOption } from "./optionValue.ts";
import type { CastPlaces, CastVoice, Span } from "../model/script.ts";
import { isNothing, keyName, rangeOf, resolve } from "./yamlNodes.ts";

/** The speakers of a front matter; places count as the YAML does. */
export interface ReadCast {
  readonly cast: Readonly<Record<string, CastVoice>>;
  readonly places: Readonly<Record<string, CastPlaces>>;
}

type Report = (message: string, start: number, end: number) => void;

/** The settings that a speaker has. */
export const castSettingNames = [
  "voice",
  "speed",
  "volume",
  "emotion",
  "language",
  "accent",
  "normalization",
] as const satisfies readonly (keyof CastVoice)[];
/** What would end a name, or begin something else, where it stands before a paragraph. */
const UNNAMEABLE = /[\r\n:：<`\\]|^\*\*|\*\*$/;

/** Whether a paragraph can begin with this name, as it is read from a cast. */
export function isSpeakerName(name: string): boolean {
  return name !== "" && !UNNAMEABLE.test(name);
}

/** Reads what stands under `cast:`. What will not do is left out and reported; the others count. */
export function readCast(document: Document, map: YAMLMap, report: Report): ReadCast {
  const cast: [string, CastVoice][] = [];
  const places: [string, CastPlaces][] = [];
  // Many speakers may refer to the same settings, which are read, and told of, once.
  const known = new Map<unknown, Speaker | undefined>();
  for (const pair of map.items) {
    const name = keyName(pair.key)?.trim() ?? "";
    if (!isScalar(pair.key) || !isSpeakerName(name)) {
      const range = rangeOf(pair, "key");
      report(
        l10n.t(
          "A speaker's name is text on one line without `:`, `<`, a backslash or a backtick, and has no `**` at its ends. Write it otherwise.",
        ),
        ...range,
      );
      continue;
    }
    const value = resolve(document, pair.value);
    const speaker = known.has(value) ? known.get(value) : readSpeaker(document, pair, name, report);
    if (isMap(value)) known.set(value, speaker);
    if (!speaker) continue;
    cast.push([name, speaker.voice]);
    places.push([name, { ...speaker.places, name: spanOf(rangeOf(pair, "key")) }]);
  }
  // Not by assignment: a name may be `__proto__`.
  return { cast: Object.fromEntries(cast), places: Object.fromEntries(places) };
}

interface Speaker {
  readonly voice: CastVoice;
  readonly places: CastPlaces;
}

function readSpeaker(
  document: Document,
  pair: Pair,
  name: string,
  report: Report,
): Speaker | undefined {
  const value = resolve(document, pair.value);
  const range = rangeOf(pair);
  if (isMap(value)) return readSettings(document, value, { name, range, report });
  const read = isNothing(value) ? undefined : readOption("voice", scalarOf(value));
  if (read && "read" in read && read.read.voice !== undefined) {
    return { voice: { voice: read.read.voice }, places: { voice: spanOf(range) } };
  }
  report(
    l10n.t(
      '`{0}` has no voice. Write a voice\'s id behind the name, or settings: { voice: "…", speed: 1.1 }.',
      name,
    ),
    ...(isNothing(value) ? rangeOf(pair, "key") : range),
  );
  return undefined;
}

interface Named {
  readonly name: string;
  readonly range: [number, number];
  readonly report: Report;
}

function readSettings(
  document: Document,
  map: YAMLMap,
  { name, range, report }: Named,
): Speaker | undefined {
  const places: { -readonly [Option in keyof CastPlaces]: CastPlaces[Option] } = {};
  let voice: Partial<CastVoice> = {};
  let faulty = false;
  for (const pair of map.items) {
    const written = keyName(pair.key) ?? "";
    const key = castSettingNames.find((known) => known === written);
    const value = resolve(document, pair.value);
    if (key === undefined) {
      const known = castSettingNames.map((known) => `\`${known}\``).join(", ");
      const message = l10n.t("A speaker has no setting `{0}`. It has {1}.", written, known);
      report(message, ...rangeOf(pair, "key"));
    } else if (isNothing(value)) {
      faulty ||= key === "voice";
      report(
        l10n.t("`{0}` has no value. Give it one, or remove the line.", key),
        ...rangeOf(pair, "key"),
      );
    } else {
      const option = readOption(key, scalarOf(value));
      if ("fault" in option) {
        faulty ||= key === "voice";
        report(option.fault, ...rangeOf(pair));
      } else {
        voice = { ...voice, ...option.read };
        places[key] = spanOf(rangeOf(pair));
      }
    }
  }
  if (voice.voice !== undefined) return { voice: { ...voice, voice: voice.voice }, places };
  if (!faulty)
    report(l10n.t("`{0}` has no `voice`. Write one among its settings.", name), ...range);
  return undefined;
}

function scalarOf(node: unknown): unknown {
  return isScalar(node) ? node.value : undefined;
}

function spanOf([start, end]: [number, number]): Span {
  return { start, end };
}
