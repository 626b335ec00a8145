import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readWav } from "../../../src/audio/wav.ts";
import { audioFormat, type AudioFormat } from "../../../src/export/audio/audioFormat.ts";
import { exportAudio, filesInTheWay } from "../../../src/export/audio/exportAudio.ts";
import { namesIn, useScratchFolder } from "../clips/scratch.ts";
import { makeScript } from "./script.ts";

const format = (id: string): AudioFormat => audioFormat(id)!;
const two = [{ transcript: "One." }, { transcript: "Two." }];

describe("exportAudio, where something stands in its way", () => {
  const scratch = useScratchFolder();
  const out = (name = "talk.wav"): string => join(scratch(), "out", name);
  const exported = async (): Promise<string[]> => namesIn(join(scratch(), "out")).catch(() => []);

  describe("where segments are not ready", () => {
    it("refuses, names them, and says what to do; leaves them out where asked to", async () => {
      const { segments, title } = await makeScript(scratch(), [
        ...two,
        { transcript: "Three." },
        { transcript: "Four." },
      ]);
      const script = {
        title,
        segments: segments.map((segment, at) =>
          at === 0 || at === 2 ? { ...segment, clip: undefined } : segment,
        ),
      };
      const request = { format: format("wav-s16"), to: { folder: join(scratch(), "out") } };
      await assert.rejects(exportAudio(script, request), {
        code: "not-spoken",
        message:
          "Segments 1 and 3 have not been spoken yet. Preview the script, or export without them.",
      });
      assert.deepEqual(await exported(), []);
      await exportAudio(script, { ...request, leaveOutMissing: true });
      assert.deepEqual(await exported(), ["02-two.wav", "04-four.wav"]);
    });

    it("does the same for those whose clip is of another text, or of another sound", async () => {
      const { segments, title } = await makeScript(scratch(), [...two, { transcript: "Three." }]);
      const script = {
        title,
        segments: segments.map((segment, at) => ({
          ...segment,
          ...(at === 0 && { transcript: "Won." }),
          ...(at === 1 && { changed: true }),
        })),
      };
      const request = { format: format("wav-s16"), to: { folder: join(scratch(), "out") } };
      await assert.rejects(exportAudio(script, { ...request, leaveOutMissing: true }), {
        code: "changed",
        message:
          "Segments 1 and 2 have changed since they were spoken. Preview the script, or export without them.",
      });
      await exportAudio(script, { ...request, leaveOutChanged: true });
      assert.deepEqual(await exported(), ["03-three.wav"]);
    });

    it("says of a locked one that it has to be unlocked, for a preview would leave it as it is", async () => {
      const { segments, title } = await makeScript(scratch(), two);
      const [first, second] = segments;
      const clip = { ...first!.clip!, locked: true };
      const script = { title, segments: [{ ...first!, clip, transcript: "Won." }, second!] };
      const request = { format: format("wav-s16"), to: { folder: join(scratch(), "out") } };
      await assert.rejects(exportAudio(script, request), {
        code: "changed",
        message:
          "Segment 1 has changed since it was spoken. Unlock what is locked and preview the script, or export without it.",
      });
    });

    it("passes over those with nothing to say, and refuses where nothing is left", async () => {
      const { segments } = await makeScript(scratch(), two);
      const silent = { index: 0, transcript: "…" };
      const request = { format: format("wav-s16"), to: { file: out() } };
      const done = await exportAudio(
        { title: "", segments: [silent, ...segments.slice(1)] },
        request,
      );
      assert.equal(done.segments, 1);
      await assert.rejects(
        exportAudio({ title: "", segments: [silent] }, { ...request, overwrite: true }),
        {
          code: "nothing",
        },
      );
    });
  });

  it("replaces files only where it may, and says before which it would", async () => {
    const script = await makeScript(scratch(), two);
    await mkdir(join(scratch(), "out"));
    await writeFile(out("02-two.wav"), "mine");
    const request = { format: format("wav-s16"), to: { folder: join(scratch(), "out") } };
    assert.deepEqual(await filesInTheWay(script, request), [out("02-two.wav")]);
    await assert.rejects(exportAudio(script, request), { code: "exists" });
    assert.deepEqual(await exported(), ["02-two.wav"]);
    assert.equal(await readFile(out("02-two.wav"), "utf8"), "mine");
    await exportAudio(script, { ...request, overwrite: true });
    assert.deepEqual(await exported(), ["01-one.wav", "02-two.wav"]);
    assert.equal(readWav(await readFile(out("02-two.wav"))).samples.length, 1600);
  });

  it("does not replace a file that came while it was writing", async () => {
    const script = await makeScript(scratch(), two);
    const disk = {
      ...fileSystem,
      open: async (path: string, flags: string) => {
        if (path === out()) await writeFile(out(), "mine");
        return fileSystem.open(path, flags);
      },
    } as typeof fileSystem;
    const request = { format: format("wav-s16"), to: { file: out() } };
    await assert.rejects(exportAudio(script, request, { disk }), { code: "exists" });
    assert.deepEqual(await exported(), ["talk.wav"]);
    assert.equal(await readFile(out(), "utf8"), "mine");
  });

  describe("leaves nothing", () => {
    const request = () => ({
      format: format("wav-s16"),
      to: { folder: join(scratch(), "out", "deep") },
    });

    it("where a clip has vanished, or is another one", async () => {
      const script = await makeScript(scratch(), two);
      const second = script.clips[1]!.path;
      await writeFile(
        second,
        await readFile(script.clips[0]!.path).then((bytes) => bytes.subarray(0, 500)),
      );
      await assert.rejects(exportAudio(script, request()), { code: "clip" });
      await rm(second);
      await assert.rejects(exportAudio(script, request()), {
        code: "clip",
        message: `“${second}” has vanished. Preview the script again.`,
      });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
    });

    it("where another segment's clip, as long, has the name of one by now", async () => {
      const script = await makeScript(scratch(), two);
      const [first, second] = script.clips.map(({ path }) => path);
      await copyFile(second!, first!);
      await assert.rejects(exportAudio(script, request()), { code: "clip" });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
    });

    it("where the disk is full", async () => {
      const script = await makeScript(scratch(), two);
      const disk = {
        ...fileSystem,
        open: async (path: string, flags: string) => {
          const file = await fileSystem.open(path, flags);
          if (flags !== "wx" || !path.includes("two")) return file;
          file.writeFile = () =>
            Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
          return file;
        },
      } as typeof fileSystem;
      await assert.rejects(exportAudio(script, request(), { disk }), {
        code: "disk",
        message: /^The disk is full: “.*02-two\.wav” can't be written\./,
      });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
    });

    it("where it is called off on the way", async () => {
      const script = await makeScript(scratch(), two);
      const controller = new AbortController();
      const { signal } = controller;
      const onProgress = (): void => controller.abort();
      await assert.rejects(exportAudio(script, request(), { signal, onProgress }), {
        name: "AbortError",
      });
      assert.deepEqual(await namesIn(scratch()), ["talk.speech"]);
    });
  });
});
