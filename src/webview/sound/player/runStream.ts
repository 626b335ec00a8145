import type { StreamFormat } from "../../../panel/messages.ts";
import type { SoundId } from "./playback.ts";

/** What has come of one segment's audio in a run. */
export interface SegmentStream {
  readonly chunks: readonly Uint8Array[];
  /** No more audio comes. */
  readonly ended: boolean;
  /** Its audio has been let go: what is still to be heard of it comes from its file. */
  readonly released: boolean;
}

interface OpenStream extends SegmentStream {
  readonly chunks: Uint8Array[];
  ended: boolean;
  released: boolean;
}

/** The audio of one run as it comes in, segment by segment, kept until it has been heard or is in a file. */
export class RunStream {
  readonly id: number;
  readonly format: StreamFormat;
  readonly #streams: Map<SoundId, OpenStream>;
  #hasEnded = false;

  constructor(id: number, format: StreamFormat, segments: readonly number[]) {
    this.id = id;
    this.format = format;
    this.#streams = new Map(segments.map((segment) => [segment, newStream()]));
  }

  get ended(): boolean {
    return this.#hasEnded;
  }

  /** Undefined for what is no segment of this run. */
  of(segment: SoundId): SegmentStream | undefined {
    return this.#streams.get(segment);
  }

  append(segment: number, bytes: Uint8Array): void {
    const stream = this.#streams.get(segment);
    if (stream && !stream.released && !stream.ended && bytes.length > 0) stream.chunks.push(bytes);
  }

  endSegment(segment: number): void {
    const stream = this.#streams.get(segment);
    if (stream) stream.ended = true;
  }

  /** The segment failed: half a segment is not begun, but one that sounds already sounds as far as it came. */
  breakOff(segment: number, sounds: boolean): void {
    const stream = this.#streams.get(segment);
    if (!stream) return;
    stream.ended = true;
    if (!sounds) stream.chunks.length = 0;
  }

  /** The segment is said again from its start. */
  restart(segment: number): void {
    if (this.#streams.has(segment)) this.#streams.set(segment, newStream());
  }

  release(segment: SoundId): void {
    const stream = this.#streams.get(segment);
    if (!stream) return;
    stream.released = true;
    stream.chunks.length = 0;
  }

  end(): void {
    this.#hasEnded = true;
  }
}

function newStream(): OpenStream {
  return { chunks: [], ended: false, released: false };
}
