import * as l10n from "@vscode/l10n";
/** Makes one part's sound quicker or slower, and keeps its pitch. Samples in, samples out; mono. */
export interface Stretcher {
  /** Takes samples in, and answers with those that are ready: the last few wait for what comes behind them. */
  stretch(samples: Float32Array): Float32Array<ArrayBuffer>;
  /** What is left when all samples have been taken in. */
  finish(): Float32Array<ArrayBuffer>;
  /** Frees its memory. It is of no use after that; to close it again does nothing. */
  close(): void;
}

/** A stretcher for samples of this rate, in Hz. `speed`: seconds of sound in a second, 0.5 to 2. */
export type CreateStretcher = (sampleRate: number, speed: number) => Stretcher;

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
