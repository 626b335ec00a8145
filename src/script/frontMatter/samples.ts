import * as l10n from "@vscode/l10n";
import { isMap, isScalar, type YAMLError } from "yaml";
import { longestYaml } from "../model/scriptLimits.ts";
import { LineCounter } from "../model/linePlaces.ts";
import type { Words } from "../model/script.ts";
import { readWordMap } from "./wordMap.ts";
import { readYaml } from "./yamlDocument.ts";

/** Sets of sample values for a script's variables, and what of them can't be understood: sentences. */
export interface Samples {
  /** By name, in the file's order. */
  readonly sets: ReadonlyMap<string, Words>;
  readonly faults: readonly string[];
}

/** Reads a file of sample values, YAML or JSON: sets by name, each a map of variables' values. Never throws. */
export function readSamples(text: string): Samples {
  if (text.length > longestYaml)
    return faulty(l10n.t("It is too long. Keep it under 65,536 characters."));
  try {
    const document = readYaml(text.replace(/^\uFEFF/, ""));
    const [error] = document.errors;
    if (error) return faulty(l10n.t("It is not valid: {0}", describe(text, error)));
    return readSets(document.contents);
  } catch {
    return faulty(l10n.t("It is too deeply nested."));
  }
}

function readSets(root: unknown): Samples {
  const sets = new Map<string, Words>();
  const faults: string[] = [];
  if (root === null || (isScalar(root) && root.value === null)) return { sets, faults };
  if (!isMap(root)) return faulty(l10n.t("Write sets by name in it, such as `default:`."));
  for (const { key, value } of root.items) {
    const name = isScalar(key) ? String(key.value) : "";
    if (isMap(value)) {
      const read = readWordMap(value, "variables");
      sets.set(name, read.words);
      for (const { message } of read.faults) faults.push(l10n.t("In `{0}`: {1}", name, message));
    } else if (value === null || (isScalar(value) && value.value === null)) {
      sets.set(name, {}); // all of it is still to be written
    } else {
      faults.push(
        l10n.t("`{0}` is no set of values. Indent its variables below it: `name: Anna`.", name),
      );
    }
  }
  return { sets, faults };
}

/** What the library says, and where. */
function describe(text: string, { message, pos }: YAMLError): string {
  const { line, character } = new LineCounter(text).at(pos[0]);
  return `${message} at line ${line + 1}, column ${character + 1}`;
}

function faulty(fault: string): Samples {
  return { sets: new Map(), faults: [fault] };
}
