import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { TranscriptIndex } from "../../protocol/transcriptIndex.ts";
import type { Connection } from "../../session/connection/connection.ts";
import {
  speakContext,
  type ContextEvent,
  type SessionTools,
} from "../../session/context/speakContext.ts";
import { spokenTasks, transcriptsOf, type SpeechTask } from "../plan/plan.ts";
import type { Speech, SpeechEvent } from "./speechEvent.ts";

/** One group of segments on its way over a context of its own. */
export class GroupContext {
  #group: readonly SpeechTask[];
  #sent = 0;
  readonly #spoken = new Set<SpeechTask>();
  #unproved: readonly number[] = [];
  /** Whether any audio came in it. */
  wasHeard = false;

  constructor(group: readonly SpeechTask[]) {
    this.#group = group;
  }

  /** Whether it is one segment alone: then there is no other way to say it. */
  get isAlone(): boolean {
    return this.#group.length === 1;
  }

  /** How it sounds; nothing where that is the run's own way. */
  get sound(): VoiceOptions | undefined {
    return this.#group[0]?.sound;
  }

  /** What is to be heard of it, and is not spoken. */
  get open(): readonly SpeechTask[] {
    return this.#group.filter((task) => !task.leadIn && !this.#spoken.has(task));
  }

  /** What has been sent in vain, though the context came to its end. */
  get unproved(): readonly SpeechTask[] {
    return this.#unproved.flatMap((at) => this.#group[at] ?? []).filter(({ leadIn }) => !leadIn);
  }

  /** Whether none of it was spoken. */
  get hasNone(): boolean {
    return this.#spoken.size === 0;
  }

  /** What the service did not want any more: it ended the context before. */
  get unsent(): readonly SpeechTask[] {
    return this.#group.slice(this.#sent);
  }

  /**
   * Leaves out what is ready by now, before it is said: this is then the first stretch of neighbours that is left.
   * @returns the other stretches, which are said over contexts of their own.
   */
  leaveOut(ready: ReadonlySet<number>): (readonly SpeechTask[])[] {
    const stretches: SpeechTask[][] = [[]];
    for (const task of this.#group) {
      if (task.leadIn || !ready.has(task.segment)) stretches.at(-1)?.push(task);
      else stretches.push([]);
    }
    const [first = [], ...others] = stretches.filter((group) => spokenTasks([group]).length > 0);
    this.#group = first;
    return others;
  }

  /** What is open, to be said again in one context: with its lead-in, where that stands before it. */
  together(): (readonly SpeechTask[])[] {
    const { open } = this;
    const first = this.#group.find(({ leadIn }) => !leadIn);
    const leadIn = open[0] === first ? this.#group.filter((task) => task.leadIn) : [];
    return open.length > 0 ? [[...leadIn, ...open]] : [];
  }

  /** What is open, to be said again: what was sent alone, each in a context of its own, and the rest together. */
  apart(): (readonly SpeechTask[])[] {
    const sent = this.#group.slice(0, this.#sent);
    const alone = this.open.filter((task) => sent.includes(task));
    const rest = this.open.filter((task) => !sent.includes(task));
    return [...alone.map((task) => [task]), ...(rest.length > 0 ? [rest] : [])];
  }

  /** Says it; `script` has all transcripts of the run. @throws as `speakContext` does. */
  async *speak(
    connection: Connection,
    { options, newContextId }: Pick<Speech, "options" | "newContextId">,
    tools: SessionTools,
    script: TranscriptIndex,
  ): AsyncGenerator<SpeechEvent, void, undefined> {
    const request = {
      contextId: newContextId(),
      options: this.sound ?? options,
      transcripts: transcriptsOf(this.#group),
      elsewhere: script,
    };
    for await (const event of speakContext(connection, request, tools)) {
      if (event.type === "ended") this.#unproved = event.unproved;
      else if (event.type === "void") {
        for (const at of event.positions) yield* this.#void(this.#group[at]);
      } else yield* this.#tell(event, this.#group[event.position]);
    }
  }

  *#tell(
    event: Exclude<ContextEvent, { type: "ended" | "void" }>,
    task: SpeechTask | undefined,
  ): Generator<SpeechEvent> {
    if (!task) return; // audio beyond the last segment: the end will show that nothing is proved
    if (event.type === "sent") this.#sent++;
    if (event.type === "audio") this.wasHeard = true;
    if (task.leadIn) {
      if (event.type === "sent") yield { type: "leadIn", characters: event.characters };
      return;
    }
    const { segment } = task;
    if (event.type === "spoken") {
      this.#spoken.add(task);
      yield { type: "spoken", segment, spoken: event.segment };
    } else if (event.type === "audio") yield { type: "audio", segment, bytes: event.bytes };
    else yield { ...event, segment };
  }

  *#void(task: SpeechTask | undefined): Generator<SpeechEvent> {
    if (!task || task.leadIn) return;
    this.#spoken.delete(task);
    yield { type: "void", segment: task.segment };
  }
}
