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
  const before = withoutServiceTags(left);
  const after = withoutServiceTags(right);
  if (/\s\p{Cf}*$/u.test(before.slice(-EDGE)) || /^\p{Cf}*\s/u.test(after)) return "";
  const last = nearest([...before.slice(-EDGE)].reverse());
  const first = nearest(after.slice(0, EDGE));
  return isUnspaced(last) && isUnspaced(first) ? "" : " ";
}

/** UTF-16 units that are looked through at most. */
const EDGE = 64;

/** The first character that tells which writing it belongs to; "" if there is none. */
function nearest(characters: Iterable<string>): string {
  for (const character of characters) if (!isNeutral(character)) return character;
  return "";
}
