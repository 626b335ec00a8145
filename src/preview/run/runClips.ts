import { setTimeout as sleep } from "node:timers/promises";
import type { Clip, NewClip } from "../../clips/model/clip.ts";
import { clipIdentity } from "../../clips/model/identity.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { SpokenSegment } from "../../session/context/audioEvent.ts";
import type { ClipKeeper } from "./clipKeeper.ts";
import { shapeOf } from "../plan/sound.ts";
import { spokenClip } from "./spokenClip.ts";

/** A segment as it stood at the press. */
export interface RunSegment {
  readonly index: number;
  readonly transcript: string;
  /** Of the clip that the script asks for. */
  readonly identity: string;
  /** Who says it, where the script names one. */
  readonly speaker?: string | undefined;
}

/** What the clips of a run are made of. */
export interface RunClipsOptions {
  readonly keeper: ClipKeeper;
  /** How a speaker sounds in this run. */
  readonly soundOf: (speaker: string | undefined) => VoiceOptions;
  /** The service's name, as in a clip's identity. */
  readonly service: string;
  /** Whether they are saved as takes, for their sound is not the script's. */
  readonly asTakes: boolean;
  readonly saved: (segment: number) => void;
  readonly failed: (segment: number, cause: unknown) => void;
}

/** So many clips may wait for the disk before it is waited for … */
const mostUnsaved = 8;
/** … and so many milliseconds for each clip that comes then: enough to hear that nothing can be saved before all is bought. */
const waitMs = 20;

/**
 * What a run saves, beside the speaking. A slow disk does not keep the service waiting: a context ends a second after its last
 * audio, and what was sent in it is paid for. What waits for the disk waits in memory.
 */
export class RunClips {
  readonly #options: RunClipsOptions;
  /** The saves under way or done, by segment, with what takes them back. */
  readonly #saves = new Map<number, Save>();
  /** By segment, what was asked for it last: one thing is done after the other. */
  readonly #lastWork = new Map<number, Promise<void>>();
  #unsaved = 0;
  readonly #sentAt = new Map<number, number>();
  /** By segment, the characters sent for it, each time that it was said. */
  readonly #sentFor = new Map<number, number>();

  constructor(options: RunClipsOptions) {
    this.#options = options;
  }

  /** How many are saved, or on their way. */
  get count(): number {
    return this.#saves.size;
  }

  /** Whether a clip of this segment was ever saved in this run, if only to be taken back. */
  wasSaved(segment: number): boolean {
    return this.#lastWork.has(segment);
  }

  /** UTF-16 units of all transcripts sent, lead-ins left out. */
  get characters(): number {
    return [...this.#sentFor.values()].reduce((sum, sent) => sum + sent, 0);
  }

  /** A segment's transcript went out, at `at` milliseconds of the performance clock. */
  noteSent(segment: number, characters: number, at: number): void {
    this.#sentAt.set(segment, at);
    this.#sentFor.set(segment, (this.#sentFor.get(segment) ?? 0) + characters);
  }

  /**
   * Begins to save what was spoken for a segment, and for those that want the very same. Waits a moment where the disk has fallen
   * behind: once for all of them, for they were bought once.
   */
  async save(
    segment: RunSegment,
    spoken: SpokenSegment,
    copies: readonly RunSegment[] = [],
  ): Promise<void> {
    for (const each of [segment, ...copies]) this.#begin(each, spoken);
    if (this.#unsaved > mostUnsaved) await sleep(waitMs);
  }

  #begin(segment: RunSegment, spoken: SpokenSegment): void {
    const { index, transcript, speaker } = segment;
    const { keeper, soundOf, service, asTakes, saved, failed } = this.#options;
    const sound = soundOf(speaker);
    const identity = asTakes ? clipIdentity(shapeOf(transcript, sound, service)) : segment.identity;
    const sentAt = this.#sentAt.get(index) ?? spoken.heard.first;
    const characters = this.#sentFor.get(index) ?? transcript.length;
    const how = { sound, service, sentAt, characters };
    const clip = spokenClip({ index, transcript, identity }, spoken, how);
    const before = this.#lastWork.get(index);
    const save = new Save(keeper, clip, { asTake: asTakes, before });
    this.#saves.set(index, save);
    this.#unsaved++;
    // What is taken back meanwhile is not told to be saved.
    const isCurrent = (): boolean => this.#saves.get(index) === save;
    const done = save.work.then(
      () => {
        if (isCurrent()) saved(index);
      },
      (error: unknown) => {
        if (isCurrent()) this.#saves.delete(index);
        failed(index, error);
      },
    );
    this.#lastWork.set(index, done);
    void done.then(() => this.#unsaved--);
  }

  /** What was saved for this segment, if anything, turned out not to be its sound: it is taken back when it is saved. */
  async discard(segment: number): Promise<void> {
    const save = this.#saves.get(segment);
    if (!save) return;
    this.#saves.delete(segment);
    const done = save.undo().catch((error: unknown) => this.#options.failed(segment, error));
    this.#lastWork.set(segment, done);
    await done;
  }

  /** Waits until all is on disk, or has failed. */
  async settle(): Promise<void> {
    await Promise.all(this.#lastWork.values());
  }
}

/** A clip on its way to the disk. */
class Save {
  /** Ends when it is there. */
  readonly work: Promise<Clip>;
  readonly #keeper: ClipKeeper;

  /** Begins when `before` has ended. */
  constructor(
    keeper: ClipKeeper,
    clip: NewClip,
    { asTake, before }: { readonly asTake: boolean; readonly before: Promise<void> | undefined },
  ) {
    this.#keeper = keeper;
    const save = (): Promise<Clip> => (asTake ? keeper.saveTake(clip) : keeper.save(clip));
    this.work = before ? before.then(save) : save();
  }

  /** Takes back what was saved by this, wherever it lies by then. */
  async undo(): Promise<void> {
    const saved = await this.work.catch(() => undefined); // said by who saved it
    if (saved) await this.#keeper.takeBack(saved);
  }
}
