import { randomUUID } from "node:crypto";
import type { Clip } from "../clips/clip.ts";
import type { ClipStore } from "../clips/clipStore.ts";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import type { ScriptProblem, Segment, Span } from "../script/script.ts";
import { segmentAt } from "../script/segmentAt.ts";
import type { Endpoint } from "../session/connection.ts";
import { planRun, type RunPlan, type RunScope } from "./plan.ts";
import type { PreviewTools } from "./previewEvent.ts";
import { PreviewRun, type RunEnding, type RunEvent, type RunState } from "./previewRun.ts";
import { refusedOption, type RefusedOption } from "./refusedOption.ts";
import { runLimits } from "./runLimits.ts";
import { ScriptReading, type PreviewInput } from "./scriptReading.ts";
import { viewSegment, wordsOf, type SegmentView } from "./segmentView.ts";

export type { PreviewEvent, PreviewTools } from "./previewEvent.ts";
export type { RunLimits } from "./runLimits.ts";
export type { PreviewInput } from "./scriptReading.ts";
export type { SegmentState, SegmentView } from "./segmentView.ts";

/** One document's preview: what is known of each of its segments, and the run that speaks them. */
export class ScriptPreview {
  readonly #store: ClipStore;
  readonly #tools: PreviewTools;
  #reading: ScriptReading | undefined;
  #run: PreviewRun | undefined;
  #lastRun: PreviewRun | undefined;
  #runEnded: Promise<unknown> = Promise.resolve();
  #runs = 0;
  /** Counts presses of Preview and Stop: a run that is still being prepared when the next comes does not begin. */
  #presses = 0;
  /** The option of the front matter that the service refused in the last run. */
  #refused: RefusedOption | undefined;
  /** By identity, what went wrong with a segment when it was last asked for. */
  readonly #outcomes = new Map<string, RunState>();

  /** `store` holds the clips of this document. */
  constructor(store: ClipStore, tools: PreviewTools) {
    this.#store = store;
    this.#tools = tools;
  }

  /** Whether a run is on. */
  get running(): boolean {
    return this.#run !== undefined;
  }

  /** What will not do what its writer meant, and what of the front matter the service refused. */
  get problems(): readonly ScriptProblem[] {
    return this.#reading?.problems(this.#refused) ?? [];
  }

  /** How the script is to sound, as it was last read. */
  get sound(): VoiceOptions | undefined {
    return this.#reading?.sound;
  }

  /** Reads the document anew. A run goes on with the text as it stood at the press. */
  read(input: PreviewInput): void {
    this.#reading = new ScriptReading(input);
    this.#changed(undefined);
  }

  get #segments(): readonly Segment[] {
    return this.#reading?.segments ?? [];
  }

  /** How many segments the script has. */
  get length(): number {
    return this.#segments.length;
  }

  /** These segments, or all, as they are now. */
  segments(indexes?: readonly number[]): SegmentView[] {
    const all = this.#segments;
    const chosen = indexes ? indexes.flatMap((index) => all[index] ?? []) : all;
    return chosen.map((segment) => this.#view(segment));
  }

  /** Where a segment of the run that is on, or was last, is now; `undefined` where its text is gone. */
  placeNow(segment: number): number | undefined {
    const identity = this.#lastRun?.segment(segment)?.identity;
    if (identity === undefined || this.#reading?.identity(segment) === identity) return segment;
    return this.#reading?.place(identity);
  }

  /**
   * Where a stretch of a segment's transcript, in UTF-16 units, stands in the document as it was last read.
   * @returns `undefined` where there is no such stretch.
   */
  spanOf(segment: number, from: number, to: number): Span | undefined {
    return this.#reading?.spanOf(segment, { from, to });
  }

  /**
   * From where to play what stands at a place in the document: its segment, and when in its clip the word there is said, or
   * the next word where there is none; behind the last word that one. 0 seconds where no words are known.
   * @param offset in UTF-16 units.
   * @returns `undefined` where the segment has no clip.
   */
  secondsAt(offset: number): { readonly segment: number; readonly seconds: number } | undefined {
    const index = segmentAt(this.#segments, offset);
    const segment = this.#segments[index];
    const clip = this.#clip(index);
    if (!segment || !clip) return undefined;
    const word = this.#reading?.wordAt(index, wordsOf(clip, segment.transcript), offset);
    return { segment: index, seconds: Math.min(word?.start ?? 0, clip.seconds) };
  }

  /** What a press would do now. */
  plan(scope: RunScope): RunPlan {
    return planRun(this.#segments, scope, (index) => this.#clip(index) !== undefined);
  }

  /**
   * Speaks what needs speech in this part of the script, and saves it; ends the run before it, if one is on.
   * `confirm` is asked, with the characters that will be sent, before anything is; where it says no, nothing happens.
   * Does not throw for what goes wrong with the service or a clip: that is in the ending and in the states.
   * @throws ClipError where the clips can't be put in their places.
   */
  async run(
    scope: RunScope,
    endpoint: (signal: AbortSignal) => Promise<Endpoint>,
    confirm: (characters: number) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<RunEnding> {
    const before = this.stop();
    const press = this.#presses;
    const speaking = before.then(() => this.#speak(scope, { endpoint, confirm, press }));
    this.#runEnded = speaking.catch(() => {}); // the caller hears of it; who stops only waits
    return speaking;
  }

  /** Ends the run, if one is on, and waits until nothing of it is left. */
  async stop(): Promise<void> {
    this.#presses++;
    this.#run?.stop();
    await this.#runEnded;
  }

  async #speak(scope: RunScope, { endpoint, confirm, press }: Press): Promise<RunEnding> {
    await this.#store.refresh(); // clips may have been deleted by hand
    await this.#arrange();
    const reading = this.#reading;
    if (!reading) throw new Error("A script is read before it is run.");
    const { sound, service, options, runSegments: segments } = reading;
    const { session, retryAfterMs, rateLimitMs } = this.#tools.limits ?? runLimits;
    const plan = this.plan(scope);
    if (!(await confirm(plan.characters)) || press !== this.#presses) return neverBegun;
    const id = ++this.#runs;
    const run = new PreviewRun({
      plan,
      segments,
      sound,
      service,
      clips: this.#store,
      speech: {
        endpoint,
        newContextId: randomUUID,
        retryAfterMs,
        rateLimitMs,
        tools: { limits: session, trace: this.#tools.trace },
      },
      report: (event) => this.#pass(event, id),
    });
    this.#run = run;
    this.#lastRun = run;
    for (const { segment } of plan.groups.flat()) {
      this.#outcomes.delete(segments[segment]?.identity ?? "");
    }
    try {
      this.#tools.report({ type: "runStarted", run: id, format: sound, play: plan.play });
      this.#changed(plan.groups.flat().map(({ segment }) => segment));
      const ending = await run.speak();
      await this.#tidy();
      for (const [index, state] of run.states) {
        this.#outcomes.set(segments[index]?.identity ?? "", state);
      }
      this.#refused = refusedOption(ending.failure, options);
      this.#run = undefined;
      this.#tools.report({ type: "runEnded", run: id, ending });
      return ending;
    } finally {
      this.#run = undefined;
      this.#changed(undefined);
    }
  }

  /**
   * Looks at the clips again after a run: some may have been deleted during it, and one that was spoken may be that of
   * another segment with the same text, too. What is wrong with the folder then is said by the next run.
   */
  async #tidy(): Promise<void> {
    try {
      await this.#store.refresh();
      await this.#arrange();
    } catch (error) {
      this.#tools.trace(`clips: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Gives each clip the number of its segment: segments may have moved since it was saved. */
  async #arrange(): Promise<void> {
    await this.#store.arrange(this.#reading?.wanted ?? []);
  }

  #pass(event: RunEvent, run: number): void {
    if (event.type === "state") this.#changed([event.segment]);
    else this.#tools.report({ ...event, run });
  }

  #changed(segments: readonly number[] | undefined): void {
    if (segments?.length !== 0) this.#tools.report({ type: "changed", segments });
  }

  #view(segment: Segment): SegmentView {
    const { index } = segment;
    const clip = this.#clip(index);
    const outcome = clip ? undefined : this.#outcomes.get(this.#reading?.identity(index) ?? "");
    const told = this.#stateInRun(index) ?? outcome;
    const before = this.#store.at(index);
    const wasSpoken = before !== undefined && this.#reading?.place(before.identity) === undefined;
    return viewSegment(segment, { clip, told, wasSpoken });
  }

  /** The clip of a segment, wherever it lies: its own place first. */
  #clip(index: number): Clip | undefined {
    const clips = this.#store.find(this.#reading?.identity(index) ?? "");
    return clips.find(({ segment }) => segment === index) ?? clips[0];
  }

  /** What the run that is on says of a segment: the text may have changed since the press. */
  #stateInRun(index: number): RunState | undefined {
    const identity = this.#reading?.identity(index);
    if (!this.#run || identity === undefined) return undefined;
    const then = this.#run.segment(index)?.identity === identity ? index : this.#run.find(identity);
    return then === undefined ? undefined : this.#run.states.get(then);
  }
}

/** One press of Preview. */
interface Press {
  readonly endpoint: (signal: AbortSignal) => Promise<Endpoint>;
  readonly confirm: (characters: number) => Promise<boolean>;
  /** Its number: a later one makes it void. */
  readonly press: number;
}

/** How a run ended that was stopped before it began. */
const neverBegun: RunEnding = {
  stopped: true,
  saved: 0,
  missing: 0,
  characters: 0,
  failure: undefined,
};
