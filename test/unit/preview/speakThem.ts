import assert from "node:assert/strict";
import type { SpeechTask } from "../../../src/preview/plan/plan.ts";
import { speakGroups } from "../../../src/preview/run/speakGroups.ts";
import type { SpeechEvent } from "../../../src/preview/run/speechEvent.ts";
import type { CharacterLimit } from "../../../src/session/context/characterLimit.ts";
import type { Failure } from "../../../src/session/connection/failure.ts";
import { sessionLimits, type SessionLimits } from "../../../src/session/context/speakContext.ts";
import {
  audioOf,
  startScriptedService,
  type Frame,
  type Habits,
  type Interfere,
  type ScriptedService,
} from "../../support/fakes/scriptedService.ts";

/** What came of groups that were spoken. */
export interface Outcome {
  readonly service: ScriptedService;
  readonly events: readonly SpeechEvent[];
  readonly ending: Failure | undefined;
  /** The samples of each segment that is spoken and was not called back. */
  readonly spoken: ReadonlyMap<number, Uint8Array>;
  readonly failed: ReadonlyMap<number, string>;
  /** Why it waited, each time. */
  readonly waits: readonly string[];
  /** The segments of each context, as transcripts. */
  readonly contexts: readonly (readonly string[])[];
}

export interface Circumstances {
  readonly habits?: Partial<Habits>;
  readonly interfere?: Interfere;
  readonly url?: string;
  /** How many contexts may be open at a time; 1 where it is missing. */
  readonly maxConcurrency?: number;
  readonly limits?: Partial<SessionLimits>;
  readonly retryAfterMs?: readonly number[];
  readonly signal?: AbortSignal;
  readonly characterLimit?: CharacterLimit;
  /** Called with each event as it comes; it goes on when that has ended. */
  readonly watch?: (event: SpeechEvent) => Promise<void> | void;
  /** Takes all frames that were sent, at the end. */
  readonly note?: (frames: readonly Frame[]) => void;
}

/** Groups of these transcripts, numbered through; those in parentheses are lead-ins, whose numbers do not count. */
export function tasksOf(groups: readonly (readonly string[])[]): SpeechTask[][] {
  let segment = 0;
  return groups.map((group) =>
    group.map((text) => {
      const leadIn = /^\((.*)\)$/.exec(text)?.[1];
      return leadIn === undefined
        ? { segment: segment++, transcript: text, seam: " " }
        : { segment: 1000, transcript: leadIn, seam: " ", leadIn: true };
    }),
  );
}

/** Speaks groups over a service with these habits. @throws the signal's reason. */
export async function speak(
  groups: readonly (readonly string[])[],
  how: Circumstances = {},
): Promise<Outcome> {
  const service = await startScriptedService(how.habits, how.interfere);
  const events: SpeechEvent[] = [];
  let count = 0;
  const run = speakGroups(tasksOf(groups), {
    endpoint: () =>
      Promise.resolve({ url: how.url ?? service.url, headers: {}, version: "2026-08-14" }),
    options: {
      model: "sonic-3",
      voice: "V",
      language: "en",
      encoding: "pcm_f32le",
      sampleRate: 44100,
    },
    newContextId: () => `ctx-${count++}`,
    maxConcurrency: how.maxConcurrency ?? 1,
    retryAfterMs: how.retryAfterMs ?? [1, 1],
    rateLimitMs: 1,
    tools: {
      limits: { ...sessionLimits, firstAudioMs: 300, nextAudioMs: 300, ...how.limits },
      trace: () => {},
      characterLimit: how.characterLimit,
      signal: how.signal ?? new AbortController().signal,
    },
  });
  try {
    let step = await run.next();
    for (; !step.done; step = await run.next()) {
      events.push(step.value);
      await how.watch?.(step.value);
    }
    return { service, events, ending: step.value, ...told(events), contexts: contextsOf(service) };
  } finally {
    how.note?.(service.frames);
    await service.close();
  }
}

function told(events: readonly SpeechEvent[]): Pick<Outcome, "spoken" | "failed" | "waits"> {
  const spoken = new Map<number, Uint8Array>();
  const failed = new Map<number, string>();
  const waits: string[] = [];
  for (const event of events) {
    if (event.type === "spoken") spoken.set(event.segment, event.spoken.samples);
    if (event.type === "void") spoken.delete(event.segment);
    if (event.type === "failed") failed.set(event.segment, `${event.state}: ${event.failure.code}`);
    if (event.type === "waiting") waits.push(event.failure.code);
  }
  return { spoken, failed, waits };
}

function contextsOf({ frames }: ScriptedService): string[][] {
  const contexts = new Map<unknown, string[]>();
  for (const { context_id: id, transcript } of frames) {
    if (typeof transcript !== "string" || transcript === "") continue;
    contexts.set(id, [...(contexts.get(id) ?? []), transcript]);
  }
  return [...contexts.values()];
}

/** An error that ends a context, or all of them where `id` is undefined. */
export const errorFrame = (id: unknown, more: object): string =>
  JSON.stringify({ type: "error", context_id: id, done: true, ...more });

/** Lets everything happen that can. */
export const nextTurn = (): Promise<void> => new Promise(setImmediate);

/** Groups of one segment each. */
export const singles = (count: number): string[][] =>
  Array.from({ length: count }, (_, at) => [`Segment ${at}.`]);

/** All are spoken, each with its own audio. */
export function checkAll(
  { spoken, failed }: Outcome,
  groups: readonly (readonly string[])[],
): void {
  assert.deepEqual([...failed], []);
  const texts = groups.flat().filter((text) => !text.startsWith("("));
  assert.deepEqual(
    [...spoken].sort(([a], [b]) => a - b),
    texts.map((text, at) => [at, audioOf(text)]),
  );
}

/** How often each transcript was sent. */
export const timesAsked = ({ contexts }: Outcome, text: string): number =>
  contexts.flat().filter((asked) => asked.trim() === text).length;
