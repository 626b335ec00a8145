import type { AudioSources } from "./audioSources.ts";
import type { ClipLoader } from "./clipLoader.ts";
import type { Output } from "../output/output.ts";
import { farAhead, formatOf, Pass } from "./pass.ts";
import type { OpenSource, Place } from "./pass.ts";

export interface PlaylistOptions {
  readonly output: Output;
  readonly sources: AudioSources;
  readonly files: ClipLoader;
  /** This segment can't be played. */
  readonly failed: (segment: number, reason: string) => void;
  /** This segment was due, but no sound can be made at all. */
  readonly muted: (segment: number, reason: string) => void;
}

/** Very short segments are not heard far in the future, however many of them are handed on. */
const mostPasses = 64;

/** The segments to play, in order, and how far they have been handed to the output. */
export class Playlist {
  readonly #options: PlaylistOptions;
  #segments: readonly number[] = [];
  /** Begun and not heard to their ends, in the order of their hearing; only the last may have more to come. */
  #passes: Pass[] = [];
  /** What is begun next. */
  #next: Place = { index: 0, seconds: 0 };
  #loop = false;
  #lastPart = 0;

  constructor(options: PlaylistOptions) {
    this.#options = options;
  }

  /** Whether the segment that is heard is repeated. */
  get loop(): boolean {
    return this.#loop;
  }

  set loop(loop: boolean) {
    this.#loop = loop;
    const current = this.hear() ?? this.#passes[0];
    if (current) this.#goOn(this.#after(current), this.#takeBack(1));
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  /** Whether nothing is left to be handed on. */
  get hasEnded(): boolean {
    return this.#next.index >= this.#segments.length && (this.#passes.at(-1)?.isWhole ?? true);
  }

  /** What is heard now. */
  get heard(): Pass | undefined {
    const { heardPart } = this.#options.output;
    return this.#passes.find(({ part }) => part === heardPart);
  }

  /** What is heard or, where nothing is, heard next; undefined where nothing is left. */
  get current(): (Place & { readonly segment: number }) | undefined {
    const segment = this.#segments[this.#next.index];
    const next = segment === undefined ? undefined : { ...this.#next, segment };
    return this.heard ?? this.#passes[0] ?? next;
  }

  /** In place of what was there; the output has been emptied. */
  start(segments: readonly number[], seconds: number): void {
    this.#segments = segments;
    this.#goOn({ index: 0, seconds }, this.#passes.splice(0));
  }

  /** Makes the output ready for what is still to come. */
  prepare(sampleRate: number): void {
    const { current } = this;
    if (current) this.#attempt(current.segment, () => this.#options.output.prepare(sampleRate));
  }

  /** All has been heard. */
  end(): void {
    this.#segments = [];
    this.#next = { index: 0, seconds: 0 };
    for (const pass of this.#passes.splice(0)) this.#letGo(pass);
  }

  /** Goes on from there. False where the segment is not in the list or has nothing to hear, and then nothing changes. */
  goTo(segment: number, seconds: number): boolean {
    const current = this.hear() ?? this.current;
    const isCurrent = current?.segment === segment;
    const index = isCurrent ? current.index : this.#segments.indexOf(segment);
    const opened = this.#passes.find((pass) => pass.segment === segment) ?? current;
    const source = opened?.segment === segment ? opened.source : undefined;
    if (index < 0) return false;
    if (!source && this.#options.sources.of(segment).from === "none") return false;
    this.#goOn({ index, seconds, ...(source && { source }) }, this.#takeBack(0));
    return true;
  }

  /** What streams from this segment is void. @returns whether something of it was taken back, to be said again. */
  restart(segment: number): boolean {
    this.hear();
    const first = this.#passes.findIndex((pass) => isStreamOf(pass, segment));
    const { index } = this.#passes[first] ?? {};
    if (index === undefined) return false;
    const gone = this.#takeBack(first);
    if (gone.length > 0) this.#goOn({ index, seconds: 0 }, gone);
    return gone.length > 0;
  }

  /** Whether this segment is played from the run's stream. */
  streams(segment: number): boolean {
    const { index, source } = this.#next;
    if (source?.from === "stream" && this.#segments[index] === segment) return true;
    return this.#passes.some((pass) => isStreamOf(pass, segment));
  }

  /** Hands on what is due. */
  feed(): void {
    for (let last = this.#passes.at(-1); ; last = this.#passes.at(-1)) {
      if (last && !last.isWhole) {
        last.feed(this.#options.output);
        if (!last.isWhole) return;
        this.#next = this.#after(last);
        if (last.isEmpty) this.#passes.pop();
      } else if (!this.#begin()) return;
    }
  }

  /** The file that was due can't be played. Where there is another by now, that one is tried. */
  skipFile(src: string, reason: string): void {
    const { index, source } = this.#next;
    const segment = this.#segments[index];
    if (segment === undefined || source) return;
    const due = this.#options.sources.of(segment);
    if (due.from !== "file" || due.src !== src) return;
    this.#next = { index: index + 1, seconds: 0 };
    this.#options.failed(segment, reason);
  }

  /** Lets go of what has been heard. */
  hear(): Pass | undefined {
    const { heard } = this;
    const over = (pass: Pass): boolean =>
      pass !== heard && (pass.wasHeard || (heard !== undefined && pass.part < heard.part));
    if (heard) heard.wasHeard = true;
    const gone = this.#passes.filter(over);
    this.#passes = this.#passes.filter((pass) => !over(pass));
    for (const pass of gone) this.#letGo(pass);
    return heard;
  }

  /** Where there is nothing to hear, a repetition would have no end. */
  #after({ index, source, isAudible }: Pass): Place {
    return this.#loop && isAudible
      ? { index, seconds: 0, source }
      : { index: index + 1, seconds: 0 };
  }

  #begin(): boolean {
    const { output, sources, files } = this.#options;
    const { index, seconds } = this.#next;
    const segment = this.#segments[index];
    if (segment === undefined || output.secondsAhead > farAhead) return false;
    if (this.#passes.length >= mostPasses) return false;
    const due = this.#next.source ?? sources.of(segment);
    if (due.from === "wait") return false;
    if (due.from === "none") {
      this.#next = { index: index + 1, seconds: 0 };
      return true;
    }
    if (due.from === "file" && "src" in due) {
      const audio = files.peek(due.src);
      return (
        audio !== undefined && this.#open(segment, { from: "file", audio }, { index, seconds })
      );
    }
    return this.#open(segment, due, { index, seconds });
  }

  #open(segment: number, source: OpenSource, { index, seconds }: Place): boolean {
    const { output, files } = this.#options;
    if (!output.accepts(formatOf(source).sampleRate)) return false;
    const pass = new Pass({ index, seconds, segment, source, part: ++this.#lastPart });
    if (!this.#attempt(segment, () => pass.begin(output))) return false;
    if (source.from === "file") files.drop();
    this.#passes.push(pass);
    return true;
  }

  /** Where no sound can be made at all, says so. */
  #attempt(segment: number, begins: () => void): boolean {
    try {
      begins();
      return true;
    } catch (error) {
      this.#options.muted(segment, error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  /** The passes from this one on are not to be heard (further). @returns those of them that had not been heard to their end. */
  #takeBack(first: number): readonly Pass[] {
    const passes = this.#passes.slice(first);
    const from = passes.findIndex(({ part }) => this.#options.output.takeBack(part));
    return from < 0 ? [] : this.#passes.splice(first + from);
  }

  #goOn(next: Place, gone: readonly Pass[]): void {
    this.#next = next;
    for (const { segment, source } of gone) {
      if (source.from === "stream" && !this.streams(segment)) this.#options.sources.leave(segment);
    }
  }

  /** It has been heard: its stream is no longer needed. */
  #letGo({ segment, source }: Pass): void {
    if (source.from === "stream" && !this.streams(segment)) source.run.release(segment);
  }
}

function isStreamOf({ segment, source }: Pass, streamed: number): boolean {
  return source.from === "stream" && segment === streamed;
}
