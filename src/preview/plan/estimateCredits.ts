import { findServiceTags, SPELL_END, SPELL_START } from "../../script/model/serviceTags.ts";

/**
 * What saying a transcript costs at Cartesia, in credits: one for each UTF-16 unit, but one for a whole `<break …/>`, and one
 * for the two tags of a `<spell>` together. The service may count a little otherwise, once it has prepared the text.
 * Source: Cartesia's docs, "Pricing" and "SSML tags".
 */
export function estimateCredits(transcript: string): number {
  if (!transcript.includes("<")) return transcript.length;
  let credits = transcript.length;
  for (const { start, end, kind } of findServiceTags(transcript)) {
    if (kind === "spell") credits -= SPELL_START + SPELL_END - 1;
    else if (isBreak(transcript.slice(start, end))) credits -= end - start - 1;
  }
  return credits;
}

/**
 * How many credits a character costs with a professional voice clone, where another voice's costs one.
 * Source: Cartesia TTS WebSocket reference, price.
 */
export const proRate = 1.5;

function isBreak(tag: string): boolean {
  return /^<break/i.test(tag);
}
