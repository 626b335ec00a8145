import * as l10n from "@vscode/l10n";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { SpokenSegment } from "../../session/context/audioEvent.ts";
import { Failure } from "../../session/connection/failure.ts";
import { WordPlacer, type PlacedWord } from "../plan/placedWords.ts";
import { spokenSegments, spokenTasks, type RunPlan } from "../plan/plan.ts";
import type { SpeakerFailure } from "../plan/refusedOption.ts";
import { RunClips, type RunSegment, type ClipKeeper } from "./runClips.ts";
import { asFailure, withSaved } from "./runFailure.ts";
import { speakGroups } from "./speakGroups.ts";
import type { SegmentAudio, Speech, SpeechEvent } from "./speechEvent.ts";

export type { RunSegment } from "./runClips.ts";

/** What a run reports. `segment` is the index in the script as it stood at the press. */
export type RunEvent =
  /** The state of this segment is another one now. */
  | { readonly type: "state"; readonly segment: number }
  | SegmentAudio
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
  /** UTF-16 units of all transcripts sent, lead-ins included. */
  readonly characters: number;
  /** The first failure that a segment, or the run, met. */
  readonly failure: Failure | undefined;
  /** Whether that ended the run before all was tried: what comes after it would fail alike. */
  readonly endedEarly: boolean;
}

/** How a run ended that was stopped before it began. */
export const neverBegun: RunEnding = {
  stopped: true,
  saved: 0,
  missing: 0,
  characters: 0,
  failure: undefined,
  endedEarly: false,
};

/** What a run is made of. */
export interface RunParts {
  readonly plan: RunPlan;
  readonly segments: readonly RunSegment[];
  /** How a speaker sounds in this run, or without a name what nobody in particular says. */
  readonly soundOf: (speaker: string | undefined) => VoiceOptions;
  /** The service's name, as in a clip's identity. */
  readonly service: string;
  readonly clips: ClipKeeper;
  /** Whether the clips are saved as takes, for the sound is not the script's. */
  readonly asTakes: boolean;
  /**
   * Looks which of these identities have a clip by now. Never throws. Missing where what is ready is said, too.
   */
  readonly readyNow?: ((identities: readonly string[]) => Promise<ReadonlySet<string>>) | undefined;
  readonly speech: Omit<Speech, "options" | "tools" | "readyNow"> & {
    readonly tools: Omit<Speech["tools"], "signal">;
  };
  readonly report: (event: RunEvent) => void;
}

/** One press of Preview: speaks what the plan says, and saves each clip as soon as it is whole. */
export class PreviewRun {
  readonly #parts: RunParts;
  readonly #states = new Map<number, RunState>();
  readonly #places: ReadonlyMap<string, number>;
  readonly #clips: RunClips;
  /** Segments whose takes are saved: until the end they are not as their clips say, for those are not what is heard. */
  readonly #taken = new Set<number>();
  /** UTF-16 units of what was said for its prosody only. */
  #leadIns = 0;
  readonly #stop = new AbortController();
  readonly #words = new WordPlacer((segment) => this.segment(segment)?.transcript ?? "");
  #failure: Failure | undefined;
  /** The first failure of each speaker's segments. */
  readonly #failures = new Map<string | undefined, Failure>();
  /** By segment that is spoken, those that get its clip, too. */
  readonly #copies: ReadonlyMap<number, readonly number[]>;
  #endedEarly = false;
  /** Ends the run, whatever else went wrong. */
  #diskFailure: Failure | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.#places = new Map(
      parts.segments.map(({ identity, index }) => [identity, index] as const).reverse(),
    );
    const { soundOf, service, asTakes } = parts;
    this.#clips = new RunClips({
      keeper: parts.clips,
      soundOf,
      service,
      asTakes,
      saved: (segment) => {
        if (asTakes) this.#taken.add(segment);
        else this.#settle(segment);
      },
      failed: (segment, cause) => this.#failOnDisk(segment, cause),
    });
    this.#copies = new Map(
      spokenTasks(parts.plan.groups).map(({ segment, copies = [] }) => [segment, copies]),
    );
    for (const segment of spokenSegments(parts.plan.groups)) {
      this.#states.set(segment, { state: "queued" });
    }
  }

  /** The segments of this run that are not simply as their clips say. */
  get states(): ReadonlyMap<number, RunState> {
    return this.#states;
  }

  /** The first failure that each speaker's segments met. */
  get failures(): readonly SpeakerFailure[] {
    return Array.from(this.#failures, ([speaker, failure]) => ({ speaker, failure }));
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
    const { speech, soundOf, plan, report } = this.#parts;
    const { signal } = this.#stop;
    const tools = { ...speech.tools, signal };
    const options = soundOf(undefined);
    const readyNow = (segments: readonly number[]): Promise<Set<number>> =>
      this.#readyNow(segments);
    await this.#claim();
    const events = speakGroups(plan.groups, { ...speech, options, readyNow, tools });
    try {
      let step = await events.next();
      for (; !step.done; step = await events.next()) await this.#take(step.value);
      this.#failure = step.value ?? this.#failure;
      this.#endedEarly = step.value !== undefined;
    } catch (error) {
      if (!signal.aborted) this.#failure ??= asFailure(error);
      this.#endedEarly = !signal.aborted;
      await events.return(undefined); // where it was not it that threw, its connection is still open
    }
    await this.#clips.settle();
    await this.#parts.clips.finish().catch((error: unknown) => this.#noteDiskFailure(error));
    for (const segment of this.#taken) this.#settle(segment);
    this.#failure = this.#diskFailure ?? this.#failure;
    const stopped = signal.aborted && !this.#diskFailure;
    this.#settleOpen(stopped);
    for (const segment of spokenSegments(plan.groups)) report({ type: "audioEnded", segment });
    const saved = this.#clips.count;
    const missing = this.#states.size;
    return {
      stopped,
      saved,
      missing,
      characters: this.#clips.characters + this.#leadIns,
      failure: this.#failure && withSaved(this.#failure, saved, missing),
      endedEarly: this.#endedEarly || this.#diskFailure !== undefined,
    };
  }

  /** Makes sure that what is spoken can be saved, before anything is sent. */
  async #claim(): Promise<void> {
    const [first] = spokenTasks(this.#parts.plan.groups);
    if (!first || this.#stop.signal.aborted) return;
    try {
      await this.#parts.clips.claim();
    } catch (error) {
      this.#failOnDisk(first.segment, error);
    }
  }

  async #readyNow(segments: readonly number[]): Promise<Set<number>> {
    const identityOf = (segment: number): string => this.segment(segment)?.identity ?? "";
    // What this run has saved itself, and says again, is void, and may lie there still.
    const others = segments.filter((segment) => !this.#clips.wasSaved(segment));
    const ready = await this.#parts.readyNow?.(others.map(identityOf));
    return new Set(others.filter((segment) => ready?.has(identityOf(segment))));
  }

  async #take(event: SpeechEvent): Promise<void> {
    const { report } = this.#parts;
    if (event.type === "waiting") {
      report({ type: "waiting", ms: event.ms, reason: event.failure.message });
      return;
    }
    if (event.type === "leadIn") {
      this.#leadIns += event.characters;
      return;
    }
    const { segment } = event;
    const copies = this.#copies.get(segment) ?? [];
    switch (event.type) {
      case "sent":
        this.#clips.noteSent(segment, event.characters, event.at);
        for (const copy of copies) this.#clips.noteSent(copy, 0, event.at);
        return;
      case "audio":
        if (this.#stop.signal.aborted) return; // after a stop there is silence
        if (this.#states.get(segment)?.state !== "speaking") {
          this.#become(segment, { state: "speaking" });
        }
        report(event);
        return;
      case "words":
        if (this.#stop.signal.aborted) return;
        report({ type: "words", segment, words: this.#words.place(segment, event.words) });
        return;
      case "void":
        for (const each of [segment, ...copies]) {
          void this.#clips.discard(each); // what is saved next comes after it
          this.#taken.delete(each);
          if (!this.#diskFailure) this.#become(each, { state: "queued" });
        }
        report({ type: "audioVoid", segment });
        return;
      case "spoken":
        this.#words.forget(segment);
        report({ type: "audioEnded", segment });
        // As a take it is theirs as well: takes are those of a text.
        if (this.#parts.asTakes) for (const copy of copies) this.#taken.add(copy);
        await this.#save(segment, event.spoken, this.#parts.asTakes ? [] : copies);
        return;
      case "ready":
        for (const each of [segment, ...copies]) this.#settle(each);
        return;
      case "failed":
        this.#failure ??= event.failure;
        this.#noteFailure(segment, event.failure);
        for (const each of [segment, ...copies]) {
          this.#become(each, { state: event.state, reason: event.failure.message });
          report({ type: "audioEnded", segment: each });
        }
        return;
    }
  }

  async #save(segment: number, spoken: SpokenSegment, copies: readonly number[]): Promise<void> {
    const known = this.segment(segment);
    const same = copies.flatMap((copy) => this.segment(copy) ?? []);
    if (known) await this.#clips.save(known, spoken, same);
  }

  #noteFailure(segment: number, failure: Failure): void {
    const speaker = this.segment(segment)?.speaker;
    if (!this.#failures.has(speaker)) this.#failures.set(speaker, failure);
  }

  /** It is as its clip says. */
  #settle(segment: number): void {
    this.#states.delete(segment);
    this.#parts.report({ type: "state", segment });
  }

  #failOnDisk(segment: number, cause: unknown): void {
    const reason = this.#noteDiskFailure(cause);
    this.#become(segment, { state: "failed", reason });
    this.#stop.abort(); // what can't be saved is not bought
  }

  /** @returns what it says. */
  #noteDiskFailure(cause: unknown): string {
    const message = cause instanceof Error ? cause.message : String(cause);
    this.#diskFailure ??= new Failure("disk", message, { cause });
    return message;
  }

  /** What was asked for and never came whole: after a stop it is as before, otherwise it says why. */
  #settleOpen(stopped: boolean): void {
    for (const [segment, { state }] of this.#states) {
      if (state !== "queued" && state !== "speaking") continue;
      const reason = this.#failure?.message ?? l10n.t("The speech service left it out.");
      if (stopped) this.#settle(segment);
      else this.#become(segment, { state: "incomplete", reason });
    }
  }

  #become(segment: number, state: RunState): void {
    this.#states.set(segment, state);
    this.#parts.report({ type: "state", segment });
  }
}
