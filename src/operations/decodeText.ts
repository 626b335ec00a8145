import { UsageError } from "./exitCodes.ts";

/**
 * A text in UTF-8, or in UTF-16 of either order: with a byte order mark, which is left out, or without one where the order is
 * clear.
 * @param name of the file, for the message.
 * @throws UsageError for another encoding, and for what is no text.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const marked = markOf(bytes);
  const text = marked ? decode(bytes, marked) : (decodeUtf8(bytes) ?? guessUtf16(bytes));
  if (text !== undefined && !text.includes("\0")) return text;
  if (!isOtherText(bytes)) {
    throw new UsageError(`“${name}” is not a text. Name a Markdown or plain text file.`);
  }
  throw new UsageError(
    `“${name}” is neither UTF-8 nor UTF-16${placeOf(bytes)}. Save it as UTF-8 (in VS Code: Reopen with Encoding, then Save with Encoding), or convert it, such as with \`iconv -f WINDOWS-1252 -t UTF-8\`.`,
  );
}

type Utf16 = "utf-16le" | "utf-16be";

function markOf([first, second]: Uint8Array): Utf16 | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

function decode(bytes: Uint8Array, encoding: "utf-8" | Utf16): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What ISO-2022 (mail of Japan and Korea) begins its letters with: all its bytes are those of ASCII. */
// eslint-disable-next-line no-control-regex -- the sign that tells
const SHIFTED = /\u001b[$()][()]?[\x40-\x5a]/;

/** Nothing where a zero or another encoding's sign stands in it. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  const text = decode(bytes, "utf-8");
  return text === undefined || text.includes("\0") || SHIFTED.test(text) ? undefined : text;
}

/** What no text holds, read in the right order of bytes; the wrong one makes U+0A00 of line ends, and U+2000 of spaces. */
const STRANGE = /(?![\t\n\v\f\r])[\p{Cc}\p{Cn}\p{Co}\p{Cs}\u2000]/u;
const LATIN = /[\t\n\r\x20-\x7e\xa0-\xff]/g;

/**
 * Nothing where the order of bytes is not clear. Spaces, line ends and Latin letters tell it: half of each is a zero byte,
 * which no text in another encoding has.
 */
function guessUtf16(bytes: Uint8Array): string | undefined {
  if (!bytes.includes(0)) return undefined;
  const [best, other] = (["utf-16le", "utf-16be"] as const)
    .map((order) => decode(bytes, order) ?? "")
    .filter((text) => text !== "" && !STRANGE.test(text))
    .map((text) => ({ text, latin: text.length - text.replace(LATIN, "").length }))
    .sort((a, b) => b.latin - a.latin);
  return best && best.latin > 2 * (other?.latin ?? 0) ? best.text : undefined;
}

/** All below the space but what stands at ends of lines, and the sign of ISO-2022. */
const CONTROL = new Set(
  Array.from({ length: 0x20 }, (_, code) => code).filter(
    (code) => ![9, 10, 11, 12, 13, 27].includes(code),
  ),
);

/** Whether bytes look like a text, in whatever encoding: it has no control characters, or the mark of UTF-32 or UTF-16. */
function isOtherText(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  const isUtf32 = first === 0 && second === 0 && third === 0xfe && fourth === 0xff;
  return isUtf32 || markOf(bytes) !== undefined || !bytes.some((byte) => CONTROL.has(byte));
}

/** Where UTF-8 ends, as far as there is any. */
function placeOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const at = text.indexOf("\ufffd");
  if (markOf(bytes) !== undefined || at < 0) return "";
  return `: line ${text.slice(0, at).split(/\r\n|\r|\n/).length} can't be read`;
}
