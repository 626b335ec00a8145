import * as v from "valibot";

// What the extension and its page say to each other: each message is a schema, and its type follows from it.

/** What stands for a part that can't be read until `readMessages` leaves it out. */
export const unreadable = Symbol("unreadable");

/** A field that may be missing, and that is left out where it can't be read. */
const maybe = <S extends v.GenericSchema>(schema: S) =>
  v.exactOptional(v.fallback(schema, unreadable as never));
/** A list from which the items are left out that can't be read. */
const listOf = <S extends v.GenericSchema>(item: S) =>
  v.array(v.fallback(item, unreadable as never));

/** UTF-16 units of what the page says in words, or by a take's name. */
const mostSaid = 1_000;

/** A segment's id or place, a run's number, a count, a place in a transcript in UTF-16 units. */
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Of seconds, milliseconds and the like. */
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const words = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, mostSaid)),
);
const takeName = v.pipe(v.string(), v.maxLength(mostSaid));
const bytes = v.custom<Uint8Array<ArrayBuffer>>(
  (value) => value instanceof Uint8Array && value.buffer instanceof ArrayBuffer,
);

/** What a segment's clip is, in words. */
export const clipStates = [
  "not spoken",
  "queued",
  "speaking",
  "ready",
  "changed",
  "failed",
  "incomplete",
  "nothing to say",
] as const;

/** A word of a segment's transcript, and when it is said. */
const wordView = v.object({
  /** Where it stands in the transcript, in UTF-16 units. */
  from: index,
  to: index,
  /** In seconds from the start of the segment's audio. */
  start: amount,
  end: amount,
});

/** How quickly a segment was spoken. What was not measured is missing. */
const clipTiming = v.object({
  /** From its request to its first audio, in milliseconds. */
  firstByteMs: maybe(amount),
  /** From its request to its first audible sample, in milliseconds. */
  firstAudibleMs: maybe(amount),
  /** Seconds of audio made in a second. */
  speed: maybe(amount),
});

/** How the user wants to hear. */
const soundPreferences = v.object({
  /** 0.5 to 2; 1 is as it was said. The pitch stays. */
  speed: v.pipe(v.number(), v.minValue(0.5), v.maxValue(2)),
  /** 0 to 1. */
  volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** A clip that has no segment's place. It belongs to every segment that has its transcript. */
const takeView = v.object({
  /** Names it to the extension, which alone knows what it means: the page only says it back. */
  id: v.string(),
  /** Where the page fetches its file, as of a clip in place. */
  src: v.string(),
  seconds: amount,
  /** When it was said, in ISO 8601; "" where nobody knows. */
  spokenAt: v.fallback(
    v.pipe(
      v.string(),
      v.check((date) => !Number.isNaN(Date.parse(date))),
    ),
    "",
  ),
  /** Who said it, in words. */
  voice: v.string(),
});

/** What a press of Preview Script would send now. */
const cost = v.object({
  /** UTF-16 units; 0 where it would only play. */
  characters: index,
  /** An estimate, where the service counts any. */
  credits: maybe(amount),
});

/** One segment as the page shows it. */
const clipView = v.object({
  /** The segment's id: it stays its own while the script is edited, and messages name the segment by it. */
  segment: index,
  /** The segment's place in the script, from 0. It is there to be shown, from 1. */
  index,
  /** The transcript: text from a stranger, shown as text. */
  transcript: v.string(),
  /** Who says it, where the script names one: text from a stranger, too. */
  speaker: maybe(v.string()),
  state: v.picklist(clipStates),
  /** Why it failed or is incomplete: one sentence. */
  reason: maybe(v.string()),
  /** The length of its audio in seconds, where there is a whole clip. */
  seconds: maybe(amount),
  /**
   * Where the page fetches the clip's file, where there is a whole one. It changes whenever the file does. That of headerless
   * samples has `encoding` and `sampleRate` in its query.
   */
  src: maybe(v.string()),
  /** The words of its clip, by their starts; words that the transcript does not show are left out. */
  words: maybe(listOf(wordView)),
  timing: maybe(clipTiming),
  /** Between which seconds of its clip there is something to hear; missing where there is nothing, or it is not known. */
  audible: maybe(v.object({ start: amount, end: amount })),
  /** Whether its clip is kept: it is not spoken until it is unlocked. */
  locked: maybe(v.boolean()),
  /** Other clips of its transcript, the newest first. */
  takes: maybe(listOf(takeView)),
  /** How many characters a press that speaks it would send now. */
  toSend: maybe(index),
  /** How many characters a press that says it again would send. */
  again: maybe(index),
  /** How many of them where it is said in context: what stands before counts, too. */
  inContext: maybe(index),
  /** Who said its clip, in words, where that is another voice than the script asks for. */
  voice: maybe(v.string()),
});

/** How the streamed bytes are to be read: headerless, mono, little-endian. */
const streamFormat = v.object({
  encoding: v.picklist(["pcm_f32le", "pcm_s16le", "pcm_mulaw", "pcm_alaw"]),
  /** Samples per second. */
  sampleRate: v.pipe(amount, v.gtValue(0)),
});

/** A message of a type, with these fields. */
const message = <const Type extends string, const Fields extends v.ObjectEntries>(
  type: Type,
  fields: Fields,
) => v.object({ type: v.literal(type), ...fields });

/** From the extension to the page. */
export const toPanel = v.variant("type", [
  /** Everything there is to show; replaces what was shown before. What sounds goes on sounding. */
  message("show", {
    /** The document's file name. */
    title: v.string(),
    /** Which voice is heard, in words. */
    service: v.string(),
    clips: listOf(clipView),
    cost,
    running: v.boolean(),
    /** Whether the document has no flush marker, so that the page offers to insert some. */
    unmarked: v.boolean(),
    /** Whether the local voice speaks because there is no key for another: then the page offers to set one. */
    keyless: v.boolean(),
    /** Where the clips lie, if not beside the document: then the page offers to save them there. */
    storedIn: maybe(v.string()),
    /** Names the document to the extension. The page keeps it in its state, so that a restored panel finds it again. */
    document: maybe(v.string()),
  }),
  /** One clip has become another. */
  message("clip", { clip: clipView }),
  /** Preview Script would send something else now. */
  message("cost", cost.entries),
  /** A run began. Its audio comes by `audio`; the page plays `segments` in this order, from files or from the stream. */
  message("runStarted", {
    /** Tells this run from all others; audio of another run is dropped. */
    run: index,
    format: streamFormat,
    segments: v.array(index),
    /** Its place among all that pages were told to play; `heard` says it back. */
    turn: maybe(index),
  }),
  /** The next bytes of a segment's audio; samples may be cut anywhere. */
  message("audio", { run: index, segment: index, bytes }),
  /** The words of a segment as far as its audio has come; they replace those told before. */
  message("words", { run: index, segment: index, words: listOf(wordView) }),
  /** All audio of this segment has been sent; without audio where it failed. */
  message("audioEnded", { run: index, segment: index }),
  /** The audio sent so far for this segment is void, for it is said again from its start. */
  message("audioVoid", { run: index, segment: index }),
  /** The run ended, in whichever way. */
  message("runEnded", { run: index }),
  /** Play these segments from their files, in this order, the first from this second of its clip on; `turn` as of `runStarted`. */
  message("play", { segments: v.array(index), seconds: amount, turn: maybe(index) }),
  /** How the user wanted to hear, last time and anywhere. Comes before the first `show`. */
  message("sound", soundPreferences.entries),
  /** Be silent, at once. */
  message("stop", {}),
  /** Another page is heard: be silent, unless what is played was begun by a later turn, or by the page itself after `begun`. */
  message("giveWay", { turn: index, begun: index }),
  /** Answers a `ping`. */
  message("pong", {}),
]);

/** From the page to the extension. */
export const fromPanel = v.variant("type", [
  /** The page listens. Until it says so nothing is posted to it. */
  message("ready", {}),
  /** Speak this segment if it needs speech, and play it. */
  message("previewSegment", { segment: index }),
  /** Speak what needs speech and play all. */
  message("previewScript", {}),
  /** Speak this segment though it is ready, and play it; `inContext`: as what follows the segments before it. */
  message("previewAgain", { segment: index, inContext: v.boolean() }),
  /** Ask for a voice, and say this segment with it, as a take. */
  message("sayWithVoice", { segment: index }),
  /** Put this take of the segment into its place. */
  message("restoreTake", { segment: index, take: takeName }),
  message("deleteTake", { segment: index, take: takeName }),
  /** Keep this segment's clip as it is, or no longer. */
  message("lock", { segment: index, locked: v.boolean() }),
  /** Is anybody there? */
  message("ping", {}),
  /** The user stopped; the page is silent already. */
  message("stop", {}),
  /** Put the cursor to this segment's text. */
  message("goTo", { segment: index }),
  /** Save the document, and its clips beside it. */
  message("saveBeside", {}),
  /** Ask for the key of a service. */
  message("setApiKey", {}),
  /** The user wants to hear otherwise. */
  message("sound", soundPreferences.entries),
  /** Put markers into a script that has none. */
  message("insertMarkers", { at: v.picklist(["paragraphs", "headings"]) }),
  /**
   * This segment's audio is being heard from now on, and of it this word, where one is known; `undefined`: nothing is, or a
   * take. With `run`, it is what that run says: the segment's text may be another one by now.
   */
  message("heard", {
    /** On its way to the host a field that is undefined is lost or becomes null. */
    segment: v.nullish(index, () => undefined),
    /** Whether anything sounds, a take too. */
    sounds: v.boolean(),
    /** Counts what this page has begun to play: it is what it says this of. */
    begun: index,
    /** The turn by which it was told to play that; missing where it was the user who began it in the page. */
    turn: maybe(index),
    run: maybe(index),
    /** Where the word stands in the transcript, in UTF-16 units. */
    word: maybe(v.object({ from: index, to: index })),
  }),
  /** A clip could not be played. */
  message("playbackFailed", { segment: index, reason: words }),
  /** Something that was posted could not be read, and the rest is taken without it: for the log. */
  message("unread", { what: words }),
]);

/** A value that is only read. */
type Told<T> = T extends Uint8Array ? T : { readonly [Key in keyof T]: Told<T[Key]> };

export type ClipState = (typeof clipStates)[number];
export type WordView = Told<v.InferOutput<typeof wordView>>;
export type ClipTiming = Told<v.InferOutput<typeof clipTiming>>;
export type SoundPreferences = Told<v.InferOutput<typeof soundPreferences>>;
export type TakeView = Told<v.InferOutput<typeof takeView>>;
export type Cost = Told<v.InferOutput<typeof cost>>;
export type ClipView = Told<v.InferOutput<typeof clipView>>;
export type StreamFormat = Told<v.InferOutput<typeof streamFormat>>;
export type ToPanel = Told<v.InferOutput<typeof toPanel>>;
export type FromPanel = Told<v.InferOutput<typeof fromPanel>>;
