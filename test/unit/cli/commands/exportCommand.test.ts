import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { readWav } from "../../../../src/audio/wav.ts";
import { namesIn } from "../../clips/scratch.ts";
import { pictureOf, scriptOf, useCli } from "../scripts.ts";

interface ExportJson {
  readonly files: readonly string[];
  readonly segments: number;
  readonly seconds: number;
  readonly code?: string;
}

describe("scripted-speech export", () => {
  const { cli, write, inFolder } = useCli();

  beforeEach(async () => {
    await write("talk.speech.md", scriptOf("One.", "Two."));
    assert.equal((await cli(["render", "talk.speech.md"])).code, 0);
  });

  it("writes the sound beside the script, and leaves the clips as they are", async () => {
    const before = await pictureOf(inFolder("talk.speech"));
    const { code, stdout, stderr } = await cli(["export", "talk.speech.md", "--gap", "0.5"]);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "talk.wav\n");
    assert.match(stderr, /2 segments, \d+\.\d\d s, 44100 Hz\./);
    const wav = readWav(await readFile(inFolder("talk.wav")));
    const clips = await Promise.all(
      [0, 1].map(async (at) =>
        readWav(await readFile(inFolder("talk.speech", `flush_00${at}.wav`))),
      ),
    );
    const samples = clips.reduce((sum, clip) => sum + clip.samples.length / 4, 22_050);
    assert.equal(wav.samples.length / 2, samples);
    assert.deepEqual(await pictureOf(inFolder("talk.speech")), before);
  });

  it("writes a file for each segment into a folder, under the names asked for", async () => {
    const args = ["export", "talk.speech.md", "--to", "parts/", "--names", "{number}", "--json"];
    const { files, segments } = JSON.parse((await cli(args)).stdout) as ExportJson;
    assert.equal(segments, 2);
    assert.deepEqual(files, [inFolder("parts", "01.wav"), inFolder("parts", "02.wav")]);
    assert.deepEqual(await namesIn(inFolder("parts")), ["01.wav", "02.wav"]);
  });

  it("brings it to a loudness, and tells how", async () => {
    const args = ["export", "talk.speech.md", "--loudness", "-20"];
    const { code, stdout, stderr } = await cli(args);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "talk.wav\n");
    assert.match(stderr, /^Voice \S+: −\d+\.\d LUFS, [+−]\d+\.\d dB\.$/m);
    assert.match(stderr, /^Loudness −20\.0 LUFS, true peak −\d+\.\d dBTP\.$/m);
    const again = await cli([...args, "--overwrite", "--json"]);
    const { loudness } = JSON.parse(again.stdout) as { loudness: { target: number } };
    assert.equal(loudness.target, -20);
    for (const wrong of ["16", "-80", "loud"]) {
      const refused = await cli(["export", "talk.speech.md", "--loudness", wrong]);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /must be LUFS from -70 to -5, such as -16\./);
    }
    assert.match((await cli([...args, "--captions", "srt"])).stderr, /--loudness is for sound/);
  });

  it("refuses an ending that names no format, unless one is named", async () => {
    const args = ["export", "talk.speech.md", "--to", "talk.ogg"];
    const { code, stderr } = await cli(args);
    assert.equal(code, 2);
    assert.match(stderr, /--to is “talk\.ogg”, whose ending names none of the formats/);
    assert.deepEqual(await namesIn(inFolder(".")), ["talk.speech", "talk.speech.md"]);
    assert.equal((await cli([...args, "--format", "wav-s16"])).code, 0);
  });

  it("says of a locked segment that rendering would not help", async () => {
    const manifest = inFolder("talk.speech", "manifest.json");
    const said = JSON.parse(await readFile(manifest, "utf8")) as { clips: object[] };
    said.clips[1] = { ...said.clips[1], locked: true };
    await writeFile(manifest, JSON.stringify(said));
    await write("talk.speech.md", scriptOf("One.", "Two, but different."));
    const { code, stderr } = await cli(["export", "talk.speech.md"]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /Segment 2 has changed .* Unlock what is locked in VS Code, or give --partial\./,
    );
  });

  it("takes the format from the ending, where none is named", async () => {
    await cli(["export", "talk.speech.md", "--to", "talk.ulaw"]);
    const { seconds } = JSON.parse(
      (await cli(["export", "talk.speech.md", "--to", "x.wav", "--json"])).stdout,
    ) as ExportJson;
    const { length } = await readFile(inFolder("talk.ulaw"));
    assert.ok(Math.abs(length - seconds * 8000) <= 2, `${length} bytes, ${seconds} s`);
  });

  it("replaces nothing, unless --overwrite says so", async () => {
    await write("talk.wav", "mine");
    const { code, stderr } = await cli(["export", "talk.speech.md"]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /talk\.wav” is there already\. Choose another place, or give --overwrite\./,
    );
    assert.equal(await readFile(inFolder("talk.wav"), "utf8"), "mine");
    assert.equal((await cli(["export", "talk.speech.md", "--overwrite"])).code, 0);
  });

  it("refuses what is not ready, unless it is to be left out", async () => {
    await write("talk.speech.md", scriptOf("One.", "Two more."));
    const { code, stderr } = await cli(["export", "talk.speech.md"]);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /Segment 2 has changed .* Run `scripted-speech render`, or give --partial\./,
    );
    const { stdout } = await cli(["export", "talk.speech.md", "--partial", "--json"]);
    assert.equal((JSON.parse(stdout) as ExportJson).segments, 1);
  });

  it("writes captions", async () => {
    const { stdout } = await cli(["export", "talk.speech.md", "--captions", "vtt"]);
    assert.equal(stdout, "talk.vtt\n");
    assert.match(await readFile(inFolder("talk.vtt"), "utf8"), /^WEBVTT\n[^]*One\.[^]*Two\./);
  });

  it("prints a program that says the script, or writes it where that is asked for", async () => {
    const { stdout } = await cli(["export", "talk.speech.md", "--code", "python"]);
    assert.match(stdout, /One\.[^]*Two\./);
    const { stdout: path } = await cli([
      "export",
      "talk.speech.md",
      "--code",
      "python",
      "--to",
      "say.py",
    ]);
    assert.equal(path, "say.py\n");
    assert.equal(await readFile(inFolder("say.py"), "utf8"), stdout);
  });

  it("names the speakers in WebVTT where that is asked for, and nowhere else", async () => {
    const front = "---\nspeech:\n  cast: { ANN: slt, BOB: rms }\n---\n\n";
    await writeFile(inFolder("two.speech.md"), `${front}Ann (V.O.): One.\n\nBOB: (loudly) Two.\n`);
    await cli(["render", "two.speech.md"]);
    const wish = ["export", "two.speech.md", "--overwrite", "--captions"];
    await cli([...wish, "vtt"]);
    assert.doesNotMatch(await readFile(inFolder("two.vtt"), "utf8"), /<v/);
    await cli([...wish, "vtt", "--speakers"]);
    assert.match(
      await readFile(inFolder("two.vtt"), "utf8"),
      /<v ANN>- One\.<\/v>\n<v BOB>- Two\.<\/v>/,
    );
    const { code, stderr } = await cli([...wish, "srt", "--speakers"]);
    assert.deepEqual([code, /--captions vtt/.test(stderr)], [2, true]);
  });

  it("prints a program that has the voices of the cast", async () => {
    const front = "---\nspeech:\n  cast: { ANN: slt, BOB: awb }\n---\n\n";
    await write("play.md", `${front}ANN: One {{what}}.\n\nBOB: Two SQL.\n`);
    const words = ["--set", "what=more", "--pronunciation", "SQL=sequel"];
    const { code, stdout } = await cli(["export", "play.md", "--code", "python", ...words]);
    assert.equal(code, 0);
    assert.match(stdout, /"ANN": \{.*"slt".*\n.*"BOB": \{.*"awb"/);
    assert.match(
      stdout,
      /\("ANN", \[\n *\("flush_000\.pcm", "One more\."\),\n *\]\),\n *\("BOB", \[\n *\("flush_001\.pcm", "Two sequel\."\)/,
    );
  });

  it("exports one script at a time", async () => {
    await write("b.md", "Two.");
    const { code, stderr } = await cli(["export", "talk.speech.md", "b.md"]);
    assert.equal(code, 2);
    assert.match(stderr, /One script is exported at a time\./);
  });
});
