import {
  isAmount,
  isBoolean,
  isBytes,
  isIndex,
  isListOf,
  isOptional,
  isPlace,
  isRecord,
  isString,
} from "./guards.ts";
import type { Cost, FromPanel, SoundWish, StreamFormat, ToPanel } from "./messages.ts";
import { readClip, readSome, readWords, type Drop } from "./readClip.ts";

/** UTF-16 units of what the page says in words, or by a take's name. */
const mostSaid = 1_000;

/**
 * Reads what the page posted. The page is another program: what is not a message of ours, whole and in its types, is
 * `undefined`. Unknown fields are left out.
 */
export function readFromPanel(value: unknown): FromPanel | undefined {
  if (!isRecord(value)) return undefined;
  const { type, segment, at, reason, take, locked, inContext } = value;
  switch (type) {
    case "ready":
    case "previewScript":
    case "stop":
    case "saveBeside":
    case "setApiKey":
    case "ping":
      return { type };
    case "sound": {
      const sound = readSound(value);
      return sound && { type, ...sound };
    }
    case "previewSegment":
    case "goTo":
    case "sayWithVoice":
      return isIndex(segment) ? { type, segment } : undefined;
    case "previewAgain":
      return isIndex(segment) && isBoolean(inContext) ? { type, segment, inContext } : undefined;
    case "restoreTake":
    case "deleteTake":
      return isIndex(segment) && isString(take) && take.length <= mostSaid
        ? { type, segment, take }
        : undefined;
    case "lock":
      return isIndex(segment) && isBoolean(locked) ? { type, segment, locked } : undefined;
    case "insertMarkers":
      return at === "paragraphs" || at === "headings" ? { type, at } : undefined;
    case "heard":
      return readHeard(value);
    case "playbackFailed":
      return isIndex(segment) && isString(reason)
        ? { type, segment, reason: reason.slice(0, mostSaid) }
        : undefined;
    case "unread":
      return isString(value.what) ? { type, what: value.what.slice(0, mostSaid) } : undefined;
    default:
      return undefined;
  }
}

function readHeard(value: Readonly<Record<string, unknown>>): FromPanel | undefined {
  const { segment, sounds, begun, turn, run, word } = value;
  if (!isBoolean(sounds) || !isIndex(begun) || !isOptional(turn, isIndex)) return undefined;
  const told = { type: "heard", sounds, begun, ...(turn !== undefined && { turn }) } as const;
  // On its way to the host a field that is undefined is lost or becomes null.
  if (segment === undefined || segment === null) return { ...told, segment: undefined };
  if (!isIndex(segment) || !isOptional(run, isIndex)) return undefined;
  if (!isOptional(word, isPlace)) return undefined;
  return {
    ...told,
    segment,
    ...(run !== undefined && { run }),
    ...(word !== undefined && { word: { from: word.from, to: word.to } }),
  };
}

/**
 * Reads what the host posted: `undefined` for what is not a message of ours. What of a segment, a word or a cost can't be read is
 * left out, and the rest is shown; `drop` is told what it was.
 */
export function readToPanel(value: unknown, drop: Drop = () => {}): ToPanel | undefined {
  if (!isRecord(value)) return undefined;
  const { type, run, segment, segments, turn, begun } = value;
  switch (type) {
    case "show":
      return readShow(value, drop);
    case "clip": {
      const clip = readClip(value.clip, drop);
      return clip && { type, clip };
    }
    case "cost": {
      const cost = readCost(value, drop);
      return cost && { type, ...cost };
    }
    case "runStarted": {
      const format = readFormat(value.format);
      return format && isIndex(run) && isListOf(segments, isIndex) && isOptional(turn, isIndex)
        ? { type, run, format, segments, ...(turn !== undefined && { turn }) }
        : undefined;
    }
    case "audio": {
      const { bytes } = value;
      return isIndex(run) && isIndex(segment) && isBytes(bytes)
        ? { type, run, segment, bytes }
        : undefined;
    }
    case "words": {
      const words = readWords(value.words, drop);
      return words && isIndex(run) && isIndex(segment) ? { type, run, segment, words } : undefined;
    }
    case "audioEnded":
    case "audioVoid":
      return isIndex(run) && isIndex(segment) ? { type, run, segment } : undefined;
    case "runEnded":
      return isIndex(run) ? { type, run } : undefined;
    case "play":
      return isListOf(segments, isIndex) && isAmount(value.seconds) && isOptional(turn, isIndex)
        ? { type, segments, seconds: value.seconds, ...(turn !== undefined && { turn }) }
        : undefined;
    case "sound": {
      const sound = readSound(value);
      return sound && { type, ...sound };
    }
    case "stop":
    case "pong":
      return { type };
    case "giveWay":
      return isIndex(turn) && isIndex(begun) ? { type, turn, begun } : undefined;
    default:
      return undefined;
  }
}

function readShow(value: Readonly<Record<string, unknown>>, drop: Drop): ToPanel | undefined {
  const { title, service, running, unmarked, keyless, document, storedIn } = value;
  if (!isString(title) || !isString(service)) return undefined;
  if (!isBoolean(running) || !isBoolean(unmarked) || !isBoolean(keyless)) return undefined;
  if (!isOptional(document, isString) || !isOptional(storedIn, isString)) return undefined;
  const clips = readSome(
    value.clips,
    (clip) => readClip(clip, (field) => drop(`clips.${field}`)),
    "clips",
    drop,
  );
  const cost = isRecord(value.cost) ? readCost(value.cost, drop) : undefined;
  if (!clips || !cost) return undefined;
  return {
    type: "show",
    title,
    service,
    clips,
    cost,
    running,
    unmarked,
    keyless,
    ...(storedIn !== undefined && { storedIn }),
    ...(document !== undefined && { document }),
  };
}

function readCost(
  { characters, credits }: Readonly<Record<string, unknown>>,
  drop: Drop,
): Cost | undefined {
  if (!isIndex(characters)) return undefined;
  if (isOptional(credits, isAmount)) {
    return { characters, ...(credits !== undefined && { credits }) };
  }
  drop("credits");
  return { characters };
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
