import { randomUUID } from "node:crypto";
import type { PcmFormat } from "../audio/pcm.ts";
import type { Clip } from "../clips/clip.ts";
import type { ClipStore } from "../clips/clipStore.ts";
import { clipIdentity } from "../clips/identity.ts";
import type { VoiceOptions } from "../protocol/clientMessage.ts";
import { parseScript } from "../script/parseScript.ts";
import type { Script, ScriptLanguage, ScriptProblem, Segment, Span } from "../script/script.ts";
import type { Endpoint } from "../session/connection.ts";
import { sessionLimits, type SessionLimits } from "../session/speakContext.ts";
import { planRun, type RunPlan, type RunScope } from "./plan.ts";
import { PreviewRun, type RunEnding, type RunEvent, type RunState } from "./previewRun.ts";
import { refusedOption, type RefusedOption } from "./refusedOption.ts";
import { shapeOf, soundOf, type SoundSettings } from "./sound.ts";

/** What a segment's clip is, in words. */
export type SegmentState =
  RunState["state"] | "not spoken" | "ready" | "changed" | "nothing to say";

/** A segment and what is known of its clip. */
export interface SegmentView extends Span {
  readonly index: number;
  readonly transcript: string;
  readonly state: SegmentState;
  /** Why it failed or is incomplete: one sentence. */
  readonly reason: string | undefined;
  /** Its clip, where there is a whole one of just this sound. */
  readonly clip: Clip | undefined;
}

/** A document as it stands, and how it is to be said. */
export interface PreviewInput {
  readonly text: string;
  readonly language: ScriptLanguage;
  /** More flush markers, by settings. */
  readonly markers: readonly string[];
  readonly settings: SoundSettings;
  /** What speaks, such as `cartesia` or `local`: a part of each clip's identity. */
  readonly service: string;
}

/** What happens to a preview. */
export type PreviewEvent =
  /** These segments have another state; all of them where `segments` is undefined. */
  | { readonly type: "changed"; readonly segments: readonly number[] | undefined }
  /** A run began; it plays these segments in this order. */
  | {
      readonly type: "runStarted";
      readonly run: number;
      readonly format: PcmFormat;
      readonly play: readonly number[];
    }
  | (Exclude<RunEvent, { readonly type: "state" }> & { readonly run: number })
  | { readonly type: "runEnded"; readonly run: number; readonly ending: RunEnding };

/** What a preview needs of its surroundings. */
export interface PreviewTools {
  /** Reports what happens, in order, without waiting. */
  readonly report: (event: PreviewEvent) => void;
  /** Takes one line for the log for each frame sent and received, without audio. */
  readonly trace: (line: string) => void;
  /** Where other ones than the usual are wanted. */
  readonly limits?: RunLimits;
}

/** How long a run waits, in milliseconds, and how far it goes ahead. */
export interface RunLimits {
  readonly session: SessionLimits;
  /** Before a broken connection is made anew: one wait for each try. */
  readonly retryAfterMs: readonly number[];
  /** When the service is at its limit. */
  readonly rateLimitMs: number;
}

/** The usual limits. A context ends a second after its last audio: then the service may be below its limit again. */
export const runLimits: RunLimits = {
  session: sessionLimits,
  retryAfterMs: [500, 2_000, 5_000],
  rateLimitMs: 5_000,
};

/** One document's preview: what is known of each of its segments, and the run that speaks them. */
export class ScriptPreview {
  readonly #store: ClipStore;
  readonly #tools: PreviewTools;
  #script: Script = { segments: [], options: {}, places: {}, problems: [] };
  #identities: readonly string[] = [];
  /** By identity, the first segment that has it. */
  #places: ReadonlyMap<string, number> = new Map();
  #sound: VoiceOptions | undefined;
  #service = "";
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
    const { problems, options, places } = this.#script;
    const refused = this.#refused;
    const place = refused && places[refused.option];
    if (!refused || !place || options[refused.option] !== refused.value) return problems;
    return [...problems, { ...place, message: refused.message }];
  }

  /** Reads the document anew. A run goes on with the text as it stood at the press. */
  read(input: PreviewInput): void {
    const { text, language, markers } = input;
    this.#script = parseScript(text, { language, markers });
    const sound = soundOf(this.#script.options, input.settings);
    this.#sound = sound;
    this.#service = input.service;
    this.#identities = this.#script.segments.map(({ transcript }) =>
      clipIdentity(shapeOf(transcript, sound, input.service)),
    );
    this.#places = new Map(
      this.#identities.map((identity, at) => [identity, at] as const).reverse(),
    );
    this.#changed(undefined);
  }

  /** How many segments the script has. */
  get length(): number {
    return this.#script.segments.length;
  }

  /** These segments, or all, as they are now. */
  segments(indexes?: readonly number[]): SegmentView[] {
    const all = this.#script.segments;
    const chosen = indexes ? indexes.flatMap((index) => all[index] ?? []) : all;
    return chosen.map((segment) => this.#view(segment));
  }

  /** Where a segment of the run that is on, or was last, is now; `undefined` where its text is gone. */
  placeNow(segment: number): number | undefined {
    const identity = this.#lastRun?.segment(segment)?.identity;
    if (identity === undefined || this.#identities[segment] === identity) return segment;
    return this.#places.get(identity);
  }

  /** What a press would do now. */
  plan(scope: RunScope): RunPlan {
    return planRun(this.#script.segments, scope, (index) => this.#clip(index) !== undefined);
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
    if (!this.#sound) throw new Error("A script is read before it is run.");
    const sound = this.#sound;
    const service = this.#service;
    const segments = this.#script.segments.map(({ index, transcript }) => ({
      index,
      transcript,
      identity: this.#identities[index] ?? "",
    }));
    const { options } = this.#script;
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
    await this.#store.arrange(
      this.#script.segments.map(({ index, speakable }) =>
        speakable ? this.#identities[index] : undefined,
      ),
    );
  }

  #pass(event: RunEvent, run: number): void {
    if (event.type === "state") this.#changed([event.segment]);
    else this.#tools.report({ ...event, run });
  }

  #changed(segments: readonly number[] | undefined): void {
    if (segments?.length !== 0) this.#tools.report({ type: "changed", segments });
  }

  #view({ index, start, end, transcript, speakable }: Segment): SegmentView {
    const identity = this.#identities[index] ?? "";
    const clip = this.#clip(index);
    const told = this.#stateInRun(index) ?? (clip ? undefined : this.#outcomes.get(identity));
    const before = this.#store.at(index);
    const wasSpoken = before !== undefined && !this.#places.has(before.identity);
    const state = !speakable
      ? "nothing to say"
      : (told?.state ?? (clip ? "ready" : wasSpoken ? "changed" : "not spoken"));
    return { index, start, end, transcript, state, reason: told?.reason, clip };
  }

  /** The clip of a segment, wherever it lies: its own place first. */
  #clip(index: number): Clip | undefined {
    const clips = this.#store.find(this.#identities[index] ?? "");
    return clips.find(({ segment }) => segment === index) ?? clips[0];
  }

  /** What the run that is on says of a segment: the text may have changed since the press. */
  #stateInRun(index: number): RunState | undefined {
    const identity = this.#identities[index];
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
