import type { NewClip } from "../clips/clip.ts";
import { clipIdentity } from "../clips/identity.ts";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import type { SpokenSegment } from "../session/contextAudio.ts";
import type { ClipKeeper } from "./clipKeeper.ts";
import { shapeOf } from "./sound.ts";
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

/** So many clips may wait in memory for the disk. */
const mostUnsaved = 8;

/** What a run saves, beside the speaking: the service is not kept waiting for the disk. */
export class RunClips {
  readonly #options: RunClipsOptions;
  /** The saves under way or done, by segment, with what takes them back. */
  readonly #saves = new Map<number, { readonly done: Promise<void>; readonly undo: Undo }>();
  /** The last saves: the disk may fall behind the service, but not far. */
  readonly #unsaved: Promise<void>[] = [];
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

  /** UTF-16 units of all transcripts sent, lead-ins left out. */
  get characters(): number {
    return [...this.#sentFor.values()].reduce((sum, sent) => sum + sent, 0);
  }

  /** A segment's transcript went out, at `at` milliseconds of the performance clock. */
  noteSent(segment: number, characters: number, at: number): void {
    this.#sentAt.set(segment, at);
    this.#sentFor.set(segment, (this.#sentFor.get(segment) ?? 0) + characters);
  }

  /** Begins to save what was spoken. Waits where the disk has fallen too far behind. */
  async save(segment: RunSegment, spoken: SpokenSegment): Promise<void> {
    const { index, transcript, speaker } = segment;
    const { keeper, soundOf, service, asTakes, saved, failed } = this.#options;
    const sound = soundOf(speaker);
    const identity = asTakes ? clipIdentity(shapeOf(transcript, sound, service)) : segment.identity;
    const sentAt = this.#sentAt.get(index) ?? spoken.heard.first;
    const characters = this.#sentFor.get(index) ?? transcript.length;
    const how = { sound, service, sentAt, characters };
    const clip = spokenClip({ index, transcript, identity }, spoken, how);
    const { work, undo } = save(keeper, clip, asTakes);
    const done = work.then(
      () => saved(index),
      (error: unknown) => {
        this.#saves.delete(index);
        failed(index, error);
      },
    );
    this.#saves.set(index, { done, undo });
    this.#unsaved.push(done);
    if (this.#unsaved.length > mostUnsaved) await this.#unsaved.shift();
  }

  /** What was saved for this segment, if anything, turned out not to be its sound. */
  async discard(segment: number): Promise<void> {
    const save = this.#saves.get(segment);
    if (!save) return;
    this.#saves.delete(segment);
    await save.done;
    await save.undo().catch((error: unknown) => this.#options.failed(segment, error));
  }

  /** Waits until all is on disk, or has failed. */
  async settle(): Promise<void> {
    await Promise.all([...this.#saves.values()].map(({ done }) => done));
  }
}

/** Takes a save back that has been done, or has failed. */
type Undo = () => Promise<void>;

interface Save {
  readonly work: Promise<unknown>;
  readonly undo: Undo;
}

/** What was saved as a take, for its segment was locked by then, is taken back as such: the clip in place may be alike. */
function save(keeper: ClipKeeper, clip: NewClip, asTake: boolean): Save {
  const work = asTake ? keeper.saveTake(clip) : keeper.save(clip);
  return {
    work,
    undo: async () => {
      const saved = await work.catch(() => undefined); // said by who saved it
      if (!saved) return;
      if (saved.segment === undefined) await keeper.deleteTake(saved);
      else await keeper.discard(clip.segment, clip.identity);
    },
  };
}
