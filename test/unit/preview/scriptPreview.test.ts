import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWav } from "../../../src/audio/wav.ts";
import { openPreview, type PreviewDocument } from "../../../src/preview/openPreview.ts";
import type { RunScope } from "../../../src/preview/plan/plan.ts";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import type {
  PreviewEvent,
  PreviewInput,
  ScriptPreview,
} from "../../../src/preview/scriptPreview.ts";
import {
  audioOf,
  startScriptedService,
  type Habits,
  type Interfere,
  type ScriptedService,
} from "../../support/fakes/scriptedService.ts";

const script: RunScope = { kind: "script" };
const settings = {
  voice: "V",
  model: "sonic-3",
  language: "en",
  encoding: "pcm_f32le",
  sampleRate: 44100,
} as const;

const documentIn = (home: string): PreviewDocument => ({
  uri: "file:///talk.txt",
  path: join(home, "talk.txt"),
  audioFolder: "",
  workspaceRoot: undefined,
  storage: join(home, "storage"),
  container: "wav",
});

const inputOf = (text: string, more: Partial<typeof settings> = {}): PreviewInput => ({
  text,
  language: "plaintext",
  markers: [],
  settings: { ...settings, ...more },
  service: "fake",
});

describe("ScriptPreview", () => {
  let home: string;
  let service: ScriptedService;
  let preview: ScriptPreview;
  let events: PreviewEvent[];
  let watch: (event: PreviewEvent) => void;

  const read = (text: string, more: Partial<typeof settings> = {}): void =>
    preview.read(inputOf(text, more));
  const run = (scope: RunScope = script): Promise<RunEnding> =>
    preview.run(scope, () =>
      Promise.resolve({ url: service.url, headers: {}, version: "2026-08-14" }),
    );
  const states = (): string[] => preview.segments().map(({ state }) => state);
  const clipNames = async (): Promise<string[]> =>
    (await readdir(join(home, "talk.speech"))).filter((name) => name.startsWith("flush_")).sort();
  const samplesOf = async (name: string): Promise<Uint8Array> =>
    Uint8Array.from(readWav(await readFile(join(home, "talk.speech", name))).samples);
  const transcripts = (): unknown[] =>
    service.frames.map(({ transcript }) => transcript).filter((text) => text);

  async function start(habits: Partial<Habits> = {}, interfere?: Interfere): Promise<void> {
    service = await startScriptedService(habits, interfere);
  }

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "preview-"));
    events = [];
    watch = () => {};
    const report = (event: PreviewEvent): void => {
      events.push(event);
      watch(event);
    };
    ({ preview } = await openPreview(documentIn(home), { report, trace: () => {} }));
  });

  afterEach(async () => {
    await preview.stop();
    await service.close();
    await rm(home, { recursive: true, force: true });
  });

  it("saves each segment's audio, to the byte, in a file of its own", async () => {
    await start({ chunkBytes: 333 });
    read("Stay hungry, <flush/>stay foolish.");
    const ending = await run();
    assert.deepEqual([ending.saved, ending.missing, ending.failure], [2, 0, undefined]);
    assert.deepEqual(transcripts(), ["Stay hungry, ", "stay foolish."]);
    assert.deepEqual(await clipNames(), ["flush_000.wav", "flush_001.wav"]);
    assert.deepEqual(await samplesOf("flush_000.wav"), audioOf("Stay hungry,"));
    assert.deepEqual(await samplesOf("flush_001.wav"), audioOf("stay foolish."));
    assert.deepEqual(states(), ["ready", "ready"]);
  });

  it("numbers files by segment, those with nothing to say included", async () => {
    await start();
    read("One.<flush/>…<flush/>Three.");
    await run();
    assert.deepEqual(await clipNames(), ["flush_000.wav", "flush_002.wav"]);
    assert.deepEqual(states(), ["ready", "nothing to say", "ready"]);
  });

  it("speaks only what has changed, and plays all of it", async () => {
    await start();
    read("One.<flush/>Two.<flush/>Three.");
    await run();
    read("One.<flush/>Two, too.<flush/>Three.");
    assert.deepEqual(states(), ["ready", "changed", "ready"]);
    await run();
    assert.deepEqual(transcripts().slice(3), ["Two, too."]);
    const last = events.filter(({ type }) => type === "runStarted").at(-1);
    assert.deepEqual(last?.type === "runStarted" && last.play, [0, 1, 2]);
    assert.deepEqual(await samplesOf("flush_001.wav"), audioOf("Two, too."));
  });

  it("asks for the cost of what it will speak, and does nothing where the answer is no", async () => {
    await start();
    read("One.<flush/>Two.");
    await run();
    await rm(join(home, "talk.speech"), { recursive: true });
    const asked: number[] = [];
    const ending = await preview.run(
      script,
      () => assert.fail("the service was asked"),
      ({ characters }) => {
        asked.push(characters);
        return Promise.resolve(false);
      },
    );
    assert.deepEqual(asked, ["One. Two.".length]);
    assert.equal(ending.stopped, true);
    assert.deepEqual(states(), ["not spoken", "not spoken"]);
  });

  it("finds the old clip of an undone edit, and the clips of moved segments", async () => {
    await start();
    read("One.<flush/>Two.");
    await run();
    read("One!<flush/>Two.");
    await run();
    read("Two.<flush/>One.");
    assert.deepEqual(states(), ["ready", "ready"]);
    await run();
    assert.equal(transcripts().length, 3);
    assert.deepEqual(await samplesOf("flush_000.wav"), audioOf("Two."));
    assert.deepEqual(await samplesOf("flush_001.wav"), audioOf("One."));
  });

  it("knows another voice for another sound", async () => {
    await start();
    read("One.");
    await run();
    read("One.", { voice: "W" } as never);
    assert.deepEqual(states(), ["changed"]);
  });

  it("streams audio before a segment is whole, and says when it is", async () => {
    await start({ chunkBytes: 64 });
    read("One.<flush/>Two.");
    await run();
    const types = events.flatMap((event) =>
      event.type === "changed" ? [] : [`${event.type} ${"segment" in event ? event.segment : ""}`],
    );
    assert.equal(types[0], "runStarted ");
    assert.equal(types[1], "audio 0");
    assert.ok(types.indexOf("audioEnded 0") > types.lastIndexOf("audio 0"));
    assert.equal(types.at(-1), "runEnded ");
  });

  it("stops soon, keeps what is whole, and leaves nothing half-written", async () => {
    await start();
    read(Array.from({ length: 40 }, (_, at) => `Segment ${at}.`).join("<flush/>"));
    const stopped = new Promise<void>((resolve) => {
      watch = (event) => {
        if (event.type === "audio" && event.segment === 3) resolve(preview.stop());
      };
    });
    const ending = await run();
    await stopped;
    assert.equal(ending.stopped, true);
    assert.equal(ending.failure, undefined);
    assert.ok(transcripts().length < 10);
    const files = await readdir(join(home, "talk.speech"));
    assert.ok(files.every((name) => /^(flush_\d+\.wav|manifest\.json)$/.test(name)));
    assert.equal(states().filter((state) => state === "ready").length, ending.saved);
    assert.ok(states().every((state) => state === "ready" || state === "not spoken"));
    assert.deepEqual(service.frames.at(-1)?.["cancel"], true);
  });

  it("ends a run when the next one begins", async () => {
    await start();
    read(Array.from({ length: 20 }, (_, at) => `Segment ${at}.`).join("<flush/>"));
    let second: Promise<RunEnding> | undefined;
    watch = (event) => {
      if (event.type === "audio") second ??= run({ kind: "segment", segment: 9 });
    };
    const first = await run();
    assert.equal(first.stopped, true);
    assert.equal((await second)?.saved, 1);
    assert.equal(states()[9], "ready");
  });

  it("says in words what is incomplete, and says it again at the next press", async () => {
    const lost = Buffer.from(audioOf("Two.")).toString("base64");
    let lose = true;
    await start({}, ({ data }) => !lose || data !== lost);
    read("One.<flush/>Two.<flush/>Three.");
    const ending = await run();
    assert.equal(ending.missing, 1);
    assert.deepEqual(states(), ["ready", "incomplete", "ready"]);
    assert.match(preview.segments()[1]?.reason ?? "", /no audio/);
    lose = false;
    await run();
    assert.deepEqual(states(), ["ready", "ready", "ready"]);
  });

  it("takes back what turns out to be another segment's, on disk too", async () => {
    // Flush ids without the first segment's: they look as if they began at the second.
    await start({ silent: [0], flushDone: "never" });
    read("One.<flush/>Two.<flush/>Three.");
    await run();
    const names = await clipNames().catch((): string[] => []); // there need be none at all
    for (const [at, text] of ["One.", "Two.", "Three."].entries()) {
      const name = `flush_00${at}.wav`;
      if (!names.includes(name)) continue;
      assert.deepEqual(await samplesOf(name), audioOf(text));
    }
    assert.notEqual(states()[0], "ready");
  });

  it("tells the words of a segment while its audio comes, and where they stand", async () => {
    await start({ words: "from the context", wordIds: true, chunkBytes: 64 });
    read('Stay  hungry, <flush/>stay <volume ratio="0.8"/> foolish.');
    await run();
    const told = [0, 1].map((segment) =>
      events.flatMap((event) =>
        event.type === "words" && event.segment === segment ? [event] : [],
      ),
    );
    const transcripts = ["Stay  hungry,", 'stay <volume ratio="0.8"/> foolish.'];
    const texts = told.map((list, at) =>
      list.at(-1)?.words.map(({ from, to }) => transcripts[at]?.slice(from, to)),
    );
    assert.deepEqual(texts, [
      ["Stay", "hungry"],
      ["stay", "foolish"],
    ]);
    assert.deepEqual(new Set(told.flat().map((event) => event.run)), new Set([1]));
    for (const { words } of told.flat()) {
      assert.ok(words.every(({ start, end }) => start >= 0 && end >= start));
    }
    const types = events.map(({ type }) => type);
    assert.ok(types.lastIndexOf("words") < types.lastIndexOf("audioEnded"));
  });

  it("tells no words after a stop", async () => {
    await start({ words: "from the context", wordIds: true });
    read(Array.from({ length: 20 }, (_, at) => `Segment ${at}.`).join("<flush/>"));
    let stopped: Promise<void> | undefined;
    watch = (event) => {
      if (event.type === "words") assert.equal(stopped, undefined);
      if (event.type === "audio" && event.segment === 2) stopped ??= preview.stop();
    };
    await run();
    await stopped;
  });

  it("shows the words of a clip, of this run as of one before", async () => {
    await start({ words: "from the segment", wordIds: true });
    read("Stay hungry.<flush/>…<flush/>stay foolish.");
    assert.deepEqual(
      preview.segments().map(({ words }) => words),
      [[], [], []],
    );
    await run();
    const [first, , third] = preview.segments();
    assert.deepEqual(
      first?.words.map(({ from, to }) => [from, to]),
      [
        [0, 4],
        [5, 11],
      ],
    );
    const seconds = audioOf("Stay hungry.").length / 4 / 44_100;
    assert.equal(first?.words[0]?.start, 0);
    assert.ok(Math.abs((first?.words[1]?.start ?? 0) - seconds / 2) < 1e-4);
    assert.equal(preview.segments([0])[0]?.words, first?.words, "they are placed once");
    const report = (): void => {};
    const { preview: later } = await openPreview(documentIn(home), { report, trace: report });
    later.read(inputOf("Stay hungry.<flush/>…<flush/>stay foolish."));
    assert.deepEqual(later.segments()[2]?.words, third?.words);
  });

  it("measures how long each clip took to make, and between which seconds it is audible", async () => {
    await start({ words: "none" });
    read("One.<flush/>Two.");
    await run();
    for (const { clip } of preview.segments()) {
      assert.ok(clip?.synthesisMs && clip.synthesisMs > 0);
      assert.ok(clip.audible && clip.audible.start < clip.audible.end);
      assert.ok(clip.audible.end <= clip.seconds);
    }
    const [, second] = preview.segments();
    const { synthesisMs, timeToFirstByteMs } = second?.clip ?? {};
    assert.ok((synthesisMs ?? 0) <= (timeToFirstByteMs ?? 0) + 1000);
  });

  it("shows a voice that the service does not know where the front matter names it", async () => {
    await start({}, (frame, { socket }) => {
      const error = { type: "error", context_id: frame["context_id"], done: true };
      socket.send(JSON.stringify({ ...error, error_code: "voice_not_found", message: "No." }));
      return false;
    });
    const text = "---\nspeech:\n  voice: nobody\n---\nOne.";
    read(text);
    const { failure } = await run();
    assert.equal(failure?.code, "voice-not-found");
    const [problem] = preview.problems;
    assert.equal(text.slice(problem?.start, problem?.end), "nobody");
    read(text.replace("nobody", "somebody"));
    assert.deepEqual(preview.problems, []);
  });

  it("shows a model that does not go with the voice where the front matter names the model", async () => {
    await start({}, (frame, { socket }) => {
      const error = { type: "error", context_id: frame["context_id"], done: true };
      socket.send(JSON.stringify({ ...error, error_code: "voice_model_mismatch" }));
      return false;
    });
    const text = "---\nspeech:\n  voice: cloned\n  model: sonic-3\n---\nOne.";
    read(text);
    const { failure } = await run();
    assert.equal(failure?.code, "model-mismatch");
    assert.deepEqual(
      preview.problems.map(({ start, end }) => text.slice(start, end)),
      ["sonic-3"],
    );
  });

  it("buys no more when a clip can't be saved, and leaves what is in its way", async () => {
    await start();
    read(Array.from({ length: 100 }, (_, at) => `Segment ${at}.`).join("<flush/>"));
    const mine = join(home, "talk.speech", "flush_002.wav");
    await mkdir(join(home, "talk.speech"));
    await writeFile(mine, "mine");
    const ending = await run();
    assert.equal(ending.failure?.code, "disk");
    assert.equal(states()[2], "failed");
    assert.equal(await readFile(mine, "utf8"), "mine");
    assert.ok(transcripts().length < 100);
  });
});
