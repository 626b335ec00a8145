import type { NewClip } from "../clips/clip.ts";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import type { SpokenSegment } from "../session/contextAudio.ts";
import { Failure } from "../session/failure.ts";
import { WordPlacer, type PlacedWord } from "./placedWords.ts";
import type { RunPlan } from "./plan.ts";
import { asFailure, withSaved } from "./runFailure.ts";
import { spokenClip } from "./spokenClip.ts";
import { speakGroups, type Speech, type SpeechEvent } from "./speakGroups.ts";

/** A segment as it stood at the press. */
export interface RunSegment {
  readonly index: number;
  readonly transcript: string;
  readonly identity: string;
}

/** What a run reports. `segment` is the index in the script as it stood at the press. */
export type RunEvent =
  /** The state of this segment is another one now. */
  | { readonly type: "state"; readonly segment: number }
  | { readonly type: "audio"; readonly segment: number; readonly bytes: Uint8Array<ArrayBuffer> }
  /** The words of this segment as far as its audio has come; they replace those told before. */
  | { readonly type: "words"; readonly segment: number; readonly words: readonly PlacedWord[] }
  /** What came for this segment so far, words too, is void: it is said again from its start. */
  | { readonly type: "audioVoid"; readonly segment: number }
  /** Nothing more will come for this segment. */
  | { readonly type: "audioEnded"; readonly segment: number }
  /** Nothing happens for so many milliseconds, for the reason given in a sentence; then the run goes on. */
  | { readonly type: "waiting"; readonly ms: number; readonly reason: string };

/** Where a segment of a run stands; without an entry it is as its clip says. */
export interface RunState {
  readonly state: "queued" | "speaking" | "failed" | "incomplete";
  /** Why it failed or is incomplete: one sentence. */
  readonly reason?: string;
}

/** How a run ended. */
export interface RunEnding {
  readonly stopped: boolean;
  /** How many segments were spoken and saved. */
  readonly saved: number;
  /** How many segments were asked for and have no whole clip. */
  readonly missing: number;
  /** UTF-16 units of all transcripts sent. */
  readonly characters: number;
  /** The first failure that a segment, or the run, met. */
  readonly failure: Failure | undefined;
}

/** The part of a clip store that a run needs. */
export interface ClipKeeper {
  save(clip: NewClip): Promise<unknown>;
  /** Deletes the clip that lies at this segment's place, if it has this identity. */
  discard(segment: number, identity: string): Promise<void>;
}

/** What a run is made of. */
export interface RunParts {
  readonly plan: RunPlan;
  readonly segments: readonly RunSegment[];
  readonly sound: VoiceOptions;
  /** The service's name, as in a clip's identity. */
  readonly service: string;
  readonly clips: ClipKeeper;
  readonly speech: Omit<Speech, "options" | "tools"> & {
    readonly tools: Omit<Speech["tools"], "signal">;
  };
  readonly report: (event: RunEvent) => void;
}

/** So many clips may wait in memory for the disk. */
const mostUnsaved = 8;

/** One press of Preview: speaks what the plan says, and saves each clip as soon as it is whole. */
export class PreviewRun {
  readonly #parts: RunParts;
  readonly #states = new Map<number, RunState>();
  readonly #places: ReadonlyMap<string, number>;
  readonly #sentAt = new Map<number, number>();
  /** The saves under way or done, by segment. */
  readonly #saves = new Map<number, Promise<void>>();
  /** The last saves: the disk may fall behind the service, but not far. */
  readonly #unsaved: Promise<void>[] = [];
  readonly #stop = new AbortController();
  /** By segment, the characters sent for it, each time that it was said. */
  readonly #sentFor = new Map<number, number>();
  readonly #words = new WordPlacer((segment) => this.segment(segment)?.transcript ?? "");
  #failure: Failure | undefined;
  /** Ends the run, whatever else went wrong. */
  #diskFailure: Failure | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#places = new Map(
      parts.segments.map(({ identity, index }) => [identity, index] as const).reverse(),
    );
    for (const { segment } of parts.plan.groups.flat()) {
      this.#states.set(segment, { state: "queued" });
    }
  }

  /** The segments of this run that are not simply as their clips say. */
  get states(): ReadonlyMap<number, RunState> {
    return this.#states;
  }

  /** The segment at this index as it stood at the press. */
  segment(index: number): RunSegment | undefined {
    return this.#parts.segments[index];
  }

  /** The first segment with this identity. */
  find(identity: string): number | undefined {
    return this.#places.get(identity);
  }

  /** Ends the run; `speak` then returns soon, with what is whole saved. */
  stop(): void {
    this.#stop.abort();
  }

  /** Does the run. Never throws: what goes wrong is in the ending and in the states. */
  async speak(): Promise<RunEnding> {
    const { speech, sound, plan, report } = this.#parts;
    const { signal } = this.#stop;
    const tools = { ...speech.tools, signal };
    const events = speakGroups(plan.groups, { ...speech, options: sound, tools });
    try {
      let step = await events.next();
      for (; !step.done; step = await events.next()) await this.#take(step.value);
      this.#failure = step.value ?? this.#failure;
    } catch (error) {
      if (!signal.aborted) this.#failure ??= asFailure(error);
      await events.return(undefined); // where it was not it that threw, its connection is still open
    }
    await Promise.all(this.#saves.values());
    this.#failure = this.#diskFailure ?? this.#failure;
    const stopped = signal.aborted && !this.#diskFailure;
    this.#settleOpen(stopped);
    for (const { segment } of plan.groups.flat()) report({ type: "audioEnded", segment });
    return {
      stopped,
      saved: this.#saves.size,
      missing: this.#states.size,
      characters: [...this.#sentFor.values()].reduce((sum, sent) => sum + sent, 0),
      failure: this.#failure && withSaved(this.#failure, this.#saves.size, this.#states.size),
    };
  }

  async #take(event: SpeechEvent): Promise<void> {
    const { report } = this.#parts;
    if (event.type === "waiting") {
      report({ type: "waiting", ms: event.ms, reason: event.failure.message });
      return;
    }
    const { segment } = event;
    switch (event.type) {
      case "sent":
        this.#sentAt.set(segment, event.at);
        this.#sentFor.set(segment, (this.#sentFor.get(segment) ?? 0) + event.characters);
        return;
      case "audio":
        if (this.#stop.signal.aborted) return; // after a stop there is silence
        if (this.#states.get(segment)?.state !== "speaking") {
          this.#become(segment, { state: "speaking" });
        }
        report({ type: "audio", segment, bytes: event.bytes });
        return;
      case "words":
        if (this.#stop.signal.aborted) return;
        report({ type: "words", segment, words: this.#words.place(segment, event.words) });
        return;
      case "void":
        await this.#discard(segment);
        if (!this.#diskFailure) this.#become(segment, { state: "queued" });
        report({ type: "audioVoid", segment });
        return;
      case "spoken":
        this.#words.forget(segment);
        report({ type: "audioEnded", segment });
        this.#save(segment, event.spoken);
        if (this.#unsaved.length > mostUnsaved) await this.#unsaved.shift();
        return;
      case "failed":
        this.#failure ??= event.failure;
        this.#become(segment, { state: event.state, reason: event.failure.message });
        report({ type: "audioEnded", segment });
        return;
    }
  }

  /** Saves beside the speaking: the service is not kept waiting for the disk. */
  #save(segment: number, spoken: SpokenSegment): void {
    const { clips, sound, service } = this.#parts;
    const known = this.segment(segment);
    if (!known) return;
    const sentAt = this.#sentAt.get(segment) ?? spoken.heard.first;
    const characters = this.#sentFor.get(segment) ?? known.transcript.length;
    const clip = spokenClip(known, spoken, { sound, service, sentAt, characters });
    const saved = clips.save(clip).then(
      () => {
        this.#states.delete(segment);
        this.#parts.report({ type: "state", segment });
      },
      (error: unknown) => {
        this.#saves.delete(segment);
        this.#failOnDisk(segment, error);
      },
    );
    this.#saves.set(segment, saved);
    this.#unsaved.push(saved);
  }

  async #discard(segment: number): Promise<void> {
    const saved = this.#saves.get(segment);
    const identity = this.segment(segment)?.identity;
    if (!saved || identity === undefined) return;
    this.#saves.delete(segment);
    await saved;
    await this.#parts.clips
      .discard(segment, identity)
      .catch((error: unknown) => this.#failOnDisk(segment, error));
  }

  #failOnDisk(segment: number, cause: unknown): void {
    const message = cause instanceof Error ? cause.message : String(cause);
    this.#diskFailure ??= new Failure("disk", message, { cause });
    this.#become(segment, { state: "failed", reason: message });
    this.#stop.abort(); // what can't be saved is not bought
  }

  /** What was asked for and never came whole: after a stop it is as before, otherwise it says why. */
  #settleOpen(stopped: boolean): void {
    for (const [segment, { state }] of this.#states) {
      if (state !== "queued" && state !== "speaking") continue;
      if (stopped) this.#states.delete(segment);
      else {
        const reason = this.#failure?.message ?? "The speech service left it out.";
        this.#states.set(segment, { state: "incomplete", reason });
      }
      this.#parts.report({ type: "state", segment });
    }
  }

  #become(segment: number, state: RunState): void {
    this.#states.set(segment, state);
    this.#parts.report({ type: "state", segment });
  }
}
