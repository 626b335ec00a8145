import { randomUUID } from "node:crypto";
import type { Endpoint } from "../../session/connection/connection.ts";
import type { PreviewTools } from "./previewEvent.ts";
import type { RunParts } from "./previewRun.ts";
import { concurrencyOf, runLimits } from "./runLimits.ts";

/** What a run over this endpoint speaks with. */
export function speechOver(
  endpoint: (signal: AbortSignal) => Promise<Endpoint>,
  { limits = runLimits, maxConcurrency, trace, characterLimit }: PreviewTools,
): RunParts["speech"] {
  const { session, retryAfterMs, rateLimitMs } = limits;
  return {
    endpoint,
    newContextId: randomUUID,
    maxConcurrency: concurrencyOf(maxConcurrency?.()),
    retryAfterMs,
    rateLimitMs,
    tools: { limits: session, trace, characterLimit },
  };
}
