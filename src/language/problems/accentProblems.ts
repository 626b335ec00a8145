import * as l10n from "@vscode/l10n";
import type { Script, Span } from "../../script/model/script.ts";
import { unsentBefore, type SpeakingWith } from "./frontMatterProblems.ts";
import { nearest } from "../tags/nearest.ts";
import { valueProblem, type Problem } from "./problem.ts";

/**
 * Accents that the voice, or the service, does not have, as far as that is known. Places are the document's.
 * Source: Cartesia TTS WebSocket reference, voices.
 */
export function findAccentProblems(
  text: string,
  { options, places }: Script,
  speaking: SpeakingWith,
): Problem[] {
  const own = options.voice ?? speaking.voice;
  return [
    ...faultOfAccent(text, options.accent, places.accent, { ...speaking, voice: own }),
    ...Object.entries(options.cast ?? {}).flatMap(([name, { accent, voice }]) => {
      const place = places.castVoices?.[name]?.accent;
      return faultOfAccent(text, accent, place, { ...speaking, voice });
    }),
  ];
}

function faultOfAccent(
  text: string,
  accent: string | undefined,
  place: Span | undefined,
  {
    voice,
    voices = {},
    accents = {},
    apiVersion,
  }: Omit<SpeakingWith, "voice"> & { readonly voice: string | undefined },
): Problem[] {
  if (accent === undefined || !place) return [];
  const problem = (message: string, better?: string): Problem[] => [
    valueProblem(text, place, { code: "accent", message, better }),
  ];
  const unsent = unsentBefore(apiVersion, "accent");
  if (unsent !== undefined) return problem(unsent);
  const known = voice !== undefined && Object.hasOwn(voices, voice) ? voices[voice] : undefined;
  const own = known?.accents;
  const ids = own ?? Object.keys(accents);
  if (ids.includes(accent)) return [];
  if (ids.length === 0) {
    if (/^[a-z\d]+(?:-[a-z\d]+)*$/.test(accent)) return []; // who knows
    return problem(
      l10n.t(
        "`{0}` is no accent’s id, and the service refuses it. Ids are written as in `general-american`.",
        accent,
      ),
    );
  }
  // The service's names of accents are not what it takes.
  const named = ids.find(
    (id) => Object.hasOwn(accents, id) && accents[id]?.toLowerCase() === accent.toLowerCase(),
  );
  const only = own?.length === 1 ? own[0] : undefined;
  const better = named ?? nearest(accent, ids) ?? only;
  if (known && own) {
    const all = ids.map((id) => `\`${id}\``).join(", ");
    return problem(
      l10n.t(
        "{0} has no accent `{1}`, and the service refuses it. Its accents are {2}.",
        known.name,
        accent,
        all,
      ),
      better,
    );
  }
  const advice =
    better === undefined
      ? l10n.t("Take the id of one of the voice’s accents.")
      : l10n.t("Did you mean `{0}`?", better);
  return problem(`${l10n.t("The service has no accent `{0}`.", accent)} ${advice}`, better);
}
