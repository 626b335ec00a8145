import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPreview } from "../../../src/preview/openPreview.ts";
import type { RunRequest } from "../../../src/preview/plan/plan.ts";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import type { ScriptPreview } from "../../../src/preview/scriptPreview.ts";
import {
  startScriptedService,
  type Frame,
  type Interfere,
  type ScriptedService,
} from "../../support/fakes/scriptedService.ts";
import { errorFrame } from "./speakThem.ts";

const front = `---
speech:
  voice: NARRATOR
  cast:
    ROSALIND: r-voice
    ORLANDO: { voice: o-voice, speed: 0.9, emotion: calm, language: de }
---
`;
const dialogue = `They meet.

ROSALIND: What is't o'clock?

ORLANDO: You should ask me.

ORLANDO: There's no clock.

ROSALIND: Then there is no true lover.
`;
const said = [
  "They meet.",
  "What is't o'clock?",
  "You should ask me. There's no clock.",
  "Then there is no true lover.",
];

describe("A preview of a dialogue", () => {
  let home: string;
  let service: ScriptedService;
  let preview: ScriptPreview;
  let opened: string[];

  const read = (text: string): void =>
    preview.read({
      text,
      language: "markdown",
      markers: [],
      settings: {
        voice: "V",
        model: "sonic-3",
        language: "en",
        encoding: "pcm_s16le",
        sampleRate: 16000,
      },
      service: "fake",
    });
  const run = (request: RunRequest = { kind: "script" }): Promise<RunEnding> =>
    preview.run(request, () =>
      Promise.resolve({ url: service.url, headers: {}, version: "2026-08-14" }),
    );
  const voiceOf = ({ voice }: Frame): string | undefined => (voice as { id?: string }).id;
  /** For each context its voice, its settings and what was sent, in the order in which they were opened. */
  function contexts(from = 0): unknown[] {
    const byId = new Map<unknown, { how: unknown; texts: unknown[] }>();
    for (const frame of service.frames.slice(from)) {
      const { context_id: id, transcript, language, generation_config: how } = frame;
      const context = byId.get(id) ?? { how: [voiceOf(frame), language, how], texts: [] };
      byId.set(id, context);
      assert.deepEqual([voiceOf(frame), language, how], context.how); // each frame repeats it
      if (transcript) context.texts.push(transcript);
    }
    return [...byId.values()].map(({ how, texts }) => [...(how as unknown[]), ...texts]);
  }
  const states = (): string[] => preview.segments().map(({ state }) => state);
  const voices = (): (string | undefined)[] => preview.segments().map(({ clip }) => clip?.voice);

  async function start(interfere?: Interfere, maxConcurrency = 2): Promise<void> {
    service = await startScriptedService({}, interfere);
    home = await mkdtemp(join(tmpdir(), "cast-"));
    opened = [];
    ({ preview } = await openPreview(
      {
        uri: "file:///play.md",
        path: join(home, "play.md"),
        audioFolder: "",
        workspaceRoot: undefined,
        storage: join(home, "storage"),
        container: "wav",
      },
      {
        maxConcurrency: () => maxConcurrency,
        trace: () => {},
        report: (event) => {
          if (event.type === "audio" || event.type === "audioEnded") {
            opened.push(`${event.type} ${event.segment}, ${service.frames.length} frames`);
          }
        },
      },
    ));
    read(front + dialogue);
  }

  afterEach(async () => {
    await preview.stop();
    await service.close();
    await rm(home, { recursive: true, force: true });
  });

  it("says each speaker's segments over contexts of that voice, in the script's order", async () => {
    await start();
    const { saved, missing, characters } = await run();
    assert.deepEqual([saved, missing], [4, 0]);
    assert.equal(characters, said.join("").length);
    const orlando = { speed: 0.9, emotion: "calm" };
    assert.deepEqual(contexts(), [
      ["NARRATOR", "en", undefined, said[0]],
      ["r-voice", "en", undefined, said[1]],
      ["o-voice", "de", orlando, said[2]],
      ["r-voice", "en", undefined, said[3]],
    ]);
  });

  it("keeps in the manifest with which voice each clip was spoken", async () => {
    await start();
    await run();
    assert.deepEqual(voices(), ["NARRATOR", "r-voice", "o-voice", "r-voice"]);
    const manifest = JSON.parse(
      await readFile(join(home, "play.speech", "manifest.json"), "utf8"),
    ) as { clips: { voice: string; transcript: string }[] };
    assert.deepEqual(
      manifest.clips.map(({ voice }) => voice),
      ["NARRATOR", "r-voice", "o-voice", "r-voice"],
    );
  });

  it("has sent the next speaker's line when the former one's first audio comes", async () => {
    await start(undefined, 2);
    await run();
    const first = opened.find((event) => event.startsWith("audio 0"));
    const sent = Number(/(\d+) frames/.exec(first ?? "")?.[1]);
    const transcripts = service.frames.slice(0, sent).map(({ transcript }) => transcript);
    assert.ok(transcripts.includes(said[1]), `${first}: ${transcripts.join("|")}`);
  });

  it("sends one line where one line was edited", async () => {
    await start();
    await run();
    const before = service.frames.length;
    read(front + dialogue.replace("You should ask me.", "Ask me not."));
    const text = "Ask me not. There's no clock.";
    assert.equal(preview.plan({ kind: "script" }).characters, text.length);
    assert.equal(preview.plan({ kind: "script" }).characters, text.length);
    await run();
    assert.deepEqual(
      contexts(before).map((context) => (context as unknown[]).slice(3)),
      [[text]],
    );
  });

  it("takes a speaker's clips for changed, and no others, where that voice becomes another", async () => {
    await start();
    await run();
    read(front.replace("r-voice", "s-voice") + dialogue);
    assert.deepEqual(states(), ["ready", "changed", "ready", "changed"]);
    read(front + dialogue);
    assert.deepEqual(states(), ["ready", "ready", "ready", "ready"]);
  });

  it("joins neighbours that sound alike in one context, whoever says them", async () => {
    await start();
    read(front.replace(/\{.*\}/, "r-voice") + dialogue);
    await run();
    assert.deepEqual(contexts().slice(1), [
      ["r-voice", "en", undefined, `${said[1]} `, `${said[2]} `, said[3]],
    ]);
  });

  it("says first, in context, only what sounds alike", async () => {
    await start();
    const lines = "ROSALIND: One.\n\nORLANDO: Two.\n\n<flush/>\n\nORLANDO: Three.";
    read(front + lines);
    await run({ kind: "segment", segment: 2, inContext: true });
    await run({ kind: "segment", segment: 1, inContext: true });
    assert.deepEqual(
      contexts().map((context) => (context as unknown[]).slice(3)),
      [["Two. ", "Three."], ["Two."]],
    );
  });

  it("says a speaker's segment with another voice in all else as that speaker speaks", async () => {
    await start();
    await run();
    const before = service.frames.length;
    await run({ kind: "segment", segment: 2, voice: "W" });
    const how = { speed: 0.9, emotion: "calm" };
    assert.deepEqual(contexts(before), [["W", "de", how, said[2]]]);
    assert.deepEqual(
      preview.segments([2])[0]?.takes.map(({ voice }) => voice),
      ["W"],
    );
    assert.equal(voices()[2], "o-voice");
  });

  it("marks a refused voice where the cast names it, and says the others", async () => {
    await start((frame, { socket }) => {
      const asked = service.frames.find(({ context_id: id }) => id === frame["context_id"]);
      if (!asked || voiceOf(asked) !== "r-voice") return true;
      const error = { status_code: 404, error_code: "voice_not_found", message: "No such voice." };
      socket.send(errorFrame(frame["context_id"], error));
      return false;
    });
    const ending = await run();
    assert.equal(ending.failure?.code, "voice-not-found");
    assert.deepEqual(states(), ["ready", "failed", "ready", "failed"]);
    const text = front + dialogue;
    const places = (): string[] =>
      preview.problems.map(({ start, end }) => text.slice(start, end).trim());
    assert.deepEqual(places(), ["r-voice"]);
    read(front.replace("r-voice", "s-voice") + dialogue);
    assert.deepEqual(preview.problems, []);
  });
});
