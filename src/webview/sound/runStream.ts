import type { StreamFormat } from "../../panel/messages.ts";

/** What has come of one segment's audio in a run. */
export interface Take {
  readonly chunks: readonly Uint8Array[];
  /** No more audio comes. */
  readonly ended: boolean;
  /** Its audio has been let go: what is still to be heard of it comes from its file. */
  readonly released: boolean;
}

interface OpenTake extends Take {
  readonly chunks: Uint8Array[];
  ended: boolean;
  released: boolean;
}

/** The audio of one run as it comes in, segment by segment, kept until it has been heard or is in a file. */
export class RunStream {
  readonly id: number;
  readonly format: StreamFormat;
  readonly #takes: Map<number, OpenTake>;
  #hasEnded = false;

  constructor(id: number, format: StreamFormat, segments: readonly number[]) {
    this.id = id;
    this.format = format;
    this.#takes = new Map(segments.map((segment) => [segment, newTake()]));
  }

  get ended(): boolean {
    return this.#hasEnded;
  }

  /** Undefined for a segment that is not of this run. */
  take(segment: number): Take | undefined {
    return this.#takes.get(segment);
  }

  append(segment: number, bytes: Uint8Array): void {
    const take = this.#takes.get(segment);
    if (take && !take.released && !take.ended && bytes.length > 0) take.chunks.push(bytes);
  }

  endSegment(segment: number): void {
    const take = this.#takes.get(segment);
    if (take) take.ended = true;
  }

  /** The segment failed: half a segment is not begun, but one that sounds already sounds as far as it came. */
  breakOff(segment: number, sounds: boolean): void {
    const take = this.#takes.get(segment);
    if (!take) return;
    take.ended = true;
    if (!sounds) take.chunks.length = 0;
  }

  /** The segment is said again from its start. */
  restart(segment: number): void {
    if (this.#takes.has(segment)) this.#takes.set(segment, newTake());
  }

  release(segment: number): void {
    const take = this.#takes.get(segment);
    if (!take) return;
    take.released = true;
    take.chunks.length = 0;
  }

  end(): void {
    this.#hasEnded = true;
  }
}

function newTake(): OpenTake {
  return { chunks: [], ended: false, released: false };
}
