import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findClipFolder } from "../../src/clips/folder/clipFolder.ts";
import { ClipStore } from "../../src/clips/clipStore.ts";
import type { Disk } from "../../src/clips/model/disk.ts";
import { openPreview } from "../../src/preview/openPreview.ts";
import type { RunRequest } from "../../src/preview/plan/plan.ts";
import type { RunEnding } from "../../src/preview/run/previewRun.ts";
import {
  ScriptPreview,
  type PreviewEvent,
  type PreviewInput,
  type PreviewTools,
  type RunLimits,
} from "../../src/preview/scriptPreview.ts";
import type { Endpoint } from "../../src/session/connection/connection.ts";
import { sessionLimits } from "../../src/session/context/speakContext.ts";
import {
  startScriptedService,
  type Door,
  type Habits,
  type Interfere,
  type ScriptedService,
} from "../support/fakes/scriptedService.ts";

/** The usual limits with waits that a test can wait for, in milliseconds. */
export const shortLimits: RunLimits = {
  session: {
    ...sessionLimits,
    connectMs: 400,
    firstAudioMs: 250,
    nextAudioMs: 250,
    closeMs: 100,
  },
  retryAfterMs: [1, 1, 1],
  rateLimitMs: 1,
};

/** The usual limits, but short pauses: for what takes long in itself. */
export const patientLimits: RunLimits = { ...shortLimits, session: sessionLimits };

/** What a preview is tried with. */
export interface Staging {
  /** The segments' texts. */
  readonly texts: readonly string[];
  readonly habits?: Partial<Habits> | undefined;
  readonly interfere?: Interfere | undefined;
  readonly door?: Door | undefined;
  /** Instead of the scripted service. */
  readonly endpoint?: ((signal: AbortSignal) => Promise<Endpoint>) | undefined;
  readonly limits?: RunLimits | undefined;
  /** How many contexts may be open at a time; 1 where it is missing. */
  readonly maxConcurrency?: number | undefined;
  /** Instead of the real disk. */
  readonly disk?: Disk | undefined;
  /** Called with the folder that the document lies in, before its preview is opened. */
  readonly prepare?: ((home: string) => Promise<void>) | undefined;
  /** Called with each event as it comes. */
  readonly watch?: ((event: PreviewEvent, stage: Stage) => void) | undefined;
}

/** The key that a stage's endpoint is given. */
export const stageKey = "sk_test_never_to_be_shown";

/** A document of this text, and how it is to be said. */
export function previewInput(text: string): PreviewInput {
  return {
    text,
    language: "plaintext",
    markers: [],
    settings: {
      voice: "V",
      model: "sonic-3",
      language: "en",
      encoding: "pcm_f32le",
      sampleRate: 44_100,
    },
    service: "fake",
  };
}

/** A document `talk.txt` in a folder of its own, its preview, and a service on loopback that speaks it. */
export class Stage {
  /** The folder that the document lies in. */
  readonly home: string;
  readonly service: ScriptedService;
  readonly events: PreviewEvent[] = [];
  /** The lines of the log. */
  readonly log: string[] = [];
  /** How many events there were when Stop was pressed. */
  eventsAtStop = Infinity;
  readonly #staging: Staging;
  #preview: ScriptPreview | undefined;
  #clips: { readonly notices: readonly string[] } = { notices: [] };

  private constructor(home: string, service: ScriptedService, staging: Staging) {
    this.home = home;
    this.service = service;
    this.#staging = staging;
  }

  /** Makes the folder and starts the service; opens nothing. */
  static async set(staging: Staging): Promise<Stage> {
    const home = join(await mkdtemp(join(tmpdir(), "stage-")), "home");
    await mkdir(home);
    const { habits, interfere, door } = staging;
    const stage = new Stage(home, await startScriptedService(habits, interfere, door), staging);
    await staging.prepare?.(home);
    return stage;
  }

  /** Where the clips lie. */
  get folder(): string {
    return join(this.home, "talk.speech");
  }

  get preview(): ScriptPreview {
    if (!this.#preview) throw new Error("The preview is not open.");
    return this.#preview;
  }

  /** What the user is told of the clips by now. */
  get notices(): readonly string[] {
    return this.#clips.notices;
  }

  /** Each transcript that the service was asked for, without white space around it, in order. */
  get asked(): readonly string[] {
    return this.service.frames.flatMap(({ transcript }) =>
      typeof transcript === "string" && transcript !== "" ? [transcript.trim()] : [],
    );
  }

  /** Opens the document's preview, as the extension does, and reads the script; again, where it is open. */
  async open(): Promise<ScriptPreview> {
    const { disk, watch, limits, maxConcurrency = 1 } = this.#staging;
    const report = (event: PreviewEvent): void => {
      this.events.push(event);
      watch?.(event, this);
    };
    const trace = (line: string): void => void this.log.push(line);
    const tools: PreviewTools = {
      report,
      trace,
      limits: limits ?? shortLimits,
      maxConcurrency: () => maxConcurrency,
    };
    await this.#preview?.stop();
    this.#preview = disk ? await this.#openOn(disk, tools) : await this.#openReally(tools);
    this.read(this.#staging.texts);
    return this.#preview;
  }

  /** Reads a script of these segments. */
  read(texts: readonly string[]): void {
    this.preview.read(previewInput(texts.join("<flush/>")));
  }

  run(request: RunRequest = { kind: "script" }): Promise<RunEnding> {
    return this.preview.run(
      request,
      this.#staging.endpoint ?? (() => Promise.resolve(this.endpoint)),
    );
  }

  /** Where the scripted service is reached. */
  get endpoint(): Endpoint {
    const headers = { Authorization: `Bearer ${stageKey}` };
    return { url: this.service.url, headers, version: "2026-08-14" };
  }

  /** Presses Stop. */
  stop(): Promise<void> {
    this.eventsAtStop = Math.min(this.eventsAtStop, this.events.length);
    return this.preview.stop();
  }

  states(): string[] {
    return this.preview.segments().map(({ state }) => state);
  }

  /** Stops what runs and removes what was made. */
  async clear(): Promise<void> {
    await this.#preview?.stop();
    await this.service.close();
    await rm(dirname(this.home), { recursive: true, force: true });
  }

  async #openReally(tools: PreviewTools): Promise<ScriptPreview> {
    const path = join(this.home, "talk.txt");
    const opened = await openPreview(
      {
        uri: `file://${path}`,
        path,
        audioFolder: "",
        workspaceRoot: undefined,
        storage: join(this.home, "storage"),
        container: "wav",
      },
      tools,
    );
    this.#clips = opened;
    return opened.preview;
  }

  async #openOn(disk: Disk, tools: PreviewTools): Promise<ScriptPreview> {
    const place = await findClipFolder({ path: join(this.home, "talk.txt") }, disk);
    const store = await ClipStore.open({ ...place, disk });
    this.#clips = store;
    return new ScriptPreview(store, tools);
  }
}
