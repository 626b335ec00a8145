import type { PcmFormat } from "../audio/pcm.ts";
import type { ClipView, StreamFormat } from "../panel/messages.ts";
import { AudioSources } from "./audioSources.ts";
import { ClipLoader } from "./clipLoader.ts";
import type { LoadClip } from "./clipLoader.ts";
import type { Output } from "./output.ts";
import { isSamePlayback } from "./playback.ts";
import type { Playback } from "./playback.ts";
import { RunStream } from "./runStream.ts";

export interface PlayerEvents {
  readonly changed: (playback: Playback) => void;
  readonly failed: (segment: number, reason: string) => void;
}

interface Entry {
  readonly segment: number;
  /** The part it sounds as, from its begin on. */
  part?: number;
  /** Chunks of its stream already appended; undefined where it sounds from its file. */
  appended?: number;
}

/** The next segment is begun when less than this is left to hear: time enough to fetch a file. In seconds. */
const farAhead = 10;

/**
 * What plays next: a list of segments, each from its file where there is one, else from the run's stream as it comes in.
 * A segment begun from the stream stays on it to its end. Knows neither the page nor Web Audio.
 */
export class Player {
  readonly #output: Output;
  readonly #events: PlayerEvents;
  readonly #files: ClipLoader;
  readonly #sources = new AudioSources();
  #entries: readonly Entry[] = [];
  /** The first entry that is not wholly handed to the output. */
  #next = 0;
  /** The last entry that began to be heard; -1 before the first. */
  #lastHeard = -1;
  #lastPart = 0;
  #paused = false;
  #reported: Playback = { phase: "silent", heard: undefined, current: undefined };

  constructor(output: Output, loadClip: LoadClip, events: PlayerEvents) {
    this.#output = output;
    this.#events = events;
    this.#files = new ClipLoader(loadClip, {
      loaded: () => this.advance(),
      failed: (src, reason) => this.#skipFile(src, reason),
    });
  }

  get playback(): Playback {
    return this.#reported;
  }

  showClips(clips: readonly ClipView[]): void {
    this.#sources.clear();
    for (const clip of clips) this.#noteClip(clip);
    this.advance();
  }

  showClip(clip: ClipView): void {
    this.#noteClip(clip);
    this.advance();
  }

  /**
   * Plays these segments in order, in place of what sounded; of a run that is on, also what is still to come. Where there is
   * nothing to hear of any of them, it changes nothing and answers false.
   */
  play(segments: readonly number[]): boolean {
    const { run } = this.#sources;
    this.#sources.run = run?.ended ? undefined : run;
    const audible = segments.some((segment) => this.#sources.of(segment).from !== "none");
    if (audible) this.#replace(segments);
    else this.#sources.run = run;
    return audible;
  }

  pause(): void {
    if (this.#reported.phase === "silent" || this.#paused) return;
    this.#paused = true;
    this.#output.pause();
    this.advance();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#output.resume();
    this.advance();
  }

  /** Silence, at once. The rest of the run is not heard either. */
  stop(): void {
    this.#sources.run = undefined;
    this.#replace([]);
  }

  startRun(id: number, format: StreamFormat, segments: readonly number[]): void {
    this.#sources.run = new RunStream(id, format, segments);
    this.#replace(segments);
    const [first] = this.#entries;
    if (first) this.#open(first, () => this.#output.prepare(format.sampleRate));
  }

  receiveAudio(run: number, segment: number, bytes: Uint8Array): void {
    if (this.#sources.run?.id !== run) return;
    this.#sources.run.append(segment, bytes);
    this.advance();
  }

  endSegment(run: number, segment: number): void {
    if (this.#sources.run?.id !== run) return;
    this.#sources.run.endSegment(segment);
    this.advance();
  }

  /**
   * The segment is said again from its start: so it is heard again from its start, if it has not been heard to its end.
   * @returns whether it was being heard, and broke off.
   */
  restartSegment(run: number, segment: number): boolean {
    if (this.#sources.run?.id !== run) return false;
    const wasHeard = this.#reported.heard === segment;
    this.#sources.run.restart(segment);
    const index = this.#entries.findIndex(
      (entry) => entry.segment === segment && entry.appended !== undefined,
    );
    const part = this.#entries[index]?.part;
    const isTakenBack = part !== undefined && this.#output.takeBack(part);
    if (isTakenBack) this.#rewind(index);
    this.advance();
    return wasHeard && isTakenBack;
  }

  endRun(run: number): void {
    if (this.#sources.run?.id !== run) return;
    this.#sources.run.end();
    this.advance();
  }

  /** No sound can be made. */
  outputFailed(reason: string): void {
    const segment = this.#reported.current;
    this.stop();
    if (segment !== undefined) this.#events.failed(segment, reason);
  }

  /** Hands on what is due, and reports what is heard. To be called whenever the output has moved on. */
  advance(): void {
    for (;;) {
      const entry = this.#entries[this.#next];
      if (!entry || !this.#feed(entry)) break;
      this.#next++;
    }
    if (this.#next >= this.#entries.length && this.#output.empty)
      this.#finish(this.#entries.length);
    this.#report();
  }

  #noteClip(clip: ClipView): void {
    const streaming = this.#entries.some(
      (entry) => entry.segment === clip.segment && entry.appended !== undefined,
    );
    this.#sources.note(clip, streaming);
  }

  #replace(segments: readonly number[]): void {
    // Emptied first: silence is reported by the output at once, and nothing old may be handed on then.
    this.#entries = [];
    this.#next = 0;
    this.#lastHeard = -1;
    this.#paused = false;
    this.#output.stop();
    this.#entries = segments.map((segment) => ({ segment }));
    this.advance();
  }

  /** Hands on as much of this entry as there is; says whether it is done with. */
  #feed(entry: Entry): boolean {
    if (entry.appended !== undefined) return this.#feedStream(entry, entry.appended);
    if (this.#output.secondsAhead > farAhead) return false;
    const source = this.#sources.of(entry.segment);
    switch (source.from) {
      case "file":
        return this.#feedFile(entry, source.src);
      case "stream":
        return this.#begin(entry, source.run.format) && this.#feedStream(entry, 0);
      case "wait":
        return false;
      case "none":
        return true;
    }
  }

  #feedStream(entry: Entry, from: number): boolean {
    const take = this.#sources.run?.take(entry.segment);
    const chunks = take?.chunks ?? [];
    for (const chunk of chunks.slice(from)) this.#output.append(chunk);
    entry.appended = chunks.length;
    if (take && !take.ended && !this.#sources.run?.ended) return false;
    this.#output.end();
    return true;
  }

  #feedFile(entry: Entry, src: string): boolean {
    const audio = this.#files.peek(src);
    if (!audio || !this.#begin(entry, audio.format)) return false;
    this.#files.drop();
    this.#output.append(audio.samples);
    this.#output.end();
    return true;
  }

  /** The file that was due can't be played. Where there is another by now, that one is tried. */
  #skipFile(src: string, reason: string): void {
    const entry = this.#entries[this.#next];
    const source = entry && this.#sources.of(entry.segment);
    if (source?.from === "file" && source.src === src) {
      this.#next++;
      this.#events.failed(entry!.segment, reason);
    }
    this.advance();
  }

  #begin(entry: Entry, format: PcmFormat): boolean {
    if (!this.#output.accepts(format.sampleRate)) return false;
    const part = this.#lastPart + 1;
    if (!this.#open(entry, () => this.#output.begin(part, format))) return false;
    this.#lastPart = part;
    entry.part = part;
    return true;
  }

  /** Where no sound can be made, says so of the entry that was due, and gives up. */
  #open(entry: Entry, opens: () => void): boolean {
    try {
      opens();
      return true;
    } catch (error) {
      this.stop();
      this.#events.failed(entry.segment, error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** What was handed on from this entry on has been taken back. */
  #rewind(index: number): void {
    for (const entry of this.#entries.slice(index)) {
      delete entry.part;
      delete entry.appended;
    }
    this.#next = index;
    this.#lastHeard = Math.min(this.#lastHeard, index - 1);
  }

  /** The first `count` entries have been heard: their streams are no longer needed. */
  #finish(count: number): void {
    for (const entry of this.#entries.slice(0, count)) {
      if (entry.appended !== undefined) this.#sources.run?.release(entry.segment);
    }
    if (this.#entries.length === 0 || count < this.#entries.length) return;
    this.#entries = [];
    this.#next = 0;
    this.#output.stop();
  }

  #report(): void {
    const { heardPart, dry } = this.#output;
    const index = this.#entries.findIndex(({ part }) => part !== undefined && part === heardPart);
    if (index > this.#lastHeard) {
      this.#finish(index);
      this.#lastHeard = index;
    }
    const heard = this.#entries[index]?.segment;
    const awaited = this.#entries.find(
      ({ part }, at) => at > this.#lastHeard && (at >= this.#next || part !== undefined),
    );
    const playback: Playback = {
      phase: this.#phase(heard !== undefined && !dry),
      heard,
      current: heard ?? awaited?.segment,
    };
    if (isSamePlayback(playback, this.#reported)) return;
    this.#reported = playback;
    this.#events.changed(playback);
  }

  #phase(sounding: boolean): Playback["phase"] {
    if (this.#entries.length === 0) return "silent";
    if (this.#paused) return "paused";
    return sounding ? "playing" : "waiting";
  }
}
