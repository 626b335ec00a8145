import * as l10n from "@vscode/l10n";
import { isMap, isScalar, type Node, type YAMLMap } from "yaml";
import type { Pronunciation, Span } from "../model/script.ts";
import { isVariableName } from "../transcript/variables.ts";

/** What is wrong with an entry, and where it stands in the YAML; `undefined` for the whole of it. */
export interface WordFault {
  readonly message: string;
  readonly place: Span | undefined;
}

/** Texts by words, or how words are said, as far as a YAML map holds them. */
export interface WordMap<Value extends Pronunciation = Pronunciation> {
  readonly words: Readonly<Record<string, Value>>;
  readonly faults: readonly WordFault[];
}

/** Of which words a map is; the faults' sentences name it. */
export type WordKind = "variables" | "pronunciations";

const EXAMPLES = { variables: "name: Anna", pronunciations: "SQL: sequel" } as const;

/**
 * Reads a map of scalars, for pronunciations also of `{ say: …, case: ignore }`. A number is taken as it is written: `1.50` stays
 * `1.50`. An entry that will not do is left out.
 */
export function readWordMap(node: unknown, kind: "variables"): WordMap<string>;
export function readWordMap(node: unknown, kind: "pronunciations"): WordMap;
export function readWordMap(node: unknown, kind: WordKind): WordMap {
  if (!isMap(node)) {
    const message = l10n.t(
      "`{0}` must be lines of their own, indented below it, such as `{1}`.",
      kind,
      EXAMPLES[kind],
    );
    return { words: {}, faults: [{ message, place: placeOf(node) }] };
  }
  const entries: [string, Pronunciation][] = [];
  const faults: WordFault[] = [];
  for (const { key, value } of node.items) {
    const [written, text] = [textOf(key), textOf(value)];
    if (kind === "pronunciations" && written !== undefined && isMap(value)) {
      const read = readPronunciation(value);
      if (read !== undefined) entries.push([written, read]);
      else faults.push({ message: faultOfPronunciation(written), place: placeOf(value) });
    } else if (written === undefined || text === undefined) {
      const quoted = `${EXAMPLES[kind].replace(": ", ': "')}"`;
      const message =
        written === undefined
          ? l10n.t(
              "An entry of `{0}` has no value that is text. Put it in quotes: `{1}`.",
              kind,
              quoted,
            )
          : l10n.t(
              "`{0}` of `{1}` has no value that is text. Put it in quotes: `{2}`.",
              written,
              kind,
              quoted,
            );
      faults.push({ message, place: placeOf(value) ?? placeOf(key) });
    } else if (kind === "variables" && !isVariableName(written)) {
      const message = l10n.t(
        "A variable can't be called `{0}`. Use letters, digits, `_`, `-` and `.`.",
        written,
      );
      faults.push({ message, place: placeOf(key) });
    } else entries.push([written, text]);
  }
  return { words: Object.fromEntries(entries), faults };
}

function faultOfPronunciation(written: string): string {
  return l10n.t(
    "`{0}` must be what is said for it, or settings: { say: …, case: ignore }.",
    written,
  );
}

/** Reads `{ say: …, case: ignore }`. */
function readPronunciation({ items }: YAMLMap): Pronunciation | undefined {
  const settings = new Map(items.map(({ key, value }) => [textOf(key), textOf(value)]));
  const say = settings.get("say");
  const isKnown = [...settings.keys()].every((key) => key === "say" || key === "case");
  if (say === undefined || !isKnown) return undefined;
  if (!settings.has("case")) return say;
  return settings.get("case") === "ignore" ? { say, case: "ignore" } : undefined;
}

/** A scalar as it is written, without its quotes. */
function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  return typeof node.value === "string" ? node.value : node.source;
}

function placeOf(node: unknown): Span | undefined {
  const [start, end] = (node as Node | null)?.range ?? [];
  return start === undefined || end === undefined ? undefined : { start, end };
}
