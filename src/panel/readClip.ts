import {
  isAmount,
  isBoolean,
  isIndex,
  isListOf,
  isOptional,
  isPlace,
  isRecord,
  isStretch,
  isString,
  readList,
} from "./guards.ts";
import { clipStates } from "./messages.ts";
import type { ClipState, ClipTiming, ClipView, TakeView, WordView } from "./messages.ts";

/** Reads a segment as the page shows it: `undefined` for what is not one, whole and in its types. */
export function readClip(value: unknown): ClipView | undefined {
  if (!isRecord(value)) return undefined;
  const { segment, transcript, speaker, state, reason, seconds, src, audible } = value;
  const { locked, toSend, again, inContext, voice } = value;
  if (!isIndex(segment) || !isString(transcript) || !isClipState(state)) return undefined;
  if (!isOptional(reason, isString) || !isOptional(src, isString)) return undefined;
  if (!isOptional(seconds, isAmount) || !isOptional(audible, isStretch)) return undefined;
  if (!isOptional(locked, isBoolean) || !isOptional(toSend, isIndex)) return undefined;
  if (!isOptional(again, isIndex) || !isOptional(inContext, isIndex)) return undefined;
  if (!isOptional(voice, isString) || !isOptional(speaker, isString)) return undefined;
  const words = value.words === undefined ? undefined : readWords(value.words);
  const timing = value.timing === undefined ? undefined : readTiming(value.timing);
  const takes = value.takes === undefined ? undefined : readList(value.takes, readTake);
  if (value.takes !== undefined && !takes) return undefined;
  if (value.words !== undefined && !words) return undefined;
  if (value.timing !== undefined && !timing) return undefined;
  return {
    segment,
    transcript,
    ...(speaker !== undefined && { speaker }),
    state,
    ...(reason !== undefined && { reason }),
    ...(seconds !== undefined && { seconds }),
    ...(src !== undefined && { src }),
    ...(words && { words }),
    ...(timing && { timing }),
    ...(audible !== undefined && { audible: { start: audible.start, end: audible.end } }),
    ...(locked !== undefined && { locked }),
    ...(takes && { takes }),
    ...(toSend !== undefined && { toSend }),
    ...(again !== undefined && { again }),
    ...(inContext !== undefined && { inContext }),
    ...(voice !== undefined && { voice }),
  };
}

/** Reads the words of a segment. */
export function readWords(value: unknown): readonly WordView[] | undefined {
  if (!isListOf(value, isWord)) return undefined;
  return value.map(({ from, to, start, end }) => ({ from, to, start, end }));
}

function readTiming(value: unknown): ClipTiming | undefined {
  if (!isRecord(value)) return undefined;
  const { firstByteMs, firstAudibleMs, speed } = value;
  if (!isOptional(firstByteMs, isAmount) || !isOptional(firstAudibleMs, isAmount)) return undefined;
  if (!isOptional(speed, isAmount)) return undefined;
  return {
    ...(firstByteMs !== undefined && { firstByteMs }),
    ...(firstAudibleMs !== undefined && { firstAudibleMs }),
    ...(speed !== undefined && { speed }),
  };
}

function readTake(value: unknown): TakeView | undefined {
  if (!isRecord(value)) return undefined;
  const { id, src, seconds, spokenAt, voice } = value;
  if (!isString(id) || !isString(src) || !isString(voice) || !isAmount(seconds)) return undefined;
  return isString(spokenAt) && !Number.isNaN(Date.parse(spokenAt))
    ? { id, src, seconds, spokenAt, voice }
    : undefined;
}

function isWord(value: unknown): value is WordView {
  return isPlace(value) && isStretch(value);
}

function isClipState(value: unknown): value is ClipState {
  return clipStates.some((state) => state === value);
}
