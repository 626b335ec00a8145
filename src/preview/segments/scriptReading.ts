import type { Clip } from "../../clips/model/clip.ts";
import { clipIdentity } from "../../clips/model/identity.ts";
import type { WantedClip } from "../../clips/pairing/pairClips.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import { firstIndex } from "../../script/model/firstIndex.ts";
import type { WordPlace } from "../../script/words/placeWords.ts";
import type {
  Script,
  ScriptLanguage,
  ScriptProblem,
  Segment,
  Span,
  Words,
} from "../../script/model/script.ts";
import type { SpokenParts } from "../../script/model/spokenParts.ts";
import { ParseCache } from "../../script/reader/parseCache.ts";
import { parseScript } from "../../script/reader/parseScript.ts";
import type { ReadOptions } from "../../script/reader/replaceWords.ts";
import { segmentAt } from "../../script/model/segmentAt.ts";
import type { SpeechVariation } from "../plan/plan.ts";
import type { RunSegment } from "../run/previewRun.ts";
import { placeOfRefused, type RefusedOption } from "../plan/refusedOption.ts";
import { followSegments, type SegmentIds } from "./segmentIds.ts";
import { wordsOf } from "./segmentView.ts";
import { shapeOf, soundOf, Sounds, withVoice, type SoundSettings } from "../plan/sound.ts";

/** A document as it stands, and how it is to be said. */
export interface PreviewInput extends Pick<ReadOptions, "values" | "pronunciations">, SpokenParts {
  readonly text: string;
  readonly language: ScriptLanguage;
  /** More flush markers, by settings. */
  readonly markers: readonly string[];
  readonly settings: SoundSettings;
  /** What speaks, such as `cartesia` or `local`: a part of each clip's identity. */
  readonly service: string;
  /** Of the document, for others that read it, too; one of its own, unless it is given. */
  readonly cache?: ParseCache;
}

/** A place in what is heard: a segment, and when in its clip. */
export interface PlaceInSound {
  readonly segment: number;
  readonly seconds: number;
}

/** What was read of a document: its segments, how they are to sound, and where they stand. */
export class ScriptReading {
  /** How the script is to sound where nobody in particular speaks. */
  readonly sound: VoiceOptions;
  /** What speaks. */
  readonly service: string;
  readonly #text: string;
  readonly #script: Script;
  readonly #sounds: Sounds;
  /** Everything but the text: how it is read, and how it is to sound. */
  readonly #manner: string;
  /** For each segment what its clip would have to be, those included that have nothing to say. */
  readonly #clips: readonly WantedClip[];
  /** The same, by speaker and transcript. */
  readonly #clipsOf = new Map<string | undefined, Map<string, WantedClip>>();
  /** As `#clips`; `undefined` for those that have nothing to say. */
  readonly wanted: readonly (WantedClip | undefined)[];
  /** By identity, the first segment that has it; made when it has been asked for more often than that is worth. */
  #places: ReadonlyMap<string, number> | undefined;
  #asked = 0;
  readonly #ids: SegmentIds;
  readonly #input: PreviewInput;
  /** Reads the text with other words. */
  readonly #otherwise = new ParseCache();
  readonly #cache: ParseCache;

  /**
   * Reads the document.
   * @param before the reading of its last version: with it this one costs what has changed, not what there is.
   */
  constructor(input: PreviewInput, before?: ScriptReading) {
    const { text, settings, service, cache, ...options } = input;
    const { language, markers } = options;
    this.#input = input;
    this.#cache = cache ?? (before ? before.#cache : new ParseCache());
    this.#text = text;
    this.#script = parseScript(text, options, this.#cache);
    this.sound = soundOf(this.#script.options, settings);
    this.service = service;
    const { cast } = this.#script.options;
    this.#sounds = new Sounds(this.sound, cast, settings.apiVersion);
    const { apiVersion } = settings;
    this.#manner = JSON.stringify([language, markers, this.sound, cast, service, apiVersion]);
    this.#clips = this.#clipsAfter(before && this.isReadAs(before) ? before : undefined);
    this.wanted = this.segments.map(({ index, speakable }) =>
      speakable ? this.#clips[index] : undefined,
    );
    const transcripts = this.segments.map(({ transcript }) => transcript);
    this.#ids = followSegments(before && before.#ids, transcripts);
  }

  /** The ids of the segments, in document order: numbers that stay theirs in the readings that follow. */
  get ids(): readonly number[] {
    return this.#ids.ids;
  }

  /** The segment with this id; `undefined` where there is none. */
  indexOf(id: number): number | undefined {
    const index = this.ids.indexOf(id);
    return index < 0 ? undefined : index;
  }

  /** @param before a reading that differs in its text alone. */
  #clipsAfter(before: ScriptReading | undefined): WantedClip[] {
    const clipsBefore = before ? before.#clipsOf : new Map<string, Map<string, WantedClip>>();
    return this.segments.map((segment) => {
      const { speaker, transcript } = segment;
      const own = this.#clipsOf.get(speaker) ?? new Map<string, WantedClip>();
      this.#clipsOf.set(speaker, own);
      const known = own.get(transcript) ?? clipsBefore.get(speaker)?.get(transcript);
      const clip = known ?? this.#clipOf(segment);
      own.set(transcript, clip);
      return clip;
    });
  }

  #clipOf({ transcript, speaker }: Segment): WantedClip {
    const shape = shapeOf(transcript, this.#sounds.of(speaker), this.service);
    return { identity: clipIdentity(shape), transcript };
  }

  /** Whether the two may differ in their text alone. */
  isReadAs(other: ScriptReading): boolean {
    return this.#manner === other.#manner;
  }

  /** In document order. */
  get segments(): readonly Segment[] {
    return this.#script.segments;
  }

  /** What the front matter asks for. */
  get options(): Script["options"] {
    return this.#script.options;
  }

  /** How a speaker of the script sounds, or without a name the script: of those that sound alike the same object. */
  soundOf(speaker: string | undefined): VoiceOptions {
    return this.#sounds.of(speaker);
  }

  /** How its speakers sound where this is wished. It stays so, whatever the document becomes. */
  soundsIn({ voice }: SpeechVariation): (speaker: string | undefined) => VoiceOptions {
    if (voice === undefined) return (speaker) => this.soundOf(speaker);
    const all = new Map<VoiceOptions, VoiceOptions>();
    return (speaker) => {
      const own = this.soundOf(speaker);
      const other = all.get(own) ?? withVoice(own, voice);
      all.set(own, other);
      return other;
    };
  }

  /** The identity of a segment's clip. */
  identity(segment: number): string | undefined {
    return this.#clips[segment]?.identity;
  }

  /** The first segment whose clip has this identity. */
  place(identity: string): number | undefined {
    if (this.#asked++ < 8) {
      const place = this.#clips.findIndex((clip) => clip.identity === identity);
      return place < 0 ? undefined : place;
    }
    this.#places ??= new Map(this.#clips.map((clip, at) => [clip.identity, at] as const).reverse());
    return this.#places.get(identity);
  }

  /** The segments as a run needs them; of one of them something else may be said. */
  runSegments(said?: SpeechVariation["said"]): RunSegment[] {
    return this.segments.map(({ index, transcript, speaker }) => ({
      index,
      transcript: said?.segment === index ? said.transcript : transcript,
      identity: this.#clips[index]?.identity ?? "",
      speaker,
    }));
  }

  /** What would be said of a segment if these words, too, were pronounced so. */
  saidWith(segment: number, pronunciations: Words): string {
    const { text, language, markers, values, skip, only, pronunciations: known } = this.#input;
    const words = { values, skip, only, pronunciations: { ...known, ...pronunciations } };
    const { segments } = parseScript(text, { language, markers, ...words }, this.#otherwise);
    return segments[segment]?.transcript ?? "";
  }

  /** What will not do what its writer meant, and what the service refused of it, if it still stands there. */
  problems(refused: readonly RefusedOption[]): readonly ScriptProblem[] {
    const { problems, options, places } = this.#script;
    const still = refused.flatMap((option) => {
      const place = placeOfRefused(option, options, places);
      return place ? [{ ...place, message: option.message, code: "refused" }] : [];
    });
    return still.length > 0 ? [...problems, ...still] : problems;
  }

  /**
   * Where this stretch of a segment's transcript stands in the document; its end is behind the last unit's character.
   * @returns `undefined` where the segment has no such stretch.
   */
  spanOf(segment: number, { from, to }: WordPlace): Span | undefined {
    const { offsets = [], start = 0, end = 0, written = [] } = this.segments[segment] ?? {};
    const [first, said, next] = [offsets[from], offsets[to - 1], offsets[to]];
    if (from >= to || first === undefined || said === undefined) return undefined;
    const last = lastWritten(written, said);
    const length = lengthAt(this.#text, start + last, next === undefined ? next : start + next);
    return { start: start + first, end: Math.min(start + last + length, end) };
  }

  /** As `ScriptPreview.secondsAt` says, with the clips that are heard for the segments. */
  secondsAt(
    offset: number,
    clips: { readonly heard: (segment: number) => Clip | undefined },
  ): PlaceInSound | undefined {
    const index = segmentAt(this.segments, offset);
    const segment = this.segments[index];
    const clip = clips.heard(index);
    if (!segment || !clip) return undefined;
    const word = this.#wordAt(index, wordsOf(clip, segment.transcript), offset);
    return { segment: index, seconds: Math.min(word?.start ?? 0, clip.seconds) };
  }

  /**
   * The word of a segment at a place in the document: the one that the place is in, or else the next one behind it;
   * behind all of them the last one.
   * @param words in the order in which they stand.
   */
  #wordAt<Word extends WordPlace>(
    segment: number,
    words: readonly Word[],
    offset: number,
  ): Word | undefined {
    const index = firstIndex(words.length - 1, (at) => {
      const word = words[at];
      return ((word && this.spanOf(segment, word)?.end) ?? Infinity) > offset;
    });
    return words[index];
  }
}

/** The last unit of what is written at an offset, where something else is said for it; else the one there. */
function lastWritten(written: NonNullable<Segment["written"]>, offset: number): number {
  const place =
    written[firstIndex(written.length, (at) => (written[at]?.start ?? Infinity) >= offset)];
  return place?.start === offset ? place.last : offset;
}

/** How a decoded character is written in Markdown. */
const REFERENCE = /&(?:#\d+|#x[\da-f]+|[a-z][\da-z]*);/iy;

/** The length of the character that is written at `offset`; `next` is where the one that is said after it stands. */
function lengthAt(text: string, offset: number, next: number | undefined): number {
  const length = (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  if (next !== undefined && next > offset && next <= offset + length) return length;
  REFERENCE.lastIndex = offset;
  return REFERENCE.exec(text)?.[0].length ?? length;
}
