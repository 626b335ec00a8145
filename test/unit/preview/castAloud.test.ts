import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readWav } from "../../../src/audio/wav.ts";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";
import { openPreview } from "../../../src/preview/openPreview.ts";
import { newestVersion } from "../../../src/protocol/clientMessage.ts";
import { endpointAt } from "../../../src/session/connection/endpoint.ts";
import { startTestVoice } from "../../support/fakes/localVoice.ts";
import { pitchOf } from "../../support/pitchOf.ts";

const sampleRate = 16000;
const line = "We are all well, and all of us are where we were.";
const leo = "0834f3df-e650-4766-a20c-5a93a43aa6e3";
const jameson = "a5136bf9-224c-4d76-b823-52bd5efcffcc";
const script = `---
speech:
  cast: { ROSALIND: slt, ORLANDO: ${jameson}, OLIVER: ${leo} }
---

ROSALIND: ${line}

ORLANDO: ${line}

OLIVER: ${line}
`;

describe("A dialogue said by the local voice", () => {
  let voice: LocalVoice;
  let home: string;
  before(async () => {
    voice = await startTestVoice();
    home = await mkdtemp(join(tmpdir(), "cast-"));
  });
  after(async () => {
    await voice.close();
    await rm(home, { recursive: true, force: true });
  });

  it("is heard in a voice for each speaker, all about as fast", async () => {
    const path = join(home, "play.md");
    const place = { uri: "file:///play.md", path, audioFolder: "", workspaceRoot: undefined };
    const { preview } = await openPreview(
      { ...place, storage: undefined, container: "wav" },
      { report: () => {}, trace: () => {} },
    );
    preview.read({
      text: script,
      language: "markdown",
      markers: [],
      settings: {
        voice: "rms",
        model: "sonic-3",
        language: "en",
        encoding: "pcm_s16le",
        sampleRate,
      },
      service: "local",
    });
    const endpoint = endpointAt(voice.url, voice.token, newestVersion);
    const ending = await preview.run({ kind: "script" }, () => Promise.resolve(endpoint));
    assert.deepEqual([ending.saved, ending.failure], [3, undefined]);
    const clips = await Promise.all(
      [0, 1, 2].map(async (index) => {
        const file = await readFile(join(home, "play.speech", `flush_00${index}.wav`));
        const bytes = Uint8Array.from(readWav(file).samples);
        return new Int16Array(bytes.buffer);
      }),
    );
    const [rosalind = 0, orlando = 0, oliver = 0] = clips.map((clip) => pitchOf(clip, sampleRate));
    const heard = `${rosalind}, ${orlando} and ${oliver} Hz`;
    assert.ok(rosalind > 150 && rosalind < 260, heard);
    assert.ok(orlando > 75 && orlando < 140, heard);
    assert.ok(Math.abs(oliver / orlando - 0.9) < 0.05, heard);
    const [, his = 0, others = 0] = clips.map(({ length }) => length);
    assert.ok(Math.abs(others / his - 1) < 0.03, `${others} samples beside ${his}`);
  });
});
