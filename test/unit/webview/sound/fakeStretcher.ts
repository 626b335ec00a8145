import type { CreateStretcher } from "../../../../src/webview/sound/output/stretcher.ts";

/** Drops and repeats single samples, so that each still says which one it was; is late by 30 ms, as the real one. */
export class FakeStretchers {
  /** How many have not been closed. */
  open = 0;

  readonly create: CreateStretcher = (sampleRate, speed) => {
    this.open++;
    let isOpen = true;
    const taken: number[] = [];
    let given = 0;
    const give = (until: number): Float32Array<ArrayBuffer> => {
      const samples: number[] = [];
      for (; Math.floor(given * speed) < until; given++) {
        samples.push(taken[Math.floor(given * speed)]!);
      }
      return Float32Array.from(samples);
    };
    return {
      stretch: (samples) => {
        for (const sample of samples) taken.push(sample);
        return give(taken.length - 0.03 * sampleRate);
      },
      finish: () => give(taken.length),
      close: () => {
        if (isOpen) this.open--;
        isOpen = false;
      },
    };
  };
}
