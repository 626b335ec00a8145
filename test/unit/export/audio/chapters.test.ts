import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { audioFormat } from "../../../../src/export/audio/audioFormat.ts";
import { chaptersOf } from "../../../../src/export/audio/chapters.ts";
import { exportAudio } from "../../../../src/export/audio/exportAudio.ts";
import { layOut } from "../../../../src/export/common/timeline.ts";
import { useScratchFolder } from "../../clips/scratch.ts";
import { makeScript } from "../script.ts";
import { rate, spoken } from "../spokenScript.ts";

describe("The chapters of an exported file", () => {
  const scratch = useScratchFolder();

  it("are its segments, with the titles of headings or their first words, and end where the next begins", () => {
    const segments = [
      { ...spoken(0, "The harbour. It was calm.", 2), heading: "The harbour" },
      spoken(1, '<break time="1s"/> Nobody had seen the ship come in, and nobody had looked.', 3),
      spoken(2, '<break time="1s"/>', 1),
    ];
    assert.deepEqual(chaptersOf(layOut(segments, { gapSeconds: 0.5 })), [
      { start: 0, end: 2.5 * rate, title: "The harbour" },
      {
        start: 2.5 * rate,
        end: 6 * rate,
        title: "Nobody had seen the ship come in, and nobody…",
      },
      { start: 6 * rate, end: 7 * rate, title: "3" },
    ]);
  });

  it("are several segments each where there are more than 255, and none where there is one", () => {
    const segments = Array.from({ length: 600 }, (_, at) => spoken(at, `Number ${at}.`, 1));
    const chapters = chaptersOf(layOut(segments, { gapSeconds: 0 }));
    assert.equal(chapters.length, 200);
    assert.deepEqual(chapters[1], { start: 3 * rate, end: 6 * rate, title: "Number 3." });
    assert.equal(chapters.at(-1)?.end, 600 * rate);
    assert.deepEqual(chaptersOf(layOut(segments.slice(0, 1), { gapSeconds: 0 })), []);
  });

  /** What ffmpeg is told beside the sound, and in which words. */
  const told = async (id: string, transcripts: readonly string[]) => {
    const program = join(scratch(), "ffmpeg");
    const [said, args] = [join(scratch(), "said"), join(scratch(), "arguments")];
    const body = `cat > /dev/null
for each; do case "$each" in file:*/chapters) cp "\${each#file:}" "${said}";; esac; last="$each"; done
echo "$@" > "${args}"; echo sound > "\${last#file:}"`;
    await writeFile(program, `#!/bin/sh\n${body}\n`);
    await chmod(program, 0o755);
    const script = await makeScript(
      scratch(),
      transcripts.map((transcript) => ({ transcript })),
    );
    const to = { file: join(scratch(), "talk.sound") };
    const request = { format: audioFormat(id)!, to, gapSeconds: 0.5 };
    await exportAudio(script, request, { findFfmpeg: async () => program });
    const metadata = await readFile(said, "utf8").catch(() => undefined);
    return { metadata, said: await readFile(args, "utf8") };
  };

  for (const id of ["mp3", "m4a"]) {
    it(`are told to ffmpeg for ${id}, signs of its format escaped`, async () => {
      const { metadata, said } = await told(id, ["A = B; #1 \\o/", "Two."]);
      assert.equal(
        metadata,
        [
          ";FFMETADATA1",
          "[CHAPTER]\nTIMEBASE=1/8000\nSTART=0\nEND=4800\ntitle=A \\= B\\; \\#1 \\\\o/",
          "[CHAPTER]\nTIMEBASE=1/8000\nSTART=4800\nEND=5600\ntitle=Two.\n",
        ].join("\n"),
      );
      assert.match(said, /-map_metadata 1 -map_chapters 1 -metadata title=A talk /);
      const [, file = ""] = /-f ffmetadata -i file:(\S+)/.exec(said) ?? [];
      await assert.rejects(readFile(file), { code: "ENOENT" }, "nothing is left of it");
    });
  }

  for (const id of ["opus", "flac"]) {
    it(`are Vorbis comments in ${id}`, async () => {
      const { metadata } = await told(id, ["One.", "Two."]);
      const lines = [
        "CHAPTER000=00:00:00.000",
        "CHAPTER000NAME=One.",
        "CHAPTER001=00:00:00.600",
        "CHAPTER001NAME=Two.",
      ];
      assert.equal(metadata, `;FFMETADATA1\n${lines.join("\n")}\n`);
    });
  }

  it("are not told where there is but one segment", async () => {
    const { metadata, said } = await told("mp3", ["One."]);
    assert.equal(metadata, undefined);
    assert.match(said, /-map_metadata -1 -metadata title=A talk /);
  });
});
