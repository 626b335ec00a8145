import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { readWav } from "../../../src/audio/wav.ts";
import { clipIdentity, type ClipShape } from "../../../src/clips/model/identity.ts";
import type { Clip } from "../../../src/clips/model/clip.ts";
import type { RunRequest } from "../../../src/preview/plan/plan.ts";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import type { PreviewInput } from "../../../src/preview/scriptPreview.ts";
import { audioOf } from "../../support/fakes/scriptedService.ts";
import { previewInput, Stage } from "../../faults/stage.ts";

/** What the front matter says at the press. */
const front = {
  voice: "narrator",
  model: "sonic-3",
  language: "en",
  speed: "1.1",
  volume: "0.9",
  emotion: "calm",
  pronunciation_dict: "dict-1",
  accent: "accent-1",
  normalization: "none",
};

/** Two speakers, so that there is more than one context; with what the front matter says instead. */
function script(changes: Partial<typeof front> = {}, cast = "actor", first = "One."): string {
  const lines = Object.entries({ ...front, ...changes }).map(
    ([key, value]) => `  ${key}: ${value}`,
  );
  const head = ["---", "speech:", ...lines, `  cast: { ANN: ${cast} }`, "---"].join("\n");
  return `${head}\n\n${first}\n\nANN: Two.\n\nThree.\n`;
}

const asPressed: PreviewInput = { ...previewInput(script()), language: "markdown" };

const withText = (text: string): PreviewInput => ({ ...asPressed, text });
const withSettings = (settings: Partial<PreviewInput["settings"]>): PreviewInput => ({
  ...asPressed,
  settings: { ...asPressed.settings, ...settings },
});

/** For each field of what a clip is known by, a document in which it has become another. */
const changes: { readonly [Field in keyof Required<ClipShape> | "cast"]: PreviewInput } = {
  transcript: withText(script({}, "actor", "Quite another one.")),
  voice: withText(script({ voice: "other" })),
  cast: withText(script({}, "understudy")),
  model: withText(script({ model: "sonic-2" })),
  language: withText(script({ language: "de" })),
  speed: withText(script({ speed: "0.7" })),
  volume: withText(script({ volume: "1.7" })),
  emotion: withText(script({ emotion: "angry" })),
  pronunciationDict: withText(script({ pronunciation_dict: "dict-2" })),
  accent: withText(script({ accent: "accent-2" })),
  normalization: withText(script({ normalization: "all" })),
  encoding: withSettings({ encoding: "pcm_s16le" }),
  sampleRate: withSettings({ sampleRate: 8000 }),
  service: { ...asPressed, service: "another" },
};

/** The segments are others, too: a number names another one. */
const everythingElse: PreviewInput = {
  ...changes.service,
  text: `Nothing of it.\n\n<flush/>\n\n${changes.emotion.text.replace(/^---[^]*---/, "")}`,
  settings: { voice: "V2", model: "M2", language: "fr", encoding: "pcm_alaw", sampleRate: 8000 },
};

const texts = ["One.", "Two.", "Three."];

/** How a segment was to sound at the press. */
const shapeAt = (
  segment: number,
  { transcript = texts[segment] ?? "", voice = "" } = {},
): ClipShape => ({
  transcript,
  voice: voice || (segment === 1 ? "actor" : "narrator"),
  model: "sonic-3",
  language: "en",
  speed: 1.1,
  volume: 0.9,
  emotion: "calm",
  pronunciationDict: "dict-1",
  // An accent is one of its voice's.
  ...(segment !== 1 && voice === "" && { accent: "accent-1" }),
  normalization: "none",
  encoding: "pcm_f32le",
  sampleRate: 44_100,
  service: "fake",
});

/** The presses, and what of each is saved, by the transcripts and the voice. */
const presses: readonly {
  readonly name: string;
  readonly request: RunRequest;
  /** Whether all is ready before. */
  readonly isReady?: boolean;
  readonly expected: readonly ClipShape[];
}[] = [
  {
    name: "for the script",
    request: { kind: "script" },
    expected: [0, 1, 2].map((segment) => shapeAt(segment)),
  },
  {
    name: "to say it again",
    request: { kind: "script", again: true },
    isReady: true,
    expected: [0, 1, 2].map((segment) => shapeAt(segment)),
  },
  {
    name: "to say it again in context",
    request: { kind: "from", segment: 1, again: true, inContext: true },
    isReady: true,
    expected: [1, 2].map((segment) => shapeAt(segment)),
  },
  {
    name: "with another voice",
    request: { kind: "script", voice: "guest" },
    expected: [0, 1, 2].map((segment) => shapeAt(segment, { voice: "guest" })),
  },
  {
    name: "to hear another spelling",
    request: { kind: "segment", segment: 1, said: { segment: 1, transcript: "Too." } },
    expected: [shapeAt(1, { transcript: "Too." })],
  },
];

/** Does something once. */
function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}

describe("What a run says of its clips, while something else is changed", () => {
  let stage: Stage;
  let meanwhile: () => void;

  beforeEach(async () => {
    meanwhile = () => {};
    stage = await Stage.set({
      texts: [],
      habits: { words: "from the segment", chunkBytes: 64 },
      watch: ({ type }) => void (type === "audio" && meanwhile()),
    });
    await stage.open();
    stage.preview.read(asPressed);
  });

  afterEach(() => stage.clear());

  /** The clips, takes too, that were said after this moment. */
  function clipsSince(time: string): Clip[] {
    const all = stage.preview.segments().flatMap(({ clip, takes }) => [clip ?? [], takes].flat());
    return [...new Set(all)]
      .filter(({ spokenAt }) => spokenAt > time)
      .sort((one, other) => (one.spokenAt < other.spokenAt ? -1 : 1));
  }

  /** Presses, and checks that each clip is what was asked for: what was sent, its file, and its index. */
  async function check(
    { request, expected, isReady = false }: (typeof presses)[number],
    press: () => Promise<RunEnding>,
  ): Promise<void> {
    if (isReady) await stage.run();
    const time = new Date().toISOString();
    while (new Date().toISOString() === time);
    const sent = stage.service.frames.length;
    const ending = await press();
    assert.deepEqual(
      [ending.saved, ending.missing, ending.failure],
      [expected.length, 0, undefined],
    );
    for (const frame of stage.service.frames.slice(sent)) checkFrame(frame, expected);
    stage.preview.read(asPressed);
    const { said } = request;
    if (said) stage.preview.read(withText(script().replace("Two.", said.transcript)));
    await stage.preview.settle();
    const clips = clipsSince(time);
    assert.deepEqual(
      clips.map(({ identity }) => identity),
      expected.map(clipIdentity),
    );
    for (const [at, clip] of clips.entries()) await checkClip(clip, expected[at]!);
    const scope: RunRequest = said
      ? { kind: "segment", segment: said.segment }
      : { kind: "script" };
    if (request.voice === undefined) assert.equal(stage.preview.plan(scope).characters, 0);
  }

  function checkFrame(
    frame: Readonly<Record<string, unknown>>,
    expected: readonly ClipShape[],
  ): void {
    if (frame["cancel"]) return;
    const { id } = frame["voice"] as { id: string };
    assert.ok(expected.some(({ voice }) => voice === id) || id === "narrator", id);
    const { speed, volume, emotion } = frame["generation_config"] as Record<string, unknown>;
    assert.deepEqual(
      [
        frame["model_id"],
        frame["language"],
        speed,
        volume,
        emotion,
        frame["pronunciation_dict_id"],
      ],
      ["sonic-3", "en", 1.1, 0.9, "calm", "dict-1"],
    );
    assert.deepEqual(frame["output_format"], {
      container: "raw",
      encoding: "pcm_f32le",
      sample_rate: 44_100,
    });
  }

  async function checkClip(clip: Clip, shape: ClipShape): Promise<void> {
    const { transcript, voice, model, service, encoding, sampleRate } = shape;
    assert.deepEqual(
      [clip.transcript, clip.voice, clip.model, clip.service, clip.format],
      [transcript, voice, model, service, { encoding, sampleRate }],
    );
    const { format, samples } = readWav(await readFile(clip.path));
    assert.deepEqual(format, { encoding, sampleRate });
    assert.deepEqual(new Uint8Array(samples), audioOf(transcript));
    const said = clip.words.map(({ text }) => text).join(" ");
    assert.equal(said, transcript);
  }

  for (const press of presses) {
    for (const [field, other] of Object.entries(changes)) {
      it(`is what it was at the press ${press.name}: ${field}`, async () => {
        const change = once(() => stage.preview.read(other));
        await check(press, () => {
          meanwhile = change;
          return stage.run(press.request);
        });
      });
    }

    it(`is what it was at the press ${press.name}: everything, while the user is asked`, async () => {
      await check(press, () =>
        stage.preview.run(
          press.request,
          () => Promise.resolve(stage.endpoint),
          ({ characters }) => {
            assert.ok(characters > 0);
            stage.preview.read(everythingElse);
            return Promise.resolve(true);
          },
        ),
      );
    });

    it(`is what it was at the press ${press.name}: everything, before anything is planned`, async () => {
      await check(press, () => {
        const running = stage.run(press.request);
        stage.preview.read(everythingElse);
        return running;
      });
    });
  }
});
