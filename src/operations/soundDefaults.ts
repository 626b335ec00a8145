import type { Container } from "../clips/model/clip.ts";
import type { SoundSettings } from "../preview/plan/sound.ts";

/** The settings' defaults, as the extension's manifest has them: a clip made here is ready there. */
export const soundDefaults: Required<Omit<SoundSettings, "apiVersion">> & {
  readonly container: Container;
} = {
  voice: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
  model: "sonic-3",
  language: "en",
  accent: "",
  normalization: "auto",
  encoding: "pcm_f32le",
  sampleRate: 44_100,
  container: "wav",
};
