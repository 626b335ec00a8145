import { isAmount, isBoolean, isIndex, isPlace, isRecord, isStretch, isString } from "./guards.ts";
import { clipStates } from "./messages.ts";
import type { ClipState, ClipTiming, ClipView, TakeView, WordView } from "./messages.ts";

/** Is told what was left out, by its name in the message, such as `timing.firstByteMs`. */
export type Drop = (field: string) => void;

/**
 * Reads a segment as the page shows it: `undefined` for what is none. What of it can't be read is left out, and the rest is
 * shown: one odd number must not empty a panel.
 */
export function readClip(value: unknown, drop: Drop): ClipView | undefined {
  if (!isRecord(value)) return undefined;
  const { segment, transcript, state } = value;
  if (!isIndex(segment) || !isString(transcript) || !isClipState(state)) return undefined;
  const words = value.words === undefined ? undefined : readWords(value.words, drop);
  const timing = value.timing === undefined ? undefined : readTiming(value.timing, drop);
  const takes =
    value.takes === undefined ? undefined : readSome(value.takes, readTake, "takes", drop);
  const audible = readField(value, "audible", isStretch, drop);
  return {
    segment,
    transcript,
    ...optional(value, "speaker", isString, drop),
    state,
    ...optional(value, "reason", isString, drop),
    ...optional(value, "seconds", isAmount, drop),
    ...optional(value, "src", isString, drop),
    ...(words && { words }),
    ...(timing && { timing }),
    ...(audible && { audible: { start: audible.start, end: audible.end } }),
    ...optional(value, "locked", isBoolean, drop),
    ...(takes && { takes }),
    ...optional(value, "toSend", isIndex, drop),
    ...optional(value, "again", isIndex, drop),
    ...optional(value, "inContext", isIndex, drop),
    ...optional(value, "voice", isString, drop),
  };
}

/** Reads the words of a segment; `undefined` where they are no list. */
export function readWords(value: unknown, drop: Drop): readonly WordView[] | undefined {
  const read = (word: unknown): WordView | undefined => {
    if (!isPlace(word) || !isStretch(word)) return undefined;
    const { from, to, start, end } = word;
    return { from, to, start, end };
  };
  return readSome(value, read, "words", drop);
}

/** Reads those of a list that can be read; `undefined` where it is none. */
export function readSome<T>(
  value: unknown,
  read: (value: unknown) => T | undefined,
  name: string,
  drop: Drop,
): readonly T[] | undefined {
  if (!Array.isArray(value)) {
    drop(name);
    return undefined;
  }
  // `Array.from` makes the holes of a sparse array visible.
  const items = Array.from<unknown, T | undefined>(value, read);
  const found = items.filter((item) => item !== undefined);
  if (found.length < items.length) drop(name);
  return found;
}

function readTiming(value: unknown, drop: Drop): ClipTiming | undefined {
  if (!isRecord(value)) {
    drop("timing");
    return undefined;
  }
  const dropIn: Drop = (field) => drop(`timing.${field}`);
  return {
    ...optional(value, "firstByteMs", isAmount, dropIn),
    ...optional(value, "firstAudibleMs", isAmount, dropIn),
    ...optional(value, "speed", isAmount, dropIn),
  };
}

/** A take that nobody knows when it was said has no date. */
function readTake(value: unknown): TakeView | undefined {
  if (!isRecord(value)) return undefined;
  const { id, src, seconds, spokenAt, voice } = value;
  if (!isString(id) || !isString(src) || !isString(voice) || !isAmount(seconds)) return undefined;
  return { id, src, seconds, spokenAt: isDate(spokenAt) ? spokenAt : "", voice };
}

function optional<Name extends string, T>(
  value: Readonly<Record<string, unknown>>,
  name: Name,
  is: (value: unknown) => value is T,
  drop: Drop,
): { readonly [Key in Name]?: T } {
  const found = readField(value, name, is, drop);
  return found === undefined ? {} : ({ [name]: found } as { readonly [Key in Name]: T });
}

function readField<T>(
  value: Readonly<Record<string, unknown>>,
  name: string,
  is: (value: unknown) => value is T,
  drop: Drop,
): T | undefined {
  const found = value[name];
  if (found === undefined || is(found)) return found;
  drop(name);
  return undefined;
}

function isDate(value: unknown): value is string {
  return isString(value) && !Number.isNaN(Date.parse(value));
}

function isClipState(value: unknown): value is ClipState {
  return clipStates.some((state) => state === value);
}
