/**
 * What is not seen and not heard: soft hyphens, characters without a width, marks of direction. Not those by which signs are
 * chosen (variation selectors, flags), nor white space.
 */
export const invisibleClass =
  "\\u00AD\\u034F\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFC\\u{1D173}-\\u{1D17A}";

/** Letters and digits that mathematics has in other shapes (bold, script, Fraktur …), and those in circles and squares. */
const STYLED =
  "\\u{1D400}-\\u{1D7FF}\\u24B6-\\u24E9\\u{1F130}-\\u{1F149}\\u{1F150}-\\u{1F169}\\u{1F172}-\\u{1F17D}\\u{1F180}-\\u{1F189}";
/** Letters of the same shapes that stand elsewhere in Unicode; alone they may mean a number set, or a unit. */
const ELSEWHERE = "\\u2102\\u210A-\\u2113\\u2115\\u2119-\\u211D\\u2124\\u2128-\\u2138";
/** Characters that may be one of these letters. */
export const styledClass = STYLED + ELSEWHERE;
/** One of these letters, for a pattern with the flag `u`. */
export const styledLetter = `(?:[${STYLED}]|(?<=[${STYLED}])[${ELSEWHERE}]|[${ELSEWHERE}](?=[${STYLED}]))`;

/** The letter or digit that a styled one is read as. */
export function plainLetter(styled: string): string {
  const code = styled.codePointAt(0) ?? 0;
  if (code >= 0x1f150 && code <= 0x1f189) {
    return String.fromCharCode(0x41 + ((code - 0x1f150) % 0x20));
  }
  return styled.normalize("NFKC");
}

/** Writings whose letters join, or do not, as a zero width character between them says. */
const JOINING =
  /[\p{scx=Adlm}\p{scx=Arab}\p{scx=Bali}\p{scx=Beng}\p{scx=Deva}\p{scx=Gran}\p{scx=Gujr}\p{scx=Guru}\p{scx=Java}\p{scx=Khmr}\p{scx=Knda}\p{scx=Mlym}\p{scx=Mong}\p{scx=Mymr}\p{scx=Nkoo}\p{scx=Orya}\p{scx=Phag}\p{scx=Rohg}\p{scx=Sinh}\p{scx=Sund}\p{scx=Syrc}\p{scx=Taml}\p{scx=Telu}\p{scx=Tibt}]$/u;
/** Writings without spaces in which one without a width shows where a word ends. */
const WORD_BORDERS = /[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]$/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u;

/** Whether an invisible character is needed where it stands. @param before the text before it, or its end. */
export function isNeeded(invisible: string, before: string): boolean {
  const end = before.slice(-2);
  if (invisible === "\u200B") return WORD_BORDERS.test(end);
  if (invisible === "\u200D" && EMOJI.test(end)) return true;
  return (invisible === "\u200C" || invisible === "\u200D") && JOINING.test(end);
}
