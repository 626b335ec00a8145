/** A chunk of a RIFF file as its header declares it: `end` may lie beyond the bytes at hand. */
export interface Chunk {
  /** Four characters, such as `fmt `. */
  readonly id: string;
  /** The offset of its first byte of content. */
  readonly start: number;
  /** The offset behind its last byte of content. */
  readonly end: number;
}

// Node and browsers both have these two; this folder is compiled with the types of neither.
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new (
  label: "utf-8",
  options: { readonly ignoreBOM: true },
) => { decode(bytes: Uint8Array): string };

/** Reads little-endian numbers from `bytes`, which may be a part of a larger buffer. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The four characters at `offset`; fewer at the end of `bytes`. */
export function readId(bytes: Uint8Array, offset: number): string {
  let id = "";
  for (let at = offset; at < offset + 4 && at < bytes.length; at++) {
    id += String.fromCharCode(bytes[at] ?? 0);
  }
  return id;
}

/** The chunks that begin in `bytes` at `from`, one behind the other. What is no whole chunk header ends them. */
export function* chunksOf(bytes: Uint8Array, from: number): Generator<Chunk, void, undefined> {
  const view = viewOf(bytes);
  let offset = from;
  while (offset + 8 <= bytes.length) {
    const size = view.getUint32(offset + 4, true);
    const start = offset + 8;
    yield { id: readId(bytes, offset), start, end: start + size };
    offset = start + size + (size % 2);
  }
}

/** A chunk of these parts, padded to an even length. */
export function encodeChunk(id: string, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  return concatenate([words32(id, size), ...parts, new Uint8Array(size % 2)]);
}

/** Numbers as 32 bits each, little-endian; a string stands for its four characters. */
export function words32(...values: readonly (number | string)[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 * values.length);
  const view = viewOf(bytes);
  values.forEach((value, index) => {
    if (typeof value === "number") view.setUint32(4 * index, value, true);
    else for (let at = 0; at < 4; at++) bytes[4 * index + at] = value.charCodeAt(at);
  });
  return bytes;
}

/** UTF-8, ended by a NUL. A NUL inside would end it early, so these are left out; lone surrogates become U+FFFD. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text.replaceAll("\0", "")}\0`);
}

/** UTF-8 up to the first NUL or the end. */
export function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    end < 0 ? bytes : bytes.subarray(0, end),
  );
}

/** The parts behind one another in new bytes. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
