import { withoutServiceTags } from "../model/serviceTags.ts";
import { isNeutral, isUnspaced } from "../model/writing.ts";

/**
 * The white space that joins two transcripts which are spoken one after the other. The service
 * joins transcripts verbatim (Cartesia docs, "Stream inputs using continuations"), so exactly one
 * white space has to stand between their words: `" "`, but
 *
 * - `""` where the characters on both sides belong to a writing without spaces (Chinese, Japanese,
 *   Thai, Lao, Khmer, Burmese, Tibetan, with the punctuation of Chinese and Japanese). Where one
 *   side does, a space is put: it does no harm there, and its lack would glue a word of the other
 *   side.
 * - `""` where one side already has white space, behind a tag of the service.
 *
 * Tags that are not heard, and characters that stand in any writing (“ ” … —, combining and zero
 * width ones), are looked through to the nearest that tells.
 */
export function seamBetween(left: string, right: string): "" | " " {
  return seamOf(edgesOf(left), edgesOf(right));
}

/** How a transcript begins and ends, as far as it matters for what joins it to others. */
export interface Edges {
  readonly beginsWithSpace: boolean;
  readonly endsWithSpace: boolean;
  /** Whether its first character is of a writing without spaces, and its last one. */
  readonly beginsUnspaced: boolean;
  readonly endsUnspaced: boolean;
}

/** The edges of a transcript. */
export function edgesOf(transcript: string): Edges {
  const heard = withoutServiceTags(transcript);
  const end = heard.slice(-EDGE);
  return {
    beginsWithSpace: /^\p{Cf}*\s/u.test(heard),
    endsWithSpace: /\s\p{Cf}*$/u.test(end),
    beginsUnspaced: isUnspaced(nearest(heard.slice(0, EDGE))),
    endsUnspaced: isUnspaced(nearest([...end].reverse())),
  };
}

/** As `seamBetween`, of transcripts with these edges. */
export function seamOf(left: Edges, right: Edges): "" | " " {
  const isJoined = left.endsWithSpace || right.beginsWithSpace;
  return isJoined || (left.endsUnspaced && right.beginsUnspaced) ? "" : " ";
}

/** UTF-16 units that are looked through at most. */
const EDGE = 64;

/** The first character that tells which writing it belongs to; "" if there is none. */
function nearest(characters: Iterable<string>): string {
  for (const character of characters) if (!isNeutral(character)) return character;
  return "";
}
