import type { Container } from "../clips/model/clip.ts";
import type { SoundSettings } from "../preview/plan/sound.ts";
import type { ReadOptions } from "../script/reader/replaceWords.ts";
import type { NamedScripts } from "./scriptFile.ts";

/** Segments from the first to the last, both included; counted from 0. */
export interface SegmentRange {
  readonly first: number;
  readonly last: number;
}

/** What is put in the place of what is written in scripts. */
export type GivenWords = Pick<ReadOptions, "values" | "pronunciations">;

/** Which scripts are to be rendered, and how. */
export interface RenderRequest extends NamedScripts {
  readonly settings: SoundSettings;
  /** More flush markers. */
  readonly markers: readonly string[];
  readonly words: GivenWords;
  readonly container: Container;
  /** In which folder the folders of clips lie; beside each script where it is `undefined`. */
  readonly out: string | undefined;
  /** The segments asked for; all where it is `undefined`. */
  readonly ranges: readonly SegmentRange[] | undefined;
  /** Whether what is ready is spoken, too. */
  readonly again: boolean;
  /** Whether what is neither Markdown nor plain text nor a script is spoken, too. */
  readonly anyFile: boolean;
  /** How many contexts may speak at a time. */
  readonly concurrency: number | undefined;
  /** How many characters may be sent, over all scripts. */
  readonly maxCharacters: number | undefined;
}
