import assert from "node:assert/strict";
import type { PcmFormat } from "../../../src/audio/pcm.ts";
import type { Clip } from "../../../src/clips/model/clip.ts";
import { ffplayCommand } from "../../../src/clips/ffplayCommand.ts";
import { newClip } from "./scratch.ts";

describe("ffplayCommand", () => {
  const clipAt = (path: string, container: Clip["container"], format: PcmFormat): Clip => ({
    ...newClip(0, "a", { format }),
    path,
    container,
    locked: false,
    seconds: 1,
    bytes: 1,
    version: "1-1",
  });
  const lineFor = (path: string, platform: NodeJS.Platform = "linux"): string =>
    ffplayCommand(clipAt(path, "wav", { encoding: "pcm_s16le", sampleRate: 8000 }), platform);

  it("plays a WAV file as it is", () => {
    assert.equal(
      lineFor("/a b/flush_000.wav"),
      "ffplay -hide_banner -nodisp -autoexit -i '/a b/flush_000.wav'",
    );
  });

  const formats = [
    ["pcm_f32le", 44100, "-f f32le -sample_rate 44100"],
    ["pcm_s16le", 24000, "-f s16le -sample_rate 24000"],
    ["pcm_mulaw", 8000, "-f mulaw -sample_rate 8000"],
    ["pcm_alaw", 8000, "-f alaw -sample_rate 8000"],
  ] as const;
  for (const [encoding, sampleRate, said] of formats) {
    it(`says what the samples of a raw clip in ${encoding} are`, () => {
      assert.equal(
        ffplayCommand(clipAt("/t/flush_000.pcm", "raw", { encoding, sampleRate }), "linux"),
        `ffplay -hide_banner -nodisp -autoexit ${said} -i '/t/flush_000.pcm'`,
      );
    });
  }

  it("quotes the path so that no shell takes anything in it for a command", () => {
    assert.match(lineFor("/it's $(rm) `x`!.wav"), /-i '\/it'"'"'s \$\(rm\) `x`'\\!'\.wav'$/);
    assert.match(lineFor("C:\\my talk\\it's.wav", "win32"), /-i "C:\\my talk\\it's\.wav"$/);
  });

  it("refuses a path that a shell would act on, whatever stands around it", () => {
    assert.throws(() => lineFor("/a\n.wav"), { code: "unsafe", message: /U\+000A/ });
    assert.throws(() => lineFor("C:\\$x.wav", "win32"), { code: "unsafe", message: /U\+0024/ });
  });

  it("names a file, never an option or a protocol", () => {
    for (const name of ["-loglevel", "concat:a.wav|b.wav", "http://localhost/a.wav", "%d.wav"]) {
      assert.ok(lineFor(name).endsWith(`-i 'file:${name}'`), lineFor(name));
    }
  });
});
