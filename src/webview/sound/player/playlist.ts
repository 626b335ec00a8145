import type { AudioSources } from "./audioSources.ts";
import type { ClipLoader } from "./clipLoader.ts";
import type { Output } from "../output/output.ts";
import { farAhead, formatOf, Pass } from "./pass.ts";
import type { OpenSource, Place } from "./pass.ts";
import type { SoundId } from "./playback.ts";

export interface PlaylistOptions {
  readonly output: Output;
  readonly sources: AudioSources;
  readonly files: ClipLoader;
  /** This can't be played. */
  readonly failed: (id: SoundId, reason: string) => void;
  /** This was due, but no sound can be made at all. */
  readonly muted: (id: SoundId, reason: string) => void;
}

/** Very short ones are not heard far in the future, however many of them are handed on. */
const mostPasses = 64;

/** The clips to play, or a take, in order, and how far they have been handed to the output. */
export class Playlist {
  readonly #options: PlaylistOptions;
  #ids: readonly SoundId[] = [];
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
    return this.#ids.length === 0;
  }

  /** Whether nothing is left to be handed on. */
  get hasEnded(): boolean {
    return this.#next.index >= this.#ids.length && (this.#passes.at(-1)?.isWhole ?? true);
  }

  /** What is heard now. */
  get heard(): Pass | undefined {
    const { heardPart } = this.#options.output;
    return this.#passes.find(({ part }) => part === heardPart);
  }

  /** What is heard or, where nothing is, heard next; undefined where nothing is left. */
  get current(): (Place & { readonly id: SoundId }) | undefined {
    const id = this.#ids[this.#next.index];
    const next = id === undefined ? undefined : { ...this.#next, id };
    return this.heard ?? this.#passes[0] ?? next;
  }

  /** In place of what was there; the output has been emptied. */
  start(ids: readonly SoundId[], seconds: number): void {
    this.#ids = ids;
    this.#goOn({ index: 0, seconds }, this.#passes.splice(0));
  }

  /** Makes the output ready for what is still to come. */
  prepare(sampleRate: number): void {
    const { current } = this;
    if (current) this.#attempt(current.id, () => this.#options.output.prepare(sampleRate));
  }

  /** All has been heard. */
  end(): void {
    this.#ids = [];
    this.#next = { index: 0, seconds: 0 };
    for (const pass of this.#passes.splice(0)) this.#letGo(pass);
  }

  /** Goes on from there. False where that is not in the list or has nothing to hear, and then nothing changes. */
  goTo(id: SoundId, seconds: number): boolean {
    const current = this.hear() ?? this.current;
    const isCurrent = current?.id === id;
    const index = isCurrent ? current.index : this.#ids.indexOf(id);
    const opened = this.#passes.find((pass) => pass.id === id) ?? current;
    const source = opened?.id === id ? opened.source : undefined;
    if (index < 0) return false;
    if (!source && this.#options.sources.of(id).from === "none") return false;
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

  /** Whether this is played from the run's stream. */
  streams(id: SoundId): boolean {
    const { index, source } = this.#next;
    if (source?.from === "stream" && this.#ids[index] === id) return true;
    return this.#passes.some((pass) => isStreamOf(pass, id));
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
    const id = this.#ids[index];
    if (id === undefined || source) return;
    const due = this.#options.sources.of(id);
    if (due.from !== "file" || due.src !== src) return;
    this.#next = { index: index + 1, seconds: 0 };
    this.#options.failed(id, reason);
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
    const id = this.#ids[index];
    if (id === undefined || output.secondsAhead > farAhead) return false;
    if (this.#passes.length >= mostPasses) return false;
    const due = this.#next.source ?? sources.of(id);
    if (due.from === "wait") return false;
    if (due.from === "none") {
      this.#next = { index: index + 1, seconds: 0 };
      return true;
    }
    if (due.from === "file" && "src" in due) {
      const audio = files.peek(due.src);
      return audio !== undefined && this.#open(id, { from: "file", audio }, { index, seconds });
    }
    return this.#open(id, due, { index, seconds });
  }

  #open(id: SoundId, source: OpenSource, { index, seconds }: Place): boolean {
    const { output, files } = this.#options;
    if (!output.accepts(formatOf(source).sampleRate)) return false;
    const pass = new Pass({ index, seconds, id, source, part: ++this.#lastPart });
    if (!this.#attempt(id, () => pass.begin(output))) return false;
    if (source.from === "file") files.drop();
    this.#passes.push(pass);
    return true;
  }

  /** Where no sound can be made at all, says so. */
  #attempt(id: SoundId, begins: () => void): boolean {
    try {
      begins();
      return true;
    } catch (error) {
      this.#options.muted(id, error instanceof Error ? error.message : String(error));
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
    for (const { id, source } of gone) {
      if (source.from === "stream" && !this.streams(id)) this.#options.sources.leave(id);
    }
  }

  /** It has been heard: its stream is no longer needed. */
  #letGo({ id, source }: Pass): void {
    if (source.from === "stream" && !this.streams(id)) source.run.release(id);
  }
}

function isStreamOf({ id, source }: Pass, streamed: SoundId): boolean {
  return source.from === "stream" && id === streamed;
}
