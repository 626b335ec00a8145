/** What captions must keep to, to be read in time. */
export interface CaptionLimits {
  /** Letters in a line. */
  readonly lineLength: number;
  readonly lines: number;
  /** How long one is seen, in seconds. */
  readonly shortest: number;
  readonly longest: number;
  /** Between two of them, in seconds: two frames of film. */
  readonly gap: number;
  /** How fast it can be read, in letters a second. */
  readonly readingSpeed: number;
}

const spaced: CaptionLimits = {
  lineLength: 42,
  lines: 2,
  shortest: 1,
  longest: 7,
  gap: 2 / 24,
  readingSpeed: 20,
};

/** Source: Netflix, Timed Text Style Guides: Chinese 16, Japanese 13, Thai 35 letters a line. */
const narrower: readonly (readonly [RegExp, Partial<CaptionLimits>])[] = [
  [/[\p{sc=Hira}\p{sc=Kana}]/gu, { lineLength: 13, readingSpeed: 7 }],
  [/[\p{sc=Han}\p{sc=Bopo}]/gu, { lineLength: 16, readingSpeed: 9 }],
  [
    /[\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/gu,
    { lineLength: 35, readingSpeed: 17 },
  ],
];

/** The limits for texts of the writing that most of this one is in. Japanese is told by its syllables, of which it has always some. */
export function captionLimits(text: string): CaptionLimits {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (writing: RegExp): number => (text.match(writing)?.length ?? 0) / letters;
  const own = narrower.find(([writing], at) => share(writing) > (at === 0 ? 0.15 : 0.3));
  return { ...spaced, ...own?.[1] };
}

/** How many letters a reader sees: marks that stand on others don't count. */
export function lengthOf(text: string): number {
  return text.match(/[^\p{M}\p{Cf}]/gu)?.length ?? 0;
}
