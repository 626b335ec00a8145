import type { Clip } from "../clips/model/clip.ts";
import type { ClipStore } from "../clips/clipStore.ts";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import type { ScriptProblem, Segment, Span } from "../script/model/script.ts";
import type { Endpoint } from "../session/connection/connection.ts";
import { ClipsOfOthers } from "./run/clipsOfOthers.ts";
import type { BegunRun, Confirm, Press } from "./press.ts";
import {
  costOf,
  isForTakes,
  isSaidAnyway,
  planRun,
  spokenSegments,
  type RateOf,
  type RunCost,
  type RunPlan,
  type RunRequest,
  proRate,
} from "./plan/plan.ts";
import type { PreviewTools } from "./run/previewEvent.ts";
import { neverBegun, PreviewRun, type RunEnding, type RunEvent } from "./run/previewRun.ts";
import { refusedOptions, type RefusedOption } from "./plan/refusedOption.ts";
import { RunStates } from "./run/runStates.ts";
import { ScriptReading, type PlaceInSound, type PreviewInput } from "./segments/scriptReading.ts";
import { SegmentClips } from "./segments/segmentClips.ts";
import { SegmentTakes } from "./segments/segmentTakes.ts";
import { type SegmentFacts, type SegmentView, SegmentViews } from "./segments/segmentView.ts";
import { keeperOf } from "./run/runClips.ts";
import { speechOver } from "./run/speechOver.ts";

export type { PreviewEvent, PreviewTools } from "./run/previewEvent.ts";
export type { RunLimits } from "./run/runLimits.ts";
export type { PreviewInput } from "./segments/scriptReading.ts";
export type { SegmentState, SegmentView } from "./segments/segmentView.ts";

/** One document's preview: what is known of each of its segments, and the run that speaks them. */
export class ScriptPreview {
  readonly #store: ClipStore;
  readonly #tools: PreviewTools;
  #reading: ScriptReading | undefined;
  /** What the run that is on, or was last, was to speak. */
  #spoken: ScriptReading | undefined;
  readonly #views = new SegmentViews();
  readonly #states = new RunStates();
  #runEnded: Promise<unknown> = Promise.resolve();
  #runs = 0;
  /** The last press: the next one, and Stop, end what is still being prepared for it. */
  #press = new AbortController();
  /** What all segments were looked at with, when they were last. */
  #viewed: { readonly clips?: readonly Clip[]; readonly changes?: number } = {};
  /** The options of the front matter that the service refused in the last run. */
  #refused: readonly RefusedOption[] = [];
  readonly #clips: SegmentClips;
  readonly #others: ClipsOfOthers;

  /** What a user does with takes of segments. */
  readonly takes: SegmentTakes;

  /** `store` holds the clips of this document. */
  constructor(store: ClipStore, tools: PreviewTools) {
    this.#store = store;
    this.#tools = tools;
    this.#clips = new SegmentClips(store);
    this.#others = new ClipsOfOthers(store, {
      changed: () => this.#changed(undefined),
      trace: tools.trace,
    });
    this.takes = new SegmentTakes({
      store,
      reading: () => this.#reading,
      settle: () => this.settle(),
      changed: () => this.#changed(undefined),
    });
  }

  /** Whether a run is on. */
  get running(): boolean {
    return this.#states.run !== undefined;
  }

  /** What will not do what its writer meant, and what of the front matter the service refused. */
  get problems(): readonly ScriptProblem[] {
    return this.#reading?.problems(this.#refused) ?? [];
  }

  /** How a speaker is to sound, as the script was last read; without a name, what nobody in particular says. */
  readonly soundOf = (speaker: string | undefined): VoiceOptions | undefined =>
    this.#reading?.soundOf(speaker);

  /**
   * Reads the document anew, and tells which segments that gave another state; where segments came or went, or more than the
   * text has changed, that all may have. A run goes on with the text as it stood at the press.
   */
  read(input: PreviewInput): void {
    const before = this.#reading;
    const reading = new ScriptReading(input, before);
    this.#reading = reading;
    this.#clips.wanted = reading.wanted;
    const changed = this.#views.update(reading.segments, this.#look());
    this.#noteViewed();
    const isTextAlone = before !== undefined && reading.isReadAs(before);
    // Told even where it is none of them: what stands behind the change has moved.
    this.#tools.report({ type: "changed", segments: isTextAlone ? changed : undefined });
  }

  /** The segments as they were last read, and what is sent for each. */
  get readSegments(): readonly Segment[] {
    return this.#reading?.segments ?? [];
  }

  /** These segments, or all, as they are now. */
  segments(indexes?: readonly number[]): readonly SegmentView[] {
    if (this.#isViewed()) return this.#views.known(indexes);
    const all = this.readSegments;
    const chosen = indexes ? indexes.flatMap((index) => all[index] ?? []) : all;
    const factsOf = this.#look();
    const views = chosen.map((segment) => this.#views.view(segment, factsOf(segment)));
    if (!indexes) this.#noteViewed();
    return views;
  }

  /** Whether all segments have been looked at since anything has changed. In a run something always does. */
  #isViewed(): boolean {
    const { clips, changes } = this.#viewed;
    return !this.running && clips === this.#store.clips() && changes === this.#states.changes;
  }

  #noteViewed(): void {
    this.#viewed = { clips: this.#store.clips(), changes: this.#states.changes };
  }

  /** The segment with this id, as the script was last read; `undefined` where it is gone. */
  indexOf(id: number): number | undefined {
    return this.#reading?.indexOf(id);
  }

  /** Where what the run that is on, or was last, says by this id stands now; `undefined` where its text is gone. */
  placeNow(id: number): number | undefined {
    const index = this.indexOf(id);
    const identity = this.#spoken?.identity(this.#spoken.indexOf(id) ?? -1);
    const isAsThen = index !== undefined && this.#reading?.identity(index) === identity;
    if (identity === undefined || isAsThen) return index;
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
  secondsAt(offset: number): PlaceInSound | undefined {
    return this.#reading?.secondsAt(offset, this.#clips);
  }

  /** The script as it was last read. */
  get reading(): ScriptReading | undefined {
    return this.#reading;
  }

  /** What a press would do now. */
  plan(request: RunRequest): RunPlan {
    const reading = this.#reading;
    const sounds = reading?.soundsIn(request);
    return planRun(this.readSegments, request, this.#clips, sounds, this.#rateOf(reading));
  }

  #rateOf(reading: ScriptReading | undefined): RateOf {
    const { isPro } = this.#tools;
    if (!reading || !isPro) return () => 1;
    return (sound) => (sound && isPro(reading.service, sound.voice) ? proRate : 1);
  }

  /**
   * Looks at the folder of clips again, puts right what is amiss there, and gives each clip the number of its segment. For what
   * the user does: a press, a save; whoever only looks changes nothing on disk. Where files have got other names by
   * that, or something else has changed them, it is told: whoever still plays by the old names would hear another segment.
   * @throws ClipError where that can't be done; nothing is lost then.
   */
  async settle(): Promise<void> {
    const before = this.#store.clips();
    try {
      await this.#store.refresh();
      await this.#store.tidy();
      await this.#store.arrange(this.#reading?.wanted ?? []);
    } finally {
      if (this.#store.clips() !== before) this.#changed(undefined);
    }
  }

  /**
   * Speaks what needs speech in this part of the script, or what else is wished, and saves it; ends the run before it, if one
   * is on. One of what has `changed` waits for that instead, so that nothing is sent twice, and does not begin where the user
   * presses or stops meanwhile, or nothing is left to be said. `confirm` is
   * asked, with its plan, before anything is sent; where it says no, or the press is void by then, nothing happens.
   * What is said, and what its clips say of themselves, is the script as it was last read before the press, whatever is changed
   * after it. Does not throw for what goes wrong with the service or a clip: that is in the ending and in the states.
   * @param signal makes the press void, as long as nothing of it has begun.
   * @throws ClipError where the clips can't be put in their places.
   */
  async run(
    request: RunRequest,
    endpoint: (signal: AbortSignal) => Promise<Endpoint>,
    confirm: Confirm = () => Promise.resolve(true),
    signal?: AbortSignal,
  ): Promise<RunEnding> {
    const byItself = request.kind === "changed";
    const before = byItself ? this.#runEnded : this.stop();
    const press = {
      endpoint,
      confirm,
      signal: AbortSignal.any([this.#press.signal, ...(signal ? [signal] : [])]),
      reading: byItself ? undefined : this.#reading,
    };
    const speaking = before.then(() => this.#speak(request, press));
    this.#runEnded = speaking.catch(() => {}); // the caller hears of it; who stops only waits
    return speaking;
  }

  /** Ends the run, if one is on, and waits until nothing of it is left. */
  async stop(): Promise<void> {
    this.#press.abort();
    this.#press = new AbortController();
    this.#states.run?.stop();
    await this.#runEnded;
  }

  async #speak(
    request: RunRequest,
    { endpoint, confirm, signal, reading: then }: Press,
  ): Promise<RunEnding> {
    if (signal.aborted) return neverBegun;
    await this.settle(); // clips may have been deleted by hand
    const reading = then ?? this.#reading;
    if (!reading) throw new Error("A script is read before it is run.");
    const { voice, said } = request;
    const soundOf = reading.soundsIn(request);
    const clips = new SegmentClips(this.#store, reading.wanted);
    const plan = planRun(reading.segments, request, clips, soundOf, this.#rateOf(reading));
    const costNow = (): RunCost => costOf(plan.groups, this.#rateOf(reading));
    const byItself = request.kind === "changed";
    if (byItself && plan.groups.length === 0) return neverBegun;
    const isWanted = await confirm(plan, costNow);
    if (!isWanted || signal.aborted) return neverBegun;
    const id = ++this.#runs;
    const run = new PreviewRun({
      plan,
      segments: reading.runSegments(said),
      soundOf,
      service: reading.service,
      clips: keeperOf(this.#store),
      asTakes: isForTakes(request),
      readyNow: isSaidAnyway(request) ? undefined : (all) => this.#others.readyNow(all),
      speech: speechOver(endpoint, this.#tools),
      report: (event) => this.#pass(event, { run: id, reading, isOther: said !== undefined }),
    });
    // What another voice fails by is not the front matter's fault.
    const options = voice === undefined ? reading.options : undefined;
    return this.#carryOut(run, { id, plan, reading, options, byItself });
  }

  async #carryOut(
    run: PreviewRun,
    { id, plan, reading, options, byItself }: BegunRun,
  ): Promise<RunEnding> {
    const spoken = spokenSegments(plan.groups);
    const idOf = (segment: number): number[] => reading.ids.slice(segment, segment + 1);
    const format = reading.sound;
    this.#spoken = reading;
    this.#states.begin(run, spoken);
    try {
      // Before the run: what is said again must not be heard as it was.
      this.#changed(spoken.flatMap(idOf).flatMap((segment) => this.placeNow(segment) ?? []));
      const play = plan.play.flatMap(idOf);
      this.#tools.report({ type: "runStarted", run: id, format, play, byItself });
      const ending = await run.speak();
      await this.#tidy();
      this.#states.keep(run);
      if (options) this.#refused = refusedOptions(run.failures, options);
      this.#states.end();
      this.#tools.report({ type: "runEnded", run: id, ending });
      return ending;
    } finally {
      this.#states.end();
      this.#changed(undefined);
    }
  }

  /**
   * Looks at the clips again after a run: some may have been deleted during it, and one that was spoken may be that of
   * another segment with the same text, too. What is wrong with the folder then is said by the next run.
   */
  async #tidy(): Promise<void> {
    try {
      await this.settle();
    } catch (error) {
      this.#tools.trace(`clips: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** @param isOther whether its words have no places in the segment's own transcript. */
  #pass(
    event: RunEvent,
    { run, reading, isOther }: { run: number; reading: ScriptReading; isOther: boolean },
  ): void {
    if (event.type === "waiting") return this.#tools.report({ ...event, run });
    const segment = reading.ids[event.segment];
    if (segment === undefined) return;
    if (event.type !== "state") {
      if (event.type !== "words" || !isOther) this.#tools.report({ ...event, segment, run });
      return;
    }
    const place = this.placeNow(segment);
    if (place !== undefined) this.#changed([place]);
  }

  #changed(segments: readonly number[] | undefined): void {
    if (segments?.length !== 0) this.#tools.report({ type: "changed", segments });
  }

  /** Looks at the clips and the run, once for all the segments that are then asked for. */
  #look(): (segment: Segment) => SegmentFacts {
    const reading = this.#reading;
    return ({ index, transcript }) => {
      const pair = this.#clips.of(index);
      const isReady = pair !== undefined && pair.fit !== "former";
      const identity = reading?.identity(index);
      const outcome = isReady ? undefined : this.#states.outcome(identity);
      const told = this.#states.current(index, identity) ?? outcome;
      return { id: reading?.ids[index] ?? index, pair, takes: this.#store.takes(transcript), told };
    };
  }
}
