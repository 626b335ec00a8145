import { clipStates } from "./messages.ts";
import type {
  ClipState,
  ClipTiming,
  ClipView,
  FromPanel,
  SoundWish,
  StreamFormat,
  ToPanel,
  WordView,
} from "./messages.ts";

/**
 * Reads what the page posted. The page is another program: what is not a message of ours, whole and in its types, is
 * `undefined`. Unknown fields are left out.
 */
export function readFromPanel(value: unknown): FromPanel | undefined {
  if (!isRecord(value)) return undefined;
  const { type, segment, at, reason, run, word } = value;
  switch (type) {
    case "ready":
    case "previewScript":
    case "stop":
    case "saveBeside":
    case "setApiKey":
      return { type };
    case "sound": {
      const sound = readSound(value);
      return sound && { type, ...sound };
    }
    case "previewSegment":
    case "goTo":
      return isIndex(segment) ? { type, segment } : undefined;
    case "insertMarkers":
      return at === "paragraphs" || at === "headings" ? { type, at } : undefined;
    case "heard":
      // On its way to the host a field that is undefined is lost or becomes null.
      if (segment === undefined || segment === null) return { type, segment: undefined };
      if (!isIndex(segment) || !isOptional(run, isIndex)) return undefined;
      if (!isOptional(word, isPlace)) return undefined;
      return {
        type,
        segment,
        ...(run !== undefined && { run }),
        ...(word !== undefined && { word: { from: word.from, to: word.to } }),
      };
    case "playbackFailed":
      return isIndex(segment) && typeof reason === "string" ? { type, segment, reason } : undefined;
    default:
      return undefined;
  }
}

/** Reads what the host posted: `undefined` for what is not a message of ours, whole and in its types. */
export function readToPanel(value: unknown): ToPanel | undefined {
  if (!isRecord(value)) return undefined;
  const { type, run, segment, segments } = value;
  switch (type) {
    case "show":
      return readShow(value);
    case "clip": {
      const clip = readClip(value.clip);
      return clip && { type, clip };
    }
    case "runStarted": {
      const format = readFormat(value.format);
      return format && isIndex(run) && isListOf(segments, isIndex)
        ? { type, run, format, segments }
        : undefined;
    }
    case "audio": {
      const { bytes } = value;
      return isIndex(run) && isIndex(segment) && isBytes(bytes)
        ? { type, run, segment, bytes }
        : undefined;
    }
    case "words": {
      const words = readWords(value.words);
      return words && isIndex(run) && isIndex(segment) ? { type, run, segment, words } : undefined;
    }
    case "audioEnded":
    case "audioVoid":
      return isIndex(run) && isIndex(segment) ? { type, run, segment } : undefined;
    case "runEnded":
      return isIndex(run) ? { type, run } : undefined;
    case "play":
      return isListOf(segments, isIndex) && isAmount(value.seconds)
        ? { type, segments, seconds: value.seconds }
        : undefined;
    case "sound": {
      const sound = readSound(value);
      return sound && { type, ...sound };
    }
    case "stop":
      return { type };
    default:
      return undefined;
  }
}

function readShow(value: Readonly<Record<string, unknown>>): ToPanel | undefined {
  const { title, service, running, unmarked, keyless, document, storedIn } = value;
  if (typeof title !== "string" || typeof service !== "string") return undefined;
  if (typeof running !== "boolean" || typeof unmarked !== "boolean") return undefined;
  if (typeof keyless !== "boolean") return undefined;
  if (!isOptional(document, isString) || !isOptional(storedIn, isString)) return undefined;
  if (!Array.isArray(value.clips)) return undefined;
  const clips = Array.from<unknown, ClipView | undefined>(value.clips, readClip);
  if (!clips.every((clip) => clip !== undefined)) return undefined;
  return {
    type: "show",
    title,
    service,
    clips,
    running,
    unmarked,
    keyless,
    ...(storedIn !== undefined && { storedIn }),
    ...(document !== undefined && { document }),
  };
}

function readClip(value: unknown): ClipView | undefined {
  if (!isRecord(value)) return undefined;
  const { segment, transcript, state, reason, seconds, src, audible } = value;
  if (!isIndex(segment) || typeof transcript !== "string" || !isClipState(state)) return undefined;
  if (!isOptional(reason, isString) || !isOptional(src, isString)) return undefined;
  if (!isOptional(seconds, isAmount) || !isOptional(audible, isStretch)) return undefined;
  const words = value.words === undefined ? undefined : readWords(value.words);
  const timing = value.timing === undefined ? undefined : readTiming(value.timing);
  if (value.words !== undefined && !words) return undefined;
  if (value.timing !== undefined && !timing) return undefined;
  return {
    segment,
    transcript,
    state,
    ...(reason !== undefined && { reason }),
    ...(seconds !== undefined && { seconds }),
    ...(src !== undefined && { src }),
    ...(words && { words }),
    ...(timing && { timing }),
    ...(audible !== undefined && { audible: { start: audible.start, end: audible.end } }),
  };
}

function readWords(value: unknown): readonly WordView[] | undefined {
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

function readSound({ speed, volume }: Readonly<Record<string, unknown>>): SoundWish | undefined {
  if (!isAmount(speed) || speed < 0.5 || speed > 2) return undefined;
  return isAmount(volume) && volume <= 1 ? { speed, volume } : undefined;
}

function readFormat(value: unknown): StreamFormat | undefined {
  if (!isRecord(value)) return undefined;
  const { encoding, sampleRate } = value;
  if (!isAmount(sampleRate) || sampleRate === 0) return undefined;
  switch (encoding) {
    case "pcm_f32le":
    case "pcm_s16le":
    case "pcm_mulaw":
    case "pcm_alaw":
      return { encoding, sampleRate };
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A segment's index or a run's number. */
function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Of seconds, milliseconds and the like. */
function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

/** A place in a transcript. */
function isPlace(value: unknown): value is { readonly from: number; readonly to: number } {
  return isRecord(value) && isIndex(value.from) && isIndex(value.to);
}

function isStretch(value: unknown): value is { readonly start: number; readonly end: number } {
  return isRecord(value) && isAmount(value.start) && isAmount(value.end);
}

function isWord(value: unknown): value is WordView {
  return isPlace(value) && isStretch(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isClipState(value: unknown): value is ClipState {
  return clipStates.some((state) => state === value);
}

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}

function isOptional<T>(value: unknown, is: (value: unknown) => value is T): value is T | undefined {
  return value === undefined || is(value);
}

/** `Array.from` makes the holes of a sparse array visible to the check. */
function isListOf<T>(value: unknown, is: (value: unknown) => value is T): value is readonly T[] {
  return Array.isArray(value) && Array.from<unknown>(value).every(is);
}
