import { decodeSamples } from "../../../audio/decodeSamples.ts";
import { bytesPerSample } from "../../../audio/pcm.ts";
import { PeakMeter } from "../../../audio/peaks.ts";
import type { Peaks } from "../../../audio/peaks.ts";
import type { ClipView, StreamFormat } from "../../../panel/messages.ts";
import type { ClipAudio, LoadClip } from "../../sound/player/clipLoader.ts";
import { SampleAssembler } from "../../sound/output/sampleAssembler.ts";

/** Samples measured at a time: a few milliseconds' work. */
const samplesAtATime = 1 << 18;

/**
 * The peaks of all clips. They come from the stream as it runs, or from a clip's file once somebody looks at it; of the samples
 * nothing is kept.
 */
export class Waveforms {
  readonly #load: LoadClip;
  readonly #changed: (segment: number) => void;
  #clips = new Map<number, ClipView>();
  /** Of the clips' files, by their addresses. */
  readonly #peaks = new Map<string, Peaks>();
  /** The addresses of files that could not be read. */
  readonly #unreadable = new Set<string>();
  readonly #watched = new Set<number>();
  #run: { readonly id: number; readonly format: StreamFormat } | undefined;
  readonly #streams = new Map<number, StreamedPeaks>();
  #isLoading = false;

  constructor(load: LoadClip, changed: (segment: number) => void) {
    this.#load = load;
    this.#changed = changed;
  }

  showClips(clips: readonly ClipView[]): void {
    this.#clips = new Map(clips.map((clip) => [clip.segment, clip]));
    for (const segment of this.#streams.keys()) {
      if (!this.#clips.has(segment)) this.#streams.delete(segment);
    }
    for (const clip of clips) this.#settle(clip);
    this.#forgetOthers();
    void this.#loadWatched();
  }

  showClip(clip: ClipView): void {
    const before = this.#clips.get(clip.segment)?.src;
    this.#clips.set(clip.segment, clip);
    if (before !== undefined && before !== clip.src) this.#peaks.delete(before);
    this.#settle(clip);
    void this.#loadWatched();
  }

  startRun(run: number, format: StreamFormat): void {
    this.#run = { id: run, format };
    this.#streams.clear();
  }

  /** The next bytes of a segment's audio; samples may be cut anywhere. Those of another run are left out. */
  append(run: number, segment: number, bytes: Uint8Array): void {
    if (this.#run?.id !== run || !this.#clips.has(segment)) return;
    const stream = this.#streams.get(segment) ?? new StreamedPeaks(this.#run.format);
    this.#streams.set(segment, stream);
    stream.append(bytes);
    this.#changed(segment);
  }

  /** What has come of the segment is void. */
  restart(run: number, segment: number): void {
    if (this.#run?.id === run && this.#streams.delete(segment)) this.#changed(segment);
  }

  /** The peaks of what comes now or, where nothing comes, of the clip's file; `undefined` while they are not known. */
  of(segment: number): Peaks | undefined {
    const src = this.#clips.get(segment)?.src;
    const stored = src === undefined ? undefined : this.#peaks.get(src);
    return this.#streams.get(segment)?.peaks ?? stored;
  }

  /** From now on its peaks are wanted: its file is fetched when it is due, and `changed` follows. */
  watch(segment: number): void {
    this.#watched.add(segment);
    const src = this.#clips.get(segment)?.src;
    if (src !== undefined) this.#unreadable.delete(src);
    void this.#loadWatched();
  }

  unwatch(segment: number): void {
    this.#watched.delete(segment);
  }

  /** Once a clip is whole, what was measured of its stream stands for its file. */
  #settle({ segment, state, seconds, src }: ClipView): void {
    if (state === "queued" || state === "speaking") return;
    const peaks = this.#streams.get(segment)?.peaks;
    this.#streams.delete(segment);
    if (!peaks || src === undefined || seconds === undefined) return;
    if (Math.abs(peaks.seconds - seconds) < 0.001) this.#peaks.set(src, peaks);
  }

  #forgetOthers(): void {
    const shown = new Set([...this.#clips.values()].map(({ src }) => src));
    for (const src of this.#peaks.keys()) if (!shown.has(src)) this.#peaks.delete(src);
    for (const src of this.#unreadable) if (!shown.has(src)) this.#unreadable.delete(src);
  }

  async #loadWatched(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    for (let clip = this.#nextClip(); clip; clip = this.#nextClip()) {
      await this.#loadPeaks(clip.segment, clip.src);
    }
    this.#isLoading = false;
  }

  #nextClip(): { readonly segment: number; readonly src: string } | undefined {
    for (const segment of this.#watched) {
      const src = this.#clips.get(segment)?.src;
      if (src === undefined || this.#streams.has(segment)) continue;
      if (!this.#peaks.has(src) && !this.#unreadable.has(src)) return { segment, src };
    }
    return undefined;
  }

  async #loadPeaks(segment: number, src: string): Promise<void> {
    try {
      this.#peaks.set(src, await measurePeaks(await this.#load(src)));
    } catch {
      this.#unreadable.add(src); // Whoever plays it is told why.
    }
    if (this.#clips.get(segment)?.src === src) this.#changed(segment);
    else this.#forgetOthers(); // It was replaced, or moved, meanwhile.
  }
}

/** The peaks of a segment as far as its audio has come. */
class StreamedPeaks {
  readonly #samples: SampleAssembler;
  readonly #meter: PeakMeter;
  #peaks: Peaks | undefined;

  constructor(format: StreamFormat) {
    this.#samples = new SampleAssembler(format.encoding);
    this.#meter = new PeakMeter(format);
  }

  get peaks(): Peaks {
    return (this.#peaks ??= this.#meter.peaks);
  }

  append(bytes: Uint8Array): void {
    this.#samples.push(bytes);
    this.#meter.append(this.#samples.take());
    this.#peaks = undefined;
  }
}

/** Measures a clip piece by piece, so that a long one holds nothing up. */
async function measurePeaks({ format, samples }: ClipAudio): Promise<Peaks> {
  const meter = new PeakMeter(format);
  const step = samplesAtATime * bytesPerSample(format.encoding);
  for (let at = 0; at < samples.length; at += step) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve));
    meter.append(decodeSamples(samples.subarray(at, at + step), format.encoding));
  }
  return meter.peaks;
}
