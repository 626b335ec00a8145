import { isMap, isScalar } from "yaml";
import type { Document, Node, Pair } from "yaml";
import { findFrontMatter, hasSpeechKey } from "./frontMatterBlock.ts";
import { longestYaml } from "../model/scriptLimits.ts";
import type { Span } from "../model/script.ts";
import { readTomlDocument } from "./tomlDocument.ts";
import { readYaml } from "./yamlDocument.ts";
import { resolve } from "./yamlNodes.ts";

/** A place of a front matter that names a voice, or could. */
export interface VoicePlace {
  /** From the top of the YAML, such as `["speech", "voice"]`. */
  readonly keys: readonly string[];
  /** The name of the speaker whose voice it is; the script's own, where there is none. */
  readonly speaker?: string;
  /** What stands there, as written; missing where nothing does. */
  readonly voice?: string;
  /** Where in the document that stands. */
  readonly span?: Span;
}

/**
 * Where a document's front matter names voices: the script's own first, named or not, then those of its cast. Never throws.
 */
export function voicePlaces(text: string): readonly VoicePlace[] {
  const own: VoicePlace = { keys: ["speech", "voice"] };
  const block = findFrontMatter(text);
  const yaml = block ? text.slice(block.yaml.start, block.yaml.end) : "";
  if (!block || yaml.length > longestYaml || !hasSpeechKey(yaml)) return [own];
  try {
    const document = block.isToml ? readTomlDocument(yaml).document : readYaml(yaml);
    if (document.errors.length > 0) return [own];
    return placesIn(document, block.yaml.start);
  } catch {
    return [own]; // the library throws on what is too deep for its recursion
  }
}

function placesIn(document: Document, base: number): VoicePlace[] {
  const speech = pairIn(document, document.contents, "speech")?.value;
  const own = pairIn(document, speech, "voice");
  const cast = resolve(document, pairIn(document, speech, "cast")?.value);
  const speakers = isMap(cast) ? cast.items : [];
  return [
    { keys: ["speech", "voice"], ...voiceOf(own?.value, base) },
    ...speakers.flatMap(({ key, value }): VoicePlace[] => {
      if (!isScalar(key)) return [];
      const speaker = String(key.value);
      const keys = ["speech", "cast", speaker];
      if (!isMap(value)) return [{ keys, speaker, ...voiceOf(value, base) }];
      const voice = pairIn(document, value, "voice")?.value;
      return [{ keys: [...keys, "voice"], speaker, ...voiceOf(voice, base) }];
    }),
  ];
}

function pairIn(document: Document, node: unknown, name: string): Pair | undefined {
  const map = resolve(document, node);
  return isMap(map)
    ? map.items.find(({ key }) => isScalar(key) && String(key.value) === name)
    : undefined;
}

function voiceOf(node: unknown, base: number): Pick<VoicePlace, "voice" | "span"> {
  if (!isScalar(node) || typeof node.value !== "string" || node.value.trim() === "") return {};
  const [start, end] = (node as Node).range ?? [0, 0];
  return { voice: node.value.trim(), span: { start: base + start, end: base + end } };
}
