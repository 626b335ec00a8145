/** Models that the service does not have any more. Source: Cartesia TTS WebSocket reference, models. */
export const retiredModels = [
  "sonic",
  "sonic-english",
  "sonic-multilingual",
  "sonic-2",
  "sonic-turbo",
  "sonic-3-2025-10-27",
] as const;

/** Whether the service refuses a model, or a snapshot of it, with `model_sunsetted`. */
export function isRetired(model: string): boolean {
  return retiredModels.some((name) => model === name || model.startsWith(`${name}-20`));
}

/** The model that the service recommends. Source: as above. */
export const recommendedModel = "sonic-3.6";

/** Its newest snapshot: a professional voice clone wants a dated one. */
export const datedModel = "sonic-3.6-2026-08-27";
