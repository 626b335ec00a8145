/** The models that the service has now (Cartesia's docs, "Models"), newest first. It may have others. */
export const models = ["sonic-3.6", "sonic-3.5", "sonic-3", "sonic-latest"] as const;

/** The emotions that the service knows (Cartesia's docs, "Volume, speed, and emotion"): the primary ones. */
export const primaryEmotions = ["neutral", "calm", "angry", "content", "sad", "scared"] as const;

/** All emotions that the service knows, the primary ones first. */
export const emotions: readonly string[] = [
  ...primaryEmotions,
  ...(
    "happy excited enthusiastic elated euphoric triumphant amazed surprised flirtatious curious peaceful serene " +
    "grateful affectionate trust sympathetic anticipation mysterious mad outraged frustrated agitated threatened " +
    "disgusted contempt envious sarcastic ironic dejected melancholic disappointed hurt guilty bored tired rejected " +
    "nostalgic wistful apologetic hesitant insecure confused resigned anxious panicked alarmed proud confident distant " +
    "skeptical contemplative determined"
  ).split(" "),
];

/** The languages that the service speaks, by their codes (Cartesia's docs, "Models"). */
export const languages: readonly string[] = (
  "en fr de es pt zh ja hi it ko nl pl ru sv tr tl bg ro ar cs el fi hr ms sk da ta uk hu no vi bn th he ka id te gu kn " +
  "ml mr pa or ur"
).split(" ");

/** Those that only sonic-3.6 and newer models speak. */
export const newLanguages: readonly string[] = ["or", "ur"];

/** What a control tag of the service takes. */
export interface TagRule {
  readonly attribute: "time" | "ratio" | "value";
  /** A value to begin with. */
  readonly sample: string;
  /** For a ratio, what it may be. */
  readonly range?: readonly [least: number, most: number];
}

/** The service's control tags (Cartesia's docs, "SSML tags"). */
export const tagRules = {
  break: { attribute: "time", sample: "500ms" },
  speed: { attribute: "ratio", sample: "1.0", range: [0.6, 1.5] },
  volume: { attribute: "ratio", sample: "1.0", range: [0.5, 2] },
  emotion: { attribute: "value", sample: "neutral" },
} as const satisfies Readonly<Record<string, TagRule>>;

export type TagName = keyof typeof tagRules;

/** Their names. */
export const tagNames = Object.keys(tagRules) as readonly TagName[];

/** Tags of SSML and the like for which the service has another name. */
export const otherNames: Readonly<Record<string, TagName | "spell" | "flush">> = {
  brake: "break",
  pause: "break",
  silence: "break",
  wait: "break",
  rate: "speed",
  loudness: "volume",
  feeling: "emotion",
  mood: "emotion",
  spellout: "spell",
  "spell-out": "spell",
};
