import * as l10n from "@vscode/l10n";
import type { CreateStretcher } from "./stretcher.ts";

/** Rejects with a sentence where the sound can't be stretched here. */
export type LoadStretcher = () => Promise<CreateStretcher>;

/** Loads the library that stretches, which is in the page's bundle but is not made ready before. */
export async function loadStretcher(): Promise<CreateStretcher> {
  try {
    const [{ openSonic }, wasm] = await Promise.all([
      import("./sonicStretcher.ts"),
      import("@echogarden/sonic-wasm/sonic.wasm"),
    ]);
    return await openSonic(wasm.default);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(l10n.t("The speed can't be changed ({0}).", detail), { cause });
  }
}
