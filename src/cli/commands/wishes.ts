import type { Container } from "../../clips/model/clip.ts";
import type { SoundSettings } from "../../preview/plan/sound.ts";
import { oneOf, wholeNumber, type Given } from "../common/arguments.ts";
import { scriptOptions, serviceOptions, soundOptions, type Options } from "../common/options.ts";
import { readSegmentRanges, type SegmentRange } from "./segmentRanges.ts";
import { soundDefaults } from "../common/soundDefaults.ts";
import { readMarkers, readSoundSettings } from "../common/soundSettings.ts";

/** What `render` can be asked for. */
export const renderOptions = {
  ...scriptOptions,
  segments: { type: "string", value: "1,3-5", help: "these segments only, counted from 1" },
  again: { type: "boolean", help: "speak what is ready, too" },
  "any-file": {
    type: "boolean",
    help: "speak what is neither Markdown nor plain text nor a script, too",
  },
  container: { type: "string", value: "wav|raw", help: "how clips are saved" },
  concurrency: { type: "string", value: "N", help: "contexts that speak at a time, 1 to 15" },
  "max-characters": {
    type: "string",
    value: "N",
    help: "never send more characters than that, nor begin where more are needed",
  },
  ...serviceOptions,
  ...soundOptions,
} as const satisfies Options;

/** How scripts are to be rendered. */
export interface RenderWishes {
  readonly settings: SoundSettings;
  /** More flush markers. */
  readonly markers: readonly string[];
  readonly container: Container;
  /** In which folder the folders of clips lie; beside each script where it is `undefined`. */
  readonly out: string | undefined;
  /** The segments asked for; all where it is `undefined`. */
  readonly ranges: readonly SegmentRange[] | undefined;
  /** Whether what is ready is spoken, too. */
  readonly again: boolean;
  /** How many contexts may speak at a time. */
  readonly concurrency: number | undefined;
  /** How many characters may be sent. */
  readonly maxCharacters: number | undefined;
}

/** @throws UsageError */
export function readRenderWishes(given: Given<typeof renderOptions>): RenderWishes {
  const { segments, again = false, container, concurrency, out } = given;
  const most = given["max-characters"];
  return {
    settings: readSoundSettings(given),
    markers: readMarkers(given),
    container: oneOf("container", container, ["wav", "raw"] as const) ?? soundDefaults.container,
    out,
    ranges: segments === undefined ? undefined : readSegmentRanges(segments),
    again,
    concurrency: wholeNumber("concurrency", concurrency, [1, 15]),
    maxCharacters: wholeNumber("max-characters", most, [0, Number.MAX_SAFE_INTEGER]),
  };
}
