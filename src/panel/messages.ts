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
export type ClipState = (typeof clipStates)[number];

/** A word of a segment's transcript, and when it is said. */
export interface WordView {
  /** Where it stands in the transcript, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  /** In seconds from the start of the segment's audio. */
  readonly start: number;
  readonly end: number;
}

/** How quickly a segment was spoken. What was not measured is missing. */
export interface ClipTiming {
  /** From its request to its first audio, in milliseconds. */
  readonly firstByteMs?: number;
  /** From its request to its first audible sample, in milliseconds. */
  readonly firstAudibleMs?: number;
  /** Seconds of audio made in a second. */
  readonly speed?: number;
}

/** How the user wants to hear. */
export interface SoundWish {
  /** 0.5 to 2; 1 is as it was said. The pitch stays. */
  readonly speed: number;
  /** 0 to 1. */
  readonly volume: number;
}

/** A clip that has no segment's place. It belongs to every segment that has its transcript. */
export interface TakeView {
  /** Names it to the extension, which alone knows what it means: the page only says it back. */
  readonly id: string;
  /** Where the page fetches its file, as of a clip in place. */
  readonly src: string;
  readonly seconds: number;
  /** When it was said, in ISO 8601; "" where nobody knows. */
  readonly spokenAt: string;
  /** Who said it, in words. */
  readonly voice: string;
}

/** What a press of Preview Script would send now. */
export interface Cost {
  /** UTF-16 units; 0 where it would only play. */
  readonly characters: number;
  /** An estimate, where the service counts any. */
  readonly credits?: number;
}

/** One segment as the page shows it. */
export interface ClipView {
  /** The segment's index, from 0. The page shows it from 1. */
  readonly segment: number;
  /** The transcript: text from a stranger, shown as text. */
  readonly transcript: string;
  /** Who says it, where the script names one: text from a stranger, too. */
  readonly speaker?: string;
  readonly state: ClipState;
  /** Why it failed or is incomplete: one sentence. */
  readonly reason?: string;
  /** The length of its audio in seconds, where there is a whole clip. */
  readonly seconds?: number;
  /**
   * Where the page fetches the clip's file, where there is a whole one. It changes whenever the file does. That of headerless
   * samples has `encoding` and `sampleRate` in its query.
   */
  readonly src?: string;
  /** The words of its clip, by their starts; words that the transcript does not show are left out. */
  readonly words?: readonly WordView[];
  readonly timing?: ClipTiming;
  /** Between which seconds of its clip there is something to hear; missing where there is nothing, or it is not known. */
  readonly audible?: { readonly start: number; readonly end: number };
  /** Whether its clip is kept: it is not spoken until it is unlocked. */
  readonly locked?: boolean;
  /** Other clips of its transcript, the newest first. */
  readonly takes?: readonly TakeView[];
  /** How many characters a press that speaks it would send now. */
  readonly toSend?: number;
  /** How many characters a press that says it again would send. */
  readonly again?: number;
  /** How many of them where it is said in context: what stands before counts, too. */
  readonly inContext?: number;
  /** Who said its clip, in words, where that is another voice than the script asks for. */
  readonly voice?: string;
}

/** How the streamed bytes are to be read: headerless, mono, little-endian. */
export interface StreamFormat {
  readonly encoding: "pcm_f32le" | "pcm_s16le" | "pcm_mulaw" | "pcm_alaw";
  /** Samples per second. */
  readonly sampleRate: number;
}

/** From the extension to the page. */
export type ToPanel =
  /** Everything there is to show; replaces what was shown before. What sounds goes on sounding. */
  | {
      readonly type: "show";
      /** The document's file name. */
      readonly title: string;
      /** Which voice is heard, in words. */
      readonly service: string;
      readonly clips: readonly ClipView[];
      readonly cost: Cost;
      readonly running: boolean;
      /** Whether the document has no flush marker, so that the page offers to insert some. */
      readonly unmarked: boolean;
      /** Whether the local voice speaks because there is no key for another: then the page offers to set one. */
      readonly keyless: boolean;
      /** Where the clips lie, if not beside the document: then the page offers to save them there. */
      readonly storedIn?: string;
      /** Names the document to the extension. The page keeps it in its state, so that a restored panel finds it again. */
      readonly document?: string;
    }
  /** One clip has become another. */
  | { readonly type: "clip"; readonly clip: ClipView }
  /** Preview Script would send something else now. */
  | ({ readonly type: "cost" } & Cost)
  /** A run began. Its audio comes by `audio`; the page plays `segments` in this order, from files or from the stream. */
  | {
      readonly type: "runStarted";
      /** Tells this run from all others; audio of another run is dropped. */
      readonly run: number;
      readonly format: StreamFormat;
      readonly segments: readonly number[];
      /** Its place among all that pages were told to play; `heard` says it back. */
      readonly turn?: number;
    }
  /** The next bytes of a segment's audio; samples may be cut anywhere. */
  | {
      readonly type: "audio";
      readonly run: number;
      readonly segment: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  /** The words of a segment as far as its audio has come; they replace those told before. */
  | {
      readonly type: "words";
      readonly run: number;
      readonly segment: number;
      readonly words: readonly WordView[];
    }
  /** All audio of this segment has been sent; without audio where it failed. */
  | { readonly type: "audioEnded"; readonly run: number; readonly segment: number }
  /** The audio sent so far for this segment is void, for it is said again from its start. */
  | { readonly type: "audioVoid"; readonly run: number; readonly segment: number }
  /** The run ended, in whichever way. */
  | { readonly type: "runEnded"; readonly run: number }
  /** Play these segments from their files, in this order, the first from this second of its clip on. */
  | {
      readonly type: "play";
      readonly segments: readonly number[];
      readonly seconds: number;
      /** As of `runStarted`. */
      readonly turn?: number;
    }
  /** How the user wanted to hear, last time and anywhere. Comes before the first `show`. */
  | ({ readonly type: "sound" } & SoundWish)
  /** Be silent, at once. */
  | { readonly type: "stop" }
  /** Another page is heard: be silent, unless what is played was begun by a later turn, or by the page itself after `begun`. */
  | { readonly type: "giveWay"; readonly turn: number; readonly begun: number }
  /** Answers a `ping`. */
  | { readonly type: "pong" };

/** From the page to the extension. */
export type FromPanel =
  /** The page listens. Until it says so nothing is posted to it. */
  | { readonly type: "ready" }
  /** Speak this segment if it needs speech, and play it. */
  | { readonly type: "previewSegment"; readonly segment: number }
  /** Speak what needs speech and play all. */
  | { readonly type: "previewScript" }
  /** Speak this segment though it is ready, and play it; `inContext`: as what follows the segments before it. */
  | { readonly type: "previewAgain"; readonly segment: number; readonly inContext: boolean }
  /** Ask for a voice, and say this segment with it, as a take. */
  | { readonly type: "sayWithVoice"; readonly segment: number }
  /** Put this take of the segment into its place. */
  | { readonly type: "restoreTake"; readonly segment: number; readonly take: string }
  | { readonly type: "deleteTake"; readonly segment: number; readonly take: string }
  /** Keep this segment's clip as it is, or no longer. */
  | { readonly type: "lock"; readonly segment: number; readonly locked: boolean }
  /** Is anybody there? */
  | { readonly type: "ping" }
  /** The user stopped; the page is silent already. */
  | { readonly type: "stop" }
  /** Put the cursor to this segment's text. */
  | { readonly type: "goTo"; readonly segment: number }
  /** Save the document, and its clips beside it. */
  | { readonly type: "saveBeside" }
  /** Ask for the key of a service. */
  | { readonly type: "setApiKey" }
  /** The user wants to hear otherwise. */
  | ({ readonly type: "sound" } & SoundWish)
  /** Put markers into a script that has none. */
  | { readonly type: "insertMarkers"; readonly at: "paragraphs" | "headings" }
  /**
   * This segment's audio is being heard from now on, and of it this word, where one is known; `undefined`: nothing is, or a
   * take. With `run`, the segment is counted as the script stood when that run began, otherwise as it was shown last.
   */
  | {
      readonly type: "heard";
      readonly segment: number | undefined;
      /** Whether anything sounds, a take too. */
      readonly sounds: boolean;
      /** Counts what this page has begun to play: it is what it says this of. */
      readonly begun: number;
      /** The turn by which it was told to play that; missing where it was the user who began it in the page. */
      readonly turn?: number;
      readonly run?: number;
      /** Where the word stands in the transcript, in UTF-16 units. */
      readonly word?: { readonly from: number; readonly to: number };
    }
  /** A clip could not be played. */
  | { readonly type: "playbackFailed"; readonly segment: number; readonly reason: string }
  /** Something that was posted could not be read, and the rest is shown without it: for the log. */
  | { readonly type: "unread"; readonly what: string };
