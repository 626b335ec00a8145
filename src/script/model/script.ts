import type { FlushMarker } from "./flushMarker.ts";
import type { SilenceReason, SilentSpan } from "./silentSpan.ts";
import type { Span } from "./span.ts";
import type { SpokenParts } from "./spokenParts.ts";

export type { Span };

/** How a document's text is to be read. */
export type ScriptLanguage = "markdown" | "plaintext";

/** Texts by words or names. Ask it with `Object.hasOwn`: what its keys are is not ours to say. */
export type Words = Readonly<Record<string, string>>;

/** Where the names of speakers stand: before what is said, with a colon; or also above it, on lines of their own. */
export const namePlaces = ["before", "above"] as const;
export type NamePlace = (typeof namePlaces)[number];

/** How a word is said: as written here, for the word in just that case, or in any. */
export type Pronunciation = string | { readonly say: string; readonly case?: "ignore" };

/** How words are said, by the words; ask it as `Words`. */
export type WordPronunciations = Readonly<Record<string, Pronunciation>>;

/** What is said for a word. */
export function sayingOf(pronunciation: Pronunciation): string {
  return typeof pronunciation === "string" ? pronunciation : pronunciation.say;
}

/** What a document's front matter asks for under its `speech:` key. Absent keys leave the settings' word. */
export interface SpeechOptions extends SpokenParts {
  /** The voice's id. */
  readonly voice?: string;
  readonly model?: string;
  /** The code of a language, such as `en`, or with a region, such as `en-GB`. */
  readonly language?: string;
  /** The id of one of the voice's accents. */
  readonly accent?: string;
  /** How numbers, dates and the like are read: `auto`, `off`, or a language's code. */
  readonly normalization?: string;
  /** 0.6 to 1.5, 1 is the voice's own speed. */
  readonly speed?: number;
  /** 0.5 to 2, 1 is the voice's own volume. */
  readonly volume?: number;
  readonly emotion?: string;
  /** More flush markers: literals, each alone on its line. */
  readonly flush?: readonly string[];
  /** Values of template variables, by name. */
  readonly variables?: Words;
  /** Words as they are written, and as they are said. */
  readonly pronunciations?: WordPronunciations;
  /** The id of a pronunciation dictionary at the service. */
  readonly pronunciationDict?: string;
  /** The voices of the speakers, by name. */
  readonly cast?: Readonly<Record<string, CastVoice>>;
  readonly names?: NamePlace;
  /** Headings are said in a script with a cast, too; elsewhere they are, unless `skip` has them. */
  readonly headings?: true;
}

/** How a speaker sounds. What is absent is as the script has it. */
export interface CastVoice extends Pick<
  SpeechOptions,
  "speed" | "volume" | "emotion" | "language" | "accent" | "normalization"
> {
  /** The voice's id. */
  readonly voice: string;
}

/** Where in the document the values of the front matter's options stand. */
export type OptionPlaces = { readonly [Option in keyof SpeechOptions]?: Span } & {
  /** The values of each speaker. */
  readonly castVoices?: Readonly<Record<string, CastPlaces>>;
};

/** Where the values of a speaker stand. */
export type CastPlaces = { readonly [Option in keyof CastVoice]?: Span } & {
  /** Where the speaker's name stands. */
  readonly name?: Span;
};

/** Something in the script that will not do what its writer meant. */
export interface ScriptProblem extends Span {
  /** A sentence: what is wrong and what to do. */
  readonly message: string;
  /** What kind of problem it is, for whoever does something about it. */
  readonly code?: string;
  /** A warning, where none is named. */
  readonly severity?: "error" | "warning" | "information" | "hint";
}

/** A template variable that can't be filled, and its place in the segment, counted from the segment's start. */
export interface UnfilledVariable extends Span {
  /** The variable's name; for a word that would be said otherwise, the word. */
  readonly name: string;
  /** Whether it stands in a tag of the service, where none is filled. */
  readonly inTag: boolean;
  /** Whether there is something to put, but with it too much would be put into the segment, or into the script. */
  readonly tooMuch?: boolean;
  /** Whether it is no variable, but front matter that does not begin the script. */
  readonly isMisplaced?: boolean;
}

/** What was written where something else is said: the offsets of its first unit and its last, as in `SpokenText.offsets`. */
export interface WrittenPlace {
  readonly start: number;
  readonly last: number;
}

/** What is not said as it stands: in its place something else is, or nothing where that is "". */
export interface Replaced extends Span {
  readonly said: string;
  /** Why nothing is. */
  readonly reason: SilenceReason;
}

/** The text between two flush markers: the unit of lens, request, clip and state. */
export interface Segment extends Span {
  /** From 0, in document order, segments with nothing to say included. */
  readonly index: number;
  /** The characters to send, without any white space at the seams; "" where there is nothing to say. */
  readonly transcript: string;
  /**
   * White space that joins this segment to the next speakable one: `" "`, or `""` between words of a writing
   * that has no spaces (Chinese, Japanese, Thai …). It is sent at this transcript's end when the next one follows
   * in the same context, and is no part of a clip's identity.
   */
  readonly seam: "" | " ";
  /**
   * For each UTF-16 unit of `transcript` where in the segment it comes from, in UTF-16 units from the segment's start, so
   * that they stay as they are when the segment moves. A unit that the reader added (a full stop after a heading, a space)
   * has the offset of the text it was added after; all units of a decoded character reference have that of its `&`, those of
   * a variable's value or of a pronunciation that of what they stand for. They never decrease, and lie within the segment's span.
   */
  readonly offsets: readonly number[];
  /** Whether there is anything to say: a letter, a digit, or a tag of the service that sounds; and all variables are filled. */
  readonly speakable: boolean;
  /** What stands in the segment where something else is said, in its order; missing where nothing is. Counted as `offsets`. */
  readonly written?: readonly WrittenPlace[];
  /** What of it is not spoken, and why, in order; counted as `offsets`. See `silentSpans`. */
  readonly silent: readonly SilentSpan[];
  /** Variables that can't be filled: for them it is not speakable. Missing where there are none. */
  readonly unfilled?: readonly UnfilledVariable[];
  /** The name of who says it, as `cast` has it; absent where it is nobody's in particular. */
  readonly speaker?: string;
  /** The title of the slide whose notes it says; absent where there is none. */
  readonly title?: string;
}

/** A document, read. */
export interface Script {
  readonly segments: readonly Segment[];
  /** What stands between the segments. */
  readonly markers: readonly FlushMarker[];
  readonly options: SpeechOptions;
  readonly places: OptionPlaces;
  readonly problems: readonly ScriptProblem[];
}
