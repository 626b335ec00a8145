import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join, relative } from "node:path";
import { audioFormat } from "../../../../src/export/audio/audioFormat.ts";
import { ffmpegIsMissing, findFfmpeg } from "../../../../src/export/audio/ffmpeg.ts";
import { useScratchFolder } from "../../clips/scratch.ts";

describe("findFfmpeg", () => {
  const scratch = useScratchFolder();
  const put = async (folder: string, mode: number): Promise<string> => {
    await mkdir(join(scratch(), folder));
    const path = join(scratch(), folder, process.platform === "win32" ? "ffmpeg.exe" : "ffmpeg");
    await writeFile(path, "", { mode });
    return path;
  };
  const find = (...folders: readonly string[]): Promise<string | undefined> =>
    findFfmpeg({ env: { PATH: folders.join(delimiter) } });
  const at = (folder: string): string => join(scratch(), folder);

  it("finds the first program of that name on the PATH, and no file that can't be run or is a folder", async () => {
    if (process.platform !== "win32") await put("text", 0o644);
    await mkdir(join(scratch(), "folder", "ffmpeg"), { recursive: true });
    const program = await put("program", 0o755);
    await put("later", 0o755);
    const found = await find(at("none"), at("text"), at("folder"), at("program"), at("later"));
    assert.equal(found, program);
  });

  it("runs nothing from a folder that is not named as a whole: it might be a stranger's", async () => {
    await put("program", 0o755);
    const own = relative(process.cwd(), at("program"));
    assert.equal(await find(own, "", "."), undefined);
    assert.equal(await findFfmpeg({ env: {} }), undefined);
  });

  it("says for each system how to get it", () => {
    const { code, message } = ffmpegIsMissing(audioFormat("mp3")!);
    assert.equal(code, "no-ffmpeg");
    for (const way of ["apt install", "brew install", "winget install"])
      assert.ok(message.includes(way));
  });
});
