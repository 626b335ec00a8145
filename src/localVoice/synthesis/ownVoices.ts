/** The voices of Flite used here: rms is male, slt female. Both are American English. */
export const fliteVoices = ["rms", "slt"] as const;
export type FliteVoice = (typeof fliteVoices)[number];

interface VoiceFacts {
  readonly name: string;
  /** At most 32 characters. */
  readonly tagline: string;
  readonly description: string;
  readonly gender: Gender;
}

export const genders = ["masculine", "feminine", "gender_neutral"] as const;
type Gender = (typeof genders)[number];

/** What is told of the local voice's own voices. */
export const voiceFacts: Readonly<Record<FliteVoice, VoiceFacts>> = {
  rms: {
    name: "Flite rms",
    tagline: "Male, American English",
    description: "A male voice that speaks American English on this machine, without a network.",
    gender: "masculine",
  },
  slt: {
    name: "Flite slt",
    tagline: "Female, American English",
    description: "A female voice that speaks American English on this machine, without a network.",
    gender: "feminine",
  },
};

/** What all of them speak. */
export const language = "en";
export const locale = "en-US";
/** Its id and name are the service's. Source: Cartesia SDK 4.2.0, `VoiceAccent`. */
export const accent = { id: "general-american", name: "General American English", locale };

/** The local voice's own voices, as those know them who have not asked it. */
export const ownVoices = Object.entries(voiceFacts).map(([id, { name, gender }]) => ({
  id,
  name,
  language,
  accents: [{ id: accent.id, locale }],
  gender,
}));
