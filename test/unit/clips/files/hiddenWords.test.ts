import assert from "node:assert/strict";
import * as disk from "node:fs/promises";
import { join } from "node:path";
import { chunksOf } from "../../../../src/audio/riff.ts";
import { encodeWav, readWav } from "../../../../src/audio/wav.ts";
import { encodeClip, readWavClip } from "../../../../src/clips/files/wavClip.ts";
import { newClip, useScratchFolder } from "../scratch.ts";

describe("The word times of a saved clip", () => {
  const scratch = useScratchFolder();
  const words = [
    { text: "Stay", start: 0, end: 0.001 },
    { text: "hungry", start: 0.002, end: 0.004 },
  ];
  const clip = newClip(0, "a", { transcript: "Stay hungry", words });

  const wordsOf = async (bytes: Uint8Array): Promise<unknown> => {
    const path = join(scratch(), "flush_000.wav");
    await disk.writeFile(path, bytes);
    return (await readWavClip(disk, path))?.words;
  };

  it("stand in a chunk of our own, so that no program takes them for chapters", async () => {
    const bytes = encodeClip(clip);
    const ids = [...chunksOf(bytes, 12)].map(({ id }) => id);
    assert.deepEqual(ids, ["fmt ", "data", "sspw", "LIST"]);
    assert.deepEqual(await wordsOf(bytes), words);
  });

  it("are read from cue points, as clips of before have them", async () => {
    const { format, samples, info, cues } = readWav(encodeClip(clip));
    assert.deepEqual(await wordsOf(encodeWav({ format, samples, info, cues })), words);
  });

  it("are not those cue points that another program has put beside them", async () => {
    const bytes = encodeClip(clip);
    const { format, samples } = readWav(bytes);
    const cues = [{ sample: 1, length: 0, label: "Marker 1" }];
    const foreign = encodeWav({ format, samples, cues });
    const start = 12 + 24 + 8 + samples.length; // behind the samples
    const both = Buffer.concat([bytes, foreign.subarray(start)]);
    both.writeUInt32LE(both.length - 8, 4);
    assert.deepEqual(await wordsOf(both), words);
  });
});
