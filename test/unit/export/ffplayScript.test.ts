import assert from "node:assert/strict";
import type { Clip } from "../../../src/clips/model/clip.ts";
import { ffplayCommand } from "../../../src/clips/ffplayCommand.ts";
import { ffplayScriptCommand } from "../../../src/export/ffplayScript.ts";

function clip(path: string, container: Clip["container"] = "wav"): Clip {
  return { path, container, format: { encoding: "pcm_s16le", sampleRate: 8000 } } as Clip;
}

describe("ffplayScriptCommand", () => {
  it("plays all clips in their order with FFmpeg's own filters", () => {
    assert.equal(
      ffplayScriptCommand([clip("/a/flush_000.wav"), clip("/a/flush_001.wav")], 0, "linux"),
      "ffplay -hide_banner -nodisp -autoexit -f lavfi -i 'amovie=filename=/a/flush_000.wav[a0];amovie=filename=/a/flush_001.wav[a1];[a0][a1]concat=n=2:v=0:a=1[out0]'",
    );
  });

  it("puts the gap between them, in samples, and none behind the last; says what raw samples are", () => {
    const line = ffplayScriptCommand([clip("/a.pcm", "raw"), clip("/b.pcm", "raw")], 0.25, "linux");
    assert.ok(
      line.includes(
        "'amovie=filename=/a.pcm:f=s16le:format_opts=sample_rate=8000,apad=pad_len=2000[a0];amovie=filename=/b.pcm:f=s16le:format_opts=sample_rate=8000[a1];",
      ),
    );
  });

  it("escapes what means something to FFmpeg, then to the shell", () => {
    const odd = String.raw`/it's [1], 2; 50%: a\b $x.wav`;
    assert.ok(
      ffplayScriptCommand([clip(odd), clip("/b.wav")], 0, "linux").includes(
        String.raw`filename=/it'\\\\\\"'"'s '\\'[1'\\']'\\', 2'\\'; 50%'\\\\': a'\\\\\\\\'b $x.wav[a0]`,
      ),
    );
    const windows = [clip(String.raw`C:\My talks\it's 1.wav`), clip(String.raw`\\server\b.wav`)];
    assert.ok(
      ffplayScriptCommand(windows, 0, "win32").endsWith(
        String.raw`-i "amovie=filename=C\\:/My talks/it\\\'s 1.wav[a0];amovie=filename=//server/b.wav[a1];[a0][a1]concat=n=2:v=0:a=1[out0]"`,
      ),
    );
  });

  it("refuses a path that a shell would act on, whichever clip has it", () => {
    const clips = [clip("/a.wav"), clip("/b\u001b.wav")];
    assert.throws(() => ffplayScriptCommand(clips, 0, "linux"), { code: "unsafe" });
    const windows = [clip("C:\\a.wav"), clip("C:\\50%\\b.wav")];
    assert.throws(() => ffplayScriptCommand(windows, 0, "win32"), { message: /“50%”/ });
  });

  it("is the plain line where there is one clip", () => {
    assert.equal(
      ffplayScriptCommand([clip("/a.wav")], 1, "linux"),
      ffplayCommand(clip("/a.wav"), "linux"),
    );
  });
});
