import assert from "node:assert/strict";
import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeClip } from "../../../src/clips/files/wavClip.ts";
import { MeasuredProcess, type Measured } from "../../support/fakes/measured.ts";
import { makeScratchFolder, newClip } from "../clips/scratch.ts";
import type { OpenedClips } from "./openClips.ts";

/** A chunk of a RIFF file; its size may be a lie. */
function chunk(id: string, content: Uint8Array, size = content.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, "latin1");
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

/** One of our WAV files, with something behind it. */
function wavWith(...behind: readonly Uint8Array[]): Buffer {
  const file = Buffer.concat([encodeClip(newClip(0, "a")), ...behind]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

function cuePoints(count: number): Buffer {
  const content = Buffer.alloc(4 + 24 * count);
  content.writeUInt32LE(count);
  for (let at = 0; at < count; at++) content.writeUInt32LE(at + 1, 4 + 24 * at);
  return chunk("cue ", content);
}

/** A list that has the same entry again and again. */
function listOf(kind: string, entry: Buffer, count: number): Buffer {
  const content = Buffer.alloc(4 + entry.length * count, entry);
  content.set(Buffer.from(kind), 0);
  for (let at = 0; at < count; at++) entry.copy(content, 4 + entry.length * at);
  return chunk("LIST", content);
}

const megabytes = (count: number): Buffer => Buffer.alloc(count << 20, "x");
const name = (id: number): Buffer => Buffer.from([id & 255, (id >> 8) & 255, (id >> 16) & 255, 0]);

/** WAV files that anybody may have put into a repository, and whether they are still clips. */
const files: Readonly<Record<string, { readonly make: () => Buffer; readonly clips: number }>> = {
  "2.5 million cue points": { make: () => wavWith(cuePoints(2_500_000)), clips: 0 },
  "600,000 cue points": { make: () => wavWith(cuePoints(600_000)), clips: 1 },
  "cue points, each in a chunk of its own": {
    make: () => wavWith(Buffer.alloc(4 << 20, cuePoints(1))),
    clips: 1,
  },
  "50,000 labels of nothing": {
    make: () =>
      wavWith(
        chunk(
          "LIST",
          Buffer.concat([
            Buffer.from("adtl"),
            ...Array.from({ length: 50_000 }, (_, at) => chunk("labl", name(at + 1))),
          ]),
        ),
      ),
    clips: 1,
  },
  "megabytes of a title": {
    make: () => wavWith(listOf("INFO", chunk("INAM", megabytes(12)), 1)),
    clips: 1,
  },
  "megabytes of a comment": {
    make: () => wavWith(listOf("INFO", chunk("ICMT", megabytes(12)), 1)),
    clips: 0,
  },
  "a title again and again": {
    make: () => wavWith(listOf("INFO", chunk("INAM", Buffer.from("Said as a.\0\0")), 700_000)),
    clips: 1,
  },
  "chunks of nothing": { make: () => wavWith(Buffer.alloc(14 << 20)), clips: 1 },
  "lists of nothing": {
    make: () => wavWith(Buffer.alloc(14 << 20, chunk("LIST", Buffer.from("adtl")))),
    clips: 1,
  },
  "a chunk that says it is of 4 GiB": {
    make: () => wavWith(chunk("LIST", Buffer.from("INFO"), 0xffffffff)),
    clips: 1,
  },
};

const manifest = (rest: string): string => `{"version":1,"document":"talk.md","clips":[]${rest}}`;

/** Manifests that anybody may have put into a repository. */
const manifests: Readonly<Record<string, () => string>> = {
  "83 MB": () => manifest(`,"more":"${"x".repeat(83e6)}"`),
  "20 MB of objects": () => manifest(`,"more":[${"{},".repeat(7e6)}0]`),
  "20 MB of lists": () => manifest(`,"more":[${"[],".repeat(7e6)}0]`),
  "20 MB of numbers": () => manifest(`,"more":[${"0,".repeat(1e7)}0]`),
  "lists in lists": () => manifest(`,"more":${"[".repeat(1e6)}${"]".repeat(1e6)}`),
  "lists in lists, not too many": () => manifest(`,"more":${"[".repeat(1e5)}${"]".repeat(1e5)}`),
  "a sign of no end": () => "[".repeat(2e7),
};

describe("A folder of clips from anybody", function () {
  let opener: MeasuredProcess;
  let folder = "";
  before(() => {
    opener = new MeasuredProcess(join(import.meta.dirname, "openClips.ts"), { heapMiB: 192 });
  });
  after(() => opener.end());
  beforeEach(async () => {
    folder = join(await makeScratchFolder(), "talk.speech");
    await mkdir(folder);
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

  const open = async (): Promise<Measured & { opened: OpenedClips }> => {
    const measured = await opener.measure(folder);
    return { ...measured, opened: measured.result as OpenedClips };
  };
  const sizeOfManifest = async (): Promise<number> =>
    (await stat(join(folder, "manifest.json")).catch(() => ({ size: 0 }))).size;

  for (const [what, { make, clips }] of Object.entries(files)) {
    it(`is opened in little memory: a WAV file with ${what}`, async () => {
      await writeFile(join(folder, "flush_000.wav"), make());
      const { opened, peakMiB } = await open();
      assert.equal(opened.clips, clips);
      assert.ok(opened.words <= 1000, `${opened.words} words`);
      assert.ok((await sizeOfManifest()) < 100_000);
      assert.ok(peakMiB < 500, `${peakMiB} MiB`);
    });
  }

  for (const [what, make] of Object.entries(manifests)) {
    it(`is opened in little memory: a manifest with ${what}`, async () => {
      await writeFile(join(folder, "flush_000.wav"), wavWith());
      await writeFile(join(folder, "manifest.json"), make());
      const { opened, peakMiB } = await open();
      assert.equal(opened.clips, 1);
      assert.ok(peakMiB < 700, `${peakMiB} MiB`);
    });
  }

  /** Compares the CPU time of opening so much and four times as much. */
  const isLinear = async (few: number, write: (count: number) => Promise<void>): Promise<void> => {
    const least: number[] = [];
    for (const count of [few, 4 * few]) {
      await rm(folder, { recursive: true });
      await mkdir(folder);
      await write(count);
      await open(); // puts right what is to be put right
      least.push(await opener.leastMs(folder));
    }
    const [ofFew = 0, ofMany = 0] = least;
    assert.ok(ofMany < 10 * (ofFew + 5), `four times as much took ${ofFew} and ${ofMany} ms`);
  };

  it("costs in proportion to its clips", () =>
    isLinear(250, async (count) => {
      for (let at = 0; at < count; at++) {
        const clip = encodeClip(newClip(at, `identity ${at}`));
        await writeFile(join(folder, `flush_${String(at).padStart(3, "0")}.wav`), clip);
      }
    }));

  it("costs in proportion to the words of a clip", () =>
    isLinear(4000, async (count) => {
      const words = Array.from({ length: count }, () => ({ text: "w", start: 0, end: 0.001 }));
      const clip = newClip(0, "a", { transcript: "w ".repeat(count), words });
      await writeFile(join(folder, "flush_000.wav"), encodeClip(clip));
    }));

  it("may have 130,000 words of a segment, as its transcript may", async () => {
    const words = Array.from({ length: 130_000 }, () => ({ text: "w", start: 0, end: 0.001 }));
    const clip = newClip(0, "a", { transcript: "w ".repeat(words.length), words });
    await writeFile(join(folder, "flush_000.wav"), encodeClip(clip));
    assert.equal((await open()).opened.words, words.length);
  });

  it("costs in proportion to the entries of its manifest", () =>
    isLinear(2000, async (count) => {
      const clips = Array.from({ length: count }, (_, at) => ({
        file: `flush_${at}.pcm`,
        identity: "a",
        bytes: 4,
        sha256: "0",
        version: "1-1",
        encoding: "pcm_s16le",
        sampleRate: 8000,
      }));
      const text = JSON.stringify({ version: 1, document: "talk.md", clips });
      await writeFile(join(folder, "manifest.json"), text);
    }));
});
