import { clipStates } from "./messages.ts";
import type { ClipState, ClipView, FromPanel, StreamFormat, ToPanel } from "./messages.ts";

/**
 * Reads what the page posted. The page is another program: what is not a message of ours, whole and in its types, is
 * `undefined`. Unknown fields are left out.
 */
export function readFromPanel(value: unknown): FromPanel | undefined {
  if (!isRecord(value)) return undefined;
  const { type, segment, at, reason, run } = value;
  switch (type) {
    case "ready":
    case "previewScript":
    case "stop":
    case "saveBeside":
      return { type };
    case "previewSegment":
    case "goTo":
      return isIndex(segment) ? { type, segment } : undefined;
    case "insertMarkers":
      return at === "paragraphs" || at === "headings" ? { type, at } : undefined;
    case "heard":
      // On its way to the host a field that is undefined is lost or becomes null.
      if (segment === undefined || segment === null) return { type, segment: undefined };
      if (!isIndex(segment) || !isOptional(run, isIndex)) return undefined;
      return { type, segment, ...(run !== undefined && { run }) };
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
    case "audioEnded":
    case "audioVoid":
      return isIndex(run) && isIndex(segment) ? { type, run, segment } : undefined;
    case "runEnded":
      return isIndex(run) ? { type, run } : undefined;
    case "play":
      return isListOf(segments, isIndex) ? { type, segments } : undefined;
    case "stop":
      return { type };
    default:
      return undefined;
  }
}

function readShow(value: Readonly<Record<string, unknown>>): ToPanel | undefined {
  const { title, service, running, unmarked, document, storedIn } = value;
  if (typeof title !== "string" || typeof service !== "string") return undefined;
  if (typeof running !== "boolean" || typeof unmarked !== "boolean") return undefined;
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
    ...(storedIn !== undefined && { storedIn }),
    ...(document !== undefined && { document }),
  };
}

function readClip(value: unknown): ClipView | undefined {
  if (!isRecord(value)) return undefined;
  const { segment, transcript, state, reason, seconds, src } = value;
  if (!isIndex(segment) || typeof transcript !== "string" || !isClipState(state)) return undefined;
  if (!isOptional(reason, isString) || !isOptional(src, isString)) return undefined;
  if (!isOptional(seconds, isDuration)) return undefined;
  return {
    segment,
    transcript,
    state,
    ...(reason !== undefined && { reason }),
    ...(seconds !== undefined && { seconds }),
    ...(src !== undefined && { src }),
  };
}

function readFormat(value: unknown): StreamFormat | undefined {
  if (!isRecord(value)) return undefined;
  const { encoding, sampleRate } = value;
  if (!isDuration(sampleRate) || sampleRate === 0) return undefined;
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

function isDuration(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
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
